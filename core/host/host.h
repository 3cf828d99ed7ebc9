/* host.h: finds plugins, makes first contact in a child process, binds them to a plan and runs scenarios; the face of
 * core/host.
 *
 * The main process never runs a plugin's code.  A probe (this program, executed again) reads descriptors; a worker (a
 * child of the run) applies plugins and projects.  Single-threaded. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_HOST_H
#define HEADROOM_HOST_H

#include "data/data.h"
#include <headroom/plugin.h>

/* ---- verdicts: every way in which a plugin can fail, by name ------------------------------------------- */

/* name, word printed, sentence that follows "plugin X: " */
#define VERDICT_MAP(X)                                                                \
  X(VERDICT_OK, "ok", "fine")                                                         \
  X(VERDICT_NOT_FOUND, "not-found", "no such plugin")                                 \
  X(VERDICT_UNREADABLE, "unreadable", "the file cannot be read")                      \
  X(VERDICT_SYMLINK, "symlink", "the file is a symbolic link; name the file itself")  \
  X(VERDICT_NOT_REGULAR, "not-regular", "not a regular file")                         \
  X(VERDICT_OWNER, "owner", "the file or its folder belongs to neither root nor you") \
  X(VERDICT_WRITABLE, "writable", "others may write to the file or its folder")       \
  X(VERDICT_NOT_ELF, "not-elf", "not a shared object")                                \
  X(VERDICT_UNRESOLVED, "unresolved", "it does not load")                             \
  X(VERDICT_NO_ENTRY, "no-entry", "it has no headroom_plugin_v1")                     \
  X(VERDICT_NEWER, "newer", "built for a newer Headroom")                             \
  X(VERDICT_DESCRIPTOR, "descriptor", "its description is not usable")                \
  X(VERDICT_CRASHED, "crashed", "it crashed")                                         \
  X(VERDICT_EXITED, "exited", "it ended the process")                                 \
  X(VERDICT_TIMEOUT, "timeout", "it did not answer in time")                          \
  X(VERDICT_MEMORY, "memory", "it took too much memory")                              \
  X(VERDICT_NOT_FINITE, "not-finite", "it wrote a number that is not finite")         \
  X(VERDICT_BOUNDS, "bounds", "it wrote outside its own rows")                        \
  X(VERDICT_FLOATING_POINT, "floating-point", "it changed how the processor rounds")  \
  X(VERDICT_LOCALE, "locale", "it changed the locale")                                \
  X(VERDICT_ENVIRONMENT, "environment",                                               \
    "it changed the folder, umask, signals, descriptors or threads of the program")   \
  X(VERDICT_STATE, "state", "its answers depend on what it was asked before")         \
  X(VERDICT_LANES, "lanes", "one future's answer depends on another's")               \
  X(VERDICT_NEUTRAL, "neutral", "it changes the plan at its neutral setting")         \
  X(VERDICT_FAILED, "failed", "it reported a failure")

enum verdict {
#define VERDICT_NAME(name, word, sentence) name,
  VERDICT_MAP(VERDICT_NAME)
#undef VERDICT_NAME
};
const char *verdict_word(enum verdict);
const char *verdict_sentence(enum verdict);

/* ---- plugins known ------------------------------------------------------------------------------------- */

/* A descriptor as the probe saw it, copied: nothing points into the plugin. */
struct plugin {
  const char *name; /* as scenarios write it: the last label of the id, - as _: "pay_award" */
  const char *id, *title, *version, *author, *licence, *summary, *rules, *sources;
  const char *path;
  char digest[DIGEST_HEX];
  int fd;         /* sealed copy of the checked bytes, open for the life of the process; -1 for the built-in shift */
  uint32_t index; /* in its file */
  uint32_t abi, n_params, n_slots, n_scratch;
  bool has_policy, has_explain;
  struct hr_param *param;
  struct hr_slot *slot;
};

/* What was made of one file. */
struct probe_report {
  const char *path;
  enum verdict verdict;
  const char *detail; /* "" or words */
  int n_plugins;
  struct plugin *plugin;
  const char *shadowed_by; /* path of the plugin that came first, or NULL */
};

struct registry;
struct registry_options {
  const char *plugin_path; /* --plugin-path, colon separated, or NULL */
  bool safe;               /* shipped plugins only */
  double deadline_s;       /* for a probe; 0: 5 seconds */
};
enum status registry_open(struct arena *, const struct registry_options *, struct registry **out,
                          struct error *) MUST_CHECK;
void registry_close(struct registry *);
/* Probes NAME.so first, then whatever else has not been looked at.  NULL after error_set: STATUS_USAGE, with the
 * nearest name, when nothing is called that; STATUS_PLUGIN when its file is refused. */
const struct plugin *registry_find(struct registry *, const char *name, struct error *);
/* Probes every file on the path. */
enum status registry_list(struct registry *, const struct probe_report **out, int *count, struct error *) MUST_CHECK;
/* One file, wherever it is: what `plugin check` and `plugin show FILE` look at. */
enum status registry_probe_file(struct registry *, const char *path, struct probe_report *out,
                                struct error *) MUST_CHECK;
/* The hidden verb that a probe is executed as; returns the exit code. */
int probe_main(int argc, char **argv);

/* The built-in shift, which no file holds.  Its parameters are add and scale; what they act on is use->address. */
const struct plugin *shift_plugin(void);

/* ---- conformance ------------------------------------------------------------------------------------ */

enum check_status { CHECK_OK, CHECK_FAILED, CHECK_CRASHED, CHECK_TIMEOUT, CHECK_SKIPPED, CHECK_WARNING };
struct check_line {
  const char *plugin;         /* its name; the file's path while it is not known */
  const char *test, *meaning; /* "lanes-independent", "a future's answer does not depend on the others" */
  enum check_status status;
  enum verdict verdict; /* when failed */
  const char *detail;
};
struct check_options {
  const char *only; /* an extended regular expression: tests that it does not match are left out; NULL: all */
  bool in_process;  /* for debuggers: no worker and no deadline */
  bool has_seed;
  uint64_t seed; /* of the parameters that are drawn; without one, it is taken from the bytes of the file */
  void (*progress)(void *ctx, const char *test, int done, int total); /* before each test; NULL: nobody asks */
  void *ctx;
};
struct check_result {
  const struct check_line *line; /* in the arena */
  int count;
  uint64_t seed;
};
const char *check_test_name(size_t i); /* NULL at the end */
/* Every named test on every plugin of a file, each in a child of its own.  STATUS_USAGE: `only` is no expression, or
 * matches no test. */
enum status plugin_check(struct registry *, const char *path, const struct check_options *, struct arena *,
                         struct check_result *, struct error *) MUST_CHECK;

/* ---- scenarios -------------------------------------------------------------------------------------- */

/* One use of a plugin in a scenario. */
struct use {
  const struct plugin *plugin;
  const char *instance;             /* the plugin's name unless the scenario says otherwise */
  const double *value;              /* [param * n_years + year], in the parameter's own unit */
  const char *const *rebind;        /* [slot]: the WHICH that the scenario points the slot to, or NULL */
  const struct place *const *named; /* [param]: of the row or setting that names it; NULL: none does */
  const struct hr_param *only;      /* the one that severities act on; NULL: every shock */
  /* shift only: what it adds to or scales */
  bool scales;
  const char *address;
  struct place place;
  /* after binding: [slot] */
  struct binding *binding;
};

/* What a bound use's parameter is counted in: its own unit, but that of the input for what a shift adds. */
uint32_t parameter_unit(const struct plan *, const struct use *, uint32_t param);

/* What a slot is bound to. */
enum binding_kind { BIND_INPUT, BIND_AMOUNT, BIND_PLAN, BIND_RESULT, BIND_NOISE };
enum { NOISE_NORMAL, NOISE_UNIFORM };
enum { PLAN_USABLE_OPENING = N_MEASURES }; /* beside the measures: what a year begins with */
struct binding {
  enum binding_kind kind;
  uint32_t count;
  const int *item; /* inputs, lines, measures or a kind of noise */
};

struct scenario {
  const char *id, *label, *description; /* label: the id where none was given */
  int n_uses;
  struct use *use; /* by instance name */
};

/* plugin.parameter=value[@year] of the command line. */
struct setting {
  const char *text;
};

/* Reads rows of scenarios.csv and the settings into scenarios that are bound to the plan (lines that a plugin creates
 * are added to it). wanted: ids ("baseline" is passed over), or NULL for all; settings make one more scenario,
 * "what_if", on top of the wanted ones, or on the plan alone when all are.  STATUS_DATA: problems are findings;
 * otherwise the error says what is wrong. */
enum status scenarios_build(struct folder *, struct registry *, const char *const *wanted, int n_wanted,
                            const struct setting *, int n_settings, struct scenario **out, int *count,
                            struct error *) MUST_CHECK;

/* ---- running ---------------------------------------------------------------------------------------- */

struct skip {
  char text[240]; /* why a plugin does not apply to this council; "" when it does */
  uint64_t idle;  /* bit p: it does, and parameter p, which the scenario asks for, finds nothing to change (idle.c) */
};
/* What one use did to one input: what it scaled it by or added to it, year by year.  Uses that left it alone have none.
 */
struct change {
  int input, use;
  bool scales;
  double value[MAX_YEARS];
};
struct outcome {
  struct result *result;
  struct skip *skip; /* [use] */
  int n_changes;
  struct change *change; /* in the order in which the engine takes them */
};
struct run_options {
  bool in_process;   /* for debuggers: no worker */
  double deadline_s; /* for one call of a plugin; 0: 10 seconds */
};
/* Every scenario in one worker.  A plugin that fails stops the run: no partial number (R46); error names plugin, line,
 * year. */
enum status scenarios_run(const struct plan *, const struct scenario *, int count, const struct run_options *,
                          struct arena *, struct outcome **out, struct error *) MUST_CHECK;

/* What the scenario has to say besides its figures, as findings with its id: what it asked for that was not done, or
 * lacks money.  plan_result: of the plan itself. */
void scenario_remarks(struct findings *, const struct plan *, const struct result *plan_result, const struct scenario *,
                      const struct outcome *);

/* Every shock of the use is at the value that changes nothing: nothing is asked of it. */
bool use_is_neutral(const struct plan *, const struct use *);
/* What it does hangs on draws, of which a run without a simulation has none.  The use is bound. */
bool use_acts_by_chance(const struct use *);
/* What slot s of a use asks for and does not find: "no line tagged energy". */
void missing_words(struct text *, const struct use *, uint32_t slot);
/* Why a parameter finds nothing to change, as far as that is known: "the plan has no line tagged energy". */
void idle_reason(struct text *, const struct plan *, const struct scenario *, const struct use *, uint32_t param);

/* ---- lab: many futures of one scenario at once, for searches, sensitivities and bridges ---------------- */

struct lab;   /* inside the worker */
struct trial; /* one scenario, ready to be run as often as it takes */

/* Runs a job in one worker, plugins and all; the job writes what it finds to memory from shared_alloc.  The error names
 * a plugin that failed. */
typedef void lab_job(struct lab *, void *shared);
enum status lab_run(const struct plan *, const struct scenario *, int count, lab_job *, void *shared,
                    const struct run_options *, struct error *) MUST_CHECK;

/* Inside a job.  NULL or false: the lab knows why, and the job returns at once. */
enum { TRIAL_LANES = 256 }; /* of a batch, at most: its rows stay in the cache */
struct trial *trial_open(struct lab *, int scenario, int max_lanes);
/* severity[use * n_lanes + lane]: 0 leaves that use out, 1 is the scenario as written; between and beyond, every
 * parameter that is flagged for it stands at neutral + severity x (value - neutral).  NULL: 1 for all.  out[lane].  Any
 * number of lanes: batches are cut here. */
bool trial_run(struct trial *, int n_lanes, const double *severity, struct summary *out) MUST_CHECK;
/* The same for one batch, of no more lanes than it was opened for, that is not summed up: trial_projection has its
 * rows, from which summary_from_lane makes one without fail. */
bool trial_batch(struct trial *, int n_lanes, const double *severity) MUST_CHECK;
void trial_close(struct trial *);

/* The same job in several workers at once, each with a lab of its own; in process there is one. */
enum status lab_run_many(const struct plan *, const struct scenario *, int count, int n_workers, lab_job *,
                         void *shared, const struct run_options *, struct error *) MUST_CHECK;
int lab_worker(const struct lab *);   /* its number, from 0 */
void lab_out_of_memory(struct lab *); /* for a job that ran out itself */

/* Noise that a scenario's plugins ask for, in the order of uses, slots and series.  The name keys the draws: the same
 * in every scenario that uses the plugin under that instance name. */
struct noise {
  const char *name;  /* "plugin.instance.slot.series" */
  const char *label; /* the plugin's title */
  bool uniform;      /* from 0 to 1; else normal */
  bool once;         /* one draw a future */
};
enum status scenario_noise(const struct scenario *, struct arena *, struct noise **out, int *count) MUST_CHECK;
/* A trial whose futures are drawn by the caller: inputs that are to depart from the plan, each once. */
struct trial *trial_open_drawn(struct lab *, int scenario, int max_lanes, const int *input, int n_inputs);
/* One batch.  add[k * n_years + year]: what is added to input[k] in each lane; NULL for nothing that year.  noise[k *
 * n_years + year]: of each noise.  Rows of max_lanes rounded up to 8 doubles, 64-byte aligned; they stand until the
 * next batch.  Every use at full severity. */
bool trial_run_drawn(struct trial *, int n_lanes, const double *const *add, const double *const *noise) MUST_CHECK;
const struct projection *trial_projection(const struct trial *); /* the batch's rows */

long lab_projections(const struct lab *);              /* lanes projected so far */
const char *trial_skip(const struct trial *, int use); /* why a use does not apply to this council; "" when it does */
/* After the last batch of a trial of one lane, which took every use as written: as skip.idle above. */
bool trial_idle(struct trial *, int use, uint64_t *out) MUST_CHECK;

/* ---- worker: a child process that may die -------------------------------------------------------------- */

/* Shared with the child: what is running, so that a crash or a missed deadline is named. */
struct watch {
  uint32_t beat;         /* moves with every call */
  int32_t scenario, use; /* -1: none */
  int32_t call;          /* enum watch_call */
  int32_t year;          /* -1: all */
  struct error error;    /* what the child itself found */
  int32_t verdict;
};
enum watch_call {
  CALL_NONE,
  CALL_LOAD,
  CALL_CREATE,
  CALL_ACTIVATE,
  CALL_APPLY,
  CALL_RESPOND,
  CALL_DEACTIVATE,
  CALL_DESTROY
};
const char *watch_call_name(int32_t call);

void *shared_alloc(size_t size); /* zeroed, page-aligned, shared with children forked later; NULL when out of memory */
void shared_free(void *, size_t size);
/* Runs job in a child and waits.  VERDICT_OK when the job returned; else how it ended, with *signal when it crashed. */
enum verdict worker_run(void (*job)(void *ctx, struct watch *), void *ctx, struct watch *shared, double deadline_s,
                        int *signal);
enum { MOST_WORKERS = 256 };
typedef void worker_job(void *ctx, int number, struct watch *);
/* Runs the job in n children at once, each told its number and watched by watch[number], all shared.  The first that
 * fails ends the rest: *which it was, and the verdict and *signal are its own. */
enum verdict workers_run(int n, worker_job *, void *ctx, struct watch *watch, double deadline_s, int *which,
                         int *signal);
/* For a signal handler: whatever waits for children ends them and fails with STATUS_INTERRUPTED. */
void workers_interrupt(void);
/* What is called every few hundredths of a second while this program waits for a child, so that it can say so; NULL:
 * nothing. */
void worker_onlooker(void (*look)(void *ctx), void *ctx);

/* ---- crew: one run shared out among processes that something else started, mpirun say: crew.c ---------- */

struct crew; /* NULL: this process by itself, wherever a crew is taken */
/* STATUS_FILE: there is no module for it, or it could not be started. */
enum status crew_join(struct crew **, struct error *) MUST_CHECK;
int crew_rank(const struct crew *); /* from 0; 0 speaks for all */
int crew_size(const struct crew *);
/* All of the crew call these two in the same order.  Each word over all of them, for all of them; and whether all are
 * well: after it was not so nothing is asked any more, as all leave. */
enum status crew_sum(struct crew *, uint64_t *words, size_t n, struct error *) MUST_CHECK;
enum status crew_agree(struct crew *, enum status own, struct error *) MUST_CHECK;
void crew_leave(struct crew *, enum status own); /* tells the others where own is not STATUS_OK */

/* ---- loading, in a child only ----------------------------------------------------------------------- */

struct loaded {
  const struct hr_plugin *plugin; /* a copy by size, zero where the plugin is older */
  void *self;
};
/* dlopen of the sealed bytes and the descriptor; floating-point state compared and restored. */
enum verdict plugin_load(const struct plugin *, struct loaded *, struct error *);

/* The processor's floating-point state, locale and the like, before a call and after it. */
struct hygiene {
  uint32_t mxcsr;
  int rounding;
};
void hygiene_take(struct hygiene *);
/* Restores what was changed and says so. */
enum verdict hygiene_compare(const struct hygiene *);

#endif
