/* bridge.c: from one scenario to another in named parts, for every measure, year and date.
 *
 * (1) A use that stands in both scenarios as it is stays on throughout and is no part; one that stands in both with
 * other settings is one part, which swaps; any other is a part of its own. (2) Every subset of parts is a lane of one
 * scenario that holds all uses, and policies answer in each. (3) Uses of the two scenarios that move the shares of one
 * receipt are one part: on together they could spend it twice. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "stress/stress.h"

#include <stdlib.h>
#include <string.h>

/* ---- subsets, and what is made of them ----------------------------------------------------------------- */

enum {
  NONE_OF_THEM,
  ALL_OF_THEM,
  FIRST_ALONE
}; /* of a sample; then each left out, then what each order has after its first, second... */
static const uint64_t sample_seed = 1;

static int first_of_orders(int n)
{
  return FIRST_ALONE + 2 * n;
}

int bridge_lanes(int n)
{
  return n <= MOST_EXACT ? 1 << n : first_of_orders(n) + ORDERS_SAMPLED * (n - 1);
}

static uint64_t all_of(int n)
{
  return (UINT64_C(1) << n) - 1;
}

void bridge_subsets(int n, uint64_t *subset)
{
  if (n <= MOST_EXACT) {
    for (uint64_t set = 0; set <= all_of(n); set++) {
      subset[set] = set;
    }
    return;
  }
  subset[NONE_OF_THEM] = 0;
  subset[ALL_OF_THEM] = all_of(n);
  for (int i = 0; i < n; i++) {
    subset[FIRST_ALONE + i] = UINT64_C(1) << i;
    subset[FIRST_ALONE + n + i] = all_of(n) & ~(UINT64_C(1) << i);
  }
  uint64_t *next = subset + first_of_orders(n);
  for (int o = 0; o < ORDERS_SAMPLED; o++) {
    int order[MOST_PARTS];
    uint64_t in = 0;
    order_draw(n, sample_seed, (uint64_t)o, order);
    for (int k = 0; k + 1 < n; k++) {
      in |= UINT64_C(1) << order[k];
      *next++ = in;
    }
  }
}

static int lane_alone(int n, int part)
{
  return n <= MOST_EXACT ? 1 << part : FIRST_ALONE + part;
}

static int lane_without(int n, int part)
{
  return n <= MOST_EXACT ? (1 << n) - 1 - (1 << part) : FIRST_ALONE + n + part;
}

static int lane_of_all(int n)
{
  return n <= MOST_EXACT ? (1 << n) - 1 : ALL_OF_THEM;
}

static void settle_exactly(struct bridge *bridge, int m, int y, const struct summary *outcome)
{
  pence of_subset[1 << MOST_EXACT], share[MOST_EXACT];
  for (int set = 0; set < 1 << bridge->n_parts; set++) {
    of_subset[set] = outcome[set].measure[m][y];
  }
  shapley(bridge->n_parts, of_subset, share);
  for (int i = 0; i < bridge->n_parts; i++) {
    bridge->share[i][m][y] = share[i];
    bridge->error[i][m][y] = 0.0;
  }
}

struct sample {
  int *order;
  pence *outcome;
};

static void settle_by_sample(struct bridge *bridge, int m, int y, const struct summary *outcome, struct sample *sample)
{
  const int n = bridge->n_parts;
  const struct summary *lane = outcome + first_of_orders(n);
  pence *at = sample->outcome, share[MOST_PARTS];
  double error[MOST_PARTS];
  for (int o = 0; o < ORDERS_SAMPLED; o++) {
    *at++ = outcome[NONE_OF_THEM].measure[m][y];
    for (int k = 0; k + 1 < n; k++) {
      *at++ = (lane++)->measure[m][y];
    }
    *at++ = outcome[ALL_OF_THEM].measure[m][y];
  }
  shapley_sampled(n, ORDERS_SAMPLED, sample->order, sample->outcome, share, error);
  for (int i = 0; i < n; i++) {
    bridge->share[i][m][y] = share[i];
    bridge->error[i][m][y] = error[i];
  }
}

static void settle_all(struct bridge *bridge, int n_years, const struct summary *outcome, struct sample *sample)
{
  const bool sampled = sample->outcome != NULL;
  for (int o = 0; sampled && o < ORDERS_SAMPLED; o++) {
    order_draw(bridge->n_parts, sample_seed, (uint64_t)o, sample->order + (size_t)o * (size_t)bridge->n_parts);
  }
  for (int m = 0; m < N_MEASURES; m++) {
    for (int y = 0; y < n_years; y++) {
      if (sampled) {
        settle_by_sample(bridge, m, y, outcome, sample);
      } else {
        settle_exactly(bridge, m, y, outcome);
      }
    }
  }
}

enum status bridge_settle(struct bridge *bridge, int n_years, const struct summary *outcome)
{
  const int n = bridge->n_parts;
  struct sample sample = { 0 };
  bridge->sampled = n > MOST_EXACT;
  bridge->from = outcome[0];
  bridge->to = outcome[lane_of_all(n)];
  for (int i = 0; i < n; i++) {
    memcpy(bridge->date_alone[i], outcome[lane_alone(n, i)].date, sizeof bridge->date_alone[i]);
    memcpy(bridge->date_without[i], outcome[lane_without(n, i)].date, sizeof bridge->date_without[i]);
  }
  if (bridge->sampled) {
    sample.order = calloc((size_t)ORDERS_SAMPLED * (size_t)n, sizeof *sample.order);
    sample.outcome = calloc((size_t)ORDERS_SAMPLED * (size_t)(n + 1), sizeof *sample.outcome);
  }
  const bool able = !bridge->sampled || (sample.order != NULL && sample.outcome != NULL);
  if (able) {
    settle_all(bridge, n_years, outcome, &sample);
  }
  free(sample.order);
  free(sample.outcome);
  return able ? STATUS_OK : STATUS_MEMORY;
}

/* ---- the parts of two scenarios ------------------------------------------------------------------------ */

/* A use of either scenario. */
struct member {
  const struct use *use;
  bool in_from, in_to;
  int part; /* -1: on throughout */
};

struct members {
  struct member *at;
  int count, n_parts;
};

static bool same_words(const char *a, const char *b)
{
  return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static bool same_settings(const struct plan *plan, const struct use *a, const struct use *b)
{
  if (a->plugin != b->plugin || a->scales != b->scales || !same_words(a->address, b->address)) {
    return false;
  }
  for (uint32_t s = 0; s < a->plugin->n_slots; s++) {
    if (!same_words(a->rebind[s], b->rebind[s])) {
      return false;
    }
  }
  return memcmp(a->value, b->value, a->plugin->n_params * (size_t)plan->n_years * sizeof *a->value) == 0;
}

static void add_member(struct members *members, const struct use *use, bool in_from, bool in_to, int part)
{
  members->at[members->count++] = (struct member){ use, in_from, in_to, part };
}

/* Rule 1; both scenarios are in the order of instance names, and so is what comes out. */
static void pair_up(const struct plan *plan, const struct scenario *from, const struct scenario *to,
                    struct members *members)
{
  const int n_from = from != NULL ? from->n_uses : 0, n_to = to != NULL ? to->n_uses : 0;
  for (int f = 0, t = 0; f < n_from || t < n_to;) {
    const int order = f == n_from ? 1 : t == n_to ? -1 : strcmp(from->use[f].instance, to->use[t].instance);
    if (order < 0) {
      add_member(members, &from->use[f++], true, false, members->n_parts++);
    } else if (order > 0) {
      add_member(members, &to->use[t++], false, true, members->n_parts++);
    } else if (same_settings(plan, &from->use[f], &to->use[t])) {
      add_member(members, &from->use[f++], true, true, -1);
      t++;
    } else {
      add_member(members, &from->use[f++], true, false, members->n_parts);
      add_member(members, &to->use[t++], false, true, members->n_parts++);
    }
  }
}

static bool writes_share_of(const struct plan *plan, const struct use *use, int receipt)
{
  const bool is_shift = use->plugin == shift_plugin();
  for (uint32_t s = 0; s < use->plugin->n_slots; s++) {
    if (!is_shift && use->plugin->slot[s].access == HR_READ) {
      continue;
    }
    for (uint32_t k = 0; k < use->binding[s].count; k++) {
      const struct input *input = &plan->input[use->binding[s].item[k]];
      if (input->owner == receipt && input->field >= RECEIPT_TO_DEBT && input->field <= RECEIPT_TO_FLEXIBLE) {
        return true;
      }
    }
  }
  return false;
}

static bool one_receipt(const struct plan *plan, const struct use *a, const struct use *b)
{
  for (int r = 0; r < plan->n_receipts; r++) {
    if (writes_share_of(plan, a, r) && writes_share_of(plan, b, r)) {
      return true;
    }
  }
  return false;
}

static void join(struct members *members, int part, int with)
{
  const int low = part < with ? part : with, high = part < with ? with : part;
  for (int i = 0; i < members->count; i++) {
    struct member *member = &members->at[i];
    member->part = member->part == high ? low : member->part > high ? member->part - 1 : member->part;
  }
  members->n_parts--;
}

/* Rule 3; and what is beyond the room for parts is one part at the end. */
static void join_parts(const struct plan *plan, struct members *members)
{
  for (int i = 0; i < members->count; i++) {
    for (int j = 0; j < members->count; j++) {
      const struct member *a = &members->at[i], *b = &members->at[j];
      if (a->part >= 0 && b->part >= 0 && a->part != b->part && a->in_from && b->in_to &&
          one_receipt(plan, a->use, b->use)) {
        join(members, a->part, b->part);
      }
    }
  }
  while (members->n_parts > MOST_PARTS) {
    join(members, MOST_PARTS - 1, members->n_parts - 1);
  }
}

static void name_kind(const struct member *member, struct bridge *bridge, bool first)
{
  const enum part_kind kind = member->in_to ? PART_ADDED : PART_REMOVED;
  bridge->kind[member->part] = first || bridge->kind[member->part] == kind ? kind : PART_CHANGED;
}

static void name_parts(const struct members *members, struct arena *arena, struct bridge *bridge)
{
  for (int i = 0; i < members->count; i++) {
    const int part = members->at[i].part;
    const char *instance = members->at[i].use->instance;
    if (part >= 0) {
      name_kind(&members->at[i], bridge, bridge->part[part] == NULL);
    }
    if (part < 0 ||
        (i > 0 && members->at[i - 1].part == part && strcmp(members->at[i - 1].use->instance, instance) == 0)) {
      continue;
    }
    bridge->part[part] =
        bridge->part[part] != NULL ? arena_printf(arena, "%s + %s", bridge->part[part], instance) : instance;
    bridge->note[part] = "";
  }
}

/* ---- the run ------------------------------------------------------------------------------------------- */

struct bridge_job {
  struct members members;
  uint64_t *subset;
  int n_lanes;
  struct summary *outcome; /* shared, in one block with skip */
  struct skip *skip;       /* [member] */
  size_t size;
};
struct bridge_jobs {
  struct bridge_job *at;
  int count;
};

static bool is_on(const struct member *member, uint64_t subset)
{
  if (member->part < 0) {
    return true;
  }
  return ((subset >> member->part) & 1) != 0 ? member->in_to : member->in_from;
}

/* Rule 2 */
static bool run_subsets(struct lab *lab, int scenario, const struct bridge_job *job)
{
  const int uses = job->members.count, lanes = job->n_lanes;
  double *severity = calloc((size_t)uses * (size_t)lanes + 1, sizeof *severity);
  struct trial *trial = severity != NULL ? trial_open(lab, scenario, lanes) : NULL;
  for (int u = 0; trial != NULL && u < uses; u++) {
    for (int i = 0; i < lanes; i++) {
      severity[(size_t)u * (size_t)lanes + (size_t)i] = is_on(&job->members.at[u], job->subset[i]) ? 1.0 : 0.0;
    }
    memcpy(job->skip[u].text, trial_skip(trial, u), strnlen(trial_skip(trial, u), sizeof job->skip[u].text - 1));
  }
  const bool ran = trial != NULL && trial_run(trial, lanes, severity, job->outcome);
  trial_close(trial);
  free(severity);
  return ran;
}

static void run_all(struct lab *lab, void *shared)
{
  const struct bridge_jobs *jobs = shared;
  for (int i = 0; i < jobs->count && run_subsets(lab, i, &jobs->at[i]); i++) { /* the lab knows why not */
  }
}

static void note_skips(const struct bridge_job *job, struct arena *arena, struct bridge *bridge)
{
  for (int i = 0; i < job->members.count; i++) {
    const int part = job->members.at[i].part;
    if (part >= 0 && job->skip[i].text[0] != '\0') {
      bridge->note[part] =
          arena_printf(arena, "%s does not apply here: %s", job->members.at[i].use->instance, job->skip[i].text);
    }
  }
}

static enum status no_memory(struct error *error)
{
  return error_set(error, STATUS_MEMORY, "%s", status_sentence(STATUS_MEMORY));
}

/* What is to be run, and the names of the parts; false when memory is out. */
static bool job_make(struct folder *folder, const struct scenario *from, const struct scenario *to,
                     struct bridge_job *job, struct scenario *both, struct bridge *bridge)
{
  struct arena *arena = &folder->arena;
  const size_t most = (size_t)(from != NULL ? from->n_uses : 0) + (size_t)(to != NULL ? to->n_uses : 0) + 1;
  struct members *members = &job->members;
  members->at = arena_array(arena, most, sizeof *members->at);
  *both = (struct scenario){
    .id = "bridge", .label = "", .description = "", .use = arena_array(arena, most, sizeof *both->use)
  };
  memset(bridge, 0, sizeof *bridge);
  if (members->at == NULL || both->use == NULL) {
    return false;
  }
  pair_up(&folder->plan, from, to, members);
  join_parts(&folder->plan, members);
  bridge->n_parts = members->n_parts;
  name_parts(members, arena, bridge);
  for (int i = 0; i < members->count; i++) {
    both->use[both->n_uses++] = *members->at[i].use;
  }
  job->n_lanes = bridge_lanes(members->n_parts);
  job->subset = arena_array(arena, (size_t)job->n_lanes, sizeof *job->subset);
  job->size = (size_t)job->n_lanes * sizeof(struct summary) + most * sizeof(struct skip);
  job->outcome = shared_alloc(job->size);
  if (job->subset == NULL || job->outcome == NULL) {
    return false;
  }
  job->skip = (struct skip *)(void *)(job->outcome + job->n_lanes);
  bridge_subsets(members->n_parts, job->subset);
  return true;
}

enum status bridges_between(struct folder *folder, const struct scenario *from, const struct scenario *const *to,
                            int count, const struct run_options *options, struct bridge *bridge, struct error *error)
{
  struct scenario *both = arena_array(&folder->arena, (size_t)count + 1, sizeof *both);
  struct bridge_jobs jobs = { arena_array(&folder->arena, (size_t)count + 1, sizeof *jobs.at), count };
  bool able = both != NULL && jobs.at != NULL;
  for (int i = 0; i < count && able; i++) {
    able = job_make(folder, from, to[i], &jobs.at[i], &both[i], &bridge[i]);
  }
  enum status status = !able        ? STATUS_MEMORY
                       : count == 0 ? STATUS_OK
                                    : lab_run(&folder->plan, both, count, run_all, &jobs, options, error);
  for (int i = 0; i < count && status == STATUS_OK; i++) {
    note_skips(&jobs.at[i], &folder->arena, &bridge[i]);
    status = bridge_settle(&bridge[i], folder->plan.n_years, jobs.at[i].outcome);
  }
  for (int i = 0; i < count && jobs.at != NULL; i++) {
    shared_free(jobs.at[i].outcome, jobs.at[i].size);
  }
  return status == STATUS_MEMORY ? no_memory(error) : status;
}

enum status bridge_between(struct folder *folder, const struct scenario *from, const struct scenario *to,
                           const struct run_options *options, struct bridge *bridge, struct error *error)
{
  return bridges_between(folder, from, &to, 1, options, bridge, error);
}

static bool is_plan(const char *id)
{
  return id[0] == '\0' || strcmp(id, "baseline") == 0;
}

enum status bridge_find(struct folder *folder, struct registry *registry, const char *from, const char *to,
                        const struct run_options *options, struct bridge *bridge, struct error *error)
{
  const char *wanted[2];
  struct scenario *built = NULL;
  int n_wanted = 0, count = 0;
  if (!is_plan(from)) {
    wanted[n_wanted++] = from;
  }
  if (!is_plan(to)) {
    wanted[n_wanted++] = to;
  }
  const enum status status = scenarios_build(folder, registry, wanted, n_wanted, NULL, 0, &built, &count, error);
  if (status != STATUS_OK) {
    return status;
  }
  return bridge_between(folder, is_plan(from) ? NULL : &built[0], is_plan(to) ? NULL : &built[count - 1], options,
                        bridge, error);
}
