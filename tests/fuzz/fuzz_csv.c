/* fuzz_csv.c: any bytes as one CSV file: cells lie where they say, or there is a finding. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz.h"

/* A cell's text is what stands at its place, but for quotes and the spaces around it. */
static void check_cell(const struct cell *cell, const char *excerpt)
{
  const size_t length = utf8_count(excerpt, strlen(excerpt));
  must(cell->column >= 1 && (size_t)(cell->column - 1 + cell->width) <= length);
  must(cell->length >= 0 && strlen(cell->text) == (size_t)cell->length);
  must(utf8_count(cell->text, (size_t)cell->length) <= (size_t)cell->width);
  must_be_text(cell->text);
  const char *at = excerpt;
  for (int column = 1; column < cell->column; at++) {
    column += ((unsigned char)at[1] & 0xC0) != 0x80;
  }
  must(cell->length == 0 || *at == '"' || strncmp(at, cell->text, (size_t)cell->length) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  const struct memory_file file = { "mtfp.csv", (const char *)data, size };
  struct folder folder = { 0 };
  arena_init(&folder.arena, NULL);
  findings_init(&folder.findings, &folder.arena);
  struct reading reading = { .folder = &folder,
                             .arena = &folder.arena,
                             .findings = &folder.findings,
                             .plan = &folder.plan,
                             .memory = &file,
                             .n_memory = 1 };
  struct table table;
  bool absent = false;
  const bool read = csv_read(&reading, "mtfp.csv", &table, &absent);
  must(read == (folder.findings.errors == 0) && !absent);
  must_be_sound(&folder.findings);
  for (int row = 0; read && row < table.n_rows; row++) {
    for (int column = 0; column < table.n_columns; column++) {
      check_cell(&table.cell[row * table.n_columns + column], table.excerpt[row]);
    }
  }
  folder_fini(&folder);
  return 0;
}
