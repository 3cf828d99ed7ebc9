/* probe.c: the child that meets a plugin first: this program executed again, with a socket and a piece of shared
 * memory.
 *
 * It loads what it is sent, packs the descriptions into the shared memory and sends one final message: only that
 * message means that all went well, no exit status does. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/probe.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>

static bool request_receive(struct request *request, int *fd)
{
  union {
    struct cmsghdr header;
    char room[CMSG_SPACE(sizeof(int))];
  } control;
  struct iovec part = { request, sizeof *request };
  struct msghdr message = {
    .msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control
  };
  const ssize_t n = recvmsg(CHILD_SOCKET, &message, MSG_CMSG_CLOEXEC);
  const struct cmsghdr *header = n == (ssize_t)sizeof *request ? CMSG_FIRSTHDR(&message) : NULL;
  if (header == NULL || header->cmsg_type != SCM_RIGHTS || header->cmsg_len != CMSG_LEN(sizeof(int))) {
    return false;
  }
  memcpy(fd, CMSG_DATA(header), sizeof *fd);
  return true;
}

/* What hr_plugin says, as the host keeps it; the arrays are copies, because elements may be longer or shorter than
 * ours. */
static void plugin_view(const struct hr_plugin *theirs, uint32_t index, struct hr_param *params, struct hr_slot *slots,
                        struct probe_area *area, struct plugin *view)
{
  *view = (struct plugin){
    .id = theirs->id,
    .title = theirs->name,
    .version = theirs->version,
    .author = theirs->author,
    .licence = theirs->licence,
    .summary = theirs->summary,
    .rules = theirs->rules,
    .sources = theirs->sources,
    .index = index,
    .abi = theirs->abi,
    .n_params = theirs->n_params,
    .n_slots = theirs->n_slots,
    .n_scratch = theirs->n_scratch,
    .param = params,
    .slot = slots,
  };
  for (uint32_t i = 0; theirs->n_params <= MAX_PARAMS && i < theirs->n_params;
       i++) { /* an absurd count is refused later */
    param_copy(theirs, i, &params[i]);
  }
  for (uint32_t i = 0; theirs->n_slots <= MAX_SLOTS && i < theirs->n_slots; i++) {
    slot_copy(theirs, i, &slots[i]);
  }
  if (theirs->extension != NULL) {
    area->stage = STAGE_EXTENSION;
    view->has_policy = theirs->extension(HR_EXT_POLICY) != NULL;
    view->has_explain = theirs->extension(HR_EXT_EXPLAIN) != NULL;
  }
}

static enum verdict pack_all(const struct object *object, struct probe_area *area, uint32_t *length,
                             struct detail *detail)
{
  static struct hr_param params[MAX_PARAMS];
  static struct hr_slot slots[MAX_SLOTS];
  struct packing packing = { .at = area->packed, .end = area->packed + sizeof area->packed, .why = detail };
  area->n_plugins = 0;
  for (uint32_t index = 0; index < MAX_PLUGINS; index++) {
    area->stage = STAGE_ENTRY;
    const struct hr_plugin *theirs = object->entry(index);
    if (theirs == NULL) {
      break;
    }
    struct hr_plugin copy;
    const enum verdict verdict = descriptor_copy(theirs, &copy, detail);
    if (verdict != VERDICT_OK) {
      return verdict;
    }
    struct plugin view;
    plugin_view(&copy, index, params, slots, area, &view);
    pack_plugin(&packing, &view);
    if (packing.failed) {
      return VERDICT_DESCRIPTOR;
    }
    area->n_plugins++;
  }
  *length = (uint32_t)(packing.at - area->packed);
  return area->n_plugins > 0 ? VERDICT_OK : refuse(detail, VERDICT_DESCRIPTOR, "it holds no plugin");
}

static enum verdict look(int fd, struct probe_area *area, uint32_t *length, struct detail *detail)
{
  struct hygiene before;
  struct object object = { NULL };
  hygiene_take(&before);
  area->stage = STAGE_LOADING;
  enum verdict verdict = object_open(fd, &object, detail);
  if (verdict == VERDICT_OK) {
    verdict = pack_all(&object, area, length, detail);
  }
  area->stage = STAGE_DONE;
  const enum verdict state = hygiene_compare(&before);
  if (verdict == VERDICT_OK && strcmp(setlocale(LC_ALL, NULL), "C") != 0) {
    return refuse(detail, VERDICT_LOCALE, "the locale is now %s", setlocale(LC_ALL, NULL));
  }
  return verdict == VERDICT_OK && state != VERDICT_OK ? refuse(detail, state, "loading it was enough") : verdict;
}

int probe_main(int argc, char **argv)
{
  const long parent = argc == 3 ? strtol(argv[2], NULL, 10) : 0;
  struct probe_area *area = mmap(NULL, sizeof *area, PROT_READ | PROT_WRITE, MAP_SHARED, CHILD_AREA, 0);
  if (parent <= 0 || area == MAP_FAILED || getenv(PROBE_GUARD) == NULL) {
    return status_exit_code(STATUS_USAGE);
  }
  child_enter((pid_t)parent, PROBE_MEMORY);
  struct request request = { 0 };
  /* The descriptors stay open: a closed one's number would be used again, and glibc would take the next plugin for this
   * one. */
  for (int fd; request_receive(&request, &fd);) {
    struct answer answer = { .sequence = request.sequence };
    child_limit_cpu(request.deadline_s);
    answer.verdict = (uint32_t)look(fd, area, &answer.length, &answer.detail);
    if (send(CHILD_SOCKET, &answer, sizeof answer, MSG_NOSIGNAL) != (ssize_t)sizeof answer) {
      break;
    }
  }
  return 0;
}
