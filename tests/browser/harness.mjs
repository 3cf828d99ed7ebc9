// harness.mjs: what the browser suites share: pages written by the program, one browser, checks that tell what failed.
// SPDX-License-Identifier: GPL-3.0-or-later
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

export const { HEADROOM, DATASETS, PLACE, CHROMIUM } = process.env;
export const require = createRequire(join(PLACE, 'x.js')); // packages lie beside the build
const { chromium } = require('playwright-core');

const pages = join(PLACE, 'pages');
mkdirSync(pages, { recursive: true });

// Datasets as shipped: every folder that holds a council.
export const councils = readdirSync(DATASETS, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && readdirSync(join(DATASETS, entry.name)).includes('council.csv'))
  .map((entry) => entry.name);

export function run(...words) {
  return execFileSync(HEADROOM, words, {
    encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, SOURCE_DATE_EPOCH: '1767225600', NO_COLOR: '1' },
  });
}

// Writes the page of a folder and returns where it is.
export function write(folder, name, ...options) {
  const file = join(pages, `${name}.html`);
  rmSync(file, { force: true });
  run('report', folder, '-o', file, ...options);
  return file;
}

export const text = (file) => readFileSync(file, 'utf8');

let failures = 0;
let checks = 0;
export function expect(holds, what) {
  checks += 1;
  if (!holds) {
    failures += 1;
    console.log(`FAILED: ${what}`);
  }
}
export function equal(found, expected, what) {
  expect(found === expected, `${what}: found ${JSON.stringify(found)}, expected ${JSON.stringify(expected)}`);
}
export function finish() {
  console.log(`${checks} checks, ${failures} failed`);
  process.exit(failures > 0 || checks === 0 ? 1 : 0);
}

export function launch() {
  return chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] });
}

// A page open on a file, with everything that the console said and how many requests were made.
export async function open(browser, file, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const said = [];
  const requests = [];
  page.on('console', (message) => said.push(message.text()));
  page.on('pageerror', (error) => said.push(String(error)));
  page.on('request', (request) => { if (!request.url().startsWith('data:')) requests.push(request.url()); });
  await page.goto(file.includes('://') ? file : `file://${file}`);
  return { page, said, requests, close: () => context.close() };
}

export const futures = (page) => page.locator('input[type=radio]').count();
export const choose = (page, i) => page.evaluate((chosen) => document.getElementById(`f${chosen}`).click(), i);

// What shows while a future is chosen: all of one kind and no other.
export async function onlyChosen(page, i, where) {
  const wrong = await page.evaluate((chosen) => [...document.querySelectorAll('.v')].filter((block) => {
    const ofChosen = block.classList.contains(`v${chosen}`);
    return block.getClientRects().length > 0 ? !ofChosen : ofChosen && getComputedStyle(block).display === 'none'; // what it is in may not show at this width
  }).length, i);
  equal(wrong, 0, `${where}: blocks that do not follow the choice`);
}
