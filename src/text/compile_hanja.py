#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compiles data/hanja.txt into a C table in the order of the characters: compile_hanja.py OUTPUT hanja.txt.

A line is a Hangul syllable, a blank and the characters that are read so; lines that begin with # are for reading. A line
of another form, and a character that stands twice, stop the build.
"""
import re
import sys


def main(output, path):
    readings = {}
    with open(path, encoding='utf-8') as lines:
        for number, line in enumerate(lines, 1):
            found = re.fullmatch(r'([가-힣]) ([㐀-鿿豈-﫿]+)\n', line)
            if line.startswith('#'):
                continue
            if not found or any(c in readings for c in found.group(2)):
                sys.exit('%s:%d: not "syllable characters", or one that stands above' % (path, number))
            readings.update(dict.fromkeys(found.group(2), found.group(1)))
    with open(output, 'w', encoding='utf-8') as out:
        out.write('/* Made by compile_hanja.py. */\n#include "text/internal.h"\n\nconst ty_hanja ty_hanja_table[] = {\n')
        out.writelines('    {0x%04X, 0x%04X},\n' % (ord(c), ord(readings[c])) for c in sorted(readings))
        out.write('};\nconst size_t ty_hanja_count = %d;\n' % len(readings))


if __name__ == '__main__':
    main(sys.argv[1], sys.argv[2])
