/* parts.c: what the sections of the page are made of: headings, blocks that follow the choice, pictures, tables. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/page/inside.h"

#include <stdio.h>

void section_begin(struct page *p, const char *name, const char *heading)
{
  html(p->out, "<section id=\"%s\" aria-labelledby=\"%s-h\"><h2 id=\"%s-h\">%s</h2>\n", name, name, name, heading);
  if (p->b->audience == AUDIENCE_PEER) {
    peer_note(p, name);
  }
}

void section_end(struct page *p)
{
  html_raw(p->out, "</section>\n");
}

void sub(struct page *p, const char *words)
{
  html(p->out, "<p class=\"sub\">%s</p>\n", words);
}

void say(struct page *p, struct text *words)
{
  html_escape(p->out, text_str(words));
  p->out->failed |= words->failed;
  text_fini(words);
}

void speak(struct page *p, struct text *words)
{
  struct text spoken = { 0 };
  spoken_words(&spoken, text_str(words));
  spoken.failed |= words->failed;
  text_fini(words);
  say(p, &spoken);
}

void speak_paragraph(struct page *p, struct text *words)
{
  html_raw(p->out, "<p>");
  speak(p, words);
  html_raw(p->out, "</p>\n");
}

void say_paragraph(struct page *p, struct text *words)
{
  html_raw(p->out, "<p>");
  say(p, words);
  html_raw(p->out, "</p>\n");
}

/* ---- what follows the choice --------------------------------------------------------------------------- */

void variant_begin(struct page *p, int future)
{
  if (p->n > 1) {
    html(p->out, "<div class=\"v v%d\">", future);
  } else {
    html_raw(p->out, "<div>");
  }
}

void variant_begin_for(struct page *p, uint64_t futures)
{
  html_raw(p->out, "<div");
  if (p->n > 1) {
    html_raw(p->out, " class=\"v");
    for (int i = 0; i < p->n; i++) {
      if ((futures >> i & 1) != 0) {
        html(p->out, " v%d", i);
      }
    }
    html_raw(p->out, "\"");
  }
  html_raw(p->out, ">");
}

void variant_end(struct page *p)
{
  html_raw(p->out, "</div>\n");
}

const char *future_name(const struct page *p, int future)
{
  return future == 0 ? "The council\xE2\x80\x99s plan" : p->shown[future].label;
}

void which_future(struct page *p, int future)
{
  if (p->n > 1) {
    html(p->out,
         "<p class=\"which%s\"><span class=\"no\">%d</span><b>%s</b> <a href=\"#choose\">Choose another</a></p>\n",
         future == 0 ? " own" : "", future + 1, future_name(p, future));
  }
}

/* ---- pictures ------------------------------------------------------------------------------------------ */

void chart_pair(struct page *p, int width, draw_chart *draw, const void *data)
{
  char id[24];
  (void)snprintf(id, sizeof id, "picture%d", ++p->n_pictures);
  const struct chart_form wide = { .width = width, .id = id }, narrow = { .width = CHART_NARROW, .as = id };
  html_raw(p->out, "<div class=\"wide\">");
  draw(p->out, &wide, data);
  html_raw(p->out, "</div><div class=\"narrow\">");
  draw(p->out, &narrow, data);
  html_raw(p->out, "</div>\n");
}
