/* test_worker.c: a worker may die in any way: how it ended is named, and nothing of it is left. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "host_fixture.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>

/* ---- workers ------------------------------------------------------------------------------------------- */

static struct watch *watch_new(void)
{
  struct watch *watch = shared_alloc(sizeof *watch);
  assert_non_null(watch);
  return watch;
}

static void job_writes(void *ctx, struct watch *watch)
{
  watch->year = 3;
  *(int *)ctx = 7; /* a copy of the child's own */
}

static void worker_that_returns_is_ok_and_touches_only_what_is_shared(void **state)
{
  (void)state;
  struct watch *watch = watch_new();
  int own = 1, signal = -1;
  assert_int_equal(worker_run(job_writes, &own, watch, 0, &signal), VERDICT_OK);
  assert_int_equal(watch->year, 3);
  assert_int_equal(own, 1);
  assert_int_equal(signal, 0);
  shared_free(watch, sizeof *watch);
}

static void job_crashes(void *ctx, struct watch *watch)
{
  (void)ctx;
  watch->call = CALL_APPLY;
  raise(SIGSEGV);
}

static void worker_that_crashes_is_named_with_its_signal(void **state)
{
  (void)state;
  struct watch *watch = watch_new();
  int signal = 0;
  assert_int_equal(worker_run(job_crashes, NULL, watch, 0, &signal), VERDICT_CRASHED);
  assert_int_equal(signal, SIGSEGV);
  assert_string_equal(watch_call_name(watch->call), "in apply");
  shared_free(watch, sizeof *watch);
}

/* Number 1 crashes while the rest would go on for ever. */
static void job_one_of_three(void *ctx, int number, struct watch *watch)
{
  (void)ctx;
  watch->call = CALL_APPLY;
  watch->use = number;
  for (;;) {
    __atomic_add_fetch(&watch->beat, 1, __ATOMIC_RELAXED);
    if (number == 1) {
      raise(SIGSEGV);
    }
  }
}

static void of_several_workers_the_first_that_fails_is_named_and_ends_the_rest(void **state)
{
  (void)state;
  enum { N = 3 };
  struct watch *watch = shared_alloc(N * sizeof *watch);
  assert_non_null(watch);
  int which = -1, signal = 0;
  assert_int_equal(workers_run(N, job_one_of_three, NULL, watch, 5, &which, &signal), VERDICT_CRASHED);
  assert_int_equal(which, 1);
  assert_int_equal(signal, SIGSEGV);
  assert_int_equal(watch[which].use, 1);
  const uint32_t beat = __atomic_load_n(&watch[0].beat, __ATOMIC_RELAXED);
  struct timespec pause = { 0, 20000000 };
  nanosleep(&pause, NULL);
  assert_int_equal(__atomic_load_n(&watch[0].beat, __ATOMIC_RELAXED), beat); /* it has been ended too */
  shared_free(watch, N * sizeof *watch);
}

struct counted {
  int taken[64];
  uint32_t next;
};

static void job_counts(void *ctx, int number, struct watch *watch)
{
  struct counted *counted = ctx;
  (void)watch;
  for (uint32_t at; (at = __atomic_fetch_add(&counted->next, 1, __ATOMIC_RELAXED)) < 64;) {
    counted->taken[at] += number + 1;
  }
}

static void several_workers_share_out_what_there_is_to_do(void **state)
{
  (void)state;
  enum { N = 4 };
  struct watch *watch = shared_alloc(N * sizeof *watch);
  struct counted *counted = shared_alloc(sizeof *counted);
  assert_non_null(watch);
  assert_non_null(counted);
  int which = -1, signal = 0;
  assert_int_equal(workers_run(N, job_counts, counted, watch, 5, &which, &signal), VERDICT_OK);
  for (int i = 0; i < 64; i++) {
    assert_in_range(counted->taken[i], 1, N); /* by one of them, once */
  }
  shared_free(counted, sizeof *counted);
  shared_free(watch, N * sizeof *watch);
}

static void job_exits(void *ctx, struct watch *watch)
{
  (void)ctx, (void)watch;
  _exit(0);
}

static void worker_that_exits_with_0_has_not_succeeded(void **state)
{
  (void)state;
  struct watch *watch = watch_new();
  assert_int_equal(worker_run(job_exits, NULL, watch, 0, NULL), VERDICT_EXITED);
  shared_free(watch, sizeof *watch);
}

static void job_loops(void *ctx, struct watch *watch)
{
  (void)ctx, (void)watch;
  for (;;) {
    usleep(1000);
  }
}

static void worker_without_a_beat_is_ended_at_the_deadline(void **state)
{
  (void)state;
  struct watch *watch = watch_new();
  assert_int_equal(worker_run(job_loops, NULL, watch, 0.1, NULL), VERDICT_TIMEOUT);
  assert_int_equal(waitpid(-1, NULL, WNOHANG), -1); /* nobody is left to be reaped */
  shared_free(watch, sizeof *watch);
}

static void job_beats(void *ctx, struct watch *watch)
{
  (void)ctx;
  for (int i = 0; i < 20; i++) {
    usleep(50000);
    __atomic_add_fetch(&watch->beat, 1, __ATOMIC_RELAXED);
  }
}

static void worker_with_a_beat_may_take_longer_than_the_deadline(void **state)
{
  (void)state;
  struct watch *watch = watch_new();
  assert_int_equal(worker_run(job_beats, NULL, watch, 0.6, NULL), VERDICT_OK);
  shared_free(watch, sizeof *watch);
}

static void job_leaves_a_child(void *ctx, struct watch *watch)
{
  (void)ctx;
  const pid_t pid = fork();
  if (pid == 0) {
    for (;;) {
      pause();
    }
  }
  watch->use = pid;
}

static void what_a_worker_started_ends_with_it(void **state)
{
  (void)state;
  struct watch *watch = watch_new();
  assert_int_equal(worker_run(job_leaves_a_child, NULL, watch, 0, NULL), VERDICT_OK);
  int is_gone = 0;
  for (int i = 0; i < 200 && !is_gone; i++) { /* its new parent reaps it, soon */
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/stat", watch->use);
    FILE *file = fopen(path, "r");
    char text[256] = "";
    is_gone = file == NULL || fgets(text, sizeof text, file) == NULL || strstr(text, ") Z ") != NULL;
    if (file != NULL) {
      fclose(file);
    }
    usleep(5000);
  }
  assert_true(is_gone);
  shared_free(watch, sizeof *watch);
}

static void job_prints(void *ctx, struct watch *watch)
{
  (void)ctx;
  watch->year = printf("not part of any result\n");
  fflush(stdout);
}

static void what_a_worker_prints_is_not_part_of_the_result(void **state)
{
  (void)state;
  struct watch *watch = watch_new();
  fflush(stdout);
  const int saved = dup(STDOUT_FILENO), file = open("host_test_output", O_RDWR | O_CREAT | O_TRUNC, 0600);
  dup2(file, STDOUT_FILENO);
  const enum verdict verdict = worker_run(job_prints, NULL, watch, 0, NULL);
  dup2(saved, STDOUT_FILENO);
  close(saved);
  const off_t size = lseek(file, 0, SEEK_END);
  close(file);
  unlink("host_test_output");
  assert_int_equal(verdict, VERDICT_OK);
  assert_int_equal(size, 0);
  shared_free(watch, sizeof *watch);
}

/* ---- loading ------------------------------------------------------------------------------------------- */

struct loading {
  const struct plugin *plugin[2];
  uint32_t *answers;
};

static void job_loads_two(void *ctx, struct watch *watch)
{
  const struct loading *loading = ctx;
  struct loaded loaded[3];
  for (int i = 0; i < 2; i++) {
    if (plugin_load(loading->plugin[i], &loaded[i], &watch->error) != VERDICT_OK) {
      return;
    }
    loading->answers[i] = loaded[i].plugin->n_params;
  }
  if (plugin_load(loading->plugin[0], &loaded[2], &watch->error) == VERDICT_OK) {
    loading->answers[2] = loaded[2].plugin == loaded[0].plugin;
  }
}

static void two_plugins_loaded_by_descriptor_stay_two(void **state)
{
  (void)state;
  struct fixture *fixture = fixture_open(NULL, NULL, true, 0);
  struct watch *watch = watch_new();
  struct loading loading = { .answers = shared_alloc(4 * sizeof(uint32_t)) };
  loading.plugin[0] = probe(fixture, bad(fixture, "plain")).plugin;
  loading.plugin[1] = probe(fixture, bad(fixture, "policy")).plugin;
  assert_int_equal(worker_run(job_loads_two, &loading, watch, 0, NULL), VERDICT_OK);
  assert_int_equal(loading.answers[0], 2);
  assert_int_equal(loading.answers[1], 1);
  assert_int_equal(loading.answers[2], 1); /* the second use of a plugin is the same object */
  shared_free(loading.answers, 4 * sizeof(uint32_t));
  shared_free(watch, sizeof *watch);
  fixture_close(fixture);
}

int main(int argc, char **argv)
{
  if (is_probe(argc, argv)) {
    return probe_main(argc, argv);
  }
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(worker_that_returns_is_ok_and_touches_only_what_is_shared),
    cmocka_unit_test(worker_that_crashes_is_named_with_its_signal),
    cmocka_unit_test(of_several_workers_the_first_that_fails_is_named_and_ends_the_rest),
    cmocka_unit_test(several_workers_share_out_what_there_is_to_do),
    cmocka_unit_test(worker_that_exits_with_0_has_not_succeeded),
    cmocka_unit_test(worker_without_a_beat_is_ended_at_the_deadline),
    cmocka_unit_test(worker_with_a_beat_may_take_longer_than_the_deadline),
    cmocka_unit_test(what_a_worker_started_ends_with_it),
    cmocka_unit_test(what_a_worker_prints_is_not_part_of_the_result),
    cmocka_unit_test(two_plugins_loaded_by_descriptor_stay_two),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
