/* text_remarks.c: what a scenario has to say besides its figures: what it left out, what was held, what lacks money. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/tables.h"

#include <string.h>

static void skips(struct text *out, const struct shown *shown, const char *before, const struct style *style)
{
  for (int u = 0; shown->scenario != NULL && shown->skip != NULL && u < shown->scenario->n_uses; u++) {
    if (shown->skip[u].text[0] != '\0') {
      struct text words = { 0 };
      text_printf(&words, "%s%s does not apply here: %s.", before, shown->scenario->use[u].instance,
                  shown->skip[u].text);
      paragraph(out, text_str(&words), style);
      text_fini(&words);
    }
  }
}

static void remark(struct text *out, const struct finding *finding, const char *before, const struct style *style)
{
  struct text words = { 0 };
  text_printf(&words, "%s%s", before, finding->text);
  if (finding->label[0] != '\0') {
    text_printf(&words, "; %s", finding->label);
  }
  text_add(&words, ".");
  if (finding->help[0] != '\0') {
    text_printf(&words, " (%s.)", finding->help);
  }
  paragraph(out, text_str(&words), style);
  text_fini(&words);
}

void remarks_text(struct text *out, const struct report *report, const struct shown *shown, const char *before,
                  const struct style *style)
{
  const struct findings *findings = &report->folder->findings;
  skips(out, shown, before, style);
  for (size_t i = 0; i < findings->count; i++) {
    const struct finding *finding = &findings->item[i];
    if (finding->scenario != NULL && strcmp(finding->scenario, shown->id) == 0) {
      remark(out, finding, before, style);
    }
  }
}
