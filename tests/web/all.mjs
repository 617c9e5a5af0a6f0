// SPDX-License-Identifier: Apache-2.0
import { Desk, done } from './harness.mjs';
import * as pages from './pages.mjs';
import * as review from './review.mjs';

const desk = await new Desk().take(2018, 2016, 2023);
desk.run('term', 'import', '--bundled');
desk.bring('en\tar\nThe lantern was lit (12 metres) at dusk.\tأضيئ الفانوس (13 مترا) عند الغسق.\n');
desk.takeArabic();
desk.takeLong();
desk.run('term', 'add', '-s', 'en', '-t', 'ar', 'lamp', 'مصباح');
await desk.serve();
let failed = 2; /* the browser broke off */
try {
  const context = await desk.visit({ name: 'mori' });
  desk.releases = (await (await context.request.get(`${desk.base}/release.json`)).json()).releases;
  const one = `/release/${desk.releases[0].release}`;
  const pair = (await (await context.request.get(`${desk.base}${one}.json`)).json()).beads[5].bead;
  const term = (await (await context.request.get(`${desk.base}/terms.json?q=missile%20defense`)).json()).terms[0].concept;
  const further = ['/release', one, `${one}/facts`, `/bead/${pair}`, `/concept/${term}`, `/concept/${term}?with=missile`, '/check?accepted=1'];
  await review.repairs(context, desk);
  await review.editor(context, desk);
  await review.heard(context, desk);
  await review.plain(desk);
  await review.two(desk, context);
  await review.typing(desk, context);
  await review.long(desk, context);
  await review.unloaded(desk, context);
  await review.slowly(desk, context);
  const other = await desk.visit({ name: 'anyone' });
  for (const part of process.env.TY_SLOW ? ['2018', '2023', '2016'] : ['2023', '2016']) await review.fuzz(other, desk, part, process.env.TY_SLOW ? 500 : 40);
  await pages.search(context, desk);
  await pages.keyboard(context, desk);
  await pages.forced(context, desk, one);
  const lantern = await (await context.request.get(`${desk.base}/concordance.json?q=lantern`)).json();
  const right = `/release/${desk.releases.find((each) => each.name === 'lanterns').release}`;
  const oil = (await (await context.request.get(`${desk.base}/terms.json?q=lamp`)).json()).terms[0];
  const first = (await (await context.request.get(`${desk.base}${right}.json`)).json()).beads[0].bead;
  await pages.rightToLeft(context, desk, lantern.hits[0].unit, [right, `/bead/${first}`, `/concept/${oil.concept.replace('#', '~')}`]);
  await pages.conversions(context, desk, one, `/concept/${term}`);
  await pages.widths(context, desk, further);
  await pages.settled(context, desk);
  await pages.hasty(context, desk);
  await pages.plain(desk);
  await pages.run(desk, further);
  failed = done() ? 1 : 0;
} catch (error) {
  console.log(`# broke off: ${error.stack}`);
} finally {
  await desk.stop();
}
process.exit(failed);
