/* style.c: the rules of every picture's classes, as the program carries them, and for a picture by itself.
 *
 * In chart.css each rule has a line of its own; the first holds the colours, and all from an "@" on is for pages. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/chart/svg.h"

#include <string.h>

const char *chart_css(void)
{
  return chart_files[0].text;
}

/* Does an element have that class, alone or before another? */
static bool has_class(const char *body, const char *class, size_t n)
{
  for (const char *at = body; (at = strstr(at, "class=\"")) != NULL;) {
    at += strlen("class=\"");
    if (strncmp(at, class, n) == 0 && (at[n] == '"' || at[n] == ' ')) {
      return true;
    }
  }
  return false;
}

/* ".ch-a,.ch-b{...}" is used where one of its classes is; ".ch{...}" always, and so is the paper. */
static bool is_used(const char *rule, size_t n, const char *body)
{
  const size_t end = strcspn(rule, "{");
  for (const char *at = rule; at < rule + end && end < n;) {
    const size_t length = strcspn(at, ",{");
    if (length == strlen(".ch") || strncmp(at, ".ch-paper", length) == 0 || has_class(body, at + 1, length - 1)) {
      return true;
    }
    at += length + 1;
  }
  return false;
}

/* name: "--ch-ink" and what follows it. */
static void put_value(struct text *t, const char *name, size_t n)
{
  for (const char *at = chart_css(); (at = strstr(at, "--ch-")) != NULL; at += n) {
    if (strncmp(at, name, n) == 0 && at[n] == ':') {
      text_add_n(t, at + n + 1, strcspn(at + n + 1, ";}"));
      return;
    }
  }
}

static void put_rule(struct text *t, const char *rule, size_t n)
{
  for (const char *at = rule; at < rule + n;) {
    const char *use = strstr(at, "var(");
    if (use == NULL || use >= rule + n) {
      text_add_n(t, at, (size_t)(rule + n - at));
      return;
    }
    text_add_n(t, at, (size_t)(use - at));
    const char *name = use + strlen("var("), *close = strchr(name, ')');
    put_value(t, name, (size_t)(close - name));
    at = close + 1;
  }
}

void style_alone(struct text *t, const char *body)
{
  const char *rule = strchr(chart_css(), '\n');
  while (rule != NULL && rule[1] == '.') {
    rule++;
    const size_t n = strcspn(rule, "\n");
    if (is_used(rule, n, body)) {
      put_rule(t, rule, n);
    }
    rule = strchr(rule, '\n');
  }
}
