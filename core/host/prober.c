/* prober.c: keeps a child to which plugins are shown, and believes nothing that comes back unseen; for registry.c.
 *
 * One child looks at many files.  After a casualty another takes its place, and a casualty that was not the child's
 * first file is repeated with the new one, so that what an earlier plugin left behind is not laid at a later one's
 * door. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/probe.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

enum { HIGH_DESCRIPTOR = 32 };

static const char *const stage_names[] = { "while loading", "in headroom_plugin_v1", "in extension",
                                           "after it had answered" };

void prober_init(struct prober *prober, double deadline_s)
{
  *prober = (struct prober){ .socket = -1, .area_fd = -1, .deadline_s = deadline_s > 0 ? deadline_s : 5.0 };
}

static enum verdict prober_stop(struct prober *prober, int *signal)
{
  if (prober->child.pid == 0) {
    return VERDICT_OK;
  }
  close(prober->socket);
  prober->socket = -1;
  return child_finish(&prober->child, signal);
}

void prober_fini(struct prober *prober)
{
  prober_stop(prober, NULL);
  if (prober->area != NULL) {
    munmap(prober->area, sizeof *prober->area);
    close(prober->area_fd);
  }
}

/* Sealed against shrinking: a child that cut it short would make the parent's next read a bus error. */
static bool area_make(struct prober *prober)
{
  const int fd = memfd_create("headroom-probe", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  if (fd < 0) {
    return false;
  }
  void *area = MAP_FAILED;
  if (ftruncate(fd, sizeof *prober->area) == 0 &&
      fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) == 0) {
    area = mmap(NULL, sizeof *prober->area, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  }
  if (area == MAP_FAILED) {
    close(fd);
    return false;
  }
  prober->area = area;
  prober->area_fd = fd;
  return true;
}

/* The child's own numbers for its two descriptors are fixed, so ours must not stand in their way. */
static int out_of_the_way(int fd)
{
  const int high = fcntl(fd, F_DUPFD_CLOEXEC, HIGH_DESCRIPTOR);
  close(fd);
  return high;
}

static int spawn_with(posix_spawn_file_actions_t *actions, int socket, int area, pid_t *pid)
{
  char parent[16];
  snprintf(parent, sizeof parent, "%d", (int)getpid());
  char name[] = "headroom", verb[] = "__probe";
  char *arguments[] = { name, verb, parent, NULL };
  posix_spawn_file_actions_adddup2(actions, socket, CHILD_SOCKET);
  posix_spawn_file_actions_adddup2(actions, area, CHILD_AREA);
  posix_spawn_file_actions_addclosefrom_np(actions, CHILD_FIRST_FREE);
  return posix_spawn(pid, "/proc/self/exe", actions, NULL, arguments, environ);
}

static int spawn(int socket, int area, pid_t *pid)
{
  posix_spawn_file_actions_t actions;
  if (posix_spawn_file_actions_init(&actions) != 0) {
    return ENOMEM;
  }
  setenv(PROBE_GUARD, "1", 1);
  const int problem = spawn_with(&actions, socket, area, pid);
  unsetenv(PROBE_GUARD);
  posix_spawn_file_actions_destroy(&actions);
  return problem;
}

static bool prober_start(struct prober *prober, struct detail *detail)
{
  if (getenv(PROBE_GUARD) != NULL) { /* a program whose main forgets probe_main would start itself for ever */
    refuse(detail, VERDICT_FAILED, "this program does not pass __probe to probe_main");
    return false;
  }
  int ends[2];
  if ((prober->area == NULL && !area_make(prober)) ||
      socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) {
    refuse(detail, VERDICT_FAILED, "a probe cannot be prepared: %s", strerror(errno));
    return false;
  }
  const int theirs = out_of_the_way(ends[1]);
  const int area = fcntl(prober->area_fd, F_DUPFD_CLOEXEC, HIGH_DESCRIPTOR);
  pid_t pid = 0;
  const int problem = theirs < 0 || area < 0 ? EMFILE : spawn(theirs, area, &pid);
  if (theirs >= 0) {
    close(theirs);
  }
  if (area >= 0) {
    close(area);
  }
  if (problem != 0) {
    close(ends[0]);
    refuse(detail, VERDICT_FAILED, "a probe cannot be started: %s", strerror(problem));
    return false;
  }
  prober->socket = ends[0];
  prober->answered = 0;
  child_began(&prober->child, pid, PROBE_MEMORY);
  return true;
}

static bool request_send(struct prober *prober, int fd)
{
  struct request request = { .deadline_s = prober->deadline_s };
  request.sequence = ++prober->sequence;
  union {
    struct cmsghdr header;
    char room[CMSG_SPACE(sizeof(int))];
  } control = { { 0 } };
  struct iovec part = { &request, sizeof request };
  struct msghdr message = {
    .msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control
  };
  struct cmsghdr *header = CMSG_FIRSTHDR(&message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(sizeof fd);
  memcpy(CMSG_DATA(header), &fd, sizeof fd);
  return sendmsg(prober->socket, &message, MSG_NOSIGNAL) == (ssize_t)sizeof request;
}

static const char *stage_of(const struct probe_area *area)
{
  const uint32_t stage = __atomic_load_n(&area->stage, __ATOMIC_RELAXED);
  return stage < COUNT_OF(stage_names) ? stage_names[stage] : "at an unknown point";
}

static enum verdict casualty(struct prober *prober, enum verdict known, struct detail *detail)
{
  int signal = 0;
  const enum verdict ended = prober_stop(prober, &signal);
  const enum verdict verdict = known != VERDICT_OK ? known : ended == VERDICT_OK ? VERDICT_EXITED : ended;
  const char *stage = stage_of(prober->area);
  if (verdict == VERDICT_CRASHED) {
    return refuse(detail, verdict, "%s (%s)", stage, strsignal(signal));
  }
  return verdict == VERDICT_TIMEOUT ? refuse(detail, verdict, "%s, %g seconds", stage, prober->deadline_s)
                                    : refuse(detail, verdict, "%s", stage);
}

/* True when a well-formed final message has come. */
static bool answer_receive(struct prober *prober, struct answer *answer)
{
  const ssize_t n = recv(prober->socket, answer, sizeof *answer, MSG_DONTWAIT);
  return n == (ssize_t)sizeof *answer && answer->sequence == prober->sequence && answer->verdict <= VERDICT_FAILED &&
         answer->length <= PACKED_MAX;
}

/* Waits for the final message, the end of the child, or the deadline. */
static enum verdict answer_await(struct prober *prober, struct answer *answer, struct detail *detail)
{
  const double until = seconds_now() + prober->deadline_s;
  for (;;) {
    struct pollfd wait = { .fd = prober->socket, .events = POLLIN };
    if (poll(&wait, 1, CHILD_TICK_MS) > 0) {
      return answer_receive(prober, answer) ? VERDICT_OK : casualty(prober, VERDICT_OK, detail);
    }
    child_looked_at();
    if (child_too_big(&prober->child)) {
      return casualty(prober, VERDICT_MEMORY, detail);
    }
    if (seconds_now() > until) {
      return casualty(prober, VERDICT_TIMEOUT, detail);
    }
  }
}

/* The last label of the id, with - as _. */
static const char *name_of(const char *id, struct arena *arena)
{
  const char *dot = strrchr(id, '.');
  const char *label = dot != NULL ? dot + 1 : id;
  char name[128];
  size_t n = 0;
  for (; n < sizeof name - 1 && label[n] != '\0'; n++) {
    name[n] = label[n] == '-' ? '_' : label[n];
  }
  return arena_strndup(arena, name, n);
}

static enum verdict unpack(const unsigned char *packed, const struct answer *answer, const struct sealed *sealed,
                           struct arena *arena, struct probe_report *report, struct detail *detail)
{
  unsigned char *bytes = arena_alloc(arena, answer->length); /* a copy: the child may still be writing to its own */
  report->plugin = arena_array(arena, MAX_PLUGINS, sizeof *report->plugin);
  if (bytes == NULL || report->plugin == NULL) {
    return VERDICT_MEMORY;
  }
  memcpy(bytes, packed, answer->length);
  struct packing packing = { .at = bytes, .end = bytes + answer->length, .arena = arena, .why = detail };
  while (packing.at < packing.end && report->n_plugins < MAX_PLUGINS) {
    struct plugin *plugin = &report->plugin[report->n_plugins];
    pack_plugin(&packing, plugin);
    if (packing.failed || arena->failed) {
      return VERDICT_DESCRIPTOR;
    }
    plugin->name = name_of(plugin->id, arena);
    plugin->path = report->path;
    plugin->fd = sealed->fd;
    memcpy(plugin->digest, sealed->digest, sizeof plugin->digest);
    const enum verdict verdict = plugin_validate(plugin, detail);
    if (verdict != VERDICT_OK) {
      return verdict;
    }
    for (int before = 0; before < report->n_plugins; before++) {
      if (strcmp(report->plugin[before].name, plugin->name) == 0) {
        return refuse(detail, VERDICT_DESCRIPTOR, "two of its plugins are called %s", plugin->name);
      }
    }
    report->n_plugins++;
  }
  return report->n_plugins > 0 ? VERDICT_OK : refuse(detail, VERDICT_DESCRIPTOR, "it holds no plugin");
}

static enum verdict ask_once(struct prober *prober, const struct sealed *sealed, struct answer *answer,
                             struct detail *detail)
{
  if (prober->child.pid == 0 && !prober_start(prober, detail)) {
    return VERDICT_FAILED;
  }
  if (!request_send(prober, sealed->fd)) {
    return casualty(prober, VERDICT_OK, detail);
  }
  return answer_await(prober, answer, detail);
}

bool prober_ask(struct prober *prober, const struct sealed *sealed, struct arena *arena, struct probe_report *report)
{
  struct answer answer = { 0 };
  struct detail detail = { { 0 } };
  const bool is_fresh = prober->child.pid == 0 || prober->answered == 0;
  enum verdict verdict = ask_once(prober, sealed, &answer, &detail);
  if (verdict != VERDICT_OK && prober->child.pid == 0 && !is_fresh) {
    verdict = ask_once(prober, sealed, &answer, &detail);
  }
  prober->answered++;
  if (verdict == VERDICT_OK) {
    verdict = (enum verdict)answer.verdict;
    detail_take(&detail, answer.detail.text, sizeof answer.detail.text);
  }
  if (verdict == VERDICT_OK) {
    verdict = unpack(prober->area->packed, &answer, sealed, arena, report, &detail);
  }
  if (verdict != VERDICT_OK) {
    report->n_plugins = 0;
    prober_stop(prober, NULL); /* whatever it left behind goes with the child */
  }
  report->verdict = verdict;
  report->detail = arena_strdup(arena, detail.text);
  return !arena->failed;
}
