#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes C of what the desk serves and says: compile_data.py OUTPUT PO FILE...

The catalogue becomes a table of labels; the files become assets, packed as well; the labels that scripts use
(T('...')) become one more script, so that a page fetches them once.
"""
import gzip
import hashlib
import json
import os
import re
import sys

TYPES = {'.css': 'text/css; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.svg': 'image/svg+xml',
         '.sh': 'text/x-shellscript; charset=utf-8', '.ps1': 'text/plain; charset=utf-8'}


def unquote(line):
    return json.loads('"%s"' % line[line.index('"') + 1:line.rindex('"')])


def read_catalogue(path):
    """The pairs of msgid and msgstr of a gettext catalogue."""
    pairs, texts, kind = {}, {}, None
    with open(path, encoding='utf-8') as lines:
        for line in list(lines) + ['']:
            line = line.strip()
            word = line.split(' ', 1)[0]
            if not line:
                if texts.get('msgid'):
                    pairs[texts['msgid']] = texts.get('msgstr', '')
                texts = {}
            elif word in ('msgid', 'msgstr'):
                kind = word
                texts[kind] = unquote(line)
            elif line.startswith('"'):
                texts[kind] += unquote(line)
    return pairs


def quoted(text):
    return '"%s"' % ''.join(chr(b) if 32 <= b < 127 and b not in b'"\\?' else '\\%03o' % b
                            for b in text.encode('utf-8'))


def labels(pairs):
    yield '#include "server/internal.h"\n\nconst ty_label_entry ty_label_table[] = {'
    for english in sorted(pairs, key=lambda text: text.encode('utf-8')):
        yield '    {%s, %s},' % (quoted(english), quoted(pairs[english]))
    yield '};\nconst size_t ty_label_count = %d;\n' % len(pairs)


def script_labels(pairs, scripts):
    """What T('...') asks for, as a script that comes before the others."""
    used = sorted(set(re.findall(r"\bT\('((?:[^'\\]|\\.)*)'", '\n'.join(scripts))))
    table = {key: pairs.get(key, '') for key in (text.replace("\\'", "'") for text in used)}
    return 'const LABELS = %s;\n' % json.dumps(table, ensure_ascii=False, indent=0)


def data(name, content):
    yield 'static const unsigned char %s[] = {' % name
    for start in range(0, len(content), 24):
        yield '    %s,' % ','.join(map(str, content[start:start + 24]))
    yield '};'


def assets(files):
    rows = []
    for number, (name, content) in enumerate(sorted(files.items())):
        packed = gzip.compress(content, 9, mtime=0)
        yield from data('file_%d' % number, content)
        yield from data('packed_%d' % number, packed)
        rows.append('    {"%s", "%s", file_%d, %d, packed_%d, %d},' % (
            name, TYPES[os.path.splitext(name)[1]], number, len(content), number, len(packed)))
    digest = hashlib.sha256(b''.join(name.encode() + content for name, content in sorted(files.items())))
    yield 'const ty_asset ty_assets[] = {'
    yield from rows
    yield '    {0},\n};\nconst char ty_assets_hash[] = "%s";' % digest.hexdigest()[:16]


def main():
    output, catalogue, *paths = sys.argv[1:]
    pairs = read_catalogue(catalogue)
    files = {}
    for path in paths:
        with open(path, 'rb') as file:
            files[os.path.basename(path)] = file.read()
    scripts = [content.decode('utf-8') for name, content in files.items() if name.endswith('.js')]
    files['labels-ja.js'] = script_labels(pairs, scripts).encode('utf-8')
    with open(output, 'w', encoding='utf-8') as out:
        out.write('/* Made by compile_data.py. */\n')
        for line in labels(pairs):
            out.write(line + '\n')
        for line in assets(files):
            out.write(line + '\n')


if __name__ == '__main__':
    main()
