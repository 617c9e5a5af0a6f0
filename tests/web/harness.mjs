// SPDX-License-Identifier: Apache-2.0
/* A desk to look at: a server with releases of the project, a browser that is signed in, and checks that count. */
import { spawn, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

export const SOURCE = process.env.TY_SOURCE_ROOT || join(dirname(fileURLToPath(import.meta.url)), '../..');
export const PROGRAM = process.env.TY_PROGRAM;
const ARGUMENTS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/* Chromium without windows (Debian's chromium-headless-shell): the one with windows, run headless, goes on its own when
 * a page is closed that was its last window, and then opens none ("Target.createTarget: Failed to open a new tab"). */
const CHROMIUM = process.env.TY_CHROMIUM || ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'].find((path) => existsSync(path));
const launch = () => chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS });

/* What a browser should do at once, or it is told where it hangs: playwright itself waits for ever. */
const soon = (promise, what) => {
  let timer;
  const late = new Promise((_, bad) => { timer = setTimeout(() => bad(new Error(`the browser does not answer: ${what}`)), 60000); });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
};

const freePort = () => new Promise((good) => {
  const probe = createServer();
  probe.listen(0, '127.0.0.1', () => { const { port } = probe.address(); probe.close(() => good(port)); });
});

/* Closes a page, or leaves it: Chromium says yes and closes nothing where the page is just going elsewhere, and playwright
 * waits for the end of it for ever. */
export const shut = (page) => Promise.race([page.close(), new Promise((good) => { setTimeout(good, 2000).unref(); })]);

/* Releases of tm/ by their beginning, "2018". */
export const releases = {
  2015: '2015-10-18-mod-fleet-review-address', 2016: '2016-09-09-mod-extra-press-conference',
  2017: '2017-08-18-state-fact-sheet', 2018: '2018-09-21-mod-ministers-meeting', 2019: '2019-06-14-mod-joint-statement',
  airlift: '2019-12-12-usaf-airlift', 2022: '2022-11-11-mod-press-conference', 2023: '2023-02-24-mod-exercise-notice',
  2024: '2024-10-09-dod-missile-defense',
};
const fileOf = (folder, lang) => ['html', 'txt'].map((end) => join(folder, `${lang}.${end}`)).find((path) => existsSync(path));

export class Desk {
  constructor() { this.folder = mkdtempSync(join(tmpdir(), 'desk-')); this.memory = join(this.folder, 'm.db'); this.visitors = []; }

  run(...words) { return execFileSync(PROGRAM, ['-m', this.memory, ...words], { stdio: ['ignore', 'pipe', 'pipe'] }).toString(); }

  take(...names) {
    for (const name of names) {
      const folder = join(SOURCE, 'tm', releases[name]);
      this.run('import', '--date', releases[name].slice(0, 10), fileOf(folder, 'en'), fileOf(folder, 'ja'));
    }
    return this;
  }

  /* A release whose translation runs from right to left. */
  takeArabic() {
    const texts = { en: ['The old lanterns were lit at dusk.', 'Twelve of them stand on the pier.', 'The keeper counts them every night.'],
      ar: ['أضيئت الفوانيس القديمة عند الغسق.', 'يقف اثنا عشر منها على الرصيف.', 'يعدها الحارس كل ليلة.'] };
    const files = Object.entries(texts).map(([lang, lines]) => { const path = join(this.folder, `lanterns-${lang}.txt`); writeFileSync(path, `${lines.join('\n')}\n`); return path; });
    this.run('import', '--origin', 'lanterns', ...files);
  }

  /* A release of more sentences than a page has at first. */
  takeLong() {
    const texts = { en: (n) => `Crane ${n} of the wharf lifted ${n * 3} crates.`, ja: (n) => `埠頭のクレーン${n}は箱を${n * 3}個つり上げた。` };
    const files = Object.entries(texts).map(([lang, sentence]) => {
      const path = join(this.folder, `wharf-${lang}.txt`);
      writeFileSync(path, `${Array.from({ length: 300 }, (_, n) => sentence(n + 1)).join('\n')}\n`);
      return path;
    });
    this.run('import', '--origin', 'wharf', ...files);
  }

  /* Pairs of a table. */
  bring(table) {
    const path = join(this.folder, 'pairs.tsv');
    writeFileSync(path, table);
    this.run('import', path);
  }

  async serve() {
    const port = await freePort();
    this.server = spawn(PROGRAM, ['-m', this.memory, 'serve', '--port', String(port), '--access', join(this.folder, 'access')],
      { stdio: ['ignore', 'pipe', 'ignore'], env: { ...process.env, USER: 'mori', LOGNAME: 'mori' } });
    this.login = await new Promise((good) => { let text = ''; this.server.stdout.on('data', (part) => { text += part; if (text.includes('\n')) good(text.trim()); }); });
    this.base = new URL('/', this.login).href.slice(0, -1);
    return this;
  }

  /* A signed-in context; the first login address is good once, so further ones are asked for on the settings page.
   * Each visitor has a browser of its own, and the page that signs in stays open, for where there is none but the
   * Chromium with windows. */
  async visit(options = {}) {
    const browser = await soon(launch(), 'launch');
    const context = await soon(browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-US', ...options }), 'a context');
    this.visitors.push(context);
    let login = this.login;
    if (this.first) {
      const page = await soon(this.first.newPage(), 'a page');
      await page.goto(`${this.base}/settings`);
      await page.click('form:has(input[value=login]) button');
      login = await page.textContent('.notice code');
      await shut(page);
    }
    const page = await soon(context.newPage(), 'a page');
    await page.goto(login);
    this.first = this.first || context;
    if (options.name !== undefined) await this.name(context, options.name);
    return context;
  }

  async leave(context) {
    this.visitors = this.visitors.filter((one) => one !== context);
    await shut(context.browser());
  }

  async name(context, name) {
    const page = await soon(context.newPage(), 'a page');
    await page.goto(`${this.base}/settings`);
    await page.fill('input[name=name] >> nth=0', name);
    await page.click('form:has(input[value=save]) button');
    await shut(page);
  }

  /* A server that ends still writes: its folder goes when it has gone. */
  async stop() {
    for (const context of [...this.visitors]) await this.leave(context).catch(() => {});
    const gone = new Promise((good) => { this.server.once('exit', good); });
    this.server.kill('SIGTERM');
    await gone;
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export const read = (path) => readFileSync(path, 'utf8');

let failed = 0;
let passed = 0;
export const check = (good, what) => {
  if (good) passed++; else failed++;
  console.log(`${good ? 'ok' : 'not ok'} ${passed + failed} - ${what}`);
};
export const equal = (got, wanted, what) => check(JSON.stringify(got) === JSON.stringify(wanted),
  JSON.stringify(got) === JSON.stringify(wanted) ? what : `${what}: ${JSON.stringify(got)}, wanted ${JSON.stringify(wanted)}`);
export const done = () => { console.log(`1..${passed + failed}`); return failed; };

/* A page that tells of what it should never have: errors, refused scripts. */
export const open = async (context) => {
  const page = await soon(context.newPage(), 'a page');
  page.faults = [];
  page.on('pageerror', (error) => page.faults.push(error.message));
  await page.addInitScript(() => document.addEventListener('securitypolicyviolation', (event) => console.error(`Content Security Policy: ${event.violatedDirective} ${event.blockedURI}`)));
  page.on('console', (message) => { if (/Content Security Policy/.test(message.text())) page.faults.push(message.text()); });
  return page;
};
