/* crew.c: a run shared out among processes that something else started, mpirun say.
 *
 * (1) The library that joins them is a module in lib/headroom, loaded when asked for and in a process of its
 *     own: such libraries start threads, and the program, which forks workers, has but one.
 * (2) The two talk over a pair of sockets, a byte for each request and a number for each answer; words to be
 *     added go through memory that both share, so many at a time.
 * (3) When the program goes without leaving, its helper ends the whole crew: nobody waits for sums that will
 *     not come.
 */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/crew.h"
#include "host/inside.h"
#include "host/search.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WORDS = 1 << 16 };

struct exchange {
  int code, rank, size;
  char text[256];
  size_t n;
  uint64_t word[WORDS];
};
struct crew {
  int rank, size, fd;
  pid_t helper;
  bool parted; /* some process failed, and all know it */
  struct exchange *exchange;
};
enum request { REQUEST_SUM = 'S', REQUEST_LEAVE = 'L' };

/* ---- the helper ---------------------------------------------------------------------------------------- */

static crew_module_entry *find_module(struct exchange *exchange)
{
  static const char *const libraries[] = { MULTIARCH_FOLDER, "lib", "lib64" };
  char root[3072], path[4096];
  if (!program_root(root, sizeof root)) {
    return NULL;
  }
  for (size_t i = 0; i < COUNT_OF(libraries); i++) {
    (void)snprintf(path, sizeof path, "%s/%s/headroom/headroom_mpi.so", root, libraries[i]);
    if (access(path, R_OK) == 0) {
      void *handle = dlopen(path, RTLD_NOW | RTLD_GLOBAL);
      if (handle == NULL) {
        (void)snprintf(exchange->text, sizeof exchange->text, "%.255s", dlerror());
        return NULL;
      }
      crew_module_entry *entry = NULL;
      void *symbol = dlsym(handle, CREW_MODULE_ENTRY);
      memcpy(&entry, &symbol, sizeof entry);
      return entry;
    }
  }
  (void)snprintf(exchange->text, sizeof exchange->text,
                 "this Headroom was built without headroom_mpi.so (-DHEADROOM_MPI=ON builds it)");
  return NULL;
}

static _Noreturn void help(int fd, struct exchange *exchange)
{
  struct crew_module module = { 0 };
  crew_module_entry *entry = find_module(exchange);
  if (entry != NULL) {
    entry(&module);
    exchange->code = module.join(&exchange->rank, &exchange->size);
  } else {
    exchange->code = -1;
  }
  char request = 'J';
  if (write(fd, &request, 1) != 1 || exchange->code != 0) {
    _exit(1);
  }
  while (read(fd, &request, 1) == 1) {
    exchange->code = request == REQUEST_SUM ? module.sum(exchange->word, exchange->n) : module.leave();
    if (write(fd, &request, 1) != 1) {
      break;
    }
    if (request == REQUEST_LEAVE) {
      _exit(0);
    }
  }
  module.give_up(); /* rule 3 */
  _exit(1);
}

/* ---- the program --------------------------------------------------------------------------------------- */

static bool answered(const struct crew *crew)
{
  char answer;
  return read(crew->fd, &answer, 1) == 1;
}

static bool asked(const struct crew *crew, enum request request)
{
  const char byte = (char)request;
  return send(crew->fd, &byte, 1, MSG_NOSIGNAL) == 1 && answered(crew);
}

static enum status start(struct crew *crew, struct error *error)
{
  int pair[2];
  crew->exchange = shared_alloc(sizeof *crew->exchange);
  if (crew->exchange == NULL || socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0) {
    return error_set(error, STATUS_MEMORY, "no memory for a crew");
  }
  crew->helper = fork();
  if (crew->helper == 0) {
    close(pair[0]);
    help(pair[1], crew->exchange);
  }
  close(pair[1]);
  crew->fd = pair[0];
  if (crew->helper < 0 || !answered(crew) || crew->exchange->code != 0) {
    return error_set(error, STATUS_FILE, "--mpi: %s",
                     crew->exchange->text[0] != '\0' ? crew->exchange->text : "MPI could not be started");
  }
  crew->rank = crew->exchange->rank;
  crew->size = crew->exchange->size;
  return STATUS_OK;
}

static void release(struct crew *crew)
{
  if (crew->fd >= 0) {
    close(crew->fd);
  }
  if (crew->helper > 0) {
    (void)waitpid(crew->helper, NULL, 0);
  }
  shared_free(crew->exchange, sizeof *crew->exchange);
  free(crew);
}

enum status crew_join(struct crew **out, struct error *error)
{
  *out = NULL;
  struct crew *crew = calloc(1, sizeof *crew);
  if (crew == NULL) {
    return error_set(error, STATUS_MEMORY, "%s", status_sentence(STATUS_MEMORY));
  }
  crew->fd = -1;
  const enum status status = start(crew, error);
  if (status != STATUS_OK) {
    release(crew);
    return status;
  }
  *out = crew;
  return STATUS_OK;
}

int crew_rank(const struct crew *crew)
{
  return crew != NULL ? crew->rank : 0;
}

int crew_size(const struct crew *crew)
{
  return crew != NULL ? crew->size : 1;
}

enum status crew_sum(struct crew *crew, uint64_t *words, size_t n, struct error *error)
{
  for (size_t at = 0; crew != NULL && at < n; at += WORDS) {
    const size_t some = n - at < WORDS ? n - at : WORDS;
    memcpy(crew->exchange->word, words + at, some * sizeof *words);
    crew->exchange->n = some;
    if (!asked(crew, REQUEST_SUM) || crew->exchange->code != 0) {
      return error_set(error, STATUS_INTERNAL, "MPI could not add up what the crew found");
    }
    memcpy(words + at, crew->exchange->word, some * sizeof *words);
  }
  return STATUS_OK;
}

enum status crew_agree(struct crew *crew, enum status own, struct error *error)
{
  uint64_t failed = own != STATUS_OK;
  struct error other = { 0 };
  if (crew == NULL || crew->parted) {
    return own;
  }
  const enum status status = crew_sum(crew, &failed, 1, own == STATUS_OK ? error : &other);
  if (own != STATUS_OK || status != STATUS_OK) {
    crew->parted = true;
    return own != STATUS_OK ? own : status;
  }
  crew->parted = failed > 0;
  return failed > 0 ? error_set(error, STATUS_INTERNAL, "another process of the crew failed") : STATUS_OK;
}

void crew_leave(struct crew *crew, enum status own)
{
  if (crew != NULL) {
    struct error error;
    if (own == STATUS_OK || crew_agree(crew, own, &error) == own) {
      (void)asked(crew, REQUEST_LEAVE);
    }
    release(crew);
  }
}
