/* follows.h: which series of one slot are, or follow, those of another; for plugins that add to everything of a class.
 *
 * Contract indexation written as "CPI plus half a point" follows CPI: a plugin that moves both would move it twice. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_PLUGINS_FOLLOWS_H
#define HEADROOM_PLUGINS_FOLLOWS_H

#include <headroom/plugin.h>
#include <string.h>

/* The series of slot `among` with the id that the plan has under `key` for series k of `slot`, or -1. */
static inline int32_t find_in(const struct hr_setup *s, uint32_t slot, uint32_t k, const char *key, uint32_t among)
{
  const char *wanted = s->text(s, slot, k, key);
  if (wanted == NULL || wanted[0] == '\0') {
    return -1;
  }
  for (uint32_t j = 0; j < s->count[among]; j++) {
    const char *id = s->text(s, among, j, "id");
    if (id != NULL && strcmp(id, wanted) == 0) {
      return (int32_t)j;
    }
  }
  return -1;
}

/* One bit a series of `slot`: set where `among` holds what the plan has under `key`.  Series past the 64th are never
 * set. */
static inline uint64_t found_in(const struct hr_setup *s, uint32_t slot, const char *key, uint32_t among)
{
  uint64_t bits = 0;
  for (uint32_t k = 0; k < s->count[slot] && k < 64; k++) {
    bits |= find_in(s, slot, k, key, among) >= 0 ? UINT64_C(1) << k : 0;
  }
  return bits;
}

static inline uint64_t followers(const struct hr_setup *s, uint32_t slot)
{
  return found_in(s, slot, "follows", slot);
}

enum { MOST_LINES = 512 };

/* Which lines of `slot` a driver of the plan grows; false when there are more than MOST_LINES. */
static inline int find_driven(const struct hr_setup *s, uint32_t slot, unsigned char *driven)
{
  for (uint32_t k = 0; k < s->count[slot] && k < MOST_LINES; k++) {
    const char *word = s->text(s, slot, k, "driven");
    driven[k] = word != NULL && strcmp(word, "yes") == 0;
  }
  return s->count[slot] <= MOST_LINES;
}

static inline int has_bit(uint64_t bits, uint32_t k)
{
  return k < 64 && (bits >> k & 1) != 0;
}

#endif
