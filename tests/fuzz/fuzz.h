/* fuzz.h: what must hold of every finding, whatever the bytes were; for the fuzz targets of the reader. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_FUZZ_H
#define HEADROOM_FUZZ_H

#include "data/table.h"

#include <stdlib.h>
#include <string.h>

/* The libFuzzer entry point of each target, which replay.c calls too. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static inline void must(bool holds)
{
  if (!holds) {
    abort();
  }
}

/* Fit to be shown on a terminal: UTF-8 without control characters. */
static inline void must_be_text(const char *text)
{
  must(text != NULL && utf8_valid(text, strlen(text), NULL));
  for (const unsigned char *at = (const unsigned char *)text; *at != '\0'; at++) {
    must((*at >= 0x20 || *at == '\t') && *at != 0x7F && !(at[0] == 0xC2 && at[1] >= 0x80 && at[1] <= 0x9F));
  }
}

static inline void must_be_sound(const struct findings *findings)
{
  size_t errors = 0;
  for (size_t i = 0; i < findings->count; i++) {
    const struct finding *finding = &findings->item[i];
    const struct place *place = &finding->place;
    must_be_text(finding->text);
    must_be_text(finding->label);
    must_be_text(finding->help);
    must_be_text(place->file);
    must(place->line >= 0 && place->column >= 0 && place->width >= 0);
    if (place->excerpt != NULL) {
      must_be_text(place->excerpt);
      const size_t length = utf8_count(place->excerpt, strlen(place->excerpt));
      must((size_t)place->column <= length + 1);
      must(place->column == 0 || (size_t)(place->column - 1 + place->width) <= length + 1);
    }
    errors += code_severity(finding->code) == SEVERITY_ERROR;
  }
  must(errors == findings->errors);
}

#endif
