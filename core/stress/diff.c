/* diff.c: what changed from one folder to another of the same council, in named groups that add up to the difference.
 *
 * (1) Every subset of the groups that differ is a plan of its own, with those groups' new rows and the old rows of the
 * rest. (2) Only years that both plans have are compared.  A plan that begins earlier is first taken on to the year in
 * which the other begins; what that moves, if anything, is a part of its own. (3) Groups whose rows differ and yet move
 * no figure are named, and are no parts. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "stress/diff.h"

#include <stdlib.h>
#include <string.h>

/* ---- what cannot be compared --------------------------------------------------------------------------- */

static int later(int a, int b)
{
  return a > b ? a : b;
}

static int first_shared(const struct plan *old, const struct plan *new)
{
  return later(old->first_year, new->first_year);
}

static int n_shared(const struct plan *old, const struct plan *new)
{
  const int old_end = old->first_year + old->n_years, new_end = new->first_year + new->n_years;
  return (old_end < new_end ? old_end : new_end) - first_shared(old, new);
}

static double size_of(pence p)
{
  return p < 0 ? -(double)p : (double)p;
}

/* A folder read in the wrong unit is a thousand or a million times the other. */
static bool off_by_units(const struct folder *old, const struct folder *new)
{
  const int first = first_shared(&old->plan, &new->plan);
  const double a = size_of(old->baseline->measure[M_NET_BUDGET][first - old->plan.first_year]);
  const double b = size_of(new->baseline->measure[M_NET_BUDGET][first - new->plan.first_year]);
  const double apart = 100.0;
  return a > 0.0 && b > 0.0 && (a > apart * b || b > apart * a);
}

static enum status comparable(const struct folder *old, const struct folder *new, struct error *error)
{
  const struct plan *a = &old->plan, *b = &new->plan;
  char first[8], other[8];
  if (a->class != b->class) {
    return error_set(error, STATUS_DATA, "these are not two plans of one council: %s is of class %s and %s of class %s",
                     a->folder_id, council_class_names[a->class], b->folder_id, council_class_names[b->class]);
  }
  if (a->ons_code[0] != '\0' && b->ons_code[0] != '\0' && strcmp(a->ons_code, b->ons_code) != 0) {
    return error_set(error, STATUS_DATA, "these are not two plans of one council: %s is %s, %s, and %s is %s, %s",
                     a->folder_id, a->name, a->ons_code, b->folder_id, b->name, b->ons_code);
  }
  if (n_shared(a, b) < 1) {
    return error_set(error, STATUS_DATA, "the two plans share no year: %s begins in %s and %s in %s", a->folder_id,
                     plan_year_label(a, 0, first), b->folder_id, plan_year_label(b, 0, other));
  }
  if (a->has_mtfp != b->has_mtfp) {
    return error_set(error, STATUS_DATA, "%s has no mtfp.csv and %s has one: there is no gap to compare",
                     a->has_mtfp ? b->folder_id : a->folder_id, a->has_mtfp ? a->folder_id : b->folder_id);
  }
  if (a->has_mtfp && off_by_units(old, new)) {
    return error_set(error, STATUS_DATA,
                     "the net budget of %s is over a hundred times that of the other: is `money` in council.csv right "
                     "in both (%s in %s, %s in %s)?",
                     size_of(old->baseline->measure[M_NET_BUDGET][0]) > size_of(new->baseline->measure[M_NET_BUDGET][0])
                         ? a->folder_id
                         : b->folder_id,
                     a->money, a->folder_id, b->money, b->folder_id);
  }
  return STATUS_OK;
}

/* ---- parts --------------------------------------------------------------------------------------------- */

struct parts {
  int count;
  uint32_t groups[N_GROUPS]; /* of each part: bit g is group g */
  const char *label[N_GROUPS], *note[N_GROUPS];
};

enum joining { JOIN_NONE, JOIN_FEW, JOIN_LINES };

static int part_for(struct parts *parts, enum group group, enum joining joining)
{
  for (int i = 0; i < parts->count; i++) {
    for (int g = 0; g < N_GROUPS; g++) {
      const bool few = joining != JOIN_NONE && group_kinds[g].number == group_kinds[group].number;
      const bool line = joining == JOIN_LINES && group_is_line((enum group)g) && group_is_line(group);
      if ((parts->groups[i] >> g & 1) != 0 && (few || line)) {
        return i;
      }
    }
  }
  return -1;
}

static void find_parts(const struct group_change *change, enum joining joining, struct arena *arena,
                       struct parts *parts)
{
  *parts = (struct parts){ 0 };
  for (int g = 0; g < N_GROUPS; g++) {
    if (change->words[g] == NULL) {
      continue;
    }
    const int there = part_for(parts, (enum group)g, joining);
    const int at = there >= 0 ? there : parts->count++;
    const bool lines = joining == JOIN_LINES && group_is_line((enum group)g);
    parts->groups[at] |= UINT32_C(1) << g;
    parts->label[at] = lines ? "Lines of the plan" : joining == JOIN_NONE ? group_kinds[g].label : group_kinds[g].few;
    parts->note[at] = there >= 0 ? arena_printf(arena, "%s; %s", parts->note[at], change->words[g]) : change->words[g];
  }
}

static uint32_t groups_of(const struct parts *parts, uint32_t subset)
{
  uint32_t groups = 0;
  for (int i = 0; i < parts->count; i++) {
    groups |= (subset >> i & 1) != 0 ? parts->groups[i] : 0;
  }
  return groups;
}

/* Rule 1 */
static enum status run_subsets(const struct plan *old, const struct plan *new, const struct parts *parts,
                               struct summary *outcome)
{
  enum status status = STATUS_OK;
  for (uint32_t subset = 0; subset < UINT32_C(1) << parts->count && status == STATUS_OK; subset++) {
    status = plan_mix(old, new, groups_of(parts, subset), &outcome[subset]);
  }
  return status;
}

/* As many groups as can be run in full; all lines together where the lines of two plans would be shares of each other
 * in a circle. */
static enum status run_parts(const struct plan *old, const struct plan *new, const struct group_change *change,
                             struct arena *arena, struct plan_diff *diff, struct parts *parts, struct summary *outcome)
{
  enum status status = STATUS_INTERNAL;
  for (enum joining joining = JOIN_NONE; joining <= JOIN_LINES && status == STATUS_INTERNAL; joining++) {
    find_parts(change, joining, arena, parts);
    if (parts->count <= MOST_EXACT) {
      diff->coarse = joining != JOIN_NONE;
      status = run_subsets(old, new, parts, outcome);
    }
  }
  return status;
}

/* ---- parts that move nothing --------------------------------------------------------------------------- */

static bool is_idle(int n, int part, const struct summary *outcome)
{
  for (uint32_t subset = 0; subset < UINT32_C(1) << n; subset++) {
    const uint32_t with = subset | UINT32_C(1) << part;
    if (memcmp(&outcome[subset], &outcome[with], sizeof *outcome) != 0) {
      return false;
    }
  }
  return true;
}

/* Takes bit `part` out of the subsets: those with it are the same as those without. */
static void drop_part(struct parts *parts, int part, struct summary *outcome)
{
  const uint32_t below = (UINT32_C(1) << part) - 1;
  parts->count--;
  for (uint32_t subset = 0; subset < UINT32_C(1) << parts->count; subset++) {
    outcome[subset] = outcome[(subset & below) | (subset & ~below) << 1];
  }
  for (int i = part; i < parts->count; i++) {
    parts->groups[i] = parts->groups[i + 1];
    parts->label[i] = parts->label[i + 1];
    parts->note[i] = parts->note[i + 1];
  }
}

/* Rule 3 */
static void drop_idle(struct parts *parts, struct summary *outcome, struct arena *arena, struct plan_diff *diff)
{
  for (int i = parts->count - 1; i >= 0; i--) {
    if (is_idle(parts->count, i, outcome)) {
      diff->idle[diff->n_idle++] = arena_printf(arena, "%s (%s)", parts->label[i], parts->note[i]);
      drop_part(parts, i, outcome);
    }
  }
}

/* ---- the whole ----------------------------------------------------------------------------------------- */

/* Rule 2: both ends are the plans' own results; what taking a plan on moved stands as a part. */
static void settle_ends(const struct folder *old, const struct folder *new, struct arena *arena, struct plan_diff *diff)
{
  struct bridge *bridge = &diff->bridge;
  const int part = bridge->n_parts, old_skip = diff->plan.first_year - old->plan.first_year,
            new_skip = diff->plan.first_year - new->plan.first_year;
  char year[8];
  bool moved = false;
  for (int m = 0; m < N_MEASURES; m++) {
    for (int y = 0; y < diff->plan.n_years; y++) {
      const pence from = old->baseline->measure[m][y + old_skip], to = new->baseline->measure[m][y + new_skip];
      bridge->share[part][m][y] = (bridge->from.measure[m][y] - from) + (to - bridge->to.measure[m][y]);
      moved |= bridge->share[part][m][y] != 0;
      bridge->from.measure[m][y] = from;
      bridge->to.measure[m][y] = to;
    }
  }
  if (moved) {
    bridge->part[part] = arena_printf(arena, "The years before %s", plan_year_label(&diff->plan, 0, year));
    bridge->note[part] = "what the earlier plan was to do in years that the later one no longer has";
    bridge->kind[part] = PART_CHANGED;
    memcpy(bridge->date_alone[part], bridge->from.date, sizeof bridge->date_alone[part]);
    memcpy(bridge->date_without[part], bridge->to.date, sizeof bridge->date_without[part]);
    bridge->n_parts++;
  }
}

static enum status align(const struct folder *folder, const struct folder *other, struct arena *arena, struct plan *out)
{
  const int skip = first_shared(&folder->plan, &other->plan) - folder->plan.first_year;
  return plan_from_year(&folder->plan, folder->baseline, skip, n_shared(&folder->plan, &other->plan), arena, out);
}

static enum status compare(const struct folder *old, const struct folder *new, struct arena *arena,
                           struct summary *outcome, struct plan_diff *diff)
{
  struct plan before;
  struct group_change change;
  struct parts parts;
  enum status status = align(old, new, arena, &before);
  status = status != STATUS_OK ? status : align(new, old, arena, &diff->plan);
  status = status != STATUS_OK ? status : groups_compare(&before, &diff->plan, arena, &change);
  status = status != STATUS_OK ? status : run_parts(&before, &diff->plan, &change, arena, diff, &parts, outcome);
  if (status != STATUS_OK) {
    return status;
  }
  drop_idle(&parts, outcome, arena, diff);
  diff->bridge.n_parts = parts.count;
  for (int i = 0; i < parts.count; i++) {
    diff->bridge.part[i] = parts.label[i];
    diff->bridge.note[i] = parts.note[i];
    diff->bridge.kind[i] = PART_CHANGED;
  }
  status = bridge_settle(&diff->bridge, diff->plan.n_years, outcome);
  settle_ends(old, new, arena, diff);
  return status;
}

enum status plan_diff(struct folder *old, struct folder *new, struct plan_diff *diff, struct error *error)
{
  memset(diff, 0, sizeof *diff);
  enum status status = comparable(old, new, error);
  if (status != STATUS_OK) {
    return status;
  }
  struct summary *outcome = calloc(1u << MOST_EXACT, sizeof *outcome);
  status = outcome != NULL ? compare(old, new, &new->arena, outcome, diff) : STATUS_MEMORY;
  free(outcome);
  return status == STATUS_OK ? STATUS_OK : error_set(error, status, "%s", status_sentence(status));
}
