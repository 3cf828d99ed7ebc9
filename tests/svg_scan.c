/* svg_scan.c: a picture read back strictly. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "svg_scan.h"

#include "report/chart/svg.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DEEPEST = 8, MOST_ATTRIBUTES = 12 };

struct attribute {
  char name[24];
  const char *value; /* as it stands, up to the quote */
  size_t length;
};
struct reader {
  struct svg_scan *scan;
  const char *at;
  const char *open[DEEPEST];
  size_t open_length[DEEPEST];
  struct attribute open_anchor[DEEPEST], open_class[DEEPEST]; /* what texts within have from it */
  int depth;
  int n_attributes;
  struct attribute attribute[MOST_ATTRIBUTES];
};

static void wrong(struct reader *r, const char *what)
{
  if (r->scan->wrong[0] == '\0') {
    (void)snprintf(r->scan->wrong, sizeof r->scan->wrong, "%s near: %.80s", what, r->at);
  }
}

/* Takes the five entities and the characters that need none; anything else is wrong. */
static void unescape(struct reader *r, const char *from, size_t n, char *out, size_t room)
{
  static const struct {
    const char *entity;
    char is;
  } entities[] = { { "&amp;", '&' }, { "&lt;", '<' }, { "&gt;", '>' }, { "&quot;", '"' }, { "&#39;", '\'' } };
  size_t used = 0;
  for (size_t i = 0; i < n;) {
    char c = from[i];
    size_t length = 1;
    if (c == '&') {
      length = 0;
      for (size_t e = 0; e < COUNT_OF(entities); e++) {
        if (strncmp(from + i, entities[e].entity, strlen(entities[e].entity)) == 0) {
          c = entities[e].is;
          length = strlen(entities[e].entity);
        }
      }
    }
    if (length == 0 || c == '\0' || (length == 1 && (c == '<' || c == '>' || c == '"' || (unsigned char)c < 0x20))) {
      wrong(r, "an unescaped character");
      return;
    }
    if (used + 1 < room) {
      out[used++] = c;
    }
    i += length;
  }
  out[used] = '\0';
  if (!utf8_valid(from, n, NULL)) {
    wrong(r, "bytes that are not UTF-8");
  }
}

static const struct attribute *find(const struct reader *r, const char *name)
{
  for (int i = 0; i < r->n_attributes; i++) {
    if (strcmp(r->attribute[i].name, name) == 0) {
      return &r->attribute[i];
    }
  }
  return NULL;
}

/* Tenths at most, plain digits. */
static double number(struct reader *r, const char **at)
{
  const char *s = *at;
  char *end;
  s += *s == '-';
  if (!isdigit((unsigned char)*s)) {
    wrong(r, "a coordinate that is no number");
    return 0;
  }
  while (isdigit((unsigned char)*s)) {
    s++;
  }
  if (*s == '.' && isdigit((unsigned char)s[1])) {
    s += 2;
  }
  const double value = strtod(*at, &end);
  if (end != s) {
    wrong(r, "a coordinate with more than tenths");
  }
  *at = s;
  return value;
}

static double value_of(struct reader *r, const char *name, double otherwise)
{
  const struct attribute *attribute = find(r, name);
  if (attribute == NULL) {
    return otherwise;
  }
  const char *at = attribute->value;
  if (strncmp(at, "100%", 4) == 0) {
    return otherwise;
  }
  return number(r, &at);
}

static void within(struct reader *r, double x, double y)
{
  const struct svg_scan *scan = r->scan;
  if (x < scan->left - 0.05 || x > scan->right + 0.05 || y < scan->top - 0.05 || y > scan->bottom + 0.05) {
    char what[80];
    (void)snprintf(what, sizeof what, "a coordinate outside the picture (%.1f, %.1f)", x, y);
    wrong(r, what);
  }
}

static void take_path(struct reader *r)
{
  const struct attribute *d = find(r, "d");
  if (d == NULL) {
    wrong(r, "a path without d");
    return;
  }
  const char *end = d->value + d->length;
  double x = 0, y = 0;
  for (const char *at = d->value; at < end && r->scan->wrong[0] == '\0';) {
    const char step = *at++;
    if (step == 'Z') {
      continue;
    }
    if (strchr("MLHV", step) == NULL) {
      wrong(r, "a path that is not of M, L, H, V and Z");
      return;
    }
    x = step == 'V' ? x : number(r, &at);
    at += step != 'V' && step != 'H' && *at == ',';
    y = step == 'H' ? y : number(r, &at);
    within(r, x, y);
  }
}

static void take_svg(struct reader *r)
{
  struct svg_scan *scan = r->scan;
  const struct attribute *box = find(r, "viewBox"), *label = find(r, "aria-label"), *role = find(r, "role");
  if (box == NULL || label == NULL || role == NULL || find(r, "class") == NULL) {
    wrong(r, "an <svg> without class, viewBox, role or aria-label");
    return;
  }
  const char *at = box->value;
  scan->left = number(r, &at), at++;
  scan->top = number(r, &at), at++;
  scan->right = scan->left + number(r, &at), at++;
  scan->bottom = scan->top + number(r, &at);
  scan->size = value_of(r, "font-size", 0);
  unescape(r, label->value, label->length, scan->label, sizeof scan->label);
  unescape(r, role->value, role->length, scan->role, sizeof scan->role);
}

/* Of the element itself, else of the group that it is in. */
static const struct attribute *inherited(const struct reader *r, const char *name)
{
  const struct attribute *own = find(r, name);
  const bool is_anchor = strcmp(name, "text-anchor") == 0;
  for (int i = r->depth - 2; i >= 0 && own == NULL; i--) {
    const struct attribute *of = is_anchor ? &r->open_anchor[i] : &r->open_class[i];
    own = of->value != NULL && strncmp(r->open[i], "g", 1) == 0 ? of : NULL;
  }
  return own;
}

static void take_text(struct reader *r, const char *from, size_t n)
{
  struct svg_scan *scan = r->scan;
  if (scan->n_words == MOST_WORDS) {
    wrong(r, "more texts than can be looked at");
    return;
  }
  struct svg_words *words = &scan->words[scan->n_words++];
  const struct attribute *anchor = inherited(r, "text-anchor"), *class = inherited(r, "class");
  unescape(r, from, n, words->words, sizeof words->words);
  words->x = value_of(r, "x", 0), words->y = value_of(r, "y", 0), words->size = value_of(r, "font-size", scan->size);
  (void)snprintf(words->class, sizeof words->class, "%.*s", class != NULL ? (int)class->length : 0,
                 class != NULL ? class->value : "");
  const double width = text_width(words->words, strlen(words->words), words->size);
  const double before = anchor == NULL ? 0 : *anchor->value == 'm' ? width / 2 : width;
  words->left = words->x - before, words->right = words->left + width;
  words->top = words->y - words->size * 0.75, words->bottom = words->y + words->size * 0.22;
}

static void take_element(struct reader *r, const char *name)
{
  const double x = value_of(r, "x", 0), y = value_of(r, "y", 0);
  r->scan->n_elements++;
  if (strcmp(name, "svg") == 0) {
    take_svg(r);
  } else if (strcmp(name, "rect") == 0) {
    const double width = value_of(r, "width", 0), height = value_of(r, "height", 0);
    if (width < 0 || height < 0) {
      wrong(r, "a rectangle of less than nothing");
    }
    within(r, x, y);
    within(r, x + width, y + height);
  } else if (strcmp(name, "circle") == 0) {
    const double cx = value_of(r, "cx", 0), cy = value_of(r, "cy", 0), radius = value_of(r, "r", 0);
    within(r, cx - radius, cy - radius);
    within(r, cx + radius, cy + radius);
  } else if (strcmp(name, "path") == 0) {
    take_path(r);
  } else if (strcmp(name, "g") != 0 && strcmp(name, "text") != 0 && strcmp(name, "style") != 0) {
    wrong(r, "an element that no picture has");
  }
}

static void read_attributes(struct reader *r)
{
  static const char *const allowed =
      " class role aria-label viewBox font-size xmlns font-family width height x y r cx cy d text-anchor ";
  r->n_attributes = 0;
  while (*r->at == ' ') {
    struct attribute *attribute = &r->attribute[r->n_attributes];
    const size_t n = strcspn(++r->at, "= >/");
    char padded[32];
    if (n + 1 > sizeof attribute->name || r->at[n] != '=' || r->at[n + 1] != '"' ||
        r->n_attributes + 1 == MOST_ATTRIBUTES) {
      wrong(r, "an attribute that is not name=\"value\"");
      return;
    }
    (void)snprintf(attribute->name, sizeof attribute->name, "%.*s", (int)n, r->at);
    (void)snprintf(padded, sizeof padded, " %s ", attribute->name);
    if (strstr(allowed, padded) == NULL || find(r, attribute->name) != NULL) {
      wrong(r, "an attribute that no picture has, or twice");
    }
    attribute->value = r->at + n + 2;
    attribute->length = strcspn(attribute->value, "\"<");
    r->n_attributes++;
    r->at = attribute->value + attribute->length;
    if (*r->at++ != '"') {
      wrong(r, "an attribute without its end");
      return;
    }
  }
}

/* At "<": an element's start or end. */
static void read_tag(struct reader *r)
{
  const bool closes = r->at[1] == '/';
  r->at += closes ? 2 : 1;
  const char *name = r->at;
  const size_t n = strspn(name, "abcdefghijklmnopqrstuvwxyz");
  r->at += n;
  if (closes) {
    if (r->depth == 0 || r->open_length[r->depth - 1] != n || memcmp(r->open[r->depth - 1], name, n) != 0 ||
        *r->at != '>') {
      wrong(r, "an element closed that is not open");
      return;
    }
    r->depth--;
    r->at++;
    return;
  }
  char word[16];
  (void)snprintf(word, sizeof word, "%.*s", (int)n, name);
  read_attributes(r);
  take_element(r, word);
  if (strncmp(r->at, "/>", 2) == 0) {
    r->at += 2;
  } else if (*r->at == '>' && r->depth < DEEPEST) {
    const struct attribute none = { 0 }, *anchor = find(r, "text-anchor"), *class = find(r, "class");
    r->open_anchor[r->depth] = anchor != NULL ? *anchor : none;
    r->open_class[r->depth] = class != NULL ? *class : none;
    r->open[r->depth] = name;
    r->open_length[r->depth++] = n;
    r->at++;
  } else {
    wrong(r, "a tag without its end");
  }
}

void svg_scan(struct svg_scan *scan, const char *svg)
{
  memset(scan, 0, sizeof *scan);
  struct reader r = { .scan = scan, .at = svg };
  while (*r.at != '\0' && scan->wrong[0] == '\0') {
    const size_t n = strcspn(r.at, "<");
    const bool in_text = r.depth > 0 && strncmp(r.open[r.depth - 1], "text", 4) == 0,
               in_style = r.depth > 0 && strncmp(r.open[r.depth - 1], "style", 5) == 0;
    if (in_text) {
      take_text(&r, r.at, n);
    } else if (!in_style && strspn(r.at, "\n") < n) {
      wrong(&r, "characters outside a text");
    }
    r.at += n;
    if (*r.at == '<') {
      read_tag(&r);
    }
  }
  if (r.depth != 0 || scan->n_elements == 0) {
    wrong(&r, "an element that is not closed");
  }
}

void svg_scan_overlaps(struct svg_scan *scan)
{
  for (int i = 0; i < scan->n_words && scan->wrong[0] == '\0'; i++) {
    const struct svg_words *a = &scan->words[i];
    if (a->left < scan->left - 0.6 || a->right > scan->right + 0.6 || a->top < scan->top - 0.6 ||
        a->bottom > scan->bottom + 0.6) {
      (void)snprintf(scan->wrong, sizeof scan->wrong, "outside the picture: '%.90s' at %.1f to %.1f, %.1f to %.1f",
                     a->words, a->left, a->right, a->top, a->bottom);
    }
    for (int k = 0; k < i && scan->wrong[0] == '\0'; k++) {
      const struct svg_words *b = &scan->words[k];
      if (a->left < b->right - 0.5 && b->left < a->right - 0.5 && a->top < b->bottom - 0.5 &&
          b->top < a->bottom - 0.5) {
        (void)snprintf(scan->wrong, sizeof scan->wrong, "one over the other: '%.70s' and '%.70s'", a->words, b->words);
      }
    }
  }
}

int svg_scan_count(const struct svg_scan *scan, const char *words)
{
  int count = 0;
  for (int i = 0; i < scan->n_words; i++) {
    count += strcmp(scan->words[i].words, words) == 0;
  }
  return count;
}
