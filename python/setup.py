# SPDX-License-Identifier: Apache-2.0
"""The package carries the header that it was built with; the library is the system's, or TAIYAKU_LIBRARY."""
import os
import re
import shutil

from setuptools import setup

HERE = os.path.dirname(os.path.abspath(__file__))
HEADER = os.path.join(HERE, 'taiyaku', 'taiyaku.h')
SOURCE = os.path.join(HERE, '..', 'src', 'taiyaku.h')
if os.path.exists(SOURCE):
    shutil.copyfile(SOURCE, HEADER)
with open(HEADER, encoding='utf-8') as header:
    VERSION = '.'.join(re.findall(r'#define TAIYAKU_VERSION_(?:MAJOR|MINOR|PATCH) (\d+)', header.read()))

setup(name='taiyaku', version=VERSION, packages=['taiyaku'], package_data={'taiyaku': ['taiyaku.h']},
      description='Translation memory and terminology: segment, align, match, scan, exchange', license='Apache-2.0',
      python_requires='>=3.9')
