/* isa.c: which level of the processor's instructions the kernels use.  All levels give the same bits: the choice is one
 * of speed alone. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/base.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#if defined(__x86_64__)
static enum isa best(void)
{
  __builtin_cpu_init();
  const bool v3 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi") &&
                  __builtin_cpu_supports("bmi2");
  const bool v4 = v3 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                  __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") &&
                  __builtin_cpu_supports("avx512vl");
  return v4 ? ISA_V4 : v3 ? ISA_V3 : ISA_V2;
}
#else
static enum isa best(void)
{
  return ISA_PLAIN;
}
#endif

static const char *const names[] = { "plain", "v2", "v3", "v4" };
static _Atomic int chosen = -1;

const char *isa_name(enum isa level)
{
  return names[level];
}

static bool is_here(enum isa level)
{
  const enum isa most = best();
  return level <= most && (level == ISA_PLAIN) == (most == ISA_PLAIN);
}

bool isa_choose(enum isa level)
{
  if (!is_here(level)) {
    return false;
  }
  atomic_store(&chosen, (int)level);
  return true;
}

/* NULL: the environment asks for none. */
static const char *wanted(void)
{
  const char *word = getenv("HEADROOM_ISA");
  return word != NULL && word[0] != '\0' ? word : NULL;
}

enum status isa_asked(struct error *error)
{
  const char *word = wanted();
  const enum isa most = best(), least = most == ISA_PLAIN ? ISA_PLAIN : ISA_V2;
  bool is_known = word == NULL;
  for (size_t i = 0; word != NULL && i < COUNT_OF(names); i++) {
    if (strcmp(word, names[i]) == 0 && is_here((enum isa)i)) {
      return STATUS_OK;
    }
    is_known |= strcmp(word, names[i]) == 0;
  }
  if (word == NULL) {
    return STATUS_OK;
  }
  return is_known ? error_set(error, STATUS_USAGE,
                              "HEADROOM_ISA asks for %s, which this processor has not got; it has %s%s%s", word,
                              names[least], most > least ? " to " : "", most > least ? names[most] : "")
                  : error_set(error, STATUS_USAGE, "HEADROOM_ISA takes v2, v3 or v4, not '%s'", word);
}

/* The best there is, or less where HEADROOM_ISA names less. */
enum isa isa_level(void)
{
  const int known = atomic_load(&chosen);
  if (known >= 0) {
    return (enum isa)known;
  }
  const char *word = wanted();
  for (size_t i = 0; word != NULL && i < COUNT_OF(names); i++) {
    if (strcmp(word, names[i]) == 0 && isa_choose((enum isa)i)) {
      return (enum isa)i;
    }
  }
  const enum isa most = best();
  atomic_store(&chosen, (int)most);
  return most;
}
