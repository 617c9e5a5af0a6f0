// SPDX-License-Identifier: Apache-2.0
/* Every page: no violation axe finds, in both themes and languages; nothing the policy forbids; narrow and enlarged. */
import { createRequire } from 'node:module';
import { Desk, open, check, equal, read, shut } from './harness.mjs';

const axe = read(createRequire(import.meta.url).resolve('axe-core/axe.min.js'));
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const ADDRESSES = ['/', '/?q=%E9%98%B2%E8%A1%9B', '/concordance?q=defense', '/terms?q=minister', '/candidates', '/check', '/changes', '/import',
  '/settings', '/help', '/about'];

/* What is folded away counts, too. */
const unfold = (page) => page.evaluate(() => document.querySelectorAll('details').forEach((one) => { one.open = true; }));
const violations = async (page) => {
  await unfold(page);
  await page.evaluate(axe);
  const found = await page.evaluate((rules) => axe.run({ runOnly: rules }), RULES);
  return found.violations.map((one) => `${one.id} ×${one.nodes.length} ${one.nodes[0].target[0]} ${(one.nodes[0].any[0] || {}).message || ''}`);
};

export const run = async (desk, more = []) => {
  const addresses = [...ADDRESSES, ...more];
  const signed = await desk.visit({ bypassCSP: true });
  /* Every theme and every language; all four together where there is time. */
  const looks = process.env.TY_SLOW ? [['light', 'en'], ['light', 'ja'], ['dark', 'en'], ['dark', 'ja']] : [['light', 'en'], ['dark', 'ja']];
  for (const [scheme, ui] of looks) {
    const page = await open(signed);
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    for (const address of addresses) {
      await page.goto(`${desk.base}${address}${address.includes('?') ? '&' : '?'}ui=${ui}`);
      await page.waitForTimeout(120);
      equal(await violations(page), [], `axe: ${address} ${scheme} ${ui}`);
    }
    await shut(page);
  }
  await desk.leave(signed);
};

/* What can be pressed or typed into and stands beyond the edge of its card, or of the window. */
const beyond = () => [...document.querySelectorAll('main :is(button, input, select, textarea, summary)')].filter((one) => {
  const box = one.getBoundingClientRect();
  const card = one.closest('.card');
  const edge = card ? Math.min(card.getBoundingClientRect().right, innerWidth) : innerWidth;
  return box.width > 1 && !one.closest('.sr, [hidden], .map') && box.right > edge + 1;
}).map((one) => one.textContent.trim().slice(0, 20) || one.name);
export const widths = async (context, desk, more = []) => {
  const page = await open(context);
  for (const [width, name, ui] of [[640, '200 % of 1280', 'en'], [320, '320 px', 'ja'], [400, '400 px', 'en']]) {
    await page.setViewportSize({ width, height: 720 });
    for (const address of [...ADDRESSES, ...more]) {
      await page.goto(`${desk.base}${address}${address.includes('?') ? '&' : '?'}ui=${ui}`);
      await unfold(page);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      check(wide <= 1, `${name}: ${address} does not scroll sideways${wide > 1 ? ` (${wide} px)` : ''}`);
      equal(await page.evaluate(beyond), [], `${name}: ${address}: nothing to press is beyond an edge`);
    }
  }
  await page.goto(`${desk.base}/?ui=en`);
  await page.setViewportSize({ width: 1440, height: 900 });
  equal(page.faults, [], 'nothing that the policy forbids, no error of a script');
  await shut(page);
};

/* Forced colours: what is current, doubtful or confirmed is told by frame and sign, not by colour alone. */
export const forced = async (context, desk, review) => {
  const page = await open(context);
  await page.emulateMedia({ forcedColors: 'active' });
  await page.goto(desk.base + review);
  await page.waitForSelector('.bead.cur');
  const current = await page.evaluate(() => getComputedStyle(document.querySelector('.bead.cur')).outlineStyle);
  check(current !== 'none', 'forced colours: the current pair has a frame');
  check(await page.evaluate(() => [...document.querySelectorAll('.bead .sg')].every((sign) => sign.textContent.trim())), 'forced colours: each pair has its sign');
  await shut(page);
};

/* A text that runs from right to left: with its language and direction on every page that shows it. */
export const rightToLeft = async (context, desk, id, more) => {
  const page = await open(context);
  for (const address of ['/?q=lantern', '/concordance?q=lantern', '/concordance?q=lantern&view=full', `/unit/${id}`, '/terms?q=lamp', '/check?t=ar', ...more]) {
    await page.goto(desk.base + address);
    const texts = await page.evaluate(() => [...document.querySelectorAll('main [lang=ar]')].map((one) => [one.dir, getComputedStyle(one).direction]));
    check(texts.length > 0 && texts.every(([dir, direction]) => dir === 'rtl' && direction === 'rtl'), `Arabic runs from right to left: ${address}`);
  }
  equal(page.faults, [], 'nothing that the policy forbids');
  await shut(page);
};

export const search = async (context, desk) => {
  const page = await open(context);
  await page.goto(desk.base);
  equal(await page.evaluate(() => document.activeElement.id), 'q', 'the box has the focus');
  await page.keyboard.type('minister');
  await page.waitForSelector('#res .hit');
  check(/q=minister/.test(page.url()), 'the address is the search');
  /* In the middle of a composition nothing is asked, and the Enter that ends it sends nothing. */
  let asked = 0;
  page.on('request', (request) => { if (/part=1/.test(request.url())) asked++; });
  await page.fill('#q', '');
  await page.waitForTimeout(200);
  asked = 0;
  const session = await context.newCDPSession(page);
  await session.send('Input.imeSetComposition', { text: 'ぼうえい', selectionStart: 4, selectionEnd: 4 });
  await page.waitForTimeout(200);
  equal(asked, 0, 'nothing is asked while a composition is open');
  await page.evaluate(() => { for (const init of [{ isComposing: true }, { isComposing: false }]) document.querySelector('#q').dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', keyCode: 229, bubbles: true, cancelable: true, ...init })); });
  await session.send('Input.insertText', { text: '防衛' });
  await page.waitForSelector('#res mark');
  equal(await page.inputValue('#q'), '防衛', 'the composition is in the box');
  /* Letters type where text is typed, and are keys elsewhere. */
  await page.keyboard.type('gj?/');
  equal(await page.inputValue('#q'), '防衛gj?/', 'letters in a field are letters');
  await page.fill('#q', 'fleet');
  await page.waitForURL(/q=fleet/);
  equal(await page.getAttribute('.who a[hreflang]', 'href'), '/?q=fleet&ui=ja', 'the other language is of what was looked for');
  await page.goto(`${desk.base}/concordance?q=defense`);
  await page.focus('.kwic');
  await page.keyboard.press('j');
  equal(await page.evaluate(() => [...document.querySelectorAll('.kwic > li')].findIndex((row) => row.classList.contains('cur'))), 1, 'j goes down');
  await page.evaluate(() => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'の', code: 'KeyK', bubbles: true, cancelable: true })));
  equal(await page.evaluate(() => [...document.querySelectorAll('.kwic > li')].findIndex((row) => row.classList.contains('cur'))), 0, 'k on a kana layout goes up');
  await page.keyboard.press('/');
  equal(await page.evaluate(() => document.activeElement.id), 'q', '/ goes to the box');
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await page.waitForSelector('#help[open]');
  check(await page.evaluate(() => document.querySelectorAll('#help kbd').length > 40), '? shows the keys');
  await page.keyboard.press('Escape');
  equal(page.faults, [], 'no error of a script');
  await shut(page);
};

/* What the page says once nothing is on its way and nothing has changed for a second: panels and counts come late from
   a busy server. */
const settling = (page) => {
  let underWay = 0;
  page.on('request', () => { underWay++; });
  page.on('requestfinished', () => { underWay--; });
  page.on('requestfailed', () => { underWay--; });
  const text = () => page.evaluate(() => document.querySelector('main').innerText);
  return async () => {
    let before = await text();
    for (let quiet = 0, tries = 0; quiet < 10 && tries < 300; tries++) {
      await page.waitForTimeout(100);
      const now = await text();
      quiet = now === before && !underWay ? quiet + 1 : 0;
      before = now;
    }
    return before;
  };
};

/* An input method in fields of other pages: what ends a conversion sends, accepts and closes nothing. */
const CONVERSION = [{ key: 'Enter', isComposing: true }, { key: 'Enter', isComposing: false }, { key: 'Process' }, { key: 'Escape', isComposing: true }, { key: ' ', isComposing: true }];
export const conversions = async (context, desk, review, concept) => {
  const page = await open(context);
  let sent = 0;
  const settled = settling(page);
  page.on('request', (request) => { if (request.method() === 'POST' || request.isNavigationRequest()) sent++; });
  for (const [address, field, prepare] of [['/candidates', '.list input[name=source]'], ['/check', '.list'], [concept, 'input[name=text0]'],
    [review, '#bulk input[name=least]', 'c'], ['/concordance?q=defense', '#other']]) {
    await page.goto(desk.base + address);
    await unfold(page);
    if (prepare) { await page.waitForSelector('.bead.cur'); await page.keyboard.press(prepare); }
    await page.waitForSelector(field);
    await page.focus(field);
    const shown = await settled();
    sent = 0;
    await page.evaluate((inits) => inits.forEach((init) => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { keyCode: 229, bubbles: true, cancelable: true, ...init }))), CONVERSION);
    await page.waitForTimeout(100);
    equal([sent, await page.evaluate(() => document.querySelector('main').innerText) === shown, await page.locator(field).count() > 0], [0, true, true], `a conversion does nothing else: ${address}`);
  }
  /* Caps Lock is no other key; what AltGr types stays in the field. */
  await page.goto(`${desk.base}/concordance?q=defense`);
  await page.focus('.kwic');
  const at = () => page.evaluate(() => [...document.querySelectorAll('.kwic > li')].findIndex((row) => row.classList.contains('cur')));
  const before = await at();
  await page.evaluate(() => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'J', code: 'KeyJ', bubbles: true, cancelable: true })));
  equal(await at(), before + 1, 'J with Caps Lock goes down');
  await page.focus('#q');
  equal(await page.evaluate(() => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: '@', code: 'KeyQ', ctrlKey: true, altKey: true, bubbles: true, cancelable: true }))), true, 'AltGr types');
  equal(page.faults, [], 'no error of a script');
  await shut(page);
};

/* With the keyboard alone: first the way past the navigation, then everything in the order of the page. */
export const keyboard = async (context, desk) => {
  const page = await open(context);
  await page.goto(`${desk.base}/concordance?q=defense`);
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press('Tab');
  equal(await page.evaluate(() => document.activeElement.className), 'skip', 'Tab: first the way past the navigation');
  const seen = [];
  for (let at = 0; at < 14; at++) {
    await page.keyboard.press('Tab');
    seen.push(await page.evaluate(() => { const at = document.activeElement; const style = getComputedStyle(at); return { tag: at.tagName, seen: style.outlineStyle !== 'none' || at.tagName === 'BODY' }; }));
  }
  check(seen.every((one) => one.seen), 'the focus is always seen');
  await shut(page);
};

/* Lists of work, with a server that takes its time or is gone: a key is for the row that was current, once. */
export const hasty = async (context, desk) => {
  const page = await context.newPage();
  const steps = async () => (await (await context.request.get(`${desk.base}/changes.json`)).json()).changes.length;
  const current = () => page.evaluate(() => rows($('.list')).indexOf(currentRow($('.list'))));
  const toastOf = () => page.evaluate(() => ($('.toast') && !$('.toast').hidden ? $('.toast').textContent : ''));
  desk.bring(`en\tja\n${['buoys', 'tugs', 'piers', 'cranes', 'ropes', 'lamps'].map((what, n) => `There are ${n + 31} ${what} here.\tここには${what}が${n + 71}ある。\n`).join('')}`);
  await page.goto(`${desk.base}/check?fault=number`);
  await page.waitForSelector('.list > li:nth-child(6)');
  let meet = async (route) => { await page.waitForTimeout(600); await route.continue(); };
  await page.route(/\/check\/\d+$/, (route) => meet(route));
  const before = await steps();
  await page.keyboard.press('i');
  await page.keyboard.press('i');
  for (let i = 0; i < 3; i++) await page.keyboard.press('j');
  await page.waitForSelector('.list > .done');
  await page.waitForTimeout(100);
  equal([await current(), await steps() - before, await page.locator('.list > .done').count()], [3, 1, 1],
    'an answer takes nobody back to its row, and a row whose answer is awaited takes no key');
  for (const [answer, status] of [[(route) => route.abort(), 'no'], [(route) => route.fulfill({ status: 502, contentType: 'text/html', body: '<h1>Bad gateway</h1>' }), 'a proxy’s']]) {
    meet = answer;
    await page.evaluate(() => toast(''));
    await page.keyboard.press('i');
    await page.waitForSelector('.toast >> text=/does not answer/');
    equal([/does not answer/.test(await toastOf()), await page.locator('.busy').count(), await current()], [true, 0, 3], `${status} answer is told`);
  }
  await page.unroute(/\/check\/\d+$/);
  await page.keyboard.press('z');
  await page.waitForSelector('.list > .done', { state: 'detached' });
  check(true, 'and z takes back what was done');
  /* z behind a key that is not answered yet is for that one. */
  meet = async (route) => { await page.waitForTimeout(600); await route.continue(); };
  await page.route(/\/check\/\d+$/, (route) => meet(route));
  const known = await steps();
  const back = page.waitForResponse((reply) => /\/changes$/.test(reply.url()) && reply.request().method() === 'POST');
  await page.keyboard.press('i');
  await page.keyboard.press('z');
  await back;
  await page.waitForTimeout(100);
  equal([await steps() - known, await page.locator('.list > .done').count()], [2, 0], 'z waits for the key before it');
  await page.unroute(/\/check\/\d+$/);
  await page.goto(`${desk.base}/`);
  await page.route(/part=1/, (route) => route.abort());
  await page.focus('#q');
  await page.keyboard.type('fleet');
  await page.waitForSelector('.toast >> text=/does not answer/');
  equal([/does not answer/.test(await toastOf()), await page.textContent('#res')], [true, ''], 'a search without an answer says so, and shows no other one');
  await shut(page);
};

/* What was let stand is found again, and forgotten where that was a mistake. */
export const settled = async (context, desk) => {
  const page = await context.newPage();
  const stand = async () => { await page.goto(`${desk.base}/check?accepted=1`); return page.locator('.findings > .stands').count(); };
  const before = await stand();
  await page.goto(`${desk.base}/check`);
  await page.click('.findings [data-do=i]');
  await page.waitForSelector('.findings > .done');
  equal(await stand(), before + 1, 'a finding that was let stand is told with them');
  await page.click('.findings > .stands [data-do=i]');
  await page.waitForSelector('.findings > .done');
  equal(await stand(), before, 'and is found again when that is forgotten');
  await shut(page);
};

/* Without scripts everything reads, and searches. */
export const plain = async (desk) => {
  const context = await desk.visit({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${desk.base}/`);
  await page.fill('#q', 'minister');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.hit');
  check(true, 'without scripts: search');
  await page.goto(`${desk.base}/check`);
  const before = await page.locator('.fin').count();
  await page.click('.fin [data-do=i]');
  check(await page.locator('.fin').count() < before, 'without scripts: a finding is let stand');
  await page.goto(`${desk.base}/settings`);
  await page.selectOption('select[name=theme]', 'dark');
  await page.click('form:has(input[value=save]) button');
  equal(await page.getAttribute('html', 'data-theme'), 'dark', 'without scripts: settings are saved');
  await desk.leave(context);
};
