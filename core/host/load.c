/* load.c: the one door to dlopen: sealed bytes to a descriptor.  Called in children only (or, for debuggers, in a run
 * in process).
 *
 * RTLD_NOW: a plugin with an unresolved symbol fails here, not in the middle of a run.  RTLD_LOCAL: plugins do not see
 * each other. RTLD_NODELETE: descriptors and traces stay valid as long as the process.  Objects are opened by
 * /proc/self/fd/N, which has no search path to be led astray by, and whose N must stay open: glibc knows an object by
 * that name. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/inside.h"

#include <dlfcn.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { NEWEST_MAJOR_LOOKED_FOR = 9, ELEMENT_MAX = 4096 };

/* What was loaded here so far: a second use of a plugin finds its descriptor here. */
struct known {
  int fd;
  uint32_t index;
  struct hr_plugin copy;
  struct known *next;
};
static struct known *known_first;
static bool has_loaded;
static void *newest; /* handle of the object that was loaded last */

/* "/proc/self/fd/7: undefined symbol: x" begins with a name that means nothing to a reader. */
static const char *loader_words(void)
{
  const char *text = dlerror();
  if (text == NULL) {
    return "the loader gives no reason";
  }
  const char *after = strncmp(text, "/proc/self/fd/", 14) == 0 ? strstr(text, ": ") : NULL;
  return after != NULL ? after + 2 : text;
}

static enum verdict missing_entry(void *handle, struct detail *detail)
{
  for (int major = 2; major <= NEWEST_MAJOR_LOOKED_FOR; major++) {
    char symbol[32];
    snprintf(symbol, sizeof symbol, "headroom_plugin_v%d", major);
    if (dlsym(handle, symbol) != NULL) {
      return refuse(detail, VERDICT_NEWER, "it has %s; this Headroom knows headroom_plugin_v1", symbol);
    }
  }
  return refuse(detail, VERDICT_NO_ENTRY, "no function of that name is exported");
}

enum verdict object_open(int fd, struct object *object, struct detail *detail)
{
  char name[32];
  snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
  has_loaded = true;
  void *handle = dlopen(name, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
  if (handle == NULL) {
    return refuse(detail, VERDICT_UNRESOLVED, "%s", loader_words());
  }
  newest = handle;
  void *symbol = dlsym(handle, "headroom_plugin_v1");
  if (symbol == NULL) {
    return missing_entry(handle, detail);
  }
  memcpy(&object->entry, &symbol, sizeof symbol);
  return VERDICT_OK;
}

void object_close(int fd)
{
  if (fd >= 0 && !has_loaded) {
    close(fd);
  }
}

void *shared_symbol(const char *name)
{
  void *symbol = dlsym(RTLD_DEFAULT, name);
  return symbol == NULL && newest != NULL ? dlsym(newest, name) : symbol;
}

static bool element_size_fits(uint32_t size, size_t least)
{
  return size >= least && size <= ELEMENT_MAX && size % sizeof(void *) == 0;
}

enum verdict descriptor_copy(const struct hr_plugin *theirs, struct hr_plugin *copy, struct detail *detail)
{
  memset(copy, 0, sizeof *copy);
  const size_t least = offsetof(struct hr_plugin, apply) + sizeof copy->apply;
  if (theirs->size < least || theirs->size > ELEMENT_MAX) {
    return refuse(detail, VERDICT_DESCRIPTOR, "its description says that it is %u bytes long", theirs->size);
  }
  memcpy(copy, theirs, theirs->size < sizeof *copy ? theirs->size : sizeof *copy);
  const uint32_t major = copy->abi >> 16;
  if (major != HR_ABI_MAJOR) {
    return major > HR_ABI_MAJOR ? refuse(detail, VERDICT_NEWER, "it speaks version %u; this Headroom 1", major)
                                : refuse(detail, VERDICT_DESCRIPTOR, "it speaks version %u of the interface", major);
  }
  if (copy->apply == NULL) {
    return refuse(detail, VERDICT_DESCRIPTOR, "it has no apply");
  }
  const size_t least_param = offsetof(struct hr_param, unit) + sizeof(uint32_t);
  const size_t least_slot = offsetof(struct hr_slot, unit) + sizeof(uint32_t);
  if (!element_size_fits(copy->param_size, least_param) || !element_size_fits(copy->slot_size, least_slot)) {
    return refuse(detail, VERDICT_DESCRIPTOR, "its parameters are said to be %u bytes long and its slots %u",
                  copy->param_size, copy->slot_size);
  }
  if ((copy->n_params > 0 && copy->param == NULL) || (copy->n_slots > 0 && copy->slot == NULL)) {
    return refuse(detail, VERDICT_DESCRIPTOR, "it counts parameters or slots but points to none");
  }
  return VERDICT_OK;
}

static void element_copy(const void *theirs, uint32_t step, uint32_t i, void *copy, size_t size)
{
  memset(copy, 0, size);
  memcpy(copy, (const char *)theirs + (size_t)step * i, step < size ? step : size);
}

void param_copy(const struct hr_plugin *plugin, uint32_t i, struct hr_param *copy)
{
  element_copy(plugin->param, plugin->param_size, i, copy, sizeof *copy);
}

void slot_copy(const struct hr_plugin *plugin, uint32_t i, struct hr_slot *copy)
{
  element_copy(plugin->slot, plugin->slot_size, i, copy, sizeof *copy);
}

static enum verdict load_new(const struct plugin *plugin, struct hr_plugin *copy, struct detail *detail)
{
  struct object object = { NULL };
  const enum verdict verdict = object_open(plugin->fd, &object, detail);
  if (object.entry == NULL) { /* and only then is the verdict anything but OK */
    return verdict;
  }
  const struct hr_plugin *theirs = object.entry(plugin->index);
  if (theirs == NULL) {
    return refuse(detail, VERDICT_DESCRIPTOR, "it no longer has its plugin number %u", plugin->index);
  }
  return descriptor_copy(theirs, copy, detail);
}

static const struct known *known_find(const struct plugin *plugin)
{
  const struct known *known = known_first;
  while (known != NULL && (known->fd != plugin->fd || known->index != plugin->index)) {
    known = known->next;
  }
  return known;
}

/* The state of the processor is put back and compared before anything else may rely on it. */
static enum verdict load_cleanly(const struct plugin *plugin, struct hr_plugin *copy, struct detail *detail)
{
  struct hygiene before;
  hygiene_take(&before);
  const enum verdict verdict = load_new(plugin, copy, detail);
  const enum verdict state = hygiene_compare(&before);
  return verdict != VERDICT_OK ? verdict : state;
}

enum verdict plugin_load(const struct plugin *plugin, struct loaded *out, struct error *error)
{
  *out = (struct loaded){ 0 };
  const struct known *known = known_find(plugin);
  if (known == NULL) {
    struct known *added = calloc(1, sizeof *added);
    if (added == NULL) {
      error_set(error, STATUS_MEMORY, "no memory to load plugin %s", plugin->name);
      return VERDICT_MEMORY;
    }
    struct detail detail = { { 0 } };
    const enum verdict verdict = load_cleanly(plugin, &added->copy, &detail);
    if (verdict != VERDICT_OK) {
      free(added);
      error_set(error, STATUS_PLUGIN, "plugin %s: %s%s%s", plugin->name, verdict_sentence(verdict),
                detail.text[0] ? ": " : "", detail.text);
      return verdict;
    }
    added->fd = plugin->fd;
    added->index = plugin->index;
    added->next = known_first;
    known_first = added;
    known = added;
  }
  out->plugin = &known->copy;
  return VERDICT_OK;
}
