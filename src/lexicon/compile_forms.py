#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes C tables of what is known of the words of a language: compile_forms.py OUTPUT LANG.txt...

A file has sections, `[name]` on a line of its own; `#` begins a comment. The last file must be und.txt, which serves
languages without a file.
"""
import hashlib
import os
import re
import sys

WORDS = ('stop', 'light', 'joining', 'particles')
LISTS = WORDS + ('also',)
LONGEST = 24  # bytes of a form


def read(path):
    """The text of each section."""
    sections, section = {}, None
    with open(path, encoding='utf-8') as lines:
        for number, line in enumerate(lines, 1):
            line = line.split('#')[0].strip()
            heading = re.fullmatch(r'\[([a-z]+)\]', line)
            if heading:
                section = heading.group(1)
                if section not in LISTS + ('irregular', 'endings'):
                    sys.exit('%s:%d: there is no section [%s]' % (path, number, section))
                sections[section] = []
            elif line and section is None:
                sys.exit('%s:%d: words before the first [section]' % (path, number))
            elif line:
                sections[section].append(line)
    return sections


def c_string(text):
    return '"%s"' % ''.join('\\%03o' % b if b >= 127 or b in b'"\\' else chr(b) for b in text.encode())


def in_order(words):
    return sorted(words, key=lambda word: word.encode())


def irregular(lines):
    """`base: form form; base: form`, as form and base."""
    for row in ' '.join(lines).split(';'):
        if row.strip():
            base, forms = row.split(':')
            yield from ((form, base.strip()) for form in forms.split())


def endings(lines):
    """`replacement keep: ending ending`, with lines that go on."""
    for row in re.split(r'\n(?=[^\n]*:)', '\n'.join(lines)):
        if row.strip():
            rule, found = row.split(':')
            into, keep = rule.split()
            yield from ((ending, '' if into == '-' else into, int(keep)) for ending in found.split())


def write_language(out, name, sections):
    for kind in WORDS:
        words = in_order({word for line in sections.get(kind, ()) for word in line.split()})
        out.write('static const char *const %s_%s[] = {%s};\n' % (name, kind, ', '.join(map(c_string, words + ['']))))
    forms = sorted(irregular(sections.get('irregular', ())), key=lambda form: form[0].encode())
    if any(len(base.encode()) > LONGEST for _, base in forms):
        sys.exit('%s: a base is longer than %d bytes' % (name, LONGEST))
    out.write('static const char *const %s_irregular[][2] = {\n' % name)
    out.writelines('    {%s, %s},\n' % (c_string(form), c_string(base)) for form, base in forms + [('', '')])
    out.write('};\n')
    if not sections.get('endings'):
        return
    out.write('static const ty_ending %s_endings[] = {\n' % name)
    out.writelines('    {%s, %s, %d, %d, %d},\n' % (c_string(a), c_string(b), len(a.encode()), len(b.encode()), keep)
                   for a, b, keep in list(endings(sections['endings'])) + [('', '', 0)])
    out.write('};\n')


def row(lang, name, endings_of):
    part = '{%s_%s, sizeof %s_%s / sizeof *%s_%s - 1}'
    lists = [part % ((name, kind) * 3) for kind in WORDS]
    return '    {"%s", %s, %s, %s},\n' % (lang, ', '.join(lists), part % ((name, 'irregular') * 3),
                                          part % ((endings_of, 'endings') * 3))


def main():
    output, paths = sys.argv[1], sys.argv[2:]
    rows, written = [], []
    with open(output, 'w', encoding='ascii') as out:
        out.write('/* Made by compile_forms.py from src/lexicon/data. */\n#include "lexicon/internal.h"\n\n')
        for path in paths:
            name = os.path.basename(path).rsplit('.', 1)[0]
            sections = read(path)
            written.append(sections)
            write_language(out, name, sections)
            for lang in [name] + ' '.join(sections.get('also', ())).split():
                rows.append(row(lang, name, name if sections.get('endings') else 'und'))
        out.write('const ty_word_forms ty_word_forms_table[] = {\n%s};\n' % ''.join(rows))
        out.write('const uint64_t ty_word_forms_sum = 0x%su;\n' % hashlib.sha256(repr(written).encode()).hexdigest()[:16])


if __name__ == '__main__':
    main()
