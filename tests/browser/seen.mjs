// seen.mjs: what is asked of a page from within, as a reader sees it: each function runs in the page, by itself.
// SPDX-License-Identifier: GPL-3.0-or-later

// How far the page is too wide, and its smallest text in a picture, in pixels of the screen.
export function readable() {
  let smallest = Infinity;
  for (const t of document.querySelectorAll('svg.ch text')) {
    if (t.getClientRects().length > 0) {
      smallest = Math.min(smallest, parseFloat(getComputedStyle(t).fontSize) * t.getScreenCTM().a);
    }
  }
  return { over: document.documentElement.scrollWidth - innerWidth, smallest };
}

// What the style sheet changes for a scheme that is neither a colour nor drawn around without taking room.
export function onlyColours() {
  const other = [];
  const look = (rules, ofScheme) => {
    for (const rule of rules) {
      const of = ofScheme || /prefers-color-scheme|forced-colors/.test(rule.media?.mediaText ?? '');
      if (rule.cssRules !== undefined && rule.cssRules.length > 0) look(rule.cssRules, of);
      for (const name of of && rule.style !== undefined ? rule.style : []) {
        const value = rule.style.getPropertyValue(name).trim();
        const harmless = name.startsWith('--') || /color$/.test(name) ? CSS.supports('color', value) : /^(outline|background)-/.test(name);
        if (!harmless && !['color-scheme', 'forced-color-adjust'].includes(name)) other.push(`${rule.selectorText} ${name}: ${value}`);
      }
    }
  };
  for (const sheet of document.styleSheets) look(sheet.cssRules, false);
  return other;
}

// Which elements that every future shares show, and to whom: all that the rules of structure read of a layout.
export function outline() {
  let marks = '';
  for (const element of document.body.querySelectorAll('*')) {
    if (element.closest('.v') !== null) continue;
    const shows = element.checkVisibility();
    const seen = shows && element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && getComputedStyle(element).clipPath === 'none';
    const off = shows && element.getBoundingClientRect().right <= 0;
    marks += String.fromCharCode(65 + shows + 2 * seen + 4 * off);
  }
  return marks;
}

// Every kind of thing to press that shows, and of box that scrolls, as the rules that measure see them: how large up to what is asked, and
// where others lie that are over it or, of one too small, so near that it may not be.
export function targets() {
  const ASKED = 24;
  const upTo = (length) => Math.max(-ASKED, Math.min(ASKED, Math.round(length * 4) / 4));
  const found = [...document.querySelectorAll('a, button, input, label, select, summary, textarea, [tabindex]')]
    .filter((element) => element.checkVisibility()).map((element) => ({ element, box: element.getBoundingClientRect() }));
  const kinds = new Set();
  for (const { element, box } of found) {
    const reach = Math.min(box.width, box.height) < ASKED ? ASKED : 0;
    const others = found.filter(({ element: other, box: at }) => other !== element && at.left < box.right + reach && at.right > box.left - reach &&
      at.top < box.bottom + reach && at.bottom > box.top - reach);
    const beside = others.map(({ element: other, box: at }) => [other.localName, upTo(at.left - box.left), upTo(at.top - box.top),
      upTo(at.right - box.right), upTo(at.bottom - box.bottom)].join());
    kinds.add([element.localName, element.tabIndex, upTo(box.width), upTo(box.height), getComputedStyle(element).display, ...beside].join(' '));
  }
  for (const element of document.body.querySelectorAll('*')) {
    if (element.scrollWidth > element.clientWidth || element.scrollHeight > element.clientHeight) {
      const { overflowX, overflowY } = getComputedStyle(element);
      const inside = [...element.querySelectorAll('a, button, input, summary')].some((other) => other.checkVisibility());
      kinds.add(['scrolls', element.localName, element.tabIndex, overflowX, overflowY, inside].join(' '));
    }
  }
  return [...kinds];
}

// Every kind of text that shows, with a selector of one of its kind: colours, sizes and what lies behind, of it and all that it is in.
// Pictures are left out: axe cannot tell what is behind a text in one, and their palette has a test of its own.
export function colours() {
  const OF_ALL = ['color', 'backgroundColor', 'backgroundImage', 'opacity', 'fontSize', 'fontWeight', 'filter', 'mixBlendMode', 'textShadow', 'webkitTextStrokeWidth'];
  const OF_LINKS = ['textDecorationLine', 'borderBottomWidth', 'fontStyle', 'fontFamily'];
  const known = new Map();
  const kindOf = (element) => {
    if (element === null) return '';
    if (!known.has(element)) {
      const style = getComputedStyle(element);
      const names = element.localName === 'a' ? [...OF_ALL, ...OF_LINKS] : OF_ALL;
      known.set(element, `${kindOf(element.parentElement)}/${names.map((name) => style[name]).join()}`);
    }
    return known.get(element);
  };
  const selector = (element) => {
    const path = [];
    for (let at = element; at !== document.documentElement; at = at.parentElement) {
      path.unshift(`${at.localName}:nth-child(${[...at.parentElement.children].indexOf(at) + 1})`);
    }
    return `html>${path.join('>')}`;
  };
  const kinds = new Map();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    if (texts.currentNode.data.trim() === '' || element.closest('svg') !== null || !element.checkVisibility()) continue;
    const kind = kindOf(element);
    if (!kinds.has(kind)) kinds.set(kind, element);
  }
  return [...kinds].map(([kind, element]) => [kind, selector(element)]);
}

// Texts outside pictures of which something else is hit in the middle of a line; tables that scroll are looked at from both their ends.
export function covered() {
  const found = new Set();
  const scrolled = document.querySelectorAll('.scroll');
  const clipped = new Map(); // for screen readers alone
  const isClipped = (element) => {
    if (element === null) return false;
    if (!clipped.has(element)) clipped.set(element, getComputedStyle(element).clipPath !== 'none' || isClipped(element.parentElement));
    return clipped.get(element);
  };
  const looked = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    if (texts.currentNode.data.trim() !== '' && element.closest('svg') === null && element.checkVisibility() && !isClipped(element)) {
      looked.push({ text: texts.currentNode, element, scroll: element.closest('.scroll') });
    }
  }
  const range = document.createRange();
  for (const end of [0, 1e6]) {
    for (const box of scrolled) box.scrollLeft = end;
    for (const { text, element, scroll } of looked) {
      if (end > 0 && scroll === null) continue;
      range.selectNodeContents(text);
      for (let i = 0, n = range.getClientRects().length; i < n; i += 1) {
        let rect = range.getClientRects()[i];
        if (rect.top < 0 || rect.bottom > innerHeight) {
          scrollBy(0, rect.top - 8);
          rect = range.getClientRects()[i];
        }
        const x = rect.left + rect.width / 2;
        const { left, right } = scroll === null ? { left: 0, right: innerWidth } : scroll.getBoundingClientRect();
        if (x <= Math.max(left, 0) || x >= Math.min(right, innerWidth) - 1) continue; // scrolled out of sight
        const hit = document.elementFromPoint(x, rect.top + rect.height / 2);
        if (hit !== element && !(hit?.localName === 'input' && element.closest('label') === hit.closest('label'))) {
          found.add(`${text.data.trim().slice(0, 30)} under ${hit?.outerHTML.slice(0, 60)} at ${x}`);
        }
      }
    }
  }
  for (const box of scrolled) box.scrollLeft = 0;
  scrollTo(0, 0);
  return [...found].slice(0, 3);
}
