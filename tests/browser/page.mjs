// page.mjs: the page in every state: axe finds nothing, what shows follows the choice, nothing sticks out or covers, text can be read.
// SPDX-License-Identifier: GPL-3.0-or-later
import { basename, join } from 'node:path';
import { readdirSync } from 'node:fs';
import { councils, DATASETS, choose, equal, expect, finish, futures, launch, onlyChosen, open, require, write } from './harness.mjs';
import { eightYears } from './folders.mjs';
import { colours, covered, onlyColours, outline, readable, targets } from './seen.mjs';

const axeSource = require('axe-core').source;
const WIDTHS = [320, 390, 768, 1280];
const SCHEMES = [
  { name: 'light', colorScheme: 'light', forcedColors: 'none' },
  { name: 'dark', colorScheme: 'dark', forcedColors: 'none' },
  { name: 'forced colours', colorScheme: 'light', forcedColors: 'active' },
];

// Every council for members, every pack as peers see it, and a council as large as the page is meant for.  A pack puts other futures on the
// same page: it is looked at where there is least room and where there is most.
const packs = readdirSync(join(DATASETS, 'packs')).filter((name) => name.endsWith('.csv'));
const planned = councils.filter((council) => readdirSync(join(DATASETS, council)).includes('mtfp.csv'));
const files = [
  ...councils.map((council) => [council, write(join(DATASETS, council), `${council}-state`), WIDTHS]),
  ...packs.map((pack, i) => [`${planned[i % planned.length]} under ${basename(pack, '.csv')}`, write(join(DATASETS, planned[i % planned.length]),
    `${basename(pack, '.csv')}-state`, '--pack', join(DATASETS, 'packs', pack), '--audience', 'peer'), [WIDTHS[0], WIDTHS.at(-1)]]),
  ['five futures, eight years', write(eightYears('state'), 'eight-years-state'), WIDTHS],
].map(([name, file, widths]) => ({ name, file, widths }));

// ---- R1: axe finds nothing, at every width, in every scheme, with every future, all tables open
//
// Axe is asked again only where its answer could be another one:
// - Two of its rules look at colours.  The others cannot tell one scheme from another, as a scheme changes nothing but colours (tried first).
// - Of these others two measure what can be pressed or scrolled: its size, and what else is near.  All of it is measured at every width with
//   every future, and axe is asked where one is measured like none before.
// - The rest see which elements show: they are asked of the whole page with every future, and again for each outline that the rest of the
//   page has, which is one for phones and one for wider screens.
// - What contrast finds follows from a text's own colour, size and weight and from what lies behind it; as nothing covers a text (tried at
//   every width with every future) these are its ancestors.  Every text is looked up in every state; those alike in all that are one
//   question, put once.

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const OF_COLOUR = ['color-contrast', 'link-in-text-block'];
const OF_SIZE = ['target-size', 'scrollable-region-focusable'];
const only = (values) => ({ runOnly: { type: 'rule', values }, preload: false });
const STRUCTURE = { runOnly: TAGS, rules: Object.fromEntries([...OF_COLOUR, ...OF_SIZE].map((rule) => [rule, { enabled: false }])) };

async function axe(page, options, where, parts) {
  const found = await page.evaluate(async ([rules, selectors]) => {
    const result = await axe.run(selectors ?? document, { ...rules, resultTypes: ['violations'] });
    return result.violations.flatMap((v) => v.nodes.map((node) => `${v.id}: ${node.target.join(' ')}: ${node.failureSummary.split('\n')[1]}`));
  }, [options, parts]);
  expect(found.length === 0, `axe, ${where}: ${found.slice(0, 3).join('; ')}`);
}

const asked = new Set(); // kinds of text and of things to press, of all pages

async function askSizes(page, where) {
  const kinds = (await page.evaluate(targets)).filter((kind) => !asked.has(kind));
  if (kinds.length > 0) await axe(page, only(OF_SIZE), where);
  for (const kind of kinds) asked.add(kind);
}

async function askColours(page, where) {
  const kinds = (await page.evaluate(colours)).filter(([kind]) => !asked.has(kind));
  if (kinds.length > 0) await axe(page, only(OF_COLOUR), where, kinds.map(([, selector]) => selector));
  for (const [kind] of kinds) asked.add(kind);
}

async function state(page, where, width, future, outlines) {
  const { over, smallest } = await page.evaluate(readable);
  expect(over <= 0, `${where}: the page is ${over} px too wide`);
  expect(smallest >= (width <= 320 ? 11 : 12) - 0.01, `${where}: text of ${smallest.toFixed(1)} px in a picture`);
  equal((await page.evaluate(covered)).join('; '), '', `${where}: texts that something covers`);
  await askSizes(page, where);
  const found = [await page.evaluate(outline), `future ${future}`];
  if (!found.every((it) => outlines.has(it))) await axe(page, STRUCTURE, where);
  for (const it of found) outlines.add(it);
}

async function states({ name, file, widths }) {
  const { page, close } = await open(browser, file, { bypassCSP: true, reducedMotion: 'reduce' });
  await page.evaluate(axeSource);
  await page.evaluate(() => { for (const d of document.querySelectorAll('details')) d.open = true; });
  equal((await page.evaluate(onlyColours)).join('; '), '', `${name}: what a scheme changes besides colours`);
  const n = Math.max(await futures(page), 1);
  const outlines = new Set();
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 });
    for (let i = 0; i < n; i += 1) {
      const where = `${name}, ${width} px, future ${i + 1}`;
      if (n > 1) await choose(page, i);
      if (n > 1) await onlyChosen(page, i, where);
      for (const { name: scheme, ...media } of SCHEMES) {
        await page.emulateMedia(media);
        if (scheme === 'light') await state(page, where, width, i, outlines);
        await askColours(page, `${where}, ${scheme}`);
      }
    }
  }
  await close();
}

const browser = await launch();
const queue = [...files];
await Promise.all([0, 1].map(async () => { while (queue.length > 0) await states(queue.shift()); }));
await browser.close();
finish();
