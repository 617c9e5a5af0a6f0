// SPDX-License-Identifier: Apache-2.0
/* Pictures to look at: node pictures.mjs FOLDER [WIDTH...] [en-light ja-dark...] makes one of each page in each width,
   language and theme, or in those named, with TY_PROGRAM as the program; --docs makes the six of docs/pictures. No
   test: it checks nothing. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Desk, shut } from './harness.mjs';

const [folder, ...words] = process.argv.slice(2);
const docs = words.includes('--docs');
const widths = words.map(Number).filter(Boolean);
const looks = words.filter((word) => /^(en|ja)-(light|dark)$/.test(word));
mkdirSync(folder, { recursive: true });
const desk = await new Desk().take(...(docs ? [2015, 2016, 2017, 2018, 2019, 'airlift', 2022, 2023, 2024] : [2018, 2016, 2023]));
desk.run('term', 'import', '--bundled');
desk.takeArabic();
await desk.serve();
const shoot = async (context, name, address, { ui = 'en', scheme = 'light', width = 1440, height = 900, full = false, keys = [] } = {}) => {
  const page = await context.newPage();
  await page.setViewportSize({ width, height });
  await page.emulateMedia({ colorScheme: scheme });
  await page.goto(`${desk.base}${address}${address.includes('?') ? '&' : '?'}ui=${ui}`);
  await page.waitForLoadState('networkidle'); /* panels and counts are there */
  await page.waitForTimeout(300);
  for (const key of keys) { await page.keyboard.press(key); await page.waitForTimeout(1500); }
  if (await page.locator('.bead.cur').count()) await page.waitForSelector('#panel section');
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: full });
  await shut(page);
};
try {
  const context = await desk.visit({ name: 'mori' });
  const { releases } = await (await context.request.get(`${desk.base}/release.json`)).json();
  const id = (part) => `/release/${releases.find((one) => one.name.includes(part)).release}`;
  const { beads } = await (await context.request.get(`${desk.base}${id('2018')}.json`)).json();
  const { concept } = { concept: (await (await context.request.get(`${desk.base}/terms.json?q=missile%20defense`)).json()).terms[0] };
  if (docs) {
    await shoot(context, 'desk', '/');
    await shoot(context, 'search', '/?q=%E9%98%B2%E8%A1%9B%E5%A4%A7%E8%87%A3');
    await shoot(context, 'review', id('2018'), { keys: ['n', 'n', 'y'] });
    await shoot(context, 'review-ja-dark', id('2018'), { ui: 'ja', scheme: 'dark' });
    await shoot(context, 'concordance', '/concordance?q=defense');
    await shoot(context, 'check', '/check');
  } else {
    const pages = { desk: '/', search: '/?q=%E9%98%B2%E8%A1%9B', concordance: '/concordance?q=defense', terms: '/terms?q=minister',
      concept: `/concept/${encodeURIComponent(concept.concept || concept.concept_id)}`, candidates: '/candidates', check: '/check', changes: '/changes', import: '/import',
      settings: '/settings', help: '/help', about: '/about', releases: '/release', facts: `${id('2018')}/facts`, review: id('2018'),
      bead: `/bead/${beads[5].bead}`, unit: `/unit/${beads.find((one) => one.unit).unit}`, bulk: `${id('2018')}/bulk`, missing: '/nothing', arabic: id('lanterns') };
    for (const [ui, scheme] of (looks.length ? looks : ['en-light', 'ja-dark', 'ja-light', 'en-dark']).map((look) => look.split('-')))
      for (const width of widths.length ? widths : [1440])
        for (const [name, address] of Object.entries(pages))
          await shoot(context, `${name}-${ui}-${scheme}-${width}`, address, { ui, scheme, width, height: width < 600 ? 800 : 900 });
  }
} finally {
  await desk.stop();
}
