# SPDX-License-Identifier: Apache-2.0
"""Several people at one memory, for tools/torture: some are killed, copies change places, one may only read."""
import collections
import os
import shutil
import signal
import subprocess
import tempfile
import threading
import time

BATCH = 10
SECONDS = 4
SLOW = 5  # times what a read with an empty cache takes alone, at the same time on the same machine
GUEST = 65534


class Table:
    def __init__(self):
        self.counts = collections.Counter()
        self.slowest = 0.0

    def faults(self):
        return self.counts['writers killed'] + self.counts['readers killed'] + self.counts['copies'] + self.counts['guests\' writers killed']

    def lost(self):
        return self.counts['lost']

    def add(self, what, count=1):
        self.counts[what] += count

    def tell(self, what):
        self.add('lost')
        print(f'LOST: {what}', flush=True)

    def lines(self):
        told = [f'{what}: {count}' for what, count in sorted(self.counts.items())]
        return ['beside each other: ' + ', '.join(told) + f', slowest read {self.slowest:.1f} s'] if told else []


class Desk:
    """A memory in a folder of its own, with a cache of its own, and tables of ten units to take in."""

    def __init__(self, program, folder):
        self.program = program
        self.folder = tempfile.mkdtemp(dir=folder)
        self.memory = os.path.join(self.folder, 'm.db')
        self.home = os.path.join(self.folder, 'home')
        os.mkdir(self.home)
        for path, mode in ((self.home, 0o777), (self.folder, 0o755), (folder, 0o755)):
            os.chmod(path, mode)
        for number in range(8):
            with open(os.path.join(self.folder, f'b{number}.tsv'), 'w', encoding='utf-8') as out:
                for i in range(number * BATCH, number * BATCH + BATCH):
                    out.write(f'Vessel {i} left for port {i * 7}.\t{i}号船は港{i * 7}へ出た。\n')
        self.run('import', '-q', '-s', 'en', '-t', 'ja', 'b0.tsv')
        os.chmod(self.memory, 0o644)

    def start(self, *words, guest=False):
        environment = dict(os.environ, HOME=self.home, XDG_CACHE_HOME=self.home, LC_ALL='C.UTF-8')
        user = dict(user=GUEST, group=GUEST, extra_groups=[]) if guest else {}
        return subprocess.Popen([self.program, '-m', self.memory, *words], cwd=self.folder, env=environment, stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **user)

    def run(self, *words, **more):
        process = self.start(*words, **more)
        out, err = process.communicate(timeout=120)
        return process.returncode, out, err

    def whole(self, table, what):
        status, out, err = self.run('verify')
        if status:
            table.tell(f'{what}: the memory is damaged: {out[:300]}{err[:300]}')

    def close(self):
        shutil.rmtree(self.folder, ignore_errors=True)


def batches_are_whole(text):
    counts = collections.Counter(int(line.split('Vessel ')[1].split()[0]) // BATCH for line in text.splitlines() if 'Vessel ' in line)
    return all(count == BATCH for count in counts.values())


def run_and_perhaps_kill(desk, words, chance, pause, table, killed):
    """The output, or None where the process was killed."""
    process = desk.start(*words)
    if chance:
        try:
            process.wait(pause)
        except subprocess.TimeoutExpired:
            process.kill()
            table.add(killed)
    out, err = process.communicate(timeout=120)
    return None if process.returncode < 0 else (process.returncode, out, err)


def write(desk, number, draws, end, table):
    while time.monotonic() < end:
        batch = draws.randrange(1, 8)
        words = draws.choice([['import', '-q', '-s', 'en', '-t', 'ja', f'b{batch}.tsv'], ['remove', '-q', '--origin', f'b{batch}.tsv'], ['undo', '-q']])
        done = run_and_perhaps_kill(desk, words, draws.random() < .4, draws.random() * .05, table, 'writers killed')
        table.add('writes')
        if done and done[0] not in (0, 1) and 'in use' not in done[2] and 'another process' not in done[2]:
            table.tell(f'writing: {words}: {done}')


def read(desk, number, draws, end, table):
    while time.monotonic() < end:
        words = draws.choice([['export', '--format=tsv'], ['match', '-s', 'en', '-t', 'ja', '--min', '60', 'Vessel 3 left for port 21.'], ['search', 'Vessel'], ['stats']])
        begun = time.monotonic()
        done = run_and_perhaps_kill(desk, words, draws.random() < .1, draws.random() * .03, table, 'readers killed')
        table.slowest = max(table.slowest, time.monotonic() - begun)
        table.add('reads')
        if time.monotonic() - begun > SLOW * desk.alone:
            table.tell(f'reading: {words} took {time.monotonic() - begun:.1f} s, {desk.alone:.1f} s alone')
        if done and (done[0] not in (0, 1) or (words[0] == 'export' and not batches_are_whole(done[1]))):
            table.tell(f'reading: {words}: {done[0]} {done[1][:200]} {done[2]}')


def time_alone(desk):
    """What a read costs that has all to make."""
    begun, home = time.monotonic(), desk.home
    desk.home = tempfile.mkdtemp(dir=desk.folder)
    desk.run('search', 'Vessel')
    desk.home = home
    return max(time.monotonic() - begun, 1)


def company(desk, draw, table):
    desk.alone = time_alone(desk)
    end = time.monotonic() + SECONDS
    people = [threading.Thread(target=work, args=(desk, number, type(draw)(draw.random()), end, table))
              for number, work in enumerate([write] * 2 + [read] * 5)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    desk.whole(table, 'company')


def hold(desk):
    """Somebody who has the memory open and changed it, so that there is a log; it was the last to write."""
    code = 'import sqlite3, sys, time; c = sqlite3.connect(sys.argv[1]); c.execute("SELECT count(*) FROM unit"); ' \
           'c.execute("PRAGMA wal_autocheckpoint = 0"); print("open", flush=True); time.sleep(100)'
    process = subprocess.Popen(['python3', '-c', code, desk.memory], stdout=subprocess.PIPE, text=True)
    process.stdout.readline()
    return process


def copies(desk, draw, table):
    """A copy of before in the place of a memory whose user died: its log is refused, or belongs to it."""
    older = os.path.join(desk.folder, 'older.db')
    shutil.copy(desk.memory, older)
    process = hold(desk)
    for batch in draw.sample(range(1, 8), draw.randrange(1, 4)):
        desk.run('import', '-q', '-s', 'en', '-t', 'ja', f'b{batch}.tsv')
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    with_log, way = desk.run('export', '--format=tsv')[1] if draw.random() < .5 else None, draw.randrange(3)
    if way == 0:
        shutil.copy(older, desk.memory)
    elif way == 1:
        os.replace(older, desk.memory)
    else:
        desk.run('restore', older)
    table.add('copies')
    status, out, err = desk.run('export', '--format=tsv')
    if status == 2 and 'belongs to another file' in err:
        return
    if status or not batches_are_whole(out) or out == with_log != desk.run('export', '--format=tsv')[1]:
        table.tell(f'a copy in its place: {status} {out[:200]} {err}')
    desk.whole(table, 'a copy in its place')


def users(desk, draw, table):
    """One who may only read beside a writer who is killed now and then; the owner goes on afterwards."""
    end = time.monotonic() + SECONDS / 2
    while time.monotonic() < end:
        pause = draw.random() * .05
        process = desk.start('import', '-q', '-s', 'en', '-t', 'ja', f'b{draw.randrange(1, 8)}.tsv')
        guest = desk.run('export', '--format=tsv', guest=True)
        try:
            process.wait(pause)
        except subprocess.TimeoutExpired:
            process.kill()
            table.add('guests\' writers killed')
        process.communicate()
        table.add('guests\' reads')
        if guest[0] == 2 and 'in use' in guest[2]:
            table.add('guests told to try again')
        elif guest[0] or not batches_are_whole(guest[1]):
            table.tell(f'a guest: {guest[0]} {guest[1][:200]} {guest[2]}')
    if any(os.stat(os.path.join(desk.folder, name)).st_uid for name in os.listdir(desk.folder) if name.startswith('m.db')):
        table.tell('a guest left a file')
    status, _, err = desk.run('remove', '-q', '--origin', 'b0.tsv')
    if status:
        table.tell(f'the owner cannot write any more: {err}')
    desk.whole(table, 'users')


def round_of(program, folder, draw, table):
    for work in (company, copies) + ((users,) if os.geteuid() == 0 else ()):
        desk = Desk(program, folder)
        work(desk, draw, table)
        desk.close()
