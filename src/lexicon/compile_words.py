#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compiles src/lexicon/data/LEFT-RIGHT[-common].txt into C tables: compile_words.py OUTPUT LEFT-RIGHT.txt...

A line has terms of the left language, " = ", terms of the right one; terms stand between commas of either width.
[sections] and lines that begin with # are for reading. A line of another form stops the build.
"""
import hashlib
import os
import re
import sys


def read(path):
    """Yield the terms of both sides, '|' between them."""
    with open(path, encoding='utf-8') as lines:
        for number, line in enumerate(lines, 1):
            line = line.strip()
            if not line or line[0] in '#[':
                continue
            sides = [re.split(r'\s*[,、]\s*', side.strip()) for side in line.split(' = ')]
            if len(sides) != 2 or not all(term and '"' not in term and '|' not in term for side in sides for term in side):
                sys.exit('%s:%d: not of the form "term, term = term, term"' % (path, number))
            yield tuple('|'.join(side) for side in sides)


def main(output, paths):
    tables, written = [], []
    with open(output, 'w', encoding='utf-8') as out:
        out.write('/* Made by compile_words.py. */\n#include "lexicon/internal.h"\n\n')
        for path in paths:
            left, right, *common = os.path.basename(path)[:-4].split('-')
            name = 'rows_' + '_'.join([left, right, *common])
            rows = list(read(path))
            written.append(rows)
            out.write('static const char *const %s[][2] = {\n' % name)
            out.writelines('    {"%s", "%s"},\n' % row for row in rows)
            out.write('};\n\n')
            tables.append('    {"%s", "%s", %s, %s, %d},\n' % (left, right, 'true' if common else 'false', name, len(rows)))
        out.write('const ty_builtin_table ty_builtin_tables[] = {\n%s};\n' % ''.join(tables))
        out.write('const size_t ty_builtin_table_count = %d;\n' % len(tables))
        out.write('const uint64_t ty_builtin_sum = 0x%su;\n' % hashlib.sha256(repr(written).encode()).hexdigest()[:16])


if __name__ == '__main__':
    main(sys.argv[1], sys.argv[2:])
