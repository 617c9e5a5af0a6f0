#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes C tables of the language data of term: compile_data.py OUTPUT FILE..."""
import os
import sys
import zlib


def rows(path):
    with open(path, encoding='utf-8') as lines:
        for line in lines:
            fields = line.split('#')[0].split()
            if fields:
                yield fields


def quoted(text):
    return '"%s"' % ''.join('\\x%02x' % byte for byte in text.encode('utf-8')) if not text.isascii() \
        else '"%s"' % text


def kanji(path):
    forms = sorted((ord(old), ord(new)) for old, new in rows(path))
    yield 'const term_kanji_form ty_term_kanji_forms[] = {'
    yield from ('    {0x%04X, 0x%04X},' % form for form in forms)
    yield '};\nconst size_t ty_term_kanji_form_count = %d;' % len(forms)


def okurigana(path):
    table = sorted((ord(fields[0]), ' '.join(fields[1:])) for fields in rows(path))
    yield 'const term_okurigana ty_term_okurigana_table[] = {'
    yield from ('    {0x%04X, %s},' % (char, quoted(endings)) for char, endings in table)
    yield '};\nconst size_t ty_term_okurigana_count = %d;' % len(table)


def spelling(path):
    table = sorted(rows(path))
    yield 'const term_spelling ty_term_spellings[] = {'
    yield from ('    {%s, %s},' % (quoted(british), quoted(american)) for british, american in table)
    yield '};\nconst size_t ty_term_spelling_count = %d;' % len(table)


def words(path):
    bits = {'plural': 'TERM_PLURAL', 'past': 'TERM_PAST', 'plain': '0'}
    table = sorted(rows(path))
    yield 'const term_irregular ty_term_irregulars[] = {'
    yield from ('    {%s, %s, %s},' % (quoted(form), quoted(base), bits[kind]) for form, base, kind in table)
    yield '};\nconst size_t ty_term_irregular_count = %d;' % len(table)


def prefixes(path):
    table = sorted(fields[0] for fields in rows(path))
    yield 'const char *const ty_term_prefixes[] = {'
    yield from ('    %s,' % quoted(prefix) for prefix in table)
    yield '};\nconst size_t ty_term_prefix_count = %d;' % len(table)


def stopwords(path):
    table = sorted({word for fields in rows(path) for word in fields})
    yield 'const char *const ty_term_stopwords[] = {'
    yield from ('    %s,' % quoted(word) for word in table)
    yield '};\nconst size_t ty_term_stopword_count = %d;' % len(table)


def main():
    output, *inputs = sys.argv[1:]
    makers = {'kanji': kanji, 'okurigana': okurigana, 'spelling': spelling, 'words': words,
              'prefixes': prefixes, 'stopwords': stopwords}
    digest = 0
    with open(output, 'w', encoding='ascii') as out:
        out.write('/* made by compile_data.py */\n#include "term/internal.h"\n')
        for path in inputs:
            name = os.path.splitext(os.path.basename(path))[0]
            made = '\n' + '\n'.join(makers[name](path)) + '\n'
            digest = zlib.crc32(made.encode(), digest)
            out.write(made)
        out.write('\nconst uint32_t ty_term_data_digest = 0x%08X;\n' % digest)


if __name__ == '__main__':
    main()
