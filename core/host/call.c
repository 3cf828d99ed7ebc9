/* call.c: every call into a plugin during a run: watched, fenced in, and looked over afterwards. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/inside.h"
#include "host/scenarios.h"
#include "host/stage.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- saying what went wrong ---------------------------------------------------------------------------- */

/* "plugin 'x' (used as y) ", then the words, then year, future and scenario. */
static bool fail(struct stage *stage, int part, enum verdict verdict, int year, int lane, const char *words)
{
  const struct use *use = stage->part[part].use;
  struct text text = { 0 };
  char label[8];
  text_printf(&text, "plugin '%s'", use->plugin->name);
  if (strcmp(use->instance, use->plugin->name) != 0) {
    text_printf(&text, " (used as %s)", use->instance);
  }
  text_printf(&text, "%s", words);
  if (year >= 0 && year < stage->n_years) {
    text_printf(&text, " in %s", plan_year_label(stage->plan, year, label));
  }
  if (lane > 0) {
    text_printf(&text, ", future %d", lane);
  }
  text_printf(&text, " (scenario %s)", stage->scenario->id);
  stage->watch->verdict = (int32_t)verdict;
  (void)error_set(&stage->watch->error, STATUS_PLUGIN, "%s", text_str(&text));
  text_fini(&text);
  return false;
}

bool part_fails(struct stage *stage, int part, enum verdict verdict)
{
  return fail(stage, part, verdict, -1, -1, arena_printf(&stage->arena, ": %s", verdict_sentence(verdict)));
}

/* What the plugin itself says in its error. */
static bool reported(struct stage *stage, int part, const struct hr_error *error)
{
  struct detail detail;
  detail_take(&detail, error->text, sizeof error->text);
  const char *words = detail.text[0] != '\0' ? detail.text : verdict_sentence(VERDICT_FAILED);
  return fail(stage, part, VERDICT_FAILED, error->year, error->lane, arena_printf(&stage->arena, ": %s", words));
}

/* ---- around a call ------------------------------------------------------------------------------------- */

static void begin(struct stage *stage, int part, enum watch_call call, int year, struct hygiene *before)
{
  struct watch *watch = stage->watch;
  watch->scenario = stage->at;
  watch->use = part;
  watch->year = year;
  watch->call = (int32_t)call;
  __atomic_add_fetch(&watch->beat, 1, __ATOMIC_RELAXED);
  hygiene_take(before);
}

static bool end(struct stage *stage, int part, const struct hygiene *before)
{
  const enum verdict state = hygiene_compare(before);
  stage->watch->call = CALL_NONE;
  __atomic_add_fetch(&stage->watch->beat, 1, __ATOMIC_RELAXED);
  return state == VERDICT_OK || part_fails(stage, part, state);
}

static struct hr_error empty_error(void)
{
  return (struct hr_error){ .size = sizeof(struct hr_error), .year = -1, .lane = -1 };
}

/* ---- load, create, activate ---------------------------------------------------------------------------- */

static void log_nowhere(void *ctx, int32_t level, const char *utf8)
{
  (void)ctx, (void)level, (void)utf8;
}

static const void *no_extension(void *ctx, const char *id)
{
  (void)ctx, (void)id;
  return NULL;
}

static const struct hr_host host = { sizeof host, HR_ABI, NULL, log_nowhere, no_extension };

static bool create(struct stage *stage, int at)
{
  struct part *part = &stage->part[at];
  struct hr_error error = empty_error();
  struct hygiene before;
  if (part->plugin->create == NULL) {
    return true;
  }
  begin(stage, at, CALL_CREATE, -1, &before);
  const int32_t answer = part->plugin->create(&host, &part->self, &error);
  if (!end(stage, at, &before)) {
    return false;
  }
  part->is_created = answer == HR_OK;
  return part->is_created || reported(stage, at, &error);
}

static void find_policy(struct part *part)
{
  if (part->plugin->extension == NULL || !part->use->plugin->has_policy) {
    return;
  }
  const struct hr_policy *policy = part->plugin->extension(HR_EXT_POLICY);
  part->respond = policy != NULL && HR_HAS(policy, respond) ? policy->respond : NULL;
}

bool part_load(struct stage *stage, int at)
{
  struct part *part = &stage->part[at];
  struct loaded loaded;
  struct hygiene before;
  if (part->use->plugin == shift_plugin()) {
    return true;
  }
  begin(stage, at, CALL_LOAD, -1, &before);
  const enum verdict verdict = plugin_load(part->use->plugin, &loaded, &stage->watch->error);
  if (verdict != VERDICT_OK) {
    stage->watch->verdict = (int32_t)verdict;
    return false;
  }
  part->plugin = loaded.plugin;
  find_policy(part);
  return end(stage, at, &before) && create(stage, at);
}

/* The rows that the scenario asked for and that are not there, or what the plugin says. */
static void note_skip(const struct use *use, const struct hr_error *error, char *out, size_t room)
{
  struct detail detail;
  detail_take(&detail, error->text, sizeof error->text);
  snprintf(out, room, "%s",
           detail.text[0] != '\0' ? detail.text : "it does not apply to this council, and does not say why");
  for (uint32_t s = 0; s < use->plugin->n_slots; s++) {
    const char *which = use->rebind[s], *address = use->plugin->slot[s].address;
    if (which != NULL && use->binding[s].count == 0) {
      const bool tag = strncmp(which, "tag=", 4) == 0;
      snprintf(out, room, "no %.*s %s%s, which slot.%s of %s asks for", (int)strcspn(address, ":"), address,
               tag ? "has the tag " : "has ", tag ? which + 4 : which, use->plugin->slot[s].id, use->plugin->name);
      return;
    }
  }
}

bool part_activate(struct stage *stage, int at)
{
  struct part *part = &stage->part[at];
  struct hr_error error = empty_error();
  struct hygiene before;
  if (part->plugin == NULL || part->plugin->activate == NULL) {
    return true;
  }
  begin(stage, at, CALL_ACTIVATE, -1, &before);
  const int32_t answer = part->plugin->activate(part->self, &part->setup.face, &error);
  if (!end(stage, at, &before)) {
    return false;
  }
  part->is_active = answer == HR_OK;
  part->is_skipped = answer == HR_SKIP;
  if (part->is_skipped) {
    note_skip(part->use, &error, stage->skip[at].text, sizeof stage->skip[at].text);
  }
  return part->is_active || part->is_skipped || reported(stage, at, &error);
}

void part_end(struct stage *stage, int at)
{
  struct part *part = &stage->part[at];
  struct hygiene before;
  if (part->is_active && part->plugin->deactivate != NULL) {
    begin(stage, at, CALL_DEACTIVATE, -1, &before);
    part->plugin->deactivate(part->self);
    (void)hygiene_compare(&before);
  }
  if (part->is_created && part->plugin->destroy != NULL) {
    begin(stage, at, CALL_DESTROY, -1, &before);
    part->plugin->destroy(part->self);
    (void)hygiene_compare(&before);
  }
  stage->watch->call = CALL_NONE;
}

/* ---- rows before and after a call ---------------------------------------------------------------------- */

static void copy_own(const struct stage *stage, struct part *part)
{
  const size_t stride = (size_t)stage->stride;
  for (size_t r = 0; r < part->own.n_rows; r++) {
    memcpy(part->copy + r * stride, block_row(&part->own, r), stride * sizeof(double));
  }
}

static void fill_own(const struct stage *stage, struct part *part, int n_lanes)
{
  const int lanes = (n_lanes + 7) / 8 * 8;
  for (uint32_t s = 0; s < part->use->plugin->n_slots; s++) {
    const uint32_t access = use_access(part->use, s);
    for (uint32_t i = 0; access != HR_READ && i < part->slot[s].count * (uint32_t)stage->n_years; i++) {
      for (int lane = 0; lane < lanes; lane++) {
        part->slot[s].out[i][lane] = access == HR_SCALE ? 1.0 : 0.0;
      }
    }
  }
}

static void clear_scratch(const struct stage *stage, struct part *part)
{
  if (part->scratch.n_rows > 0) {
    memset(block_row(&part->scratch, 0), 0, part->use->plugin->n_scratch * (size_t)stage->stride * sizeof(double));
  }
}

static void open_own(const struct stage *stage, const struct part *part)
{
  if (stage->is_first_batch) {
    block_open(&part->own);
    block_open(&part->scratch);
  }
}

static void close_own(const struct stage *stage, const struct part *part)
{
  if (stage->is_first_batch) {
    block_close(&part->own);
    block_close(&part->scratch);
  }
}

static bool row_is_finite(const double *row, int n_lanes, int *lane)
{
  double sum = 0.0;
  for (int i = 0; i < n_lanes; i++) {
    sum += row[i] * 0.0;
  }
  for (*lane = 0; sum != 0.0 && row[*lane] * 0.0 == 0.0;) {
    *lane += 1;
  }
  return sum == 0.0;
}

/* Every row that it may have written, from this year on. */
static bool look_for_nan(struct stage *stage, int at, int n_lanes, int first_year)
{
  const struct part *part = &stage->part[at];
  for (uint32_t s = 0; s < part->use->plugin->n_slots; s++) {
    for (uint32_t k = 0; use_access(part->use, s) != HR_READ && k < part->slot[s].count; k++) {
      for (int y = first_year; y < stage->n_years; y++) {
        int lane = 0;
        const double *row = part->slot[s].out[k * (uint32_t)stage->n_years + (uint32_t)y];
        if (!row_is_finite(row, n_lanes, &lane)) {
          const char *where = input_address(stage->plan, part->use->binding[s].item[k], &stage->arena);
          return fail(stage, at, VERDICT_NOT_FINITE, y, lane,
                      arena_printf(&stage->arena, " wrote a number that is not finite to %s", where));
        }
      }
    }
  }
  return true;
}

static bool look_at_gaps(struct stage *stage, int at)
{
  const struct part *part = &stage->part[at];
  return (block_intact(&part->own) && block_intact(&part->scratch)) || part_fails(stage, at, VERDICT_BOUNDS);
}

/* Is row i of own, in live lanes and bit for bit, what the copy holds? */
static bool same_row(const struct stage *stage, const struct part *part, size_t i, int n_lanes)
{
  const double *before = part->copy + i * (size_t)stage->stride;
  return memcmp(block_row(&part->own, i), before, (size_t)n_lanes * sizeof(double)) == 0;
}

static bool same_rows(const struct stage *stage, const struct part *part, int n_lanes)
{
  for (size_t i = 0; i < part->own.n_rows; i++) {
    if (!same_row(stage, part, i, n_lanes)) {
      return false;
    }
  }
  return true;
}

/* ---- apply --------------------------------------------------------------------------------------------- */

static struct hr_batch batch_of(const struct stage *stage, struct part *part, int n_lanes, struct hr_error *error)
{
  return (struct hr_batch){ .size = sizeof(struct hr_batch),
                            .n_years = (uint32_t)stage->n_years,
                            .n_lanes = (uint32_t)n_lanes,
                            .stride = (uint32_t)stage->stride,
                            .setup = &part->setup.face,
                            .param = part->param,
                            .slot = part->slot,
                            .scratch = part->scratch.n_rows > 0 ? block_row(&part->scratch, 0) : NULL,
                            .err = error };
}

/* refused: where the plugin may say no; NULL: its no is a failure. */
static bool apply_once(struct stage *stage, int at, int n_lanes, bool *refused)
{
  struct part *part = &stage->part[at];
  struct hr_error error = empty_error();
  const struct hr_batch batch = batch_of(stage, part, n_lanes, &error);
  struct hygiene before;
  fill_own(stage, part, n_lanes);
  clear_scratch(stage, part);
  begin(stage, at, CALL_APPLY, -1, &before);
  const int32_t answer = part->plugin->apply(part->self, &batch);
  if (refused != NULL) {
    *refused = answer != HR_OK;
  }
  return end(stage, at, &before) && (answer == HR_OK || refused != NULL || reported(stage, at, &error)) &&
         look_at_gaps(stage, at) && look_for_nan(stage, at, n_lanes, 0);
}

bool part_try(struct stage *stage, int at, bool *refused)
{
  return apply_once(stage, at, 1, refused);
}

static void apply_shift(const struct stage *stage, struct part *part, int n_lanes)
{
  const int lanes = (n_lanes + 7) / 8 * 8;
  const struct binding *binding = &part->use->binding[0];
  for (uint32_t k = 0; k < binding->count; k++) {
    for (int y = 0; y < stage->n_years; y++) {
      const double change = shift_change(stage->plan, part->use, binding->item[k], y);
      double *row = part->slot[0].out[k * (uint32_t)stage->n_years + (uint32_t)y];
      const double neutral = part->use->scales ? 1.0 : 0.0;
      for (int i = 0; i < lanes; i++) {
        const bool whole = part->severity == NULL || part->severity[i] == 1.0; /* to the last bit */
        row[i] = whole ? change : neutral + part->severity[i] * (change - neutral);
      }
    }
  }
}

/* In the first batch a second call must give the same bits. */
bool part_apply(struct stage *stage, int at, int n_lanes)
{
  struct part *part = &stage->part[at];
  bool fine = true;
  if (part->is_same && part->respond == NULL && !stage->is_first_batch) {
    return true;
  }
  open_own(stage, part);
  if (part->is_skipped) {
    fill_own(stage, part, n_lanes);
  } else if (part->plugin == NULL) {
    apply_shift(stage, part, n_lanes);
  } else {
    fine = apply_once(stage, at, n_lanes, NULL);
    if (fine && stage->is_first_batch && part->own.n_rows > 0) {
      copy_own(stage, part);
      fine = apply_once(stage, at, n_lanes, NULL);
      fine = fine && (same_rows(stage, part, n_lanes) || part_fails(stage, at, VERDICT_STATE));
    }
  }
  close_own(stage, part);
  return fine;
}

/* ---- respond ------------------------------------------------------------------------------------------- */

/* A policy may change the year and later ones; what is past has been computed. */
static bool look_at_past(struct stage *stage, int at, int n_lanes, int year, bool *wrote)
{
  const struct part *part = &stage->part[at];
  for (size_t i = 0; i < part->own.n_rows; i++) {
    const int row_year = (int)(i % (size_t)stage->n_years);
    const bool same = same_row(stage, part, i, n_lanes);
    *wrote = *wrote || !same;
    if (!same && row_year < year) {
      return fail(stage, at, VERDICT_BOUNDS, row_year, -1, " changed a year that was over");
    }
  }
  return true;
}

bool part_respond(struct stage *stage, int at, int n_lanes, int year, bool *wrote)
{
  struct part *part = &stage->part[at];
  struct hr_error error = empty_error();
  const struct hr_batch batch = batch_of(stage, part, n_lanes, &error);
  struct hygiene before;
  open_own(stage, part);
  clear_scratch(stage, part);
  copy_own(stage, part);
  begin(stage, at, CALL_RESPOND, year, &before);
  const int32_t answer = part->respond(part->self, &batch, (uint32_t)year);
  const bool fine = end(stage, at, &before) && (answer == HR_OK || reported(stage, at, &error)) &&
                    look_at_gaps(stage, at) && look_for_nan(stage, at, n_lanes, 0) &&
                    look_at_past(stage, at, n_lanes, year, wrote);
  close_own(stage, part);
  return fine;
}

/* ---- writes that the processor stopped ----------------------------------------------------------------- */

static const struct stage *watched;

static bool is_ours(const void *address)
{
  if (block_holds(&watched->shared, address) || block_holds(&watched->shifts, address)) {
    return true;
  }
  for (int u = 0; u < watched->scenario->n_uses; u++) {
    if (block_holds(&watched->part[u].own, address) || block_holds(&watched->part[u].scratch, address)) {
      return true;
    }
  }
  return false;
}

/* Leaves the verdict where the parent looks; the instruction then runs again and ends the process. */
static void on_fault(int signal, siginfo_t *about, void *context)
{
  (void)context;
  if (watched != NULL && watched->part != NULL && watched->watch->call != CALL_NONE && is_ours(about->si_addr)) {
    watched->watch->verdict = VERDICT_BOUNDS;
  }
  struct sigaction usual = { .sa_handler = SIG_DFL };
  sigaction(signal, &usual, NULL);
}

void watch_for_bounds(const struct stage *stage)
{
  struct sigaction action = { .sa_sigaction = on_fault, .sa_flags = SA_SIGINFO };
  watched = stage;
  sigaction(SIGSEGV, &action, NULL);
}
