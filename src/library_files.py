#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What the loader calls the libraries that are opened when first needed: library_files.py OUT COMPILER... -- NAME=LIBRARY...

Writes a header of TY_FILE_OF_NAME, each the SONAME of the library that the linker would take (on macOS its install name).
"""
import os
import re
import subprocess
import sys


def asked(*command):
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def file_of(compiler, library):
    """The name inside lib*.so; where there is none to look into, the plain one."""
    ending = 'dylib' if sys.platform == 'darwin' else 'so'
    plain = 'lib%s.%s' % (library, ending)
    path = asked(*compiler, '-print-file-name=' + plain).strip()
    if not os.path.exists(path):
        return plain
    found = re.search(r'SONAME\s+(\S+)', asked('objdump', '-p', path)) if ending == 'so' else re.search(r'\n(\S+)', asked('otool', '-D', path))
    return found.group(1) if found else os.path.basename(os.path.realpath(path))


def main():
    out, *rest = sys.argv[1:]
    at = rest.index('--')
    with open(out, 'w', encoding='utf-8') as header:
        for name, library in (pair.split('=') for pair in rest[at + 1:]):
            header.write('#define TY_FILE_OF_%s "%s"\n' % (name, file_of(rest[:at], library)))


main()
