#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes C lists of what is known of the words around numbers: compile_data.py OUTPUT counted.txt eras.txt LANG.txt...

A file of a language has sections, `[name]` on a line of its own, each with words between blanks; `_` stands for a blank,
and `=` stands between a word and what belongs to it. `#` begins a comment. Each section is a list ty_adapt_LANG_NAME.
"""
import os
import re
import sys


def c_string(text):
    return '"%s"' % ''.join('\\%03o' % b if b >= 127 or b in b'"\\' else chr(b) for b in text.replace('_', ' ').encode())


def lines_of(path):
    with open(path, encoding='utf-8') as lines:
        for line in lines:
            line = line.split('#')[0].strip()
            if line:
                yield line


def sections(path):
    found, words = {}, None
    for line in lines_of(path):
        heading = re.fullmatch(r'\[([a-z-]+)\]', line)
        if heading:
            words = found.setdefault(heading.group(1), [])
        elif words is None:
            sys.exit('%s: words before the first [section]' % path)
        else:
            words.extend(line.split())
    return found


def rows(words):
    for word in words:
        first, _, second = word.partition('=')
        yield '    {%s, %s},\n' % (c_string(first), c_string(second))


def eras(path):
    for line in lines_of(path):
        *names, first = line.split()
        year, month, day = (int(part) for part in first.split('-'))
        yield '    {{%s}, {%d, %d, %d}},\n' % (', '.join(map(c_string, names)), year, month, day)


def main():
    output, counted, era_file, *languages = sys.argv[1:]
    with open(output, 'w', encoding='ascii') as out:
        out.write('/* Made by compile_data.py from src/match/adapt/data. */\n#include "match/adapt/adapt.h"\n\n')
        out.write('const ty_era ty_adapt_eras[] = {\n%s};\n' % ''.join(eras(era_file)))
        out.write('const size_t ty_adapt_era_count = sizeof ty_adapt_eras / sizeof *ty_adapt_eras;\n\n')
        names = ['counted']
        out.write('static const ty_adapt_word counted[] = {\n')
        for line in lines_of(counted):
            japanese, english = line.split(' = ')
            out.write('    {%s, %s},\n' % (c_string(japanese), c_string(english)))
        out.write('};\n')
        for path in languages:
            lang = os.path.basename(path).rsplit('.', 1)[0]
            for name, words in sections(path).items():
                names.append('%s_%s' % (lang, name.replace('-', '_')))
                out.write('static const ty_adapt_word %s[] = {\n%s};\n' % (names[-1], ''.join(rows(words))))
        for name in names:
            out.write('const ty_adapt_list ty_adapt_%s = {%s, sizeof %s / sizeof *%s};\n' % (name, name, name, name))


if __name__ == '__main__':
    main()
