# SPDX-License-Identifier: Apache-2.0
"""More of what a hostile file can do, for tests/hostile: odd encodings, endless sentences, expressions that never end,
workbooks of air, memories that lie about themselves. Each function gives (kind, name, expectation, content)."""
import gzip
import io
import struct
import zipfile

XML = '<?xml version="1.0"?>'
LONG = 'The vessel left port at noon on Monday. '


def html():
    page = '<html><head><title>T</title></head><body>%s</body></html>'
    sentence = '<p>The vessel left port at noon on Monday.</p>'
    yield 'html', 'distinct tag names', 'either', page % ''.join(f'<x{i}>' for i in range(30000)) + sentence
    yield 'html', 'line breaks', 'read', page % ('<p>' + 'Left.<br>' * 60000 + '</p>')
    yield 'html', 'empty paragraphs', 'read', page % ('<p></p>' * 200000 + sentence)
    yield 'html', 'spans in one paragraph', 'read', page % ('<p>' + '<span>Left </span>' * 60000 + '.</p>')
    yield 'html', 'one row of cells', 'read', page % ('<table><tr>' + '<td>Left.</td>' * 40000 + '</tr></table>')
    yield 'html', 'deep drawings', 'either', page % ('<svg>' + '<g>' * 40000 + '</svg>' + sentence)
    yield 'html', 'choices', 'read', page % (sentence + '<select>' + '<option>Left' * 50000 + '</select>')
    yield 'html', 'conditional comments', 'read', page % (sentence + '<!--[if IE]>x<![endif]-->' * 50000)
    yield 'html', 'sections of data', 'either', page % (sentence + '<![CDATA[ x ]]>' * 50000)
    yield 'html', 'picture inside', 'read', page % (sentence + '<img src="data:image/png;base64,' + 'A' * 4000000 + '">')
    yield 'html', 'readings', 'read', page % ('<p>' + '<ruby>港<rt>みなと</rt></ruby>' * 30000 + '。</p>')
    yield 'html', 'a language a paragraph', 'read', page % ''.join(f'<p lang="x-{i}">The vessel left port {i}.</p>' for i in range(15000))
    yield 'html', 'unknown encoding', 'either', page.replace('<title>', '<meta charset="x-none-of-these"><title>') % sentence
    yield 'html', 'seven bits', 'either', page.replace('<title>', '<meta charset="utf-7"><title>') % '<p>+MEIwRDBGMEg-</p>'
    yield 'html', 'two-byte units', 'read', ('\ufeff' + page % (sentence * 2000)).encode('utf-16-le')
    yield 'html', 'endless escapes', 'either', b'<html><head><meta charset="iso-2022-jp"></head><body><p>' + b'\x1b$B' * 200000 + b'</p></body></html>'
    yield 'html', 'letters outside Unicode', 'either', b'<html><body><p>' + b'\xf8\x88\x80\x80\x80\xfc\x84\x80\x80\x80\x80' * 40000 + b'</p></body></html>'


def text():
    yield 'text', 'full stops', 'read', '.' * 2000000
    yield 'text', 'ideographic full stops', 'read', '。' * 700000
    yield 'text', 'opening quotes', 'read', '「' * 500000
    yield 'text', 'quotes opened and closed', 'read', '「」' * 300000
    yield 'text', 'opening brackets', 'read', '(' * 1000000 + 'x.'
    yield 'text', 'abbreviations', 'read', 'Mr. ' * 300000
    yield 'text', 'initials', 'read', 'U.S.' * 300000
    yield 'text', 'numbered', 'read', '1.1.' * 400000
    yield 'text', 'one sentence without end', 'read', 'vessel ' * 400000
    yield 'text', 'Japanese without end', 'read', '船が港を出て' * 100000
    yield 'text', 'marks over one letter', 'read', 'e' + '\u0301' * 700000 + '.'
    yield 'text', 'joiners', 'read', 'a' + '\u200d' * 500000 + ' b.'
    yield 'text', 'orders of direction', 'read', '\u202e\u2066' * 300000 + 'left.'
    yield 'text', 'empty lines', 'read', '\n' * 3000000 + 'Left.\n'
    yield 'text', 'one word a line', 'read', 'Left.\n' * 150000
    yield 'text', 'blanks', 'read', ' ' * 3000000 + 'Left.'
    yield 'text', 'half-width kana', 'read', 'ﾊﾞ' * 300000 + '。'
    yield 'text', 'items', 'read', '- (a) 1) Left\n' * 60000
    yield 'text', 'dates', 'read', '2024.1.2.' * 200000
    yield 'text', 'addresses', 'read', 'www.example.com/a.b.c?d=e. ' * 60000
    yield 'text', 'ellipses', 'read', '... … ' * 200000
    yield 'text', 'cut characters', 'either', ('船' * 300000).encode()[:-1]


def tbx():
    head = XML + '<martif type="TBX" xml:lang="en"><martifHeader><fileDesc><sourceDesc><p>x</p></sourceDesc></fileDesc></martifHeader><text><body>'
    term = '<langSet xml:lang="en"><tig><term>port%s</term></tig></langSet><langSet xml:lang="ja"><tig><term>港%s</term></tig></langSet>'
    tail = '</body></text></martif>'
    yield 'tbx', 'comments', 'read', head + '<!-- x -->' * 100000 + '<termEntry>' + term % ('', '') + '</termEntry>' + tail
    yield 'tbx', 'instructions', 'read', head + '<?x y?>' * 100000 + '<termEntry>' + term % ('', '') + '</termEntry>' + tail
    yield 'tbx', 'sections of data', 'read', head + '<termEntry>' + term % ('<![CDATA[x]]>' * 40000, '') + '</termEntry>' + tail
    yield 'tbx', 'namespaces', 'refused', head + '<termEntry ' + ' '.join(f'xmlns:n{i}="u{i}"' for i in range(20000)) + '>' + term % ('', '') + '</termEntry>' + tail
    yield 'tbx', 'transactions', 'read', head + '<termEntry>' + '<transacGrp><transac type="x">y</transac></transacGrp>' * 30000 + term % ('', '') + '</termEntry>' + tail
    yield 'tbx', 'references', 'read', head + '<termEntry id="a">' + '<ref type="crossReference" target="a">x</ref>' * 40000 + term % ('', '') + '</termEntry>' + tail
    yield 'tbx', 'references in a circle', 'either', head + ''.join(f'<termEntry id="c{i}"><ref type="superordinateConceptGeneric" target="c{(i + 1) % 4000}"/>' + term % (i, i) + '</termEntry>' for i in range(4000)) + tail
    yield 'tbx', 'entities declared', 'either', XML + '<!DOCTYPE martif [' + ''.join(f'<!ENTITY e{i} "x">' for i in range(30000)) + ']>' + head[21:] + '<termEntry>' + term % ('', '') + '</termEntry>' + tail
    yield 'tbx', 'attributes from outside', 'either', XML + '<!DOCTYPE martif SYSTEM "http://127.0.0.1:9/x.dtd">' + head[21:] + '<termEntry>' + term % ('', '') + '</termEntry>' + tail
    yield 'tbx', 'one definition', 'read', head + ''.join('<termEntry><descrip type="definition">' + LONG + '</descrip>' + term % (i, i) + '</termEntry>' for i in range(8000)) + tail
    yield 'tbx', 'one term', 'read', head + ('<termEntry>' + term % ('', '') + '</termEntry>') * 15000 + tail
    yield 'tbx', 'other encoding than told', 'either', head.replace('1.0"', '1.0" encoding="utf-16"').encode() + b'<termEntry/>' + tail.encode()
    yield 'tbx', 'empty terms', 'either', head + '<termEntry><langSet xml:lang="en"><tig><term></term></tig></langSet></termEntry>' * 20000 + tail
    yield 'tbx', 'a thousand kinds of note', 'either', head + '<termEntry>' + ''.join(f'<admin type="t{i}">x</admin>' for i in range(20000)) + term % ('', '') + '</termEntry>' + tail


def utx():
    head = '#UTX 1.20; en/ja; 2020-01-01T00:00:00Z; copyright: x; license: x\n#src\ttgt\tsrc:pos\tconcept_id\n'
    yield 'utx', 'long header', 'either', '#UTX 1.20; en/ja; ' + 'x: y; ' * 300000 + '\n#src\ttgt\n' + 'port\t港\n'
    yield 'utx', 'one concept', 'either', head + ''.join(f'port {i}\t港{i}\tnoun\tc1\n' for i in range(15000))
    yield 'utx', 'one target', 'read', head + ''.join(f'port {i}\t港\tnoun\tc{i}\n' for i in range(20000))
    yield 'utx', 'blank lines', 'read', head + '\n' * 500000 + 'port\t港\tnoun\tc1\n'
    yield 'utx', 'long blanks', 'either', head + 'port' + ' ' * 2000000 + '\t港\tnoun\tc1\n'
    yield 'utx', 'returns only', 'either', head.replace('\n', '\r') + 'port\t港\tnoun\tc1\r' * 10000
    yield 'utx', 'two-byte units', 'either', ('\ufeff' + head + 'port\t港\tnoun\tc1\n' * 2000).encode('utf-16')
    yield 'utx', 'letters of many widths', 'read', head + ''.join(f'ｐｏｒｔ{i}\t㍿港{i}\tnoun\tw{i}\n' for i in range(15000))
    yield 'utx', 'long words', 'read', head + ''.join(f'{"port " * 150}{i}\t港{i}\tnoun\tl{i}\n' for i in range(1000))


def xliff():
    head = XML + '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">'
    file = '<file original="x%s" source-language="en" target-language="ja" datatype="plaintext"><body>%s</body></file>'
    unit = '<trans-unit id="1" approved="yes"><source>%s</source><target state="final">%s</target></trans-unit>'
    two = XML + '<xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="en" trgLang="ja"><file id="f">%s</file></xliff>'
    yield 'xliff', 'a file a unit', 'read', head + ''.join(file % (i, unit % (f'Left {i}.', f'{i}が出た。')) for i in range(6000)) + '</xliff>'
    yield 'xliff', 'skeleton inside', 'read', head + '<file original="x" source-language="en" target-language="ja" datatype="x"><header><skl><internal-file>' + 'QUJD' * 900000 + '</internal-file></skl></header><body>' + unit % ('Left.', '出た。') + '</body></file></xliff>'
    yield 'xliff', 'begun and never ended', 'either', head + file % ('', unit % ('<bpt id="1">b</bpt>' * 20000 + 'Left.', '出た。')) + '</xliff>'
    yield 'xliff', 'ended and never begun', 'either', head + file % ('', unit % ('<ept id="1">b</ept>' * 20000 + 'Left.', '出た。')) + '</xliff>'
    yield 'xliff', 'codes crossing', 'either', head + file % ('', unit % (''.join(f'<bpt id="{i}">b</bpt>' for i in range(6000)) + 'Left.' + ''.join(f'<ept id="{i}">e</ept>' for i in range(6000)), '出た。')) + '</xliff>'
    yield 'xliff', 'flows in flows', 'either', head + file % ('', unit % ('<ph id="1"><sub>' * 3000 + 'x' + '</sub></ph>' * 3000, '出た。')) + '</xliff>'
    yield 'xliff', 'target first', 'either', head + file % ('', '<trans-unit id="1"><target>出た。</target><source>Left.</source></trans-unit>' * 5000) + '</xliff>'
    yield 'xliff', 'states of its own', 'either', head + file % ('', (unit % ('Left.', '出た。')).replace('final', 'x-own') * 8000) + '</xliff>'
    yield 'xliff', 'marks one in another', 'either', head + file % ('', '<trans-unit id="1"><source>x</source><seg-source>' + '<mrk mtype="seg" mid="1">' * 3000 + 'x' + '</mrk>' * 3000 + '</seg-source><target>x</target></trans-unit>') + '</xliff>'
    yield 'xliff', 'one unit of segments', 'read', two % ('<unit id="u">' + ''.join(f'<segment id="s{i}" state="final"><source>Left {i}.</source><target>{i}が出た。</target></segment>' for i in range(10000)) + '</unit>')
    yield 'xliff', 'data of codes', 'either', two % ('<unit id="u"><originalData>' + ''.join(f'<data id="d{i}">&lt;b&gt;</data>' for i in range(15000)) + '</originalData><segment state="final"><source>' + ''.join(f'<ph id="p{i}" dataRef="d{i}"/>' for i in range(15000)) + 'Left.</source><target>出た。</target></segment></unit>')
    yield 'xliff', 'pairs of codes, deep', 'either', two % ('<unit id="u"><segment state="final"><source>' + ''.join(f'<pc id="{i}">' for i in range(10000)) + 'x' + '</pc>' * 10000 + '</source><target>x</target></segment></unit>')
    yield 'xliff', 'notes of a file', 'either', two % ('<notes>' + '<note>x</note>' * 50000 + '</notes><unit id="u"><segment state="final"><source>Left.</source><target>出た。</target></segment></unit>')
    yield 'xliff', 'references to nothing', 'either', two % ('<unit id="u"><segment state="final"><source>' + ''.join(f'<sc id="{i}"/>' for i in range(15000)) + 'Left.' + ''.join(f'<ec startRef="z{i}"/>' for i in range(15000)) + '</source><target>出た。</target></segment></unit>')


def po():
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Language: ja\\n"\n\n'
    entry = 'msgid "Left."\nmsgstr "出た。"\n'
    yield 'po', 'contexts', 'read', head + ''.join(f'msgctxt "c{i}"\n' + entry + '\n' for i in range(15000))
    yield 'po', 'places', 'read', head + '#: file.c:1\n' * 200000 + entry
    yield 'po', 'flags', 'read', head + '#, ' + 'c-format, ' * 200000 + '\n' + entry
    yield 'po', 'former ids', 'read', head + '#| msgid "Went."\n' * 60000 + entry
    yield 'po', 'long header', 'either', 'msgid ""\nmsgstr ""\n' + '"X-Field: y\\n"\n' * 100000 + head[len('msgid ""\nmsgstr ""\n'):] + entry
    yield 'po', 'plural of a million', 'either', head.replace('"Language', '"Plural-Forms: nplurals=1000000; plural=' + '(' * 20000 + 'n;\\n"\n"Language') + 'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "あ"\n'
    yield 'po', 'unknown encoding', 'either', head.replace('UTF-8', 'X-NONE') + entry
    yield 'po', 'no encoding', 'either', entry * 3000
    yield 'po', 'long id', 'read', head + 'msgid "' + 'left ' * 400000 + '"\nmsgstr "出た。"\n'
    yield 'po', 'domains', 'either', head + 'domain "x"\n' * 50000 + entry
    yield 'po', 'words that are none', 'either', head + 'msgfoo "x"\n' * 50000
    yield 'po', 'text of another id', 'either', head + 'msgstr "出た。"\n' * 50000


def srx():
    head = XML + '<srx version="2.0" xmlns="http://www.lisa.org/srx20"><header segmentsubflows="yes" cascade="yes"/><body><languagerules><languagerule languagerulename="x">'
    tail = '</languagerule></languagerules><maprules><languagemap languagepattern=".*" languagerulename="x"/></maprules></body></srx>'
    rule = '<rule break="yes"><beforebreak>%s</beforebreak><afterbreak>%s</afterbreak></rule>'
    for name, before, after in (
            ('words of words', '(\\w+\\s?)+\\d', '\\s'), ('one or two', '(e|ee|[a-z ])+!', '\\s'), ('twice repeated', '(.*)*#', '\\s'),
            ('behind it all', '\\.', '(.*\\n?)*#'), ('back again', '(\\w+).*\\1.*\\1.*\\1#', '\\s'), ('ahead in ahead', '(?=(?=(?=.*x.*x.*x).*).*)#', '\\s'),
            ('whole text', '[\\s\\S]*\\.', '[\\s\\S]*'), ('letters of all scripts', '(\\p{L}|\\p{Ll}|\\p{Alphabetic})+#', '\\s'),
            ('nothing at all', '()*', '()*'), ('counted', '(\\w{1,50}\\W{1,50}){20,50}#', '\\s'), ('unfinished class', '[a-', '\\s')):
        yield 'srx', name, 'refused' if name.startswith('unfinished') else 'either', head + rule % (before, after) + tail
    yield 'srx', 'rules that look at all', 'either', head + rule % ('.*x', '.*y') * 3000 + tail
    yield 'srx', 'large class', 'either', head + rule % ('[' + ''.join(chr(0x4E00 + i) for i in range(20000)) + ']', '\\s') + tail
    yield 'srx', 'languages that never end', 'either', head + rule % ('\\.', '\\s') + tail.replace('".*"', '"(e|en|[a-z])*#"')
    yield 'srx', 'names of rules', 'either', head + rule % ('\\.', '\\s') + '</languagerule>' + ''.join(f'<languagerule languagerulename="n{i}"></languagerule>' for i in range(40000)) + tail.replace('</languagerule>', '', 1)


def workbook(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, 'w', zipfile.ZIP_DEFLATED) as book:
        types = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
        rels = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s</Relationships>'
        link = '<Relationship Id="r%d" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" Target="%s"/>'
        book.writestr('[Content_Types].xml', types)
        book.writestr('_rels/.rels', rels % link % (1, 'officeDocument', 'xl/workbook.xml'))
        book.writestr('xl/_rels/workbook.xml.rels', rels % (link % (1, 'worksheet', 'worksheets/sheet1.xml') + link % (2, 'sharedStrings', 'sharedStrings.xml')))
        book.writestr('xl/workbook.xml', '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="s" sheetId="1" r:id="r1"/></sheets></workbook>')
        for name, content in parts.items():
            book.writestr(name, content)
    return out.getvalue()


def tables():
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    sheet = f'<worksheet {space}><sheetData>%s</sheetData></worksheet>'
    row = '<row r="1"><c r="A1" t="inlineStr"><is><t>en</t></is></c><c r="B1" t="inlineStr"><is><t>ja</t></is></c></row>'
    strings = f'<sst {space}>%s</sst>'

    def book(cells, shared=''):
        return workbook({'xl/worksheets/sheet1.xml': sheet % (row + cells), 'xl/sharedStrings.xml': strings % shared})

    yield 'xlsx', 'far cell', 'either', book('<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>')
    yield 'xlsx', 'cell outside', 'either', book('<row r="99999999999"><c r="ZZZZZZZZ99999999999" t="inlineStr"><is><t>x</t></is></c></row>')
    yield 'xlsx', 'far cells', 'either', book(''.join(f'<row r="{i}"><c r="XFD{i}" t="inlineStr"><is><t>x</t></is></c></row>' for i in range(2, 3000)))
    yield 'xlsx', 'string that is none', 'either', book('<row r="2"><c r="A2" t="s"><v>99999999</v></c><c r="B2" t="s"><v>-1</v></c></row>')
    yield 'xlsx', 'air', 'either', book('', '<si><t>' + ' ' * 150000000 + '</t></si>')
    yield 'xlsx', 'many strings', 'either', book('<row r="2"><c r="A2" t="s"><v>1</v></c></row>', '<si><t>x</t></si>' * 150000)
    yield 'xlsx', 'runs in a cell', 'either', book('<row r="2"><c r="A2" t="inlineStr"><is>' + '<r><t>x</t></r>' * 60000 + '</is></c></row>')
    yield 'xlsx', 'one row again and again', 'either', book('<row r="2"><c r="A2" t="inlineStr"><is><t>Left.</t></is></c><c r="B2" t="inlineStr"><is><t>出た。</t></is></c></row>' * 20000)
    yield 'xlsx', 'no sheet', 'refused', workbook({})
    yield 'xlsx', 'cut off', 'refused', book('')[:-60]
    yield 'tsv', 'two-byte units', 'read', ('\ufeff' + 'en\tja\n' + 'Left.\t出た。\n' * 20000).encode('utf-16-le')
    yield 'tsv', 'wide and long', 'either', ('\t'.join(['Left.'] * 1500) + '\n') * 300
    yield 'tsv', 'one language in all columns', 'either', '\t'.join(['en'] * 20000) + '\n' + '\t'.join(['Left.'] * 20000) + '\n'
    yield 'tsv', 'empty lines', 'either', 'en\tja\n' + '\n' * 1000000 + 'Left.\t出た。\n'
    yield 'csv', 'line breaks in a cell', 'read', 'en,ja\n"' + 'Left\n' * 200000 + '",出た。\n'
    yield 'csv', 'which of the separators', 'either', 'a;b,c\td|e\n' * 100000
    yield 'csv', 'a quote too many', 'either', 'en,ja\n' + '"Left"x,"出た"\n' * 50000


def dictionary():
    yield 'dictionary', 'brackets', 'either', '船 [ふね] /' + '(' * 1000000 + 'ship/\n'
    yield 'dictionary', 'glosses', 'either', '船 [ふね] /(n) ' + 'ship/' * 200000 + '\n'
    yield 'dictionary', 'headwords', 'either', ';'.join(f'船{chr(0x4E00 + i % 20000)}' for i in range(50000)) + ' [ふね] /(n) ship/\n'
    yield 'dictionary', 'headwords and glosses', 'either', ';'.join(f'船{chr(0x4E00 + i)}' for i in range(2000)) + ' [ふね] /(n) ' + ''.join(f'ship {i}/' for i in range(2000)) + '\n'
    yield 'dictionary', 'one row', 'read', 'vessel\t船\n' * 200000
    yield 'dictionary', 'two-byte units', 'either', ('\ufeff' + 'vessel\t船\n' * 1000).encode('utf-16')
    yield 'dictionary', 'classes of verbs', 'either', '述べる [のべる] /(' + 'v1,vt,adj-i,' * 60000 + ') to state/\n'
    yield 'dictionary', 'marks', 'either', 'e' + '\u0301' * 300000 + '\t船\n'
    yield 'dictionary', 'packed', 'either', gzip.compress(b'\0' * 100000000)


def anchors():
    yield 'anchors', 'one bead again and again', 'refused', '0:0\n' * 50000 + '1:1\n'
    yield 'anchors', 'all of one side', 'either', ','.join(str(i) for i in range(40)) + ':' + ','.join(str(i) for i in range(40)) + '\n'
    yield 'anchors', 'figures of other scripts', 'refused', '０:０\n'
    yield 'anchors', 'hexadecimal', 'refused', '0x0:0x0\n'
    yield 'anchors', 'crossing', 'refused', '0:1\n1:0\n'
    yield 'anchors', 'overlapping', 'refused', '0,1:0\n1:1\n'
    yield 'anchors', 'blanks', 'either', '0 : 0' + ' ' * 1000000 + '\n'
    yield 'anchors', 'two-byte units', 'refused', '0:0\n1:1\n'.encode('utf-16')
    yield 'anchors', 'zeros before', 'either', '0' * 1000000 + ':0\n'


def lists():
    yield 'list', 'long names', 'refused', ('x/' * 5000 + '\ty\n') * 20
    yield 'list', 'two-byte units', 'refused', 'en.txt\tja.txt\tout\n'.encode('utf-16')
    yield 'list', 'one output', 'refused', 'en.txt\tja.txt\tout\n' * 2000
    yield 'list', 'output in place of a source', 'refused', 'en.txt\tja.txt\ten.txt\n'
    yield 'list', 'output above', 'refused', 'en.txt\tja.txt\t../../../../../../../../proc/none\n'
    yield 'list', 'orders to a terminal', 'refused', '\x1b]0;x\x07\t\x9b2J\tout\n'
    yield 'list', 'no names', 'refused', '\t\t\n'
    yield 'list', 'log of a memory as output', 'either', 'en.txt\tja.txt\tscratch.db-wal\n'


def memories(good, told):
    """`good` are the bytes of a memory, `told` makes one of statements."""
    def changed(offset, new):
        return good[:offset] + new + good[offset + len(new):]

    for kind in ('memory', 'memory export', 'memory match'):
        yield kind, 'other text encoding', 'either', changed(56, struct.pack('>I', 2))
        yield kind, 'nested attributes', 'either', told(f"UPDATE unit SET attributes = '{'[' * 100000}' WHERE id = 1")
        yield kind, 'nested markup', 'either', told(f"UPDATE variant SET content = '{'<hi>' * 30000}' WHERE unit = 1")
        yield kind, 'no texts', 'either', told('DELETE FROM variant')
        yield kind, 'long language', 'either', told("UPDATE variant SET lang = printf('%.*c', 200000, 'e')")
        yield kind, 'highest number', 'either', told('PRAGMA foreign_keys = OFF', 'UPDATE unit_origin SET unit = 9223372036854775807 WHERE unit = 1', 'UPDATE variant SET unit = 9223372036854775807 WHERE unit = 1', 'UPDATE unit SET id = 9223372036854775807 WHERE id = 1')
        yield kind, 'negative numbers', 'either', told('PRAGMA foreign_keys = OFF', 'UPDATE unit_origin SET unit = -unit', 'UPDATE variant SET unit = -unit', 'UPDATE unit SET id = -id')
        yield kind, 'places in a circle', 'either', told('UPDATE unit_origin SET position = -position - 1')
        yield kind, 'index of noise', 'either', told("INSERT OR REPLACE INTO derived_index (name, step, stamp, size) VALUES ('terms', 1, 1, 1152921504606846976)")
    yield 'memory', 'default that works', 'refused', told("CREATE TABLE planted (a TEXT DEFAULT (hex(randomblob(100000000))))")
    yield 'memory', 'index that works', 'either', told("CREATE INDEX planted ON unit (length(printf('%.*c', 10000000, 'x')))")
    yield 'memory', 'highest step', 'either', told('UPDATE step SET id = 9223372036854775807')
    yield 'memory', 'change that is none', 'either', told("UPDATE change SET before = '['")
    yield 'memory', 'counter at its end', 'either', told('UPDATE counter SET value = 9223372036854775807')
    yield 'memory', 'no identity', 'either', told('DELETE FROM memory')
    yield 'memory', 'virtual table', 'refused', told('CREATE VIRTUAL TABLE planted USING fts5(a)')
    yield 'memory', 'sums of nothing', 'either', told('DELETE FROM checksum')


MAKERS = (html, text, tbx, utx, xliff, po, srx, tables, dictionary, anchors, lists)
