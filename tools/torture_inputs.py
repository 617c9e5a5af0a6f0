# SPDX-License-Identifier: Apache-2.0
"""What tools/torture does to a memory: files to take in, and every command that changes something."""
import os
import sqlite3
import zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
PAIR = ['-s', 'en', '-t', 'ja']
FIRST = ['import', *PAIR, 'first.tsv']
RELEASE = ['import', *PAIR, '--origin', 'boats', 'en.txt', 'ja.txt']
TERMS = ['term', 'import', 'first.utx']
BACKUP = ['backup', 'PLACE/copy.db']
EDIT = ['edit', '-l', 'ja', '7', '七号船が出た。']


def base(*commands):
    return tuple(tuple(words) for words in commands)


PLAIN = base(FIRST, RELEASE, TERMS, BACKUP, EDIT)
THREE = base(RELEASE, ['import', *PAIR, 'en-2.txt', 'ja-2.txt'], ['import', *PAIR, 'en-3.txt', 'ja-3.txt'])
UNDONE = base(*PLAIN, ['undo'])
EXPORTED = base(*PLAIN, ['export', '-q', '-o', 'PLACE/out.tmx'], EDIT[:-1] + ['七号船は出た。'])

# name, command, what was done to the memory before it, parts of the command that may be done alone
COMMANDS = [
    ('import a table', ['import', *PAIR, 'units.tsv'], PLAIN),
    ('import a TMX', ['import', 'units.tmx'], PLAIN),
    ('import a PO', ['import', *PAIR, 'units.po'], PLAIN),
    ('import a table, replacing', ['import', *PAIR, '--on-duplicate=replace', 'first-new.tsv'], PLAIN),
    ('import a release', ['import', *PAIR, 'en-2.txt', 'ja-2.txt'], PLAIN),
    ('import a release again, corrected', ['import', *PAIR, '--replaces', 'boats', 'en-new.txt', 'ja.txt'], PLAIN),
    ('import pages', ['import', *PAIR, 'en-page.html', 'ja-page.html'], PLAIN),
    ('import documents of offices', ['import', *PAIR, 'en.docx', 'ja.docx'], PLAIN),
    ('import a text in two languages', ['import', *PAIR, 'both.html'], PLAIN),
    ('import an XLIFF', ['import', 'units.xlf'], PLAIN),
    ('import a workbook', ['import', *PAIR, 'units.xlsx'], PLAIN),
    ('import with its report', ['import', *PAIR, '--batch', 'list-1', '--report', 'PLACE/told.html'], PLAIN),
    ('import facts', ['import', *PAIR, '--date', '2024-01-05', 'en.txt', 'ja.txt'], PLAIN),
    ('import a reviewed table', ['import', '--as', 'aligned', 'reviewed.tsv'], PLAIN),
    ('import our own TMX', ['import', 'boats.tmx'], base(FIRST)),
    ('import another memory', ['import', 'other.db'], PLAIN),
    ('import a list', ['import', *PAIR, '--batch', 'list'], PLAIN,
     ['import', *PAIR, 'en-2.txt', 'ja-2.txt'], ['import', *PAIR, 'en-3.txt', 'ja-3.txt']),
    ('refresh', ['refresh', '--dictionary', 'words.tsv', 'boats'], PLAIN),
    ('facts of a release', ['edit', '--title', 'Boats', '--date', '2024-02-01', '--agency', 'Harbour', 'boats'], PLAIN),
    ('edit', ['edit', '-l', 'ja', '1', '船が出た。'], PLAIN),
    ('confirm', ['confirm', '2'], PLAIN),
    ('confirm a release', ['confirm', '--release', '--doubtful-too', 'boats'], PLAIN),
    ('merge', ['merge', '3', '4'], PLAIN),
    ('split', ['split', '5', 'en=Vessel', 'ja=4号船は'], PLAIN),
    ('remove', ['remove', '5'], PLAIN),
    ('remove an origin', ['remove', '--origin', 'first.tsv'], PLAIN),
    ('remove a unit for good', ['remove', '--yes', '--for-good', '6'], PLAIN),
    ('remove a release for good', ['remove', '--yes', '--for-good', 'boats'], PLAIN),
    ('undo', ['undo'], PLAIN),
    ('undo an import', ['undo', '2'], PLAIN),
    ('redo', ['redo'], UNDONE),
    ('forget steps', ['log', '--forget', '2099-01-01'], PLAIN),
    ('term import', ['term', 'import', 'terms.utx'], PLAIN),
    ('term import, changed', ['term', 'import', '--origin', 'first.utx', 'first-new.utx'], PLAIN),
    ('term extract, accepting', ['term', 'extract', *PAIR, '--accept', '1'], THREE),
    ('undo a term import', ['undo', '3'], PLAIN),
    ('redo a removal of terms', ['redo'], base(*PLAIN, ['term', 'remove', 'c2'], ['undo'])),
    ('term add', ['term', 'add', *PAIR, 'dock', '桟橋'], PLAIN),
    ('term edit', ['term', 'edit', 'c1', '--definition', 'a ship'], PLAIN),
    ('term status', ['term', 'status', 'c1', '船', 'forbidden'], PLAIN),
    ('term merge', ['term', 'merge', 'c1', 'c2'], PLAIN),
    ('term remove', ['term', 'remove', 'c2'], PLAIN),
    ('check, letting stand', ['check', *PAIR, '--origin', '*', '--accept-all'], PLAIN),
    ('export', ['export', '-q', '-o', 'PLACE/out.tmx'], EXPORTED),
    ('export, an origin a file', ['export', '-q', '--each-origin', '-o', 'PLACE/folder'], PLAIN),
    ('export a workbook', ['export', '-q', '--format=xlsx', '-o', 'PLACE/out.xlsx'], PLAIN),
    ('export a project', ['export', '-q', '--format=omegat', 'PLACE'], PLAIN),
    ('backup', ['backup', 'PLACE/copy.db'], PLAIN),
    ('backup to a new file', ['backup', 'PLACE/copy-2.db'], PLAIN),
    ('restore', ['restore', 'PLACE/copy.db'], PLAIN),
    ('migrate', ['migrate'], 'version-2'),
    ('bring up to date', ['confirm', '11'], 'version-2', ['confirm', '4711']),
]

def write(folder, name, text):
    with open(os.path.join(folder, name), 'w', encoding='utf-8') as out:
        out.write(text)

def units(count, english, japanese):
    return ''.join(f'{english.format(i=i, j=7 * i)}\t{japanese.format(i=i, j=7 * i)}\n' for i in range(count))

def utx(rows):
    return '#UTX 1.20; en/ja; 2020-01-01T00:00:00Z; copyright: x; license: x\n#src\ttgt\tsrc:pos\tconcept_id\n' + rows

def tmx(body):
    return '<?xml version="1.0"?><tmx version="1.4"><header creationtool="x" creationtoolversion="1" segtype="sentence" ' \
           'o-tmf="x" adminlang="en" srclang="en" datatype="plaintext"/><body>' + body + '</body></tmx>'

def write_tables(folder):
    write(folder, 'first.tsv', units(120, 'Vessel {i} left port {j}.', '{i}号船は港{j}を出た。'))
    write(folder, 'first-new.tsv', units(120, 'Vessel {i} left port {j}.', '{i}号船が港{j}を出港。'))
    write(folder, 'units.tsv', units(900, 'Ship {i} sank.', '船{i}は沈んだ。'))
    write(folder, 'words.tsv', 'boat\t艇\nport\t港\nday\t日\n')
    write(folder, 'list-1', 'en-2.txt\tja-2.txt\n')
    write(folder, 'list', 'en-2.txt\tja-2.txt\nen-3.txt\tja-3.txt\n')
    write(folder, 'first.utx', utx('vessel\t船\tnoun\tc1\nship\t艦船\tnoun\tc2\nport\t港\tnoun\tc3\n'))
    write(folder, 'first-new.utx', utx('vessel\t船舶\tnoun\tc1\nship\t艦船\tnoun\tc2\nquay\t岸壁\tnoun\tc4\n'))
    write(folder, 'terms.utx', utx(''.join(f'hatch {i}\tハッチ{i}\tnoun\th{i}\n' for i in range(200))))

def write_files(folder):
    write(folder, 'units.tmx', tmx(''.join(
        f'<tu tuid="{i}"><tuv xml:lang="en"><seg>Crew {i} <bpt i="1">b</bpt>slept<ept i="1">e</ept>.</seg></tuv>'
        f'<tuv xml:lang="ja"><seg>乗員{i}は眠った。</seg></tuv></tu>' for i in range(300))))
    write(folder, 'units.po', 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n' + ''.join(
        f'msgid "Anchor {i} is up."\nmsgstr "錨{i}は上がった。"\n\n' for i in range(200)))

def write_releases(folder):
    for name, what, how in (('', 'Boat', '艇'), ('-2', 'Tanker', '油槽船'), ('-3', 'Ferry', '渡船')):
        write(folder, f'en{name}.txt', ''.join(f'{what} {i} left port {i * 7} at noon. It came back on day {i}.\n' for i in range(1, 25)))
        write(folder, f'ja{name}.txt', ''.join(f'{i}号{how}は正午に港{i * 7}を出た。{i}日に戻った。\n' for i in range(1, 25)))
    write(folder, 'en-new.txt', ''.join(f'Boat {i} left port {i * 7} at {"dawn" if i % 5 == 0 else "noon"}. It came back on day {i}.\n' for i in range(1, 25)))

def paragraphs(folder, name):
    with open(os.path.join(folder, name), encoding='utf-8') as found:
        return found.read().splitlines()

def page(language, lines):
    return f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><title>{lines[0]}</title></head><body>' + \
           ''.join(f'<p>{line}</p>\n' for line in lines) + '</body></html>\n'

def write_office(path, lines):
    word = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
    office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument'
    with zipfile.ZipFile(path, 'w') as out:
        out.writestr('[Content_Types].xml', '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
                     'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" '
                     'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>')
        out.writestr('_rels/.rels', f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                                    f'<Relationship Id="rId1" Type="{office}" Target="word/document.xml"/></Relationships>')
        out.writestr('word/document.xml', f'<w:document xmlns:w="{word}"><w:body>' + ''.join(
            f'<w:p><w:r><w:t>{line}</w:t></w:r></w:p>' for line in lines) + '</w:body></w:document>')

def write_documents(folder):
    """The releases as pages, as documents of an office, and in one file."""
    for language in ('en', 'ja'):
        write(folder, f'{language}-page.html', page(language, paragraphs(folder, f'{language}-2.txt')))
        write_office(os.path.join(folder, f'{language}.docx'), paragraphs(folder, f'{language}-3.txt'))
    both = [line for pair in zip(paragraphs(folder, 'en-2.txt'), paragraphs(folder, 'ja-2.txt')) for line in pair]
    write(folder, 'both.html', page('en', both))
    write(folder, 'units.xlf', '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="x" source-language="en" '
          'target-language="ja" datatype="plaintext"><body>' + ''.join(
              f'<trans-unit id="{i}" approved="yes"><source>Mast {i} broke.</source><target>{i}番の帆柱が折れた。</target></trans-unit>'
              for i in range(200)) + '</body></file></xliff>')

def write_made(torture):
    """What the program itself makes: a reviewed table, our own TMX, another memory, the aligner's own words."""
    place = torture.place(())
    torture.must(place, [RELEASE, ['confirm', '3'], ['export', '-q', '-o', 'boats.tmx'],
                         ['align', *PAIR, '-q', '--format=tsv', '-o', 'reviewed.tsv', 'en.txt', 'ja.txt'],
                         ['export', '-q', '--format=xlsx', '-o', 'units.xlsx'],
                         FIRST, ['remove', '8'], EDIT, ['backup', 'other.db']])

def write_version_2(path):
    with open(os.path.join(HERE, '../tests/data/memory/version-2.sql'), encoding='utf-8') as script:
        memory = sqlite3.connect(path)
        memory.executescript(script.read())
        memory.close()

def write_all(folder):
    write_tables(folder)
    write_files(folder)
    write_releases(folder)
    write_documents(folder)
