// use.mjs: the page in use: small and quiet, usable by keyboard, the same without scripts and from a server, its answer on the first
// screen.
// SPDX-License-Identifier: GPL-3.0-or-later
import { createServer } from 'node:http';
import { gzipSync } from 'node:zlib';
import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import { councils, DATASETS, PLACE, equal, expect, finish, futures, launch, onlyChosen, open, text, write } from './harness.mjs';
import { eightYears } from './folders.mjs';

const browser = await launch();
const files = councils.map((council) => ({ name: council, file: write(join(DATASETS, council), `${council}-use`) }));
const wide = { name: 'five futures, eight years', file: write(eightYears('use'), 'eight-years-use') };
files.push(wide);

// ---- R2: small, one request, no script, no word on the console under its own policy

for (const { name, file } of files) {
  const html = text(file);
  const packed = gzipSync(html, { level: 9 }).length;
  expect(Buffer.byteLength(html) <= 150000, `${name}: ${Buffer.byteLength(html)} bytes`);
  expect(packed <= 30000, `${name}: ${packed} bytes packed`);
  expect(!/<script|\sstyle=|javascript:|<link|<iframe|\son[a-z]+=/i.test(html), `${name}: script or style where none may be`);
  expect(!/https?:\/\//.test(html), `${name}: an address`);
  const { page, said, requests, close } = await open(browser, file);
  equal(said.join('; '), '', `${name}: the console`);
  equal(requests.length, 1, `${name}: requests`);
  await close();
}

async function firstPaint(file) {
  const { page, close } = await open(browser, file);
  const at = await page.evaluate(() => new Promise((done) => {
    const seen = () => performance.getEntriesByName('first-contentful-paint')[0];
    const wait = () => (seen() ? done(seen().startTime) : setTimeout(wait, 5));
    wait();
  }));
  await close();
  return at;
}
// Beside it, in turn, so that a busy machine slows both: the same page with words in place of its pictures, byte for byte.
const plain = join(PLACE, 'plain.html');
writeFileSync(plain, text(wide.file).replace(/<svg[^]*?<\/svg>/g, (svg) => {
  const bytes = Buffer.byteLength(svg) - '<p></p>'.length;
  return `<p>${'reserves '.repeat(Math.ceil(bytes / 9)).slice(0, bytes)}</p>`;
}));
equal(Buffer.byteLength(text(plain)), Buffer.byteLength(text(wide.file)), 'the page without pictures is as long');
const times = [[], []];
for (let i = 0; i < 9; i += 1) {
  times[0].push(await firstPaint(wide.file));
  times[1].push(await firstPaint(plain));
}
const [own, other] = times.map((nine) => nine.sort((x, y) => x - y)[4]);
console.log(`first paint, medians of nine: ${own.toFixed(0)} ms, without pictures ${other.toFixed(0)} ms`);
expect(own <= other * 1.5 + 20, `first paint ${own.toFixed(0)} ms, without pictures ${other.toFixed(0)} ms`);

// ---- R4: by keyboard

for (const { name, file } of files) {
  const { page, close } = await open(browser, file);
  if (await futures(page) > 1) {
    await page.keyboard.press('Tab');
    equal(await page.evaluate(() => document.activeElement.className), 'skip', `${name}: the first stop`);
    await page.keyboard.press('Tab');
    equal(await page.evaluate(() => document.activeElement.id), 'f0', `${name}: the second stop`);
    const before = await page.screenshot();
    await page.keyboard.press('ArrowDown');
    equal(await page.evaluate(() => document.querySelector('input:checked').id), 'f1', `${name}: the arrow`);
    await onlyChosen(page, 1, name);
    const ring = await page.evaluate(() => {
      const style = getComputedStyle(document.querySelector('#f1').closest('label'));
      return `${style.outlineWidth} ${style.outlineStyle} ${style.boxShadow}`;
    });
    expect(/^3px solid .*255, 221, 0/.test(ring), `${name}: focus is seen: ${ring}`);
    expect(!before.equals(await page.screenshot()), `${name}: the choice is seen`);
  }
  await close();
}

// ---- R5: with scripts off, as a file and from a server, it is the same picture

for (const { name, file } of [files[0], wide]) {
  const server = createServer((request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' });
    response.end(text(file));
  });
  await new Promise((ready) => { server.listen(0, '127.0.0.1', ready); });
  const shots = [];
  for (const [from, options] of [[file, {}], [file, { javaScriptEnabled: false }], [`http://127.0.0.1:${server.address().port}/`, {}]]) {
    const { page, close } = await open(browser, from, options);
    shots.push(await page.screenshot());
    await close();
  }
  expect(shots[0].equals(shots[1]), `${name}: the same with scripts off`);
  expect(shots[0].equals(shots[2]), `${name}: the same from a server`);
  server.close();
}

// ---- R7: the first screen holds the sentence and the picture

for (const { name, file } of files) {
  for (const [width, height] of [[1280, 900], [390, 844]]) {
    const { page, close } = await open(browser, file, { viewport: { width, height } });
    const bottom = await page.evaluate(() => {
      const picture = [...document.querySelectorAll('main svg.ch')].find((svg) => svg.getClientRects().length > 0);
      return Math.max(picture.getBoundingClientRect().bottom, document.querySelector('.lede').getBoundingClientRect().bottom);
    });
    expect(bottom <= height, `${name} at ${width}: sentence and picture end at ${bottom.toFixed(0)} of ${height} px`);
    await close();
  }
}

await browser.close();
finish();
