#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes C tables of the set phrases of lines: compile_data.py OUTPUT FORMULAS SIGNS"""
import os
import sys

KINDS = ('proviso', 'original', 'embargo', 'contact', 'byline', 'end', 'furniture')
PLACES = {'start': 'AT_START', 'anywhere': 'ANYWHERE', 'title-start': 'OF_TITLE', 'title': 'IN_TITLE',
          'title-end': 'AT_END', 'note': 'IN_NOTE', 'whole': 'WHOLE'}


def rows(path):
    with open(path, encoding='utf-8') as lines:
        for number, line in enumerate(lines, 1):
            fields = line.rstrip('\n').split('\t')
            if line.strip() and not line.startswith('#'):
                if len(fields) != 3 or not fields[2]:
                    sys.exit('%s:%d: what, place, phrase, with tabs between' % (path, number))
                yield number, fields


def slice_of(phrase):
    text = (phrase[:-1] + ' ' if phrase.endswith('_') else phrase).encode()
    return '{"%s", %d}' % (''.join('\\x%02x' % byte for byte in text), len(text))


def formulas(path):
    yield 'const ty_line_phrase ty_line_phrases[] = {'
    for number, (kind, place, phrase) in rows(path):
        if kind not in KINDS or place not in PLACES:
            sys.exit('%s:%d: no such kind or place: %s %s' % (path, number, kind, place))
        yield '    {LINE_%s, %s, %s},' % (kind.upper(), PLACES[place], slice_of(phrase))
    yield '    {LINE_SENTENCE, ANYWHERE, {NULL, 0}}};'


def signs(path):
    lists = {('asks', 'end'): [], ('asks', 'start'): [], ('note', 'start'): []}
    for number, (what, place, phrase) in rows(path):
        if (what, place) not in lists:
            sys.exit('%s:%d: no such sign or place: %s %s' % (path, number, what, place))
        lists[what, place].append(slice_of(phrase))
    for (what, place), phrases in lists.items():
        yield 'const ty_slice ty_line_%s_%ss[] = {%s, {NULL, 0}};' % (what, place, ', '.join(phrases))


def main():
    output, paths = sys.argv[1], sys.argv[2:]
    with open(output, 'w', encoding='utf-8') as file:
        file.write('/* Made by %s. */\n#include "align/internal.h"\n\n' % os.path.basename(__file__))
        for make, path in zip((formulas, signs), paths):
            file.write('\n'.join(make(path)) + '\n')


main()
