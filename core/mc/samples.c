/* samples.c: every future again, in order, for whoever wants them one by one: drawn anew, as a draw hangs on its place
 * alone, so that nothing is kept while they are tallied. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "mc/council.h"

struct sizes {
  size_t departures, amounts, scenarios; /* rows */
};

static struct sizes sizes_of(const struct council *c)
{
  const size_t years = (size_t)c->n_years, scenarios = (size_t)c->count;
  return (struct sizes){ (size_t)c->n_variables * years, scenarios * years, scenarios };
}

static size_t memory_size(const struct sizes *sizes)
{
  return (sizes->departures + 2 * sizes->amounts + sizes->scenarios) * SAMPLED_LANES * sizeof(double);
}

/* Runs what is gathered, and hands it over. */
static enum status give(struct simulation_run *run, const struct simulation_options *options,
                        const struct simulation *simulation, struct error *error)
{
  const struct council *c = &run->council;
  struct sampling *s = run->sampling;
  const enum status status = lab_run(c->plan, c->scenario, c->count, job_samples, run, &options->run, error);
  for (int i = 0; status == STATUS_OK && i < s->n; i++) {
    const size_t from = (size_t)i * DRAW_BLOCK;
    const struct sample_block block = { .simulation = simulation,
                                        .n_lanes = s->at[i].n_lanes,
                                        .set = s->at[i].set,
                                        .first = (uint64_t)s->at[i].block * DRAW_BLOCK,
                                        .departure = s->departure + from,
                                        .gap = s->gap + from,
                                        .usable = s->usable + from,
                                        .unfunded = s->unfunded + from,
                                        .stride = SAMPLED_LANES };
    if (!options->sink(options->sink_ctx, &block, error)) {
      return error->code;
    }
  }
  s->n = 0;
  return status;
}

/* The futures of the whole run are those of the last round and all before it. */
static enum status give_all(struct simulation_run *run, const struct simulation_options *options,
                            const struct simulation *simulation, struct error *error)
{
  struct sampling *s = run->sampling;
  enum status status = STATUS_OK;
  for (int set = 0; set < DRAW_SETS; set++) {
    for (uint64_t first = 0; status == STATUS_OK && first < run->to[set]; first += DRAW_BLOCK) {
      const uint64_t left = run->to[set] - first;
      s->at[s->n++] =
          (struct sampled){ set, left < DRAW_BLOCK ? (int)left : DRAW_BLOCK, (int64_t)(first / DRAW_BLOCK) };
      status = s->n == SAMPLED_BLOCKS ? give(run, options, simulation, error) : STATUS_OK;
    }
  }
  return status == STATUS_OK && s->n > 0 ? give(run, options, simulation, error) : status;
}

enum status samples_give(struct simulation_run *run, const struct simulation_options *options,
                         const struct simulation *simulation, struct error *error)
{
  const struct sizes sizes = sizes_of(&run->council);
  struct sampling sampling = { .departure = shared_alloc(memory_size(&sizes)) };
  if (sampling.departure == NULL) {
    return error_set(error, STATUS_MEMORY, "%s", status_sentence(STATUS_MEMORY));
  }
  sampling.gap = sampling.departure + sizes.departures * SAMPLED_LANES;
  sampling.usable = sampling.gap + sizes.amounts * SAMPLED_LANES;
  sampling.unfunded = sampling.usable + sizes.amounts * SAMPLED_LANES;
  run->sampling = &sampling;
  const enum status status = give_all(run, options, simulation, error);
  shared_free(sampling.departure, memory_size(&sizes));
  run->sampling = NULL;
  return status;
}
