#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes a C table of the variant forms of kanji: compile_data.py OUTPUT FILE"""
import sys
import zlib


def forms(path):
    with open(path, encoding='utf-8') as lines:
        table = dict(line.split() for line in lines if line.strip() and not line.startswith('#'))
    chained = [old for old, new in table.items() if new in table]
    if chained:
        sys.exit('%s: leads to a form that leads on: %s' % (path, ' '.join(chained)))
    return sorted((ord(old), ord(new)) for old, new in table.items())


def marks(table):
    """A bit for each old form, by its last 14 bits: most kanji have none of their own."""
    bits = [0] * 256
    for old, _ in table:
        bits[(old & 0x3FFF) >> 6] |= 1 << (old & 63)
    return bits


def main():
    output, path = sys.argv[1:]
    table = forms(path)
    with open(output, 'w', encoding='ascii') as out:
        out.write('/* made by compile_data.py */\n#include "text/internal.h"\n')
        out.write('const ty_kanji_form ty_text_kanji_forms[] = {\n')
        out.writelines('    {0x%04X, 0x%04X},\n' % form for form in table)
        out.write('};\nconst size_t ty_text_kanji_form_count = %d;\n' % len(table))
        out.write('const uint64_t ty_text_kanji_marks[256] = {\n')
        out.writelines('    UINT64_C(0x%016X),\n' % bits for bits in marks(table))
        out.write('};\n')
        out.write('const uint32_t ty_text_kanji_digest = 0x%08X;\n' % zlib.crc32(repr(table).encode()))


if __name__ == '__main__':
    main()
