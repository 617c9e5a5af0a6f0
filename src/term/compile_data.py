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


def slices(words):
    """A list of slices that ends in an empty one."""
    return '{%s, {NULL, 0}}' % ', '.join('{%s, %d}' % (quoted(word), len(word.encode())) for word in words)


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


def kanji_words(path):
    """Words of two to four kanji as numbers, 16 bits a kanji, in an open-addressed table; see term_word_hash."""
    words = sorted({word for fields in rows(path) for word in fields})
    wrong = [word for word in words if not 2 <= len(word) <= 4]
    if wrong:
        sys.exit('%s: not two to four kanji: %s' % (path, ' '.join(wrong)))
    size = 1 << (2 * len(words)).bit_length()
    table = [0] * size
    for word in words:
        number = 0
        for char in word:
            number = number << 16 | ord(char)
        at = (number * 0x9E3779B97F4A7C15 & (1 << 64) - 1) >> 40 & size - 1
        while table[at]:
            at = at + 1 & size - 1
        table[at] = number
    yield 'const uint64_t ty_term_kanji_words[] = {'
    yield from ('    UINT64_C(0x%X),' % number for number in table)
    yield '};\nconst size_t ty_term_kanji_word_mask = %d;' % (size - 1)


def kanji_affixes(path):
    bits = {'prefix': 1, 'suffix': 2, 'both': 3, 'counter': 4, 'final': 8}
    table = {}
    for kind, *chars in rows(path):
        for char in (one for word in chars for one in word):
            table[ord(char)] = table.get(ord(char), 0) | bits[kind]
    yield 'const term_affix ty_term_affixes[] = {'
    yield from ('    {0x%04X, %d},' % row for row in sorted(table.items()))
    yield '};\nconst size_t ty_term_affix_count = %d;' % len(table)


def phrases(path):
    table = sorted({(fields[0], ' '.join(fields[1:])) for fields in rows(path)})
    yield 'const term_set_phrase ty_term_set_phrases[] = {'
    yield from ('    {%s, %s},' % (quoted(lang), quoted(text)) for lang, text in table)
    yield '};\nconst size_t ty_term_set_phrase_count = %d;' % len(table)


def homographs(path):
    table = sorted((fields[0], [word.replace('_', ' ') for word in fields[1:]]) for fields in rows(path))
    for number, (_, company) in enumerate(table):
        yield 'static const ty_slice company_%d[] = %s;' % (number, slices(company))
    yield 'const term_homograph ty_term_homographs[] = {'
    yield from ('    {{%s, %d}, company_%d},' % (quoted(word), len(word), number)
                for number, (word, _) in enumerate(table))
    yield '};\nconst size_t ty_term_homograph_count = %d;' % len(table)


def organisations(path):
    """Bodies and cues; countries and services are numbered from 1 in the order of their names."""
    table = list(rows(path))
    places = [fields[-2:] for fields in table]
    countries = {name: number for number, name in enumerate(sorted({c for c, _ in places if c != '-'}), 1)}
    services = {name: number for number, name in enumerate(sorted({s for _, s in places if s != '-'}), 1)}

    def numbers(fields):
        return countries.get(fields[-2], 0), services.get(fields[-1], 0)
    yield 'const term_body ty_term_bodies[] = {'
    bodies = [fields for fields in table if fields[0] == 'body']
    yield from ('    {%s, %d, %d},' % (quoted(fields[1]), *numbers(fields)) for fields in bodies)
    yield '};\nconst size_t ty_term_body_count = %d;' % len(bodies)
    yield from cues([(fields, numbers(fields)) for fields in table if fields[0] != 'body'])


def cues(table):
    """Words for countries and services in the order of their bytes, and names of neither, which hide such words."""
    table = [(fields[0], fields[1].replace('_', ' '), *places, row) for row, (fields, places) in enumerate(table)]
    own = sorted((row for row in table if row[2] or row[3]), key=lambda row: row[1].encode())
    names = [words for _, words, country, service, _ in table if not (country or service)]
    yield 'const term_cue ty_term_cues[] = {'
    yield from ('    {%s, {%s, %d}, %d, %d, %d},' % (quoted(lang), quoted(words), len(words.encode()), *others)
                for lang, words, *others in own)
    yield '};\nconst size_t ty_term_cue_count = %d;' % len(own)
    yield 'const ty_slice ty_term_hiding_names[] = %s;' % slices(names)
    marks = [0] * 64
    for _, words, *_ in own:
        first, second = words.encode()[:2]
        pair = (first * 61 + second * 17) & 4095
        marks[pair >> 6] |= 1 << (pair & 63)
    yield 'const uint64_t ty_term_cue_marks[64] = {'
    yield from ('    UINT64_C(0x%X),' % bits for bits in marks)
    yield '};'


def short_forms(path):
    table = [(fields[0], ' '.join(fields[1:])) for fields in rows(path)]
    yield 'const term_short_form ty_term_short_forms[] = {'
    yield from ('    {%s, %s},' % (quoted(ending.replace('_', ' ')), quoted(short)) for ending, short in table)
    yield '};\nconst size_t ty_term_short_form_count = %d;' % len(table)


def senses(path):
    table = list(rows(path))
    for number, (_, _, _, *company) in enumerate(table):
        yield 'static const char *const senses_%d[] = {%s, NULL};' % (number, ', '.join(map(quoted, company)))
    yield 'const term_sense ty_term_senses[] = {'
    yield from ('    {%s, %s, senses_%d},' % (quoted(word), quoted(term.replace('_', ' ')), number)
                for number, (_, word, term, *_) in enumerate(table))
    yield '};\nconst size_t ty_term_sense_count = %d;' % len(table)


def ends(words):
    """A bit for the last two bytes of each, without what tells small letters from capitals: names.c."""
    mask = 0
    for word in words:
        *_, before, last = b'\0' + word.encode()
        for other in [before] if len(word.encode()) > 1 else range(16):
            mask |= 1 << ((other & 15) << 4 | last & 15)
    return '{%s}' % ', '.join(hex(mask >> 64 * part & (1 << 64) - 1) for part in range(4))


def names(path):
    """Lists in the order of their kinds and languages, their words in any case of letters."""
    table = {}
    for lang, kind, *words in rows(path):
        table.setdefault((kind, lang), set()).update(word.replace('_', ' ') for word in words)
    lists = sorted(table.items())
    for number, (_, words) in enumerate(lists):
        ordered = sorted(words, key=lambda word: (word.encode().lower(), word))
        yield 'static const ty_slice names_%d[] = %s;' % (number, slices(ordered))
    yield 'const term_name_list ty_term_name_lists[] = {'
    yield from ('    {%s, %s, names_%d, %d, %s},' % (quoted(lang), quoted(kind), number, len(words), ends(words))
                for number, ((kind, lang), words) in enumerate(lists))
    firsts = [sum(kind[0] < chr(ord('a') + letter) for (kind, _), _ in lists) for letter in range(27)]
    yield '};\nconst uint8_t ty_term_name_list_firsts[27] = {%s};' % ', '.join(map(str, firsts))


def numbers(path):
    yield 'const term_number_word ty_term_number_words[] = {'
    count = 0
    for kind, value, *words in rows(path):
        for word in (word.replace('_', ' ') for word in words):
            yield '    {TERM_NUMBER_%s, %s, {%s, %d}},' % (kind.upper(), value, quoted(word), len(word.encode()))
            count += 1
    yield '};\nconst size_t ty_term_number_word_count = %d;' % count


def particles(path):
    yield 'const char ty_term_particles[] = %s;' % quoted(''.join(kana for fields in rows(path) for kana in fields))


def main():
    output, *inputs = sys.argv[1:]
    makers = {'okurigana': okurigana, 'spelling': spelling, 'words': words,
              'prefixes': prefixes, 'stopwords': stopwords, 'kanji-words': kanji_words,
              'kanji-affixes': kanji_affixes, 'phrases': phrases, 'homographs': homographs,
              'names': names, 'numbers': numbers, 'particles': particles, 'senses': senses, 'organisations': organisations, 'short-forms': short_forms}
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
