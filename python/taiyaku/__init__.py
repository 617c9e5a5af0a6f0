# SPDX-License-Identifier: Apache-2.0
"""Taiyaku from Python: sentences, alignment, a translation memory with terms, over libtaiyaku.

    import taiyaku
    taiyaku.segment('One. Two.', 'en')            # ['One.', 'Two.']
    with taiyaku.Memory('tm.db', create=True) as memory:
        memory.import_release('en.html', 'ja.html')
        for match in memory.match('The ministers welcomed it.'):
            print(match['score'], match['target'])

The library is found by the system's loader, or where the environment's TAIYAKU_LIBRARY says. What fails raises Error,
with the library's message and the name of its status; an answer of "no" is an empty list.
"""
import ctypes
import ctypes.util
import os

from . import _header

__all__ = ['Error', 'Memory', 'align', 'segment', 'version']

_s = _header.structs()
Slice, CError, Source = _s['ty_slice'], _s['ty_error'], _s['ty_source']
OK, NO, STOP = 0, 1, 2


def _load():
    name = os.environ.get('TAIYAKU_LIBRARY') or ctypes.util.find_library('taiyaku') or 'libtaiyaku.so.0'
    return ctypes.CDLL(name)


_lib = _load()
for _name, _result in (('ty_version', ctypes.c_char_p), ('ty_status_name', ctypes.c_char_p), ('ty_text_content', Slice),
                       ('ty_text_line', Slice), ('ty_text_count', ctypes.c_size_t), ('ty_bitext_count', ctypes.c_size_t),
                       ('ty_bitext_bead', _s['ty_bead']), ('ty_bitext_bead_source', Slice), ('ty_bitext_bead_target', Slice)):
    getattr(_lib, _name).restype = _result


class Error(Exception):
    """What the library says; `status` is its short name: "io", "format", "usage", ..."""

    def __init__(self, error, status):
        place = ':'.join(str(part) for part in (error.file.decode('utf-8', 'replace'), error.line or '') if part)
        super().__init__((place + ': ' if place else '') + error.message.decode('utf-8', 'replace'))
        self.status = _lib.ty_status_name(ctypes.c_int(status)).decode()


def _check(status, error):
    if status not in (OK, NO):
        raise Error(error, status)
    return status == OK


def _bytes(text):
    return None if text is None else os.fspath(text).encode('utf-8') if not isinstance(text, bytes) else text


def _slice(text):
    """A slice of text or bytes, which keeps them alive."""
    data = text.encode('utf-8') if isinstance(text, str) else text
    made = Slice(ctypes.cast(ctypes.c_char_p(data), ctypes.c_void_p), len(data))
    made.kept = data
    return made


def _str(piece):
    if not piece.size:
        return ''
    return ctypes.string_at(piece.data, piece.size).decode('utf-8', 'replace')


def _settings(kind, **values):
    made = _s[kind]()
    if hasattr(made, 'size'):
        made.size = ctypes.sizeof(made)
    for name, value in values.items():
        if value is not None:
            setattr(made, name, _bytes(value) if isinstance(value, (str, os.PathLike)) else value)
    return made


def _source(what):
    """A path (os.PathLike or str), or text as bytes."""
    if isinstance(what, bytes):
        made = Source(path=b'text', bytes=_slice(what))
        made.kept = what
        return made
    return Source(path=_bytes(what))


def version():
    return _lib.ty_version().decode()


def segment(text, lang=None):
    """The sentences of a text."""
    error, out, data = CError(), ctypes.c_void_p(), text.encode('utf-8')
    how = _settings('ty_text_settings', lang=lang)
    if not data.strip():
        return []
    status = _lib.ty_text_open(ctypes.byref(_source(data)), ctypes.byref(how), None, ctypes.byref(out), ctypes.byref(error))
    _check(status, error)
    try:
        return [_str(_lib.ty_text_line(out, ctypes.c_size_t(number))) for number in range(_lib.ty_text_count(out))]
    finally:
        _lib.ty_text_close(out)


def align(source, target, source_lang=None, target_lang=None, force=False):
    """Beads of two documents (paths, or texts as bytes): [{'source', 'target', 'confidence', 'doubtful'}]; [] where
    they are no translations of each other."""
    error, out = CError(), ctypes.c_void_p()
    how = _settings('ty_bitext_settings', source_lang=source_lang, target_lang=target_lang, force=force)
    status = _lib.ty_bitext_open(ctypes.byref(_source(source)), ctypes.byref(_source(target)), ctypes.byref(how), None,
                                 ctypes.byref(out), ctypes.byref(error))
    if not _check(status, error):
        return []
    try:
        return [_bead(out, number) for number in range(_lib.ty_bitext_count(out))]
    finally:
        _lib.ty_bitext_close(out)


def _bead(bitext, number):
    number = ctypes.c_size_t(number)
    bead = _lib.ty_bitext_bead(bitext, number)
    source, target = _lib.ty_bitext_bead_source(bitext, number), _lib.ty_bitext_bead_target(bitext, number)
    _lib.ty_bead_is_doubtful.restype = ctypes.c_bool
    doubtful = _lib.ty_bead_is_doubtful(ctypes.byref(bead), source, target, ctypes.c_double(0))
    return {'source': _str(source), 'target': _str(target), 'confidence': round(bead.confidence, 4), 'doubtful': doubtful}


class Memory:
    """A memory file; a context manager."""

    def __init__(self, path=None, write=False, create=False):
        self._memory, error = ctypes.c_void_p(), CError()
        mode = 2 if create else 1 if write else 0
        _check(_lib.ty_memory_open(_bytes(path), mode, None, ctypes.byref(self._memory), ctypes.byref(error)), error)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        if self._memory:
            _lib.ty_memory_close(self._memory)
            self._memory = ctypes.c_void_p()

    def _each(self, function, struct, take, *arguments):
        """What a walk of the library tells of, as `take` has it."""
        found, error = [], CError()
        callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.POINTER(_s[struct]))

        def each(_, item):
            found.append(take(item.contents))
            return OK

        kept = callback(each)
        _check(function(self._memory, *arguments, kept, None, ctypes.byref(error)), error)
        return found

    def match(self, text, source_lang=None, target_lang=None, min_score=70, max_matches=5):
        """The best matches: [{'score', 'source', 'target', 'unit', 'origin', 'title', 'date', 'url', 'confirmed'}]."""
        how = _settings('ty_match_settings', source_lang=source_lang, target_lang=target_lang, min_score=min_score,
                        max_matches=max_matches)
        texts = ('source', 'target', 'adapted', 'source_lang', 'target_lang', 'origin', 'title', 'date', 'url')
        return self._each(_lib.ty_memory_match, 'ty_match', lambda m: dict(
            {name: _str(getattr(m, name)) for name in texts}, score=m.score, similarity=m.similarity, unit=m.unit,
            confirmed=m.confirmed), _slice(text), ctypes.byref(how))

    def scan(self, text, lang=None):
        """Terms in a text: [{'start', 'end' (bytes of UTF-8), 'concept', 'lang', 'term', 'equivalents'}]."""
        equivalent = _s['ty_equivalent']

        def take(hit):
            list_of = ctypes.cast(hit.equivalents, ctypes.POINTER(equivalent))
            return {'start': hit.start, 'end': hit.end, 'concept': _str(hit.concept_id), 'lang': _str(hit.lang),
                    'term': _str(hit.term), 'equivalents': [
                        {'lang': _str(list_of[i].lang), 'term': _str(list_of[i].term)} for i in range(hit.equivalent_count)]}
        return self._each(_lib.ty_memory_term_scan, 'ty_term_hit', take, _slice(text), _bytes(lang))

    def import_file(self, path, **settings):
        """An exchange file (TMX, TBX, XLIFF, tables, ...): what became of it, as {'read', 'created', ...}."""
        return self._import(_lib.ty_memory_import_file, _source(path), _settings('ty_import_settings', **settings))

    def import_terms(self, path, **settings):
        """A glossary; a table holds terms here."""
        return self._import(_lib.ty_memory_import_terms, _source(path), _settings('ty_import_settings', **settings))

    def _import(self, function, source, how):
        error, counts = CError(), _s['ty_counts']()
        _check(function(self._memory, ctypes.byref(source), ctypes.byref(how), ctypes.byref(counts), ctypes.byref(error)), error)
        return _counts(counts)

    def import_release(self, source, target, source_lang=None, target_lang=None, force=False, **facts):
        """A bilingual release; facts: title, date, url, origin. Raises Error where the texts are no translations."""
        error, counts = CError(), _s['ty_counts']()
        documents = [_source(source), _source(target)]
        bitext = _settings('ty_bitext_settings', source_lang=source_lang, target_lang=target_lang, force=force)
        how = _settings('ty_release', **facts)
        how.source, how.target = (ctypes.addressof(document) for document in documents)
        how.bitext = ctypes.addressof(bitext)
        status = _lib.ty_memory_import_release(self._memory, ctypes.byref(how), ctypes.byref(counts), ctypes.byref(error))
        if status != OK:
            raise Error(error, status)
        return _counts(counts)

    def export(self, path, **settings):
        """Writes TMX, or settings' format, to a file; how many units."""
        error, sink, count = CError(), _s['ty_sink'](path=_bytes(path)), ctypes.c_uint64()
        how = _settings('ty_export_settings', **settings)
        _check(_lib.ty_memory_export(self._memory, ctypes.byref(how), ctypes.byref(sink), ctypes.byref(count),
                                     ctypes.byref(error)), error)
        return count.value


def _counts(counts):
    return {name: getattr(counts, name) for name, kind in counts._fields_ if kind is ctypes.c_uint64}
