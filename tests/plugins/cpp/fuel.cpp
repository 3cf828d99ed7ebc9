// fuel.cpp: dearer fuel on lines tagged `transport`: a plugin in C++17, to show that one can be written so; not
// shipped. SPDX-License-Identifier: GPL-3.0-or-later
#include <headroom/plugin.h>

#include <cstdint>
#include <cstring>
#include <new>
#include <vector>

namespace
{

constexpr const char *rules =
    "1. What fuel costs more is added to the yearly rate of each line, by the fuel in its price.\n"
    "2. A third of a contractor's price is fuel, and a tenth of what the council runs itself.\n"
    "3. Cheaper fuel is kept by contractors: only the council's own lines gain.\n";
constexpr double share_of_contracts = 1.0 / 3.0, share_of_own = 0.1;

enum : std::uint32_t { P_RISE };
enum : std::uint32_t { S_LINES };

constexpr hr_param params[] = {
  { "rise", "Price of fuel", "On top of the plan, in each year given.", "made up for a test", nullptr, 0.2, 0.0, -0.5,
    1.0, 0.001, HR_POINTS, HR_PER_YEAR | HR_SEVERITY },
};
constexpr hr_slot slots[] = {
  { "lines", "line:tag=transport.rate", "Lines that burn fuel.", nullptr, nullptr, HR_ADD, HR_PERCENT, HR_REBIND, 0 },
};

// What activate finds out once, and apply only reads.
struct Fuel {
  struct Line {
    double share;
    bool is_contract;
  };
  std::vector<Line> lines;
};

std::int32_t create(const hr_host *, void **self, hr_error *error) noexcept
{
  *self = new (std::nothrow) Fuel;
  return *self != nullptr ? HR_OK : hr_fail(error, HR_ENOMEM, -1, -1, "no memory");
}

// No exception may leave a plugin.
std::int32_t activate(void *self, const hr_setup *setup, hr_error *error) noexcept
try {
  auto &lines = static_cast<Fuel *>(self)->lines;
  lines.clear();
  for (std::uint32_t k = 0; k < setup->count[S_LINES]; k++) {
    const char *kind = setup->text(setup, S_LINES, k, "class");
    const bool is_contract = kind != nullptr && std::strcmp(kind, "contract") == 0;
    lines.push_back({ is_contract ? share_of_contracts : share_of_own, is_contract }); // Rule 2
  }
  return HR_OK;
} catch (const std::bad_alloc &) {
  return hr_fail(error, HR_ENOMEM, -1, -1, "no memory");
}

std::int32_t apply(const void *self, const hr_batch *b) noexcept
{
  const auto &lines = static_cast<const Fuel *>(self)->lines;
  for (std::uint32_t k = 0; k < lines.size(); k++) {
    for (std::uint32_t y = 0; y < b->n_years; y++) {
      const double *rise = hr_value(b, P_RISE, y);
      double *rate = hr_out(b, S_LINES, k, y);
      for (std::uint32_t i = 0; i < b->stride; i++) {
        const bool is_kept = lines[k].is_contract && rise[i] < 0.0; // Rule 3
        rate[i] = is_kept ? 0.0 : lines[k].share * rise[i];         // Rule 1
      }
    }
  }
  return HR_OK;
}

void destroy(void *self) noexcept
{
  delete static_cast<Fuel *>(self);
}

// C++17 has no designated initialisers: the fields stand in the order of the header.
constexpr hr_plugin plugin = {
  HR_PLUGIN_HEAD,
  "org.headroom.test.fuel",
  "Price of fuel",
  "1.0.0",
  "the Headroom authors",
  "GPL-3.0-or-later",
  "Dearer fuel on lines tagged transport.",
  rules,
  "Made up, to test that plugins can be written in C++; the shares are nobody's.",
  params,
  slots,
  1, // parameter
  1, // slot
  0, // rows of scratch
  0, // flags
  create,
  activate,
  apply,
  nullptr, // deactivate: nothing to do
  destroy,
  nullptr, // extension: none
};

} // namespace

const hr_plugin *headroom_plugin_v1(std::uint32_t index)
{
  return index == 0 ? &plugin : nullptr;
}
