#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compiles src/segment/data/LANG.txt into C tables: compile_data.py OUTPUT LANG.txt...

A file has sections, `[name]` on a line of its own, and under them words between blanks, written as in a text;
`#` begins a comment. The last file must be und.txt, which serves languages without data.
"""
import os
import re
import sys

CLASSES = ['title', 'before-number', 'month', 'may-end', 'never-ends', 'starter', 'reporting', 'speaker',
           'field', 'particle', 'exclaims', 'before-ordinal', 'after-ordinal', 'preposition', 'unit',
           'company', 'heading', 'auxiliary', 'quoting', 'standalone',
           'pronoun', 'final', 'outlet', 'joining']
# Words that are the same in small letters: a capital in the data does not ask for one in the text.
ANY_CASE = {'speaker', 'field', 'reporting', 'before-ordinal', 'preposition', 'heading'}
ABBREVIATIONS = sum(1 << CLASSES.index(c) for c in (
    'title', 'before-number', 'month', 'may-end', 'never-ends', 'exclaims', 'unit', 'company'))
TRAITS = {'unspaced': 1, 'ordinals': 2, 'blanks': 4}
LONGEST = 24


def fail(path, number, message):
    sys.exit('%s:%d: %s' % (path, number, message))


def read(path):
    """Yields section and word, with the place for messages."""
    section = None
    with open(path, encoding='utf-8') as lines:
        for number, line in enumerate(lines, 1):
            line = line.split('#')[0].strip()
            heading = re.fullmatch(r'\[([a-z-]+)\]', line)
            if heading:
                section = heading.group(1)
                if section not in CLASSES and section != 'traits':
                    fail(path, number, 'there is no section [%s]' % section)
                continue
            for word in line.split():
                if section is None:
                    fail(path, number, 'words before the first [section]')
                yield section, word, number


def lower(word):
    return ''.join(c.lower() if c < '\u0100' else c for c in word)


def is_phrase(word):
    return any(c >= '\u2e80' for c in word)


def load(path):
    words, phrases, traits = {}, {}, 0
    for section, word, number in read(path):
        if section == 'traits':
            if word not in TRAITS:
                fail(path, number, 'there is no trait "%s"' % word)
            traits |= TRAITS[word]
            continue
        bit = 1 << CLASSES.index(section)
        if is_phrase(word):
            phrases[word] = phrases.get(word, 0) | bit
            continue
        key = lower(word[:-1] if word.endswith('.') and len(word) > 1 else word)
        if len(key.encode()) > LONGEST:
            fail(path, number, '"%s" is longer than %d bytes' % (word, LONGEST))
        entry = words.setdefault(key, [0, 0, 0])
        entry[0] |= bit
        if lower(word) == word or section in ANY_CASE:
            entry[1] |= bit  # allowed in small letters
    return words, phrases, traits


def c_string(text):
    return '"' + ''.join('\\%03o' % b if b >= 127 or b in b'"\\' else chr(b) for b in text.encode()) + '"'


def hash_table(words):
    size = 16
    while size < 2 * len(words) + 2:
        size *= 2
    slots = [None] * size
    for key in sorted(words):
        value = 2166136261
        for byte in key.encode():
            value = ((value ^ byte) * 16777619) & 0xFFFFFFFF
        slot = value & (size - 1)
        while slots[slot] is not None:
            slot = (slot + 1) & (size - 1)
        slots[slot] = key
    return slots


def write_language(out, name, words, phrases):
    slots = hash_table(words)
    out.write('static const ty_word_entry %s_words[] = {\n' % name)
    for key in slots:
        if key is None:
            out.write('    {0},\n')
        else:
            classes, any_case, _ = words[key]
            out.write('    {%s, %d, %d, %d},\n' % (c_string(key), len(key.encode()), classes, classes & ~any_case))
    out.write('};\nstatic const ty_phrase %s_phrases[] = {\n' % name)
    for phrase in sorted(phrases, key=str.encode):
        out.write('    {%s, %d, %d},\n' % (c_string(phrase), len(phrase.encode()), phrases[phrase]))
    out.write('    {0},\n};\n\n')
    return len(slots) - 1


def lengths(words):
    """A quick no for words that are no abbreviation: for each first letter, the lengths that there are."""
    bits = [0] * 26
    for key, (classes, _, _) in words.items():
        if classes & ABBREVIATIONS and 'a' <= key[0] <= 'z':
            bits[ord(key[0]) - ord('a')] |= 1 << len(key.encode())
    return ', '.join('0x%x' % b for b in bits)


def main():
    output, paths = sys.argv[1], sys.argv[2:]
    with open(output, 'w', encoding='ascii') as out:
        out.write('/* Made by compile_data.py from src/segment/data. */\n#include "segment/internal.h"\n\n')
        rows = []
        for path in paths:
            name = os.path.basename(path).rsplit('.', 1)[0]
            words, phrases, traits = load(path)
            mask = write_language(out, name, words, phrases)
            rows.append('    {"%s", %s_words, %d, {%s}, %s_phrases, %d, %d},\n' % (
                name, name, mask, lengths(words), name, len(phrases), traits))
        out.write('const ty_language ty_language_table[] = {\n%s    {0},\n};\n' % ''.join(rows))


if __name__ == '__main__':
    main()
