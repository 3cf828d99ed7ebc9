/* samples.c: --samples: every future of a simulation, a row each, into a file that is there whole or not at all. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/samples.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct samples {
  const char *path;
  const struct plan *plan;
  struct text beside, rows;
  int fd;
  uint64_t written;
};

static enum status fail(const struct samples *samples, struct error *error)
{
  return error_set(error, STATUS_FILE, "%s could not be written: %s; nothing was left behind", samples->path,
                   strerror(errno));
}

enum status samples_open(const char *path, const struct plan *plan, struct samples **out, struct error *error)
{
  struct samples *samples = calloc(1, sizeof *samples);
  if (samples == NULL) {
    return error_set(error, STATUS_MEMORY, "%s", status_sentence(STATUS_MEMORY));
  }
  *samples = (struct samples){ .path = path, .plan = plan, .fd = -1 };
  *out = samples;
  text_printf(&samples->beside, "%s.XXXXXX", path);
  samples->fd = samples->beside.failed ? -1 : mkostemp(samples->beside.at, O_CLOEXEC);
  return samples->fd >= 0 ? STATUS_OK : fail(samples, error);
}

/* A variable that is drawn once a run has one column. */
static int years_of(const struct simulation *s, int variable)
{
  const struct departure *departure = s->variable[variable].departure;
  return departure != NULL && departure->row->persistence == 1.0 ? 1 : s->n_years;
}

static void year_column(struct samples *samples, const char *scenario, const char *what, int year)
{
  char label[8];
  text_printf(&samples->rows, ",%s %s %s", scenario, what, plan_year_label(samples->plan, year, label));
}

static void header(struct samples *samples, const struct simulation *s)
{
  text_add(&samples->rows, "future,set");
  for (int i = 0; i < s->count; i++) {
    for (int y = 0; y < s->n_years; y++) {
      year_column(samples, s->scenario[i].id, "gap", y);
    }
    for (int y = 0; y < s->n_years; y++) {
      year_column(samples, s->scenario[i].id, "usable_closing", y);
    }
    text_printf(&samples->rows, ",%s unfunded", s->scenario[i].id);
  }
  for (int v = 0; v < s->n_variables; v++) {
    const int years = years_of(s, v);
    for (int y = 0; y < years; y++) {
      struct text name = { 0 };
      char label[8];
      text_printf(&name, years > 1 ? "%s %s" : "%s", s->variable[v].name, plan_year_label(samples->plan, y, label));
      text_add(&samples->rows, ",");
      csv_cell(&samples->rows, text_str(&name));
      text_fini(&name);
    }
  }
  text_add(&samples->rows, "\n");
}

static void amount(struct samples *samples, double value)
{
  text_add(&samples->rows, ",");
  csv_pounds(&samples->rows, (pence)value);
}

static void row(struct samples *samples, const struct sample_block *block, size_t lane)
{
  const struct simulation *s = block->simulation;
  const size_t years = (size_t)s->n_years, stride = block->stride;
  text_printf(&samples->rows, "%llu,%d", (unsigned long long)++samples->written, block->set + 1);
  for (size_t i = 0; i < (size_t)s->count; i++) {
    for (size_t y = 0; y < years; y++) {
      amount(samples, block->gap[(i * years + y) * stride + lane]);
    }
    for (size_t y = 0; y < years; y++) {
      amount(samples, block->usable[(i * years + y) * stride + lane]);
    }
    amount(samples, block->unfunded[i * stride + lane]);
  }
  for (int v = 0; v < s->n_variables; v++) {
    for (size_t y = 0; y < (size_t)years_of(s, v); y++) {
      text_printf(&samples->rows, ",%.9g", block->departure[((size_t)v * years + y) * stride + lane]);
    }
  }
  text_add(&samples->rows, "\n");
}

bool samples_take(void *ctx, const struct sample_block *block, struct error *error)
{
  struct samples *samples = ctx;
  if (samples->written == 0) {
    header(samples, block->simulation);
  }
  for (int lane = 0; lane < block->n_lanes; lane++) {
    row(samples, block, (size_t)lane);
  }
  const bool written = !samples->rows.failed && write_all(samples->fd, text_str(&samples->rows), samples->rows.length);
  if (!written) {
    errno = samples->rows.failed ? ENOMEM : errno;
    (void)fail(samples, error);
  }
  samples->rows.length = 0;
  return written;
}

enum status samples_close(struct samples *samples, bool keep, struct error *error)
{
  enum status status = STATUS_OK;
  if (samples == NULL) {
    return status;
  }
  if (samples->fd >= 0) {
    const bool whole = keep && fchmod(samples->fd, 0644) == 0 && fsync(samples->fd) == 0 &&
                       rename(samples->beside.at, samples->path) == 0;
    status = keep && !whole ? fail(samples, error) : STATUS_OK;
    close(samples->fd);
    if (!whole) {
      unlink(samples->beside.at);
    }
  }
  text_fini(&samples->rows);
  text_fini(&samples->beside);
  free(samples);
  return status;
}
