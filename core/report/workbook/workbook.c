/* workbook.c: from a briefing to the bytes of a workbook. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/workbook/build.h"

#include <string.h>

enum status workbook_bytes(const struct workbook *workbook, struct text *out, struct error *error)
{
  struct book book;
  struct compiler compiler;
  book_init(&book);
  enum status status = STATUS_OK;
  if (!workbook_build(&book, &compiler, workbook)) {
    status = book.fault[0] != '\0' ? error_set(error, STATUS_INTERNAL, "the workbook was not written: %s", book.fault)
                                   : error_set(error, STATUS_MEMORY, "%s", status_sentence(STATUS_MEMORY));
  } else {
    status = book_save(&compiler, workbook, out, error);
  }
  book_fini(&book);
  return status;
}

static bool use_writes(const struct use *use, uint32_t slot)
{
  return use->plugin == shift_plugin() || use->plugin->slot[slot].access != HR_READ;
}

/* Inputs that a use may write, whether or not it did; NULL when memory is out. */
static const bool *touched_by(const struct plan *plan, const struct shown *shown, struct arena *arena)
{
  bool *touched = arena_array(arena, (size_t)plan->n_inputs + 1, sizeof *touched);
  for (int u = 0; touched != NULL && u < shown->scenario->n_uses; u++) {
    const struct use *use = &shown->scenario->use[u];
    for (uint32_t s = 0; shown->skip[u].text[0] == '\0' && s < use->plugin->n_slots; s++) {
      for (uint32_t k = 0; use_writes(use, s) && k < use->binding[s].count; k++) {
        touched[use->binding[s].item[k]] = true;
      }
    }
  }
  return touched;
}

/* A policy answers to the year's figures, and a plugin may work its change out from the plan's: neither is a formula.
 */
static const char *note_of(const struct shown *shown, struct arena *arena)
{
  const char *policy = NULL, *worked_out = NULL;
  for (int u = 0; u < shown->scenario->n_uses; u++) {
    const struct plugin *plugin = shown->scenario->use[u].plugin;
    if (plugin->has_policy) {
      policy = policy == NULL ? plugin->name : policy;
    } else if (plugin != shift_plugin()) {
      worked_out = worked_out == NULL ? plugin->name : worked_out;
    }
  }
  if (policy != NULL) {
    return arena_printf(arena,
                        "%s answers to each year's figures. Its changes stand as the engine found them and do not "
                        "follow an edit: run Headroom again.",
                        policy);
  }
  return worked_out != NULL ? arena_printf(arena,
                                           "%s worked its changes out from the plan as it was given. They stand as "
                                           "figures: after an edit, run Headroom again.",
                                           worked_out)
                            : "";
}

static const char *const *names_of(const struct shown *shown, struct arena *arena)
{
  const char **names = arena_array(arena, (size_t)shown->scenario->n_uses + 1, sizeof *names);
  for (int u = 0; names != NULL && u < shown->scenario->n_uses; u++) {
    const struct use *use = &shown->scenario->use[u];
    const bool same = strcmp(use->instance, use->plugin->name) == 0;
    names[u] = same ? use->plugin->title : arena_printf(arena, "%s (%s)", use->plugin->title, use->instance);
  }
  return names;
}

enum status workbook_write(const struct briefing *briefing, struct text *out, struct error *error)
{
  const struct report *report = &briefing->report;
  const int n = report->n_shown - 1;
  struct arena arena;
  arena_init(&arena, NULL);
  struct workbook_scenario *scenario = arena_array(&arena, (size_t)n + 1, sizeof *scenario);
  for (int i = 0; scenario != NULL && i < n; i++) {
    const struct shown *shown = &report->shown[i + 1];
    const struct outcome *outcome = &briefing->outcome[i];
    scenario[i] = (struct workbook_scenario){ .id = shown->id,
                                              .label = shown->label,
                                              .result = shown->result,
                                              .n_changes = outcome->n_changes,
                                              .change = outcome->change,
                                              .use = names_of(shown, &arena),
                                              .touched = touched_by(&report->folder->plan, shown, &arena),
                                              .note = note_of(shown, &arena) };
  }
  const struct workbook workbook = { .plan = &report->folder->plan,
                                     .result = report->shown[0].result,
                                     .n_scenarios = n,
                                     .scenario = scenario,
                                     .title = briefing->title,
                                     .command = report->command,
                                     .made_on = briefing->made_on_words,
                                     .inputs_digest = briefing->inputs_digest,
                                     .simulation = briefing->simulated != NULL ? briefing->simulated->simulation : NULL,
                                     .made_at = briefing->made_at };
  const enum status status = arena.failed ? error_set(error, STATUS_MEMORY, "%s", status_sentence(STATUS_MEMORY))
                                          : workbook_bytes(&workbook, out, error);
  arena_fini(&arena);
  return status;
}
