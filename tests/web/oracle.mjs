// SPDX-License-Identifier: Apache-2.0
/* How many keys a review costs: node oracle.mjs, with TY_PROGRAM as the program.

   A reader is played who looks at the beads where the page stops, and at no others. There the gold says whether what one
   sees is right, and if not, which keys mend it; then comes Space. What is left is confirmed in bulk, unseen. Counted are
   keys, and wrong beads that were confirmed without having been looked at: there may be none. Neither page nor server can
   reach the gold. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Desk, open, check, done, read, releases, SOURCE, shut } from './harness.mjs';

/* Of those of tests/data/align whose lines are what we cut, so that numbers are the gold's: the six of hard kinds. */
const OTHERS = ['aid-announcement', 'chief-of-staff-conference', 'minesweeping-notice', 'ministerial-readout', 'training-accident-report',
  'veteran-feature'];
const GOALS = [84, 110];

/* ---------------------------------------------------------------- beads, "0,1:2" */

const numbers = (text) => (text ? text.split(',').map(Number) : []);
const label = (bead) => bead.map((side) => side.join(',')).join(':');
const goldOf = (path) => new Set(read(path).split('\n').filter(Boolean).map((line) => line.split(/\s/)[0]));

/* What a key makes of the beads; null where it does nothing. As src/review does it, without texts. */
const KEYS = {
  m: (beads, at) => joined(beads, at, at + 1),
  'Shift+M': (beads, at) => joined(beads, at - 1, at),
  s: (beads, at) => {
    const [a, b] = beads[at];
    return a.length + b.length > 2 || a.length > 1 || b.length > 1
      ? placed(beads, at, 1, [[a.slice(0, 1), b.slice(0, 1)], [a.slice(1), b.slice(1)]], 0) : null;
  },
  x: (beads, at) => (beads[at][0].length && beads[at][1].length ? placed(beads, at, 1, [[beads[at][0], []], [[], beads[at][1]]], 0) : null),
  u: (beads, at, side) => moved(beads, at, side, at, at - 1),
  d: (beads, at, side) => moved(beads, at, side, at, at + 1),
  'Shift+U': (beads, at, side) => moved(beads, at, side, at - 1, at),
  'Shift+D': (beads, at, side) => moved(beads, at, side, at + 1, at),
};
const placed = (beads, from, count, made, current) => {
  const kept = made.filter((bead) => bead[0].length + bead[1].length);
  return { beads: [...beads.slice(0, from), ...kept, ...beads.slice(from + count)], at: from + Math.min(current, kept.length - 1) };
};
const joined = (beads, a, b) => (a >= 0 && b < beads.length
  ? placed(beads, a, 2, [[0, 1].map((side) => [...beads[a][side], ...beads[b][side]].sort((x, y) => x - y))], 0) : null);
const moved = (beads, at, side, from, to) => {
  const first = Math.min(from, to);
  if (first < 0 || Math.max(from, to) >= beads.length || !beads[from][side].length) return null;
  const two = [beads[first], beads[first + 1]].map((bead) => bead.map((one) => [...one]));
  const [giver, taker] = from < to ? two : [two[1], two[0]];
  if (from < to) taker[side].unshift(giver[side].pop()); else taker[side].push(giver[side].shift());
  const vanished = !giver[0].length && !giver[1].length;
  return placed(beads, first, 2, two, vanished ? 0 : at - first);
};

/* The fewest keys after which the bead at hand, and what was touched, are as the gold has them. */
const mend = (beads, at, side, gold) => {
  const wrong = (list) => list.filter((bead) => !gold.has(label(bead))).length;
  const before = wrong(beads);
  let states = [{ beads, at, side, keys: [] }];
  for (let depth = 1; depth <= 3; depth++) {
    const next = [];
    for (const state of states) {
      for (const [key, does] of Object.entries(KEYS)) {
        const active = state.beads[state.at][state.side].length ? state.side : 1 - state.side;
        const made = does(state.beads, state.at, active);
        if (made) next.push({ ...made, side: state.side, keys: [...state.keys, key] });
      }
      const other = { ...state, side: 1 - state.side, keys: [...state.keys, state.side ? 'ArrowLeft' : 'ArrowRight'] };
      if (state.beads[state.at][0].length && state.beads[state.at][1].length) next.push(other);
    }
    const good = next.filter((state) => gold.has(label(state.beads[state.at])) && wrong(state.beads) < before);
    if (good.length) return good.sort((a, b) => wrong(a.beads) - wrong(b.beads))[0].keys;
    states = next;
  }
  return null;
};

/* ---------------------------------------------------------------- the page */

const settled = (page) => page.evaluate(async () => { await window.desk.settled(); while (!window.desk.idle) await new Promise((good) => setTimeout(good, 5)); });
const look = (page) => page.evaluate(() => ({
  beads: window.desk.beads.map((row) => ['source', 'target'].map((side) => [...row.querySelectorAll(`.cell[data-side=${side}] [data-n]`)].map((one) => +one.dataset.n))),
  states: window.desk.beads.map((row) => row.dataset.state),
  doubtful: window.desk.beads.map(window.desk.isDoubt),
  at: window.desk.current,
  side: window.desk.side === 'target' ? 1 : 0,
}));

const review = async (page, address, gold) => {
  let keys = 0;
  const seen = new Set();
  const press = async (key) => { keys++; await page.keyboard.press(key); await settled(page); };
  await page.goto(address);
  await page.waitForSelector('.bead.cur');
  await settled(page);
  for (let stop = 0; stop < 300; stop++) {
    const now = await look(page);
    if (!now.doubtful.some(Boolean)) break;
    if (!now.doubtful[now.at]) { await press('n'); continue; }
    if (!gold.has(label(now.beads[now.at]))) for (const key of mend(now.beads, now.at, now.side, gold) || []) await press(key);
    const mended = await look(page);
    seen.add(label(mended.beads[mended.at]));
    await press('Space');
  }
  if ((await look(page)).states.some((state) => state !== 'ok')) {
    keys++;
    await page.keyboard.press('c');
    await page.waitForSelector('dialog[open] input[name=least]');
    await press('Enter');
    await page.waitForTimeout(200);
    await settled(page);
  }
  const end = await look(page);
  const unseen = end.beads.filter((bead, at) => end.states[at] === 'ok' && !gold.has(label(bead)) && !seen.has(label(bead)));
  return { keys, beads: end.beads.length, confirmed: end.states.filter((state) => state === 'ok').length,
    wrong: end.beads.filter((bead) => !gold.has(label(bead))).length, unseen: unseen.map(label) };
};

/* ---------------------------------------------------------------- all of them */

const desk = await new Desk().take(...Object.keys(releases));
for (const name of OTHERS) {
  const folder = join(SOURCE, 'tests/data/align', name);
  if (existsSync(folder)) desk.run('import', '--paragraphs', 'line', '--origin', name, '-s', 'en', '-t', 'ja', join(folder, 'src'), join(folder, 'tgt'));
}
if (!process.argv.includes('--no-terms')) desk.run('term', 'import', '--bundled');
await desk.serve();
let failed = 1;
try {
  const context = await desk.visit({ name: 'mori' });
  const all = (await (await context.request.get(`${desk.base}/release.json`)).json()).releases;
  const groups = [[Object.values(releases), (name) => join(SOURCE, 'tm', name, 'gold.beads')],
    [OTHERS, (name) => join(SOURCE, 'tests/data/align', name, 'gold')]];
  for (const [number, [names, path]] of groups.entries()) {
    let sum = 0;
    const unseen = [];
    for (const name of names) {
      const page = await open(context);
      const one = await review(page, `${desk.base}/release/${all.find((release) => release.name === name || release.name.includes(name)).release}`, goldOf(path(name)));
      console.log(`# ${name}: ${one.keys} keys, ${one.beads} beads, ${one.confirmed} confirmed, ${one.wrong} not as the gold has them`);
      sum += one.keys;
      unseen.push(...one.unseen.map((bead) => `${name} ${bead}`));
      await shut(page);
    }
    check(sum <= GOALS[number], `${sum} keys for ${names.length} ${number ? 'other documents' : 'bundled releases'} (at most ${GOALS[number]})`);
    check(!unseen.length, `no wrong bead is confirmed unseen${unseen.length ? `: ${unseen.join('; ')}` : ''}`);
  }
  failed = done();
} finally {
  await desk.stop();
}
process.exit(failed ? 1 : 0);
