# SPDX-License-Identifier: Apache-2.0
"""A team on one memory in PostgreSQL, and a storm on it: writers and readers, a large import, clients killed, the server crashing and coming back.

Used by tests/team-store (a pinch), tools/storm (all of it), and by the tests of desks on such a memory.
"""
import http.client
import json
import os
import random
import re
import subprocess
import threading
import time
import urllib.parse

UNITS = 40


class Team:
    def __init__(self, program, folder, cluster):
        self.program, self.folder, self.cluster = program, folder, cluster
        self.count, self.failed = 0, False

    def start(self, *words, user='owner', memory='team'):
        address = self.cluster.address.replace('owner', user) + '&memory=' + memory
        environment = {**os.environ, 'HOME': self.folder, 'XDG_CACHE_HOME': os.path.join(self.folder, user), 'LC_ALL': 'C.UTF-8',
                       'PGAPPNAME': words[0]}
        return subprocess.Popen([self.program, '-m', address, *words], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                text=True, cwd=self.folder, env=environment)

    def run(self, *words, **how):
        process = self.start(*words, **how)
        out, error = process.communicate(timeout=300)
        return process.returncode, out, error

    def tell(self, good, what, *shown):
        self.count += 1
        print('%sok %d - %s' % ('' if good else 'not ', self.count, what), flush=True)
        if not good:
            self.failed = True
            print('#', str(shown)[:2000].replace('\n', '\n# '))

    def refused(self, what, words, pattern, **how):
        done = self.run(*words, **how)
        self.tell(done[0] != 0 and re.search(pattern, done[2]), what, done)


def write(path, text):
    with open(path, 'w', encoding='utf-8') as out:
        out.write(text)


class Desk:
    def __init__(self, team, name):
        self.team, self.name = team, name
        self.start()

    def start(self):
        address = self.team.cluster.address + '&memory=team'
        access = os.path.join(self.team.folder, self.name)
        environment = {**os.environ, 'HOME': self.team.folder, 'XDG_CACHE_HOME': os.path.join(self.team.folder, 'cache-' + self.name), 'USER': 'mori'}
        with open(os.path.join(self.team.folder, self.name + '.log'), 'a', encoding='utf-8') as log:
            self.process = subprocess.Popen([self.team.program, '-q', '-m', address, 'serve', '--access', access], stdout=subprocess.PIPE, stderr=log, text=True,
                                            env=environment)
        login = urllib.parse.urlsplit(self.process.stdout.readline().strip())
        self.port, self.cookie = login.port, None
        self.cookie = self.ask('GET', login.path + '?' + login.query)[1]['Set-Cookie'].split(';')[0]

    def ask(self, method, path):
        one = http.client.HTTPConnection('127.0.0.1', self.port, timeout=60)
        one.request(method, path, headers={'Cookie': self.cookie} if self.cookie else {})
        reply = one.getresponse()
        told = reply.status, reply.headers, reply.read().decode()
        one.close()
        return told

    def find(self, text):
        """The translation of the best match, after some tries while the server comes back."""
        for _ in range(60):
            status, _, body = self.ask('GET', '/tmserver/en/ja/unit/' + urllib.parse.quote(text))
            if status == 200:
                found = json.loads(body)
                return found[0]['target'] if found else None
            time.sleep(0.5)
        return status, body

    def stop(self, how='terminate'):
        getattr(self.process, how)()
        self.process.wait(60)
        self.process.stdout.close()


class Storm:
    """What is done, by whom, and what came of it. The memory has UNITS units, numbered from 1."""

    def __init__(self, team, writers, readers, seconds, units, crashes):
        self.team, self.writers, self.readers, self.seconds, self.units, self.crashes = team, writers, readers, seconds, units, crashes
        self.done, self.faults, self.imports, self.took, self.reads = [], [], [], [], 0
        self.table = os.path.join(team.folder, 'many.tsv')
        write(self.table, 'en\tja\n' + ''.join('Row %d of many rows that come in beside.\t横から入る第%d行。\n' % (i, i) for i in range(units)))

    def edit(self, writer, picks):
        """Edits of units of one's own, one after the other; some are killed at any moment."""
        number = 0
        while time.time() < self.ends:
            unit = 2 + writer + self.writers * picks.randrange((UNITS - 2) // self.writers)
            text = 'Writer %d says %d' % (writer, number)
            number += 1
            begin = time.time()
            process = self.team.start('edit', '-l', 'en', str(unit), text, user='editor')
            if picks.random() < 0.1:
                time.sleep(picks.random() * 0.2)
                process.kill()
            process.communicate()
            if process.returncode == 0:
                self.took.append(time.time() - begin)
            self.done.append((unit, text, 'sure' if process.returncode == 0 else 'open'))

    def read(self, picks):
        while time.time() < self.ends:
            words = ('match', 'Row %d of many rows that come in beside.' % picks.randrange(self.units)) if picks.random() < 0.9 else ('export', '--format', 'tsv')
            status, out, _ = self.team.run(*words, user='reader')
            self.reads += 1
            if words[0] == 'export' and status == 0 and len(out.splitlines()) - 1 not in (UNITS, UNITS + self.units):
                self.faults.append(len(out.splitlines()))

    def take_in(self, picks):
        """The same file until it has come in; the first time it is killed, if there is time for that."""
        while True:
            begin = time.time()
            process = self.team.start('import', self.table, user='editor')
            if not self.imports and self.crashes:
                time.sleep(picks.random())
                process.kill()
            out, error = process.communicate()
            self.imports.append((round(time.time() - begin, 1), process.returncode, (out + error).strip()[:200]))
            if process.returncode == 0:
                return

    def crash(self):
        """A server that is gone without a word, and comes back."""
        for _ in range(self.crashes):
            time.sleep(self.seconds / (self.crashes + 1))
            self.team.cluster.stop('immediate')
            self.team.cluster.start()

    def last_words(self):
        """By unit: what stands there for sure, or may since an edit was cut off."""
        says = {}
        for unit, text, how in self.done:
            says[unit] = {text} if how == 'sure' else says.get(unit, {None}) | {text}
        return says

    def rage(self):
        self.ends = time.time() + self.seconds
        threads = [threading.Thread(target=self.edit, args=(writer, random.Random(writer))) for writer in range(self.writers)]
        threads += [threading.Thread(target=self.read, args=(random.Random(reader),)) for reader in range(self.readers)]
        threads += [threading.Thread(target=self.crash), threading.Thread(target=self.take_in, args=(random.Random(5),))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def log(self):
        with open(os.path.join(self.team.cluster.folder, 'log'), encoding='utf-8', errors='replace') as log:
            return log.read()

    def waits(self):
        """By command: seconds that it waited for a lock, where it was more than deadlock_timeout (log_lock_waits)."""
        found = {}
        for who, ms in re.findall(r'^\d+ (\S*) LOG: .* acquired \w+ on .* after ([0-9.]+) ms', self.log(), re.M):
            found.setdefault(who, []).append(float(ms) / 1000)
        return found

    def holders(self):
        """By command: how often others were found waiting for it longer than that."""
        text = self.log()
        names = dict(re.findall(r'^(\d+) (\S+) LOG:', text, re.M))
        found = {}
        for number in re.findall(r'Process holding the lock: (\d+)', text):
            name = names.get(number, 'one that waited for nothing')
            found[name] = found.get(name, 0) + 1
        return found

    def slowest(self, most=8):
        """Statements that took long, but for those that wait for their turn: how often, seconds at most, the text."""
        found = re.findall(r'duration: ([0-9.]+) ms +(?:\w+ *[^:]*): (.*)', self.log())
        seen = {}
        for ms, text in found:
            if 'LOCK TABLE' not in text and 'FOR UPDATE' not in text:
                seen.setdefault(text[:150], []).append(float(ms) / 1000)
        return sorted(((len(times), max(times), text) for text, times in seen.items()), key=lambda row: -row[1])[:most]

    def look(self):
        team = self.team
        sure = sum(how == 'sure' for _, _, how in self.done)
        team.tell(not self.faults, 'readers see whole states', self.faults[:5])
        checked = team.run('verify')
        team.tell(checked[0] == 0 and sure > 3, 'nothing is wrong after %d edits, %d sure' % (len(self.done), sure), checked, self.done[:5])
        wrong = []
        for unit, says in self.last_words().items():
            shown = team.run('show', str(unit))[1]
            if not any(text and text in shown or text is None and 'Sentence number' in shown for text in says):
                wrong.append((unit, says, shown))
        team.tell(not wrong, 'what was said to be written is there', wrong)
        edits = [line for line in team.run('log', '--max', '1000000')[1].splitlines() if '\tedit\t' in line]
        team.tell(sure <= len(edits) <= len(self.done), 'and nothing twice (%d steps)' % len(edits), sure, len(self.done))
        rows = [line for line in team.run('export', '--format', 'tsv')[1].splitlines() if 'of many rows' in line]
        team.tell(len(rows) == len(set(rows)) == self.units, 'the import is there, once', len(rows), len(set(rows)), self.imports)
        followed = team.run('match', 'Row 7 of many rows that come in beside.')
        team.tell(followed[0] == 0 and '100%' in followed[1], 'and is found', followed)
