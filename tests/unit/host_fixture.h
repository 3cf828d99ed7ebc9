/* host_fixture.h: a registry, an arena and a folder of its own for every test of the host. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_TESTS_HOST_FIXTURE_H
#define HEADROOM_TESTS_HOST_FIXTURE_H

#include "host/host.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

struct fixture {
  struct arena arena;
  struct registry *registry;
  struct error error;
  char folder[64]; /* a fresh one of ours */
};

static inline struct fixture *fixture_open(const struct allocator *from, const char *plugin_path, bool safe,
                                           double deadline_s)
{
  struct fixture *fixture = calloc(1, sizeof *fixture);
  assert_non_null(fixture);
  arena_init(&fixture->arena, from);
  strcpy(fixture->folder, "host_test_XXXXXX");
  assert_non_null(mkdtemp(fixture->folder));
  char *cache = realpath(fixture->folder, NULL); /* not the user's own */
  assert_int_equal(setenv("XDG_CACHE_HOME", cache, 1), 0);
  free(cache);
  const struct registry_options options = { .plugin_path = plugin_path, .safe = safe, .deadline_s = deadline_s };
  const enum status status = registry_open(&fixture->arena, &options, &fixture->registry, &fixture->error);
  if (status != STATUS_OK) {
    fixture->registry = NULL;
  }
  return fixture;
}

static inline void fixture_close(struct fixture *fixture)
{
  registry_close(fixture->registry);
  arena_fini(&fixture->arena);
  char command[128];
  snprintf(command, sizeof command, "rm -rf %s", fixture->folder);
  assert_int_equal(system(command), 0);
  free(fixture);
}

static inline const char *bad(struct fixture *fixture, const char *name)
{
  return arena_printf(&fixture->arena, BAD_PLUGINS "/%s.so", name);
}

static inline struct probe_report probe(struct fixture *fixture, const char *path)
{
  struct probe_report report;
  assert_int_equal(registry_probe_file(fixture->registry, path, &report, &fixture->error), STATUS_OK);
  return report;
}

static inline void copy_file(const char *from, const char *to, mode_t mode)
{
  char command[1024];
  snprintf(command, sizeof command, "cp %s %s", from, to);
  assert_int_equal(system(command), 0);
  assert_int_equal(chmod(to, mode), 0);
}

/* A program that looks at plugins is executed again for first contact. */
static inline bool is_probe(int argc, char **argv)
{
  return argc > 1 && strcmp(argv[1], "__probe") == 0;
}

#endif
