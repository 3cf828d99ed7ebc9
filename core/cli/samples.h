/* samples.h: the file of --samples; inside core/cli only. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_SAMPLES_H
#define HEADROOM_SAMPLES_H

#include "cli/cli.h"

struct samples;
/* A file beside the one that is wanted.  samples_close is right after every outcome; *out may be NULL. */
enum status samples_open(const char *path, const struct plan *, struct samples **out, struct error *) MUST_CHECK;
bool samples_take(void *samples, const struct sample_block *, struct error *); /* a sample_sink */
/* keep: put it in its place; else nothing is left of it. */
enum status samples_close(struct samples *, bool keep, struct error *) MUST_CHECK;

#endif
