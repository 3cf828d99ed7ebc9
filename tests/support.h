/* support.h: what every unit test needs beyond cmocka: asserts for money and for doubles that a NaN cannot pass, an
 * allocator that fails on demand.  Include it first: cmocka wants its headers in this order. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_SUPPORT_H
#define HEADROOM_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>

#include "base/base.h"

static inline void assert_pence_at(pence actual, pence expected, const char *file, int line)
{
  if (actual != expected) {
    print_error("%lld pence, expected %lld: off by %lld\n", (long long)actual, (long long)expected,
                (long long)(actual - expected));
    _fail(file, line);
  }
}
#define assert_pence_equal(actual, expected) assert_pence_at((actual), (expected), __FILE__, __LINE__)

/* Within tolerance, in the unit of the thing; NaN and infinities never are. */
static inline void assert_close_at(double actual, double expected, double tolerance, const char *file, int line)
{
  if (!(isfinite(actual) && fabs(actual - expected) <= tolerance)) {
    print_error("%.17g, expected %.17g within %g\n", actual, expected, tolerance);
    _fail(file, line);
  }
}
#define assert_close(actual, expected, tolerance) assert_close_at((actual), (expected), (tolerance), __FILE__, __LINE__)

/* Gives `left` blocks, then none; counts what was not given back.  left < 0: never fails. */
struct failing_allocator {
  struct allocator allocator; /* first: ctx is the whole */
  long left;
  long taken, outstanding;
};

static inline void *failing_take(void *ctx, size_t size)
{
  struct failing_allocator *failing = ctx;
  if (failing->left == 0) {
    return NULL;
  }
  failing->left -= failing->left > 0;
  failing->taken++;
  failing->outstanding++;
  return malloc(size);
}

static inline void failing_give(void *ctx, void *block, size_t size)
{
  struct failing_allocator *failing = ctx;
  (void)size;
  failing->outstanding -= block != NULL;
  free(block);
}

static inline void failing_init(struct failing_allocator *failing, long left)
{
  *failing = (struct failing_allocator){ .allocator = { failing_take, failing_give, failing }, .left = left };
}

#endif
