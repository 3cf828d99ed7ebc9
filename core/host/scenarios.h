/* scenarios.h: what units.c, scenario.c, use.c, shift.c and bind.c share; inside core/host only. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_SCENARIOS_H
#define HEADROOM_SCENARIOS_H

#include "host/host.h"

/* An address that R34 refuses, for its reason. */
#define TO_REVENUE "receipt:*.to_revenue"

/* ---- values with units: units.c ------------------------------------------------------------------------ */

/* What is wrong with a value: the words of one finding.  Strings live in the arena given. */
struct complaint {
  enum code code;
  const char *text, *label, *help;
};

/* What a value is held against. */
struct wanted_value {
  const struct hr_param *param;
  const struct plan *plan;
  struct arena *arena;
  bool has_example; /* a rate of the plan that the value would move, to show both readings of % and pp on */
  double example;
};

/* Reads a value as typed into the parameter's own unit (fractions for % and pp).  False: *wrong says why. */
bool value_parse(const struct wanted_value *, const char *typed, double *out, struct complaint *wrong);
/* "2027/28" to a calendar year, 0 when it is none. */
int year_label_parse(const char *typed);

/* ---- rows and settings: scenario.c, setting.c ---------------------------------------------------------- */

/* A row of scenarios.csv or a setting of the command line. */
struct entry {
  const char *scenario, *plugin, *instance, *parameter, *value; /* "" when blank */
  const char *const *year_value;                                /* NULL: a setting */
  struct place place, plugin_place, parameter_place, value_place;
  const struct place *year_place;
  int only_year; /* a setting for one year, else -1 */
};

struct builder {
  struct folder *folder;
  struct registry *registry;
  struct arena *arena;
  struct findings *findings;
  struct plan *plan;
  struct error *error; /* of the plugins themselves, not of the folder */
  enum status status;  /* STATUS_OK until the error is set or memory runs out */
  struct entry *entry;
  int n_entries;
};

bool can_go_on(const struct builder *); /* there is memory, and no plugin was refused */
/* Adds a finding unless the same one stands already: a row that two scenarios share is wrong once. */
struct finding *complain(struct builder *, enum code, struct place, const char *format, ...) PRINTF_LIKE(4, 5);
void complain_about(struct builder *, struct place, const struct complaint *);

/* The scenario that settings make. */
#define WHAT_IF "what_if"
/* plugin.parameter=value[@year] as an entry; false after a finding. */
bool setting_parse(struct builder *, const char *text, struct entry *out);

/* ---- uses: use.c --------------------------------------------------------------------------------------- */

/* What an entry sets: a parameter, a slot's WHICH, or one of these. */
enum { SETS_PRESETS = -1, SETS_INPUT = -2 };

/* A use being put together from entries. */
struct draft {
  const struct plugin *plugin;
  const char *instance;
  struct place place;
  struct assignment {
    int what; /* a parameter; n_params + a slot; or SETS_... */
    const struct entry *entry;
  } * assigned;
  int n_assigned;
};

/* Adds what the entry says; problems are findings. */
void draft_assign(struct builder *, struct draft *, const struct entry *);
/* Values, rebinding and address of the use; false after a finding. */
bool draft_finish(struct builder *, const struct draft *, struct use *out);

/* ---- gathering: gather.c ------------------------------------------------------------------------------- */

enum visit { VISIT_NOT_YET, VISIT_UNDER_WAY, VISIT_DONE };

/* A scenario being put together. */
struct gathering {
  struct builder *b;
  const char **name; /* every scenario of the file, in order of first row; NULL ends the list */
  int n_names;
  enum visit *visit; /* [name] */
  bool met_circle;
  struct draft *draft;
  int n_drafts;
};

bool entry_is_setting(const struct entry *);
int scenario_name_find(const struct gathering *, const char *name); /* or -1 */
/* The text that a scenario has as its label or description; a second one is a finding. */
const char *scenario_text(struct builder *, const char *scenario, const char *parameter, const char *otherwise);
void gather_use(struct gathering *, const struct entry *);
/* Every row of the scenario and of those that it includes; what two includes share is gathered once. */
void gather_scenario(struct gathering *, int name);

/* ---- the built-in shift: shift.c ----------------------------------------------------------------------- */

enum { SHIFT_ADD, SHIFT_SCALE };
/* The parameter of shift as this address wants it: its unit follows the input's.  False after a finding. */
bool shift_wants(struct builder *, const struct draft *, const char *address, struct place, int param,
                 struct hr_param *out, struct wanted_value *);
/* Does the entry give add and scale, input, each as it should?  *address is what input says. */
bool shift_complete(struct builder *, const struct draft *, const char **address, struct place *where);
/* What a use of shift adds to the input in the year, or what it multiplies it by. */
double shift_change(const struct plan *, const struct use *, int input, int year);

/* ---- binding: bind.c, create.c ------------------------------------------------------------------------- */

/* A slot's address as this use has it. */
struct bound_slot {
  const struct hr_slot *slot;
  struct address address;
  bool has_parts; /* TABLE:WHICH.FIELD; else noise:, plan: or result: */
};
/* Every slot of the use, pointed where the scenario points it; NULL after a finding or a fault. */
struct bound_slot *use_slots(struct builder *, const struct use *);
/* A fault of the plugin itself, which no folder can mend: sets the error and returns false. */
bool plugin_fault(struct builder *, const struct use *, const char *slot, const char *what);

/* Adds to the plan what the use creates; *created when there was something. */
bool use_creates(struct builder *, const struct use *, bool *created);
/* The baseline has room for the lines of the plan, so it is made again when there are more. */
void project_again(struct builder *);

/* Creates what plugins create, then binds every slot of every use. */
enum status uses_bind(struct builder *, struct scenario *, int count);

#endif
