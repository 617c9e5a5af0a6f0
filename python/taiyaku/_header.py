# SPDX-License-Identifier: Apache-2.0
"""ctypes layouts of the structs of taiyaku.h, read from the header that this package was built with."""
import ctypes
import os
import re

SCALARS = {
    'bool': ctypes.c_bool, 'int': ctypes.c_int, 'unsigned': ctypes.c_uint, 'float': ctypes.c_float,
    'double': ctypes.c_double, 'size_t': ctypes.c_size_t, 'int64_t': ctypes.c_int64, 'uint64_t': ctypes.c_uint64,
    'uint32_t': ctypes.c_uint32, 'char': ctypes.c_char,
}


def _text():
    here = os.path.dirname(os.path.abspath(__file__))
    for path in (os.path.join(here, 'taiyaku.h'), os.path.join(here, '..', '..', 'src', 'taiyaku.h')):
        if os.path.exists(path):
            with open(path, encoding='utf-8') as header:
                return re.sub(r'/\*.*?\*/', '', header.read(), flags=re.S)
    raise ImportError('taiyaku.h is not with the package')


def _member(declaration, types):
    """Yield (name, type) of one declaration; None where a type is not one that we know."""
    if '(*' in declaration:
        yield re.search(r'\(\*(\w+)\)', declaration).group(1), ctypes.c_void_p
        return
    found = re.match(r'(?:const\s+)?(?:struct\s+|enum\s+)?(\w+)\s*(.*)', declaration.strip(), re.S)
    base, names = found.group(1), found.group(2)
    if base == 'unsigned' and names.startswith('int '):
        names = names[4:]
    for name in names.split(','):
        pointer = '*' in name
        name = name.replace('*', ' ').replace('const ', ' ').strip()
        kind = ctypes.c_char_p if pointer and base == 'char' else ctypes.c_void_p if pointer else types[base]
        for size in reversed(re.findall(r'\[(\w+)\]', name)):
            kind = kind * int(size)
        yield re.match(r'\w+', name).group(), kind


def structs():
    """{name: ctypes.Structure} of all structs whose members are known."""
    text = _text()
    types = dict(SCALARS)
    types.update({name: ctypes.c_int for name in re.findall(r'typedef enum (\w+)', text)})
    made = {}
    for name, body in re.findall(r'typedef struct (\w+) \{(.*?)\n\} \1;', text, re.S):
        try:
            fields = [field for line in body.split(';') if line.strip() for field in _member(line, types)]
        except (KeyError, AttributeError, ValueError):
            continue  # a struct that nobody here asks for
        if name == 'ty_slice':  # its bytes may hold a NUL, and end without one
            fields = [(member, ctypes.c_void_p if member == 'data' else kind) for member, kind in fields]
        made[name] = type(name, (ctypes.Structure,), {'_fields_': fields})
        types[name] = made[name]
    return made
