# SPDX-License-Identifier: Apache-2.0
"""A PostgreSQL of the tests' own: a cluster in a new folder, reached by a socket in it, gone at the end.

PostgreSQL does not run as root; where we are root it runs as nobody.
"""
import glob
import os
import shutil
import subprocess
import tempfile


def programs():
    """The folder of initdb, pg_ctl and psql, or None."""
    found = shutil.which('initdb')
    folders = sorted(glob.glob('/usr/lib/postgresql/*/bin'), key=lambda path: int(path.split('/')[4])) + ([os.path.dirname(found)] if found else [])
    whole = [folder for folder in folders if all(os.path.exists(os.path.join(folder, name)) for name in ('initdb', 'pg_ctl', 'psql'))]
    return whole[-1] if whole else None


class Cluster:
    """Usable in a with statement; `address` is of its database, to which "&memory=NAME" may be added."""

    def __init__(self, settings='-c fsync=off'):
        self.bin = programs()
        self.settings = settings
        self.folder = tempfile.mkdtemp(prefix='taiyaku-pg-')
        os.chmod(self.folder, 0o777)
        self.data = os.path.join(self.folder, 'data')
        self.address = 'postgresql://owner@/postgres?host=' + self.folder

    def run(self, program, *words):
        prefix = ['setpriv', '--reuid=nobody', '--clear-groups'] if os.getuid() == 0 else []
        subprocess.run([*prefix, os.path.join(self.bin, program), '-D', self.data, *words], check=True, cwd='/', stdin=subprocess.DEVNULL,
                       stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT, timeout=120)

    def __enter__(self):
        try:
            self.run('initdb', '-U', 'owner', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '-N')
            self.start()
        except BaseException:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise
        return self

    def start(self):
        self.run('pg_ctl', '-w', '-l', os.path.join(self.folder, 'log'),
                 '-o', "%s -c listen_addresses='' -c unix_socket_directories=%s" % (self.settings, self.folder), 'start')

    def stop(self, how='fast'):
        self.run('pg_ctl', '-w', '-m', how, 'stop')

    def sql(self, text, user='owner'):
        return subprocess.run([os.path.join(self.bin, 'psql'), '-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1', '-h', self.folder, '-U', user, 'postgres', '-c', text],
                              check=True, capture_output=True, text=True, timeout=120).stdout

    def __exit__(self, *_):
        try:
            self.stop('immediate')
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)
