// SPDX-License-Identifier: Apache-2.0
import { Desk, launch, done } from './harness.mjs';
import * as pages from './pages.mjs';

const browser = await launch();
const desk = await new Desk().take(2018, 2016);
desk.run('term', 'import', '--bundled');
await desk.serve();
let failed = 1;
try {
  const context = await desk.visit(browser);
  await pages.search(context, desk);
  await pages.keyboard(context, desk);
  await pages.widths(context, desk);
  await pages.plain(browser, desk);
  await pages.run(browser, desk);
  failed = done();
} finally {
  await browser.close();
  desk.stop();
}
process.exit(failed ? 1 : 0);
