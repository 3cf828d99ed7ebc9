/* bench.c: speed as ratios within one run: the projection against a bare loop, the loader against reading the same
 * bytes.
 *
 * usage: bench projection FOLDER | bench load FOLDER... | bench stress FOLDER PLUGINS PACK... | bench draws FOLDER
 * Rounds alternate the two sides, so that a machine that slows down slows both; medians of the ratios are printed. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench.h"

#include "host/host.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { LANES = 256 };

double seconds(void)
{
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static int by_size(const void *a, const void *b)
{
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

double median(double values[ROUNDS])
{
  qsort(values, ROUNDS, sizeof *values, by_size);
  return values[ROUNDS / 2];
}

int fail(const char *what)
{
  fprintf(stderr, "bench: %s\n", what);
  return 1;
}

/* ---- projection ---------------------------------------------------------------------------------------- */

static const char *const driver_ids[] = { "pay",      "cpi",         "asc_fee",     "asc_demand",
                                          "lac_cost", "send_cost",   "fees_price",  "fees_volume",
                                          "levies",   "base_growth", "rates_growth" };

static bool rates_of(const struct plan *plan, struct saltmere *out)
{
  double(*rows)[5] = (double(*)[5])out;
  for (size_t d = 0; d < COUNT_OF(driver_ids); d++) {
    const int driver = plan_driver_find(plan, driver_ids[d]);
    if (driver < 0) {
      return false;
    }
    for (int y = 0; y < 5; y++) {
      rows[d][y] = plan->driver[driver].points[y];
    }
  }
  return true;
}

/* Every driver moved in every year, by nothing in lane 0 and a little more in each. */
struct moved {
  bool *touched;
  const double **scale, **add;
  double row[LANES];
};

static bool moved_make(struct moved *moved, const struct plan *plan)
{
  const size_t cells = (size_t)(plan->n_inputs * plan->n_years);
  moved->touched = calloc((size_t)plan->n_inputs, sizeof *moved->touched);
  moved->scale = calloc(cells, sizeof *moved->scale);
  moved->add = calloc(cells, sizeof *moved->add);
  if (moved->touched == NULL || moved->scale == NULL || moved->add == NULL) {
    return false;
  }
  for (int i = 0; i < LANES; i++) {
    moved->row[i] = (double)i * 1e-5;
  }
  for (int d = 0; d < plan->n_drivers; d++) {
    moved->touched[plan->driver[d].input] = true;
    for (int y = 0; y < plan->n_years; y++) {
      moved->add[plan->driver[d].input * plan->n_years + y] = moved->row;
    }
  }
  return true;
}

static double engine_round(struct projection *p, const struct plan *plan, const struct moved *moved, int lanes,
                           int times)
{
  const double start = seconds();
  for (int n = 0; n < times; n++) {
    for (int y = 0; y < plan->n_years; y++) {
      projection_year(p, &(struct changes){ moved->scale, moved->add }, lanes, y);
    }
  }
  return (seconds() - start) / ((double)times * lanes);
}

static double bare_round(const struct saltmere *rates, int times, volatile double *sink)
{
  struct saltmere moved = *rates;
  const double start = seconds();
  for (int n = 0; n < times; n++) {
    moved.pay[0] = rates->pay[0] + (double)(n & 255) * 1e-5;
    *sink = saltmere_bare(&moved);
  }
  return (seconds() - start) / (double)times;
}

static int bench_projection(const char *path)
{
  struct folder folder;
  struct saltmere rates;
  struct moved moved;
  struct projection *one = NULL, *many = NULL;
  volatile double sink = 0.0;
  if (folder_load(&folder, path, NULL, NULL) != STATUS_OK || !rates_of(&folder.plan, &rates) ||
      !moved_make(&moved, &folder.plan) || projection_new(&folder.plan, moved.touched, 1, &one) != STATUS_OK ||
      projection_new(&folder.plan, moved.touched, LANES, &many) != STATUS_OK) {
    return fail("cannot load the worked example");
  }
  pence unfunded = 0;
  for (int y = 0; y < folder.plan.n_years; y++) {
    unfunded += folder.baseline->measure[M_UNFUNDED][y];
  }
  if (saltmere_bare(&rates) * 100.0 != (double)unfunded) {
    return fail("the bare loop and the engine do not compute the same thing");
  }
  double single[ROUNDS], batch[ROUNDS], bare_ns[ROUNDS];
  for (int r = 0; r < ROUNDS; r++) {
    const double bare = bare_round(&rates, 100000, &sink);
    single[r] = engine_round(one, &folder.plan, &moved, 1, 5000) / bare;
    batch[r] = engine_round(many, &folder.plan, &moved, LANES, 200) / bare;
    bare_ns[r] = bare * 1e9;
  }
  printf("projection of five years, against the same arithmetic as a bare loop (%.0f ns)\n", median(bare_ns));
  printf("  a lane in a batch of %d   %6.2f x\n", LANES, median(batch));
  printf("  a batch of one            %6.2f x\n", median(single));
  projection_free(one);
  projection_free(many);
  free(moved.touched);
  free(moved.scale);
  free(moved.add);
  folder_fini(&folder);
  return 0;
}

/* ---- load ---------------------------------------------------------------------------------------------- */

static double read_folder(const char *path, size_t *bytes)
{
  static char block[1 << 16];
  const double start = seconds();
  DIR *dir = opendir(path);
  for (struct dirent *entry; dir != NULL && (entry = readdir(dir)) != NULL;) {
    const int fd = openat(dirfd(dir), entry->d_name, O_RDONLY | O_CLOEXEC);
    for (ssize_t n; fd >= 0 && (n = read(fd, block, sizeof block)) > 0;) {
      *bytes += (size_t)n;
    }
    if (fd >= 0) {
      close(fd);
    }
  }
  if (dir != NULL) {
    closedir(dir);
  }
  return seconds() - start;
}

static double load_folder(const char *path, bool *loaded)
{
  struct folder folder;
  const double start = seconds();
  *loaded &= folder_load(&folder, path, NULL, NULL) == STATUS_OK;
  folder_fini(&folder);
  return seconds() - start;
}

static int bench_load(int count, char **paths)
{
  double ratio[ROUNDS], each[ROUNDS];
  size_t bytes = 0;
  bool loaded = true;
  for (int r = 0; r < ROUNDS; r++) {
    double reading = 0.0, loading = 0.0;
    bytes = 0;
    for (int i = 0; i < count; i++) {
      reading += read_folder(paths[i], &bytes);
      loading += load_folder(paths[i], &loaded);
    }
    ratio[r] = loading / reading;
    each[r] = loading / count * 1e6;
  }
  if (!loaded) {
    return fail("a generated council does not load");
  }
  printf("load of %d councils (%zu kB), against reading the same bytes\n", count, bytes / 1000);
  printf("  to a checked plan         %6.2f x   (%.0f us a council)\n", median(ratio), median(each));
  return 0;
}

int main(int argc, char **argv)
{
  if (argc > 1 && strcmp(argv[1], "__probe") == 0) {
    return probe_main(argc, argv);
  }
  if (argc == 3 && strcmp(argv[1], "projection") == 0) {
    return bench_projection(argv[2]);
  }
  if (argc > 2 && strcmp(argv[1], "load") == 0) {
    return bench_load(argc - 2, argv + 2);
  }
  if (argc > 3 && strcmp(argv[1], "stress") == 0) {
    return bench_stress(argv[2], argv[3], argc - 4, argv + 4);
  }
  if (argc == 3 && strcmp(argv[1], "draws") == 0) {
    return bench_draws(argv[2]);
  }
  return fail("usage: bench projection FOLDER | load FOLDER... | stress FOLDER PLUGINS PACK... | draws FOLDER");
}
