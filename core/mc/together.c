/* together.c: a simulation shared out among a crew: what each process counted, added up for all of them.  Each keeps
 * its own tallies as they are, for another round; aim and pilot are done alike by all. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "mc/council.h"

#include <stdlib.h>
#include <string.h>

bool together_init(struct simulation_run *run, struct crew *crew)
{
  const size_t count = (size_t)run->council.count;
  run->crew = crew;
  run->all_tally = crew == NULL ? run->tally : calloc(count * run->tally_words, sizeof *run->all_tally);
  run->all_shares = crew == NULL ? run->shares : calloc(count * run->shares_words, sizeof *run->all_shares);
  return run->all_tally != NULL && run->all_shares != NULL;
}

void together_fini(struct simulation_run *run)
{
  if (run->crew != NULL) {
    free(run->all_tally);
    free(run->all_shares);
  }
}

static enum status add_up(struct crew *crew, uint64_t *all, const uint64_t *own, size_t words, struct error *error)
{
  memcpy(all, own, words * sizeof *all);
  return crew_sum(crew, all, words, error);
}

enum status together(struct simulation_run *run, enum status own, struct error *error)
{
  const size_t count = (size_t)run->council.count;
  enum status status = crew_agree(run->crew, own, error);
  if (status == STATUS_OK && run->crew != NULL) {
    status = add_up(run->crew, run->all_tally, run->tally, count * run->tally_words, error);
  }
  if (status == STATUS_OK && run->crew != NULL) {
    status = add_up(run->crew, run->all_shares, run->shares, count * run->shares_words, error);
  }
  return status;
}
