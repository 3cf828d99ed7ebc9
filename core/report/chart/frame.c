/* frame.c: each kind's picture in its frame. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/chart/svg.h"

const char *chart_css(void)
{
  return chart_files[0].text;
}

#define FRAME(kind)                                                                                 \
  void chart_##kind(struct text *t, const struct chart_form *form, const struct chart_##kind *data) \
  {                                                                                                 \
    struct svg svg;                                                                                 \
    struct text sentence = { 0 };                                                                   \
    svg_begin(&svg, form);                                                                          \
    chart_##kind##_words(&sentence, data);                                                          \
    svg_label(&svg, "", ANCHOR_START, 0, 8, svg.top + 24, svg.width - 16, text_str(&sentence));     \
    svg_end(&svg, t, form, svg.top + 40, text_str(&sentence));                                      \
    text_fini(&sentence);                                                                           \
  }
FRAME(reserves)
FRAME(bars)
FRAME(bridge)
FRAME(stacked)
FRAME(fan)
FRAME(hundred)
FRAME(tornado)
FRAME(heat)
FRAME(confidence)
