#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes C tables of what is known of the words of a language: compile_words.py OUTPUT LANG.txt...

A file has sections, `[name]` on a line of its own, each with words between blanks; `_` stands for a blank, `#` begins a comment. Where two
languages are as likely, the one whose file comes first is taken.
"""
import os
import re
import sys

SECTIONS = ('frequent', 'letters', 'numbers', 'months', 'before-months', 'eras', 'no-numbers', 'characters', 'prose', 'prose-traditional')
KINDS = ('small', 'tens', 'scale', 'ordinal')
LONGEST_NUMBER = 11  # bytes: number_word.text


def read(path):
    """The words of each section."""
    sections, section = {}, None
    with open(path, encoding='utf-8') as lines:
        for number, line in enumerate(lines, 1):
            line = line.split('#')[0].strip()
            heading = re.fullmatch(r'\[([a-z-]+)\]', line)
            if heading:
                section = heading.group(1)
                if section not in SECTIONS:
                    sys.exit('%s:%d: there is no section [%s]' % (path, number, section))
                sections[section] = []
            elif line and section is None:
                sys.exit('%s:%d: words before the first [section]' % (path, number))
            else:
                sections.get(section, []).extend(line.split())
    return sections


def c_string(text):
    return '"%s"' % ''.join('\\%03o' % b if b >= 127 or b in b'"\\' else chr(b) for b in text.encode())


def numbers(words):
    kind = None
    for word in words:
        if word.endswith(':'):
            kind = word[:-1]
            if kind not in KINDS:
                sys.exit('there is no kind of number "%s"' % kind)
            continue
        text, value = word.split('=')
        if len(text) > LONGEST_NUMBER:
            sys.exit('"%s" is longer than %d bytes' % (text, LONGEST_NUMBER))
        yield '{%s, %s, NUMBER_%s}' % (c_string(text), value, kind.upper())


def frequent(langs):
    """Each frequent word with the languages that have it, as bits, in order of bytes."""
    words = {}
    for number, known in enumerate(known for known in langs.values() if 'frequent' in known):
        for word in known['frequent']:
            words[word] = words.get(word, 0) | 1 << number
    return ['{%s, %d}' % (c_string(word), bits) for word, bits in sorted(words.items(), key=lambda item: item[0].encode())]


def months(words):
    for word in words:
        text, month = word.rstrip('?').split('=')
        yield '{%s, %s, %s}' % (c_string(text), month, 'true' if word.endswith('?') else 'false')


def eras(words):
    for word in words:
        text, first = word.split('=')
        yield '{%s, %s}' % (c_string(text), first)


def table(out, declaration, rows):
    out.write('%s = {\n%s};\n' % (declaration, ''.join('    %s,\n' % row for row in rows)))


def main():
    output, paths = sys.argv[1], sys.argv[2:]
    langs = {os.path.basename(path).rsplit('.', 1)[0]: read(path) for path in paths}
    latin = ['{"%s", %s}' % (lang, c_string(' '.join(known['letters']))) for lang, known in langs.items() if 'frequent' in known]
    with_months = [lang for lang, known in langs.items() if 'months' in known]
    with open(output, 'w', encoding='ascii') as out:
        out.write('/* Made by compile_words.py from src/text/data. */\n#include "text/numbers.h"\n\n')
        table(out, 'const ty_latin_language ty_latin_languages[TY_LATIN_COUNT]', latin)
        table(out, 'const ty_frequent_word ty_frequent_words[]', frequent(langs))
        out.write('const size_t ty_frequent_count = sizeof ty_frequent_words / sizeof *ty_frequent_words;\n')
        table(out, 'const number_word ty_number_words[]', [*numbers(langs['en']['numbers']), '{"", 0, 0}'])
        for lang in with_months:
            table(out, 'static const month_name months_%s[]' % lang, [*months(langs[lang]['months']), '{0, 0, 0}'])
        table(out, 'const month_names ty_month_names[]', ['{"%s", months_%s}' % (lang, lang) for lang in with_months] + ['{0, 0}'])
        table(out, 'const char *const ty_number_exceptions_ja[]', [*map(c_string, langs['ja']['no-numbers']), '0'])
        table(out, 'const char *const ty_before_months[]', [*(c_string(word.replace('_', ' ')) for word in langs['en']['before-months']), '0'])
        for lang in ('en', 'ja'):
            table(out, 'const number_era ty_number_eras_%s[]' % lang, [*eras(langs[lang]['eras']), '{0, 0}'])
        for lang, known in langs.items():
            for section in ('prose', 'prose-traditional'):
                if section in known:
                    out.write('const char ty_%s_%s[] = %s;\n' % (section.replace('-', '_'), lang, c_string(''.join(known[section]))))
        out.write('const char ty_chinese_characters[] = %s;\n' % c_string(''.join(langs['zh']['characters'])))


if __name__ == '__main__':
    main()
