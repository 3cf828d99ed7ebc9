/* base.h: what everything stands on: status, findings, arena, money, text, digest.
 * Nothing here knows about councils.  No function is thread-safe on a shared object; separate objects are free. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_BASE_H
#define HEADROOM_BASE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PRINTF_LIKE(at, first) __attribute__((format(printf, at, first)))
#define MUST_CHECK __attribute__((warn_unused_result))
#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

/* ---- status: how a call ended -------------------------------------------------------------------------- */

/* name, exit code of the program, sentence */
#define STATUS_MAP(X)                                                           \
  X(STATUS_OK, 0, "Success")                                                    \
  X(STATUS_USAGE, 2, "The command line asks for something that does not exist") \
  X(STATUS_DATA, 3, "The data cannot be used")                                  \
  X(STATUS_PLUGIN, 4, "A plugin failed")                                        \
  X(STATUS_FILE, 5, "A file could not be read or written")                      \
  X(STATUS_MEMORY, 70, "Memory ran out")                                        \
  X(STATUS_INTERNAL, 70, "Something that cannot happen did")                    \
  X(STATUS_INTERRUPTED, 130, "Interrupted")

enum status {
#define STATUS_NAME(name, exit_code, sentence) name,
  STATUS_MAP(STATUS_NAME)
#undef STATUS_NAME
};

const char *status_sentence(enum status);
int status_exit_code(enum status);

/* Detail of a failure that is not about a place in a file (those are findings).  Owned by the caller; may be
 * NULL wherever it is taken.  error_set returns its code, so that a function can end with it. */
struct error {
  enum status code;
  char text[480];
};
enum status error_set(struct error *, enum status code, const char *format, ...) PRINTF_LIKE(3, 4);

/* ---- arena: load-time data, freed at once -------------------------------------------------------------- */

/* Where an arena gets its blocks.  Tests pass one that fails. */
struct allocator {
  void *(*take)(void *ctx, size_t size); /* NULL when it cannot */
  void (*give)(void *ctx, void *block, size_t size);
  void *ctx;
};
extern const struct allocator allocator_system; /* malloc and free */

/* After a failure arena_alloc returns NULL, arena strings come back as "", and `failed` stays set: a long load
 * may look once, at its end, where no array was needed in between. */
struct arena {
  const struct allocator *from;
  struct arena_block *block;
  bool failed;
};
void arena_init(struct arena *, const struct allocator *); /* NULL: allocator_system */
void arena_fini(struct arena *);
void *arena_alloc(struct arena *, size_t size) MUST_CHECK; /* zeroed, aligned to 16 */
void *arena_array(struct arena *, size_t count, size_t size) MUST_CHECK;
/* items[count] has just been filled up when count is 0, 8, 16, 32...: returns it moved to twice the room. */
void *arena_grow(struct arena *, void *items, size_t count, size_t size) MUST_CHECK;
const char *arena_strdup(struct arena *, const char *);
const char *arena_strndup(struct arena *, const char *, size_t n);
const char *arena_printf(struct arena *, const char *format, ...) PRINTF_LIKE(2, 3);
const char *arena_vprintf(struct arena *, const char *format, va_list) PRINTF_LIKE(2, 0);

/* ---- money and decimals -------------------------------------------------------------------------------- */

typedef int64_t pence;

/* The one door between the ledger (pence) and the model (pounds as double). */
#define PENCE_LIMIT 9000000000000000LL
double gbp_from_pence(pence);
bool pence_from_gbp(double gbp, pence *out); /* false for NaN, infinities and beyond the limit; half away from zero */

/* Half away from zero to the nearest whole unit, after a millionth of a unit away from zero, so that a tie in decimals
 * is a tie here.  For |x| < 1e15.  Inline so that loops over lanes vectorise; never gives -0. */
static inline double round_units(double x)
{
  const double magic = 0x1.8p52;
  return (x + __builtin_copysign(1e-6, x) + magic) - magic;
}
/* The same to a hundredth: pence of a Band D, numbers of clients. */
static inline double round_hundredths(double x)
{
  return round_units(x * 100.0) / 100.0;
}

/* An exact decimal: units / 10^places, as typed.  3.50 is {350, 2}. */
struct decimal {
  int64_t units;
  int places; /* 0 to 9 */
};
enum decimal_style {
  DECIMAL_PLAIN,  /* -12.5 */
  DECIMAL_MONEY,  /* also commas in threes, a leading pound sign, (1,234) for minus */
  DECIMAL_PERCENT /* also a trailing % */
};
/* NULL when text[0..n) is one, else what is wrong with it, in words that end a sentence beginning "'...' ". */
const char *decimal_parse(const char *text, size_t n, enum decimal_style, struct decimal *out);
double decimal_value(struct decimal);    /* the nearest double */
double decimal_fraction(struct decimal); /* the same over 100: 2.75 is 0.0275, correctly rounded */
/* Pence when each unit is worth pence_per_unit (100, 100000, 100000000); false when not a whole number of pence
 * or beyond 9e15. */
bool decimal_pence(struct decimal, int64_t pence_per_unit, pence *out);

/* x to the power n by repeated multiplication: libm's pow differs from one processor to another in the last bit. */
double power_int(double x, int n);

/* ---- kernels: loops compiled once for each level of instructions (core/cmake/Kernels.cmake) ------------ */

enum isa { ISA_PLAIN, ISA_V2, ISA_V3, ISA_V4 }; /* x86-64-v2 to v4; plain on other processors */
enum isa isa_level(void);                       /* the best here; less where the environment's HEADROOM_ISA names it */
/* STATUS_USAGE: HEADROOM_ISA names no level, or one that this processor has not got. */
enum status isa_asked(struct error *) MUST_CHECK;
bool isa_choose(enum isa) MUST_CHECK; /* false: this processor has not got it.  For tests and benchmarks */
const char *isa_name(enum isa);       /* "v3" */

/* In a source of headroom_kernels(): the name of what it exports.  It has a declaration from KERNELS_DECLARE, in a
 * header, and KERNELS_CHOSEN gives the address of the one to use. */
#define KERNEL_JOINED(name, level) name##_##level
#define KERNEL_NAMED(name, level) KERNEL_JOINED(name, level)
#define KERNEL(name) KERNEL_NAMED(name, KERNEL_LEVEL)
#if defined(__x86_64__)
#define KERNELS_DECLARE(type, name) extern type name##_v2, name##_v3, name##_v4
#define KERNELS_CHOSEN(name) (isa_level() == ISA_V4 ? &name##_v4 : isa_level() == ISA_V3 ? &name##_v3 : &name##_v2)
#else
#define KERNELS_DECLARE(type, name) extern type name##_plain
#define KERNELS_CHOSEN(name) (&name##_plain)
#endif

/* ---- text ---------------------------------------------------------------------------------------------- */

/* A string that grows.  Zero-initialise; after running out of memory `failed` stays set and `at` may be short. */
struct text {
  char *at; /* NUL-terminated once anything was added; NULL before */
  size_t length, room;
  bool failed;
};
void text_fini(struct text *);
void text_add(struct text *, const char *);
void text_add_n(struct text *, const char *, size_t n);
void text_printf(struct text *, const char *format, ...) PRINTF_LIKE(2, 3);
void text_repeat(struct text *, const char *, int times);
const char *text_str(const struct text *); /* "" when empty */

/* Whole pounds with commas, U+2212 for minus, no sign for pounds: "11,633,056"; with pence only where there are some.
 */
void text_pounds(struct text *, pence);
/* The unit that reads best, for sentences and findings: "£11.6m", "£450k", "£37", "−£2.3m". */
void text_money_short(struct text *, pence);

/* A file that the program carries (core/cmake/Embed.cmake writes it down as bytes), or is about to write. */
struct new_file {
  const char *name, *text;
  size_t size; /* 0: up to the NUL */
};

int utf8_width(const char *, size_t n);               /* columns on a terminal */
size_t utf8_count(const char *, size_t n);            /* characters */
bool utf8_valid(const char *, size_t n, size_t *bad); /* *bad: offset of the first byte that is not UTF-8 */

/* The nearest of `names` (NULL ends the list) within two edits or a third of the length, or NULL. */
const char *nearest_name(const char *typed, const char *const *names);
bool id_valid(const char *, size_t n); /* [A-Za-z][A-Za-z0-9_-]{0,31} */

/* ---- digest -------------------------------------------------------------------------------------------- */

#define DIGEST_HEX 65
void digest_hex(const void *bytes, size_t n, char out[DIGEST_HEX]); /* SHA-256 */

/* ---- findings: what is wrong or odd in the data, and where --------------------------------------------- */

enum severity { SEVERITY_ERROR, SEVERITY_WARNING, SEVERITY_NOTE };
const char *severity_name(enum severity);

/* code name, number, severity, title.  Numbers are a promise: never reused.  Ranges: 01 reading text and tables,
 * 02 council and mtfp, 03 drivers and terms, 04 savings, 05 reserves, 06 capital, 07 controls, basis and history,
 * 08 scenarios and plugin parameters, 09 the run. */
#include "base/codes.h"

enum code {
#define CODE_NAME(name, number, severity, title) name,
  HEADROOM_CODES(CODE_NAME)
#undef CODE_NAME
      N_CODES
};
const char *code_number(enum code); /* "H0102" */
const char *code_title(enum code);
enum severity code_severity(enum code);

/* line 0: the file as a whole.  column 0: the line as a whole.  Columns and width count characters from 1. */
struct place {
  const char *file; /* "mtfp.csv"; NULL: no file, such as the command line */
  int line, column, width;
  const char *excerpt; /* the source line, or NULL */
};

struct finding {
  enum code code;
  struct place place;
  const char *scenario; /* whose run it is about; NULL: the data */
  bool has_amount;
  pence amount;      /* the £ at stake */
  const char *text;  /* one sentence, no full stop: what was found */
  const char *label; /* beside the caret: what would be accepted; "" for none */
  const char *help;  /* "" for none */
};

/* All strings and items live in the arena. */
struct findings {
  struct arena *arena;
  struct finding *item;
  size_t count;
  size_t errors;  /* counts those dropped too */
  size_t dropped; /* beyond a thousand */
};
void findings_init(struct findings *, struct arena *);
/* Returns the new finding so that label, help and amount can be set on it; a dummy, never NULL, when memory is out. */
struct finding *finding_add(struct findings *, enum code, struct place, const char *format, ...) PRINTF_LIKE(4, 5);
/* label and help, printf-like, kept in the arena. */
void finding_label(struct findings *, struct finding *, const char *format, ...) PRINTF_LIKE(3, 4);
void finding_help(struct findings *, struct finding *, const char *format, ...) PRINTF_LIKE(3, 4);
void finding_amount(struct finding *, pence);
/* Errors first, then by file, line, column; stable. */
void findings_sort(struct findings *);

#endif
