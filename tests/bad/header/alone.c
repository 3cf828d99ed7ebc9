/* alone.c: a plugin in what C and C++ have in common, to show that the header needs nothing else; compiled as C11, C17,
 * C++17. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include <headroom/plugin.h>

static const struct hr_param params[] = {
  { "extra", "Extra", "Added to every rate.", "made up", 0, 0.01, 0.0, 0.0, 0.1, 0.0001, HR_POINTS, HR_SEVERITY },
};
static const struct hr_slot slots[] = {
  { "rate", "driver:*.value", "Every rate.", 0, 0, HR_ADD, HR_PERCENT, 0, 0 },
};

static int32_t apply(const void *self, const struct hr_batch *b)
{
  (void)self;
  for (uint32_t k = 0; k < b->slot[0].count; k++) {
    for (uint32_t year = 0; year < b->n_years; year++) {
      const double *extra = hr_value(b, 0, year), *rate = hr_in(b, 0, k, year);
      double *HR_RESTRICT out = hr_out(b, 0, k, year);
      for (uint32_t i = 0; i < b->stride; i++) {
        out[i] = rate[i] > 0.0 ? extra[i] : 0.0;
      }
    }
  }
  return b->n_lanes > 0 ? HR_OK : hr_fail(b->err, HR_EINVAL, -1, -1, "no lanes");
}

static const struct hr_plugin plugin = {
  HR_PLUGIN_HEAD,
  "org.headroom.test.alone",
  "Alone",
  "1.0.0",
  "",
  "",
  "",
  "",
  "",
  params,
  slots,
  1,
  1,
  0,
  0,
  0,
  0,
  apply,
  0,
  0,
  0,
};

const struct hr_plugin *headroom_plugin_v1(uint32_t index)
{
  return index == 0 && HR_HAS(&plugin, extension) ? &plugin : 0;
}
