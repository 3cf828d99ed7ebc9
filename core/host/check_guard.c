/* check_guard.c: memory between untouchable pages, and what a fault there means; for the conformance check.
 *
 * Every row has pages of its own with an untouchable page on either side, and rows that are read are read-only.  So a
 * write that strays is a fault at an address that tells whose row it was. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/check.h"

#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <ucontext.h>
#include <unistd.h>

enum { PAGE = 4096, LINE_BYTES = 64, MAX_BLOCKS = 16384, REGION_BYTES = 192 << 20, ALTERNATE_STACK = 64 << 10 };

enum verdict scene_refuse(struct scene *scene, enum verdict verdict, const char *format, ...)
{
  char text[2 * sizeof scene->note->detail.text];
  va_list args;
  va_start(args, format);
  vsnprintf(text, sizeof text, format, args);
  va_end(args);
  detail_take(&scene->note->detail, text, sizeof text);
  return scene->note->verdict = verdict;
}

/* ---- faults -------------------------------------------------------------------------------------------- */

static struct scene *faulting; /* a signal handler has no other way to know */

static bool was_write(const void *context)
{
#if defined(__x86_64__)
  const ucontext_t *machine = context;
  return (machine->uc_mcontext.gregs[REG_ERR] & 2) != 0;
#else
  (void)context;
  return true;
#endif
}

static void describe_fault(struct scene *scene, const struct block *block, const unsigned char *at, const void *context)
{
  const char *did = was_write(context) ? "wrote" : "read";
  const char *where = at < block->page        ? "before the start of the"
                      : at >= block->page_end ? "past the end of the"
                                              : "to the read-only";
  const char *call = watch_call_name(scene->watch->call);
  if (block->slot == NOWHERE) {
    scene_refuse(scene, VERDICT_BOUNDS, "%s %s %s, %s", did, where, block->what, call);
  } else {
    scene_refuse(scene, VERDICT_BOUNDS, "%s %s %s of slot '%s', series %u, year %u, %s", did, where, block->what,
                 scene->plugin->slot[block->slot].id, block->series, block->year, call);
  }
}

/* A guard page lies between two blocks: the row that stands at its edge is the one that was left. */
static bool is_about(const struct scene *scene, uint32_t i, const unsigned char *at)
{
  const struct block *block = &scene->block[i];
  if (at < block->page) {
    return at >= block->page - PAGE && (scene->options.rows_at_start || i == 0);
  }
  return at < block->page_end ||
         (at < block->page_end + PAGE && (!scene->options.rows_at_start || i + 1 == scene->n_blocks));
}

static void on_fault(int number, siginfo_t *about, void *context)
{
  const unsigned char *at = about->si_addr;
  const struct scene *scene = faulting;
  for (uint32_t i = 0; i < scene->n_blocks; i++) {
    if (is_about(scene, i, at)) {
      describe_fault(faulting, &scene->block[i], at, context);
      if (!scene->note->is_in_process) {
        _exit(2);
      }
      dprintf(STDERR_FILENO, "headroom: it %s\n", scene->note->detail.text);
      break;
    }
  }
  signal(number, SIG_DFL); /* the instruction is tried again and ends the process */
}

void guarded_watch(struct scene *scene)
{
  static unsigned char alternate[ALTERNATE_STACK];
  const stack_t stack = { .ss_sp = alternate, .ss_size = sizeof alternate };
  sigaltstack(&stack, NULL);
  faulting = scene;
  struct sigaction action = { .sa_sigaction = on_fault, .sa_flags = SA_SIGINFO | SA_ONSTACK };
  sigaction(SIGSEGV, &action, NULL);
  sigaction(SIGBUS, &action, NULL);
}

/* ---- memory between guard pages ------------------------------------------------------------------------ */

void *guarded(struct scene *scene, size_t size, const char *what, uint32_t slot, uint32_t series, uint32_t year)
{
  const size_t pages = (size + PAGE - 1) / PAGE * PAGE;
  unsigned char *page = scene->next + PAGE;
  if (scene->n_blocks == MAX_BLOCKS || page + pages + PAGE > scene->region + REGION_BYTES ||
      mprotect(page, pages, PROT_READ | PROT_WRITE) != 0) {
    return NULL;
  }
  scene->next = page + pages;
  scene->block[scene->n_blocks++] = (struct block){ page, page + pages, what, slot, series, year };
  const size_t lines = (size + LINE_BYTES - 1) / LINE_BYTES * LINE_BYTES;
  return scene->options.rows_at_start ? page : page + pages - lines;
}

void protect(const void *inside, size_t size, int how)
{
  const uintptr_t first = (uintptr_t)inside / PAGE * PAGE;
  const uintptr_t end = ((uintptr_t)inside + size + PAGE - 1) / PAGE * PAGE;
  mprotect((void *)first, end - first, how);
}

void guarded_rewind(struct scene *scene, uint32_t n_blocks)
{
  unsigned char *next = n_blocks > 0 ? scene->block[n_blocks - 1].page_end : scene->region;
  mprotect(next, (size_t)(scene->next - next), PROT_NONE);
  scene->next = next;
  scene->n_blocks = n_blocks;
}

bool guarded_open(struct scene *scene)
{
  void *region = mmap(NULL, REGION_BYTES, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  scene->block = calloc(MAX_BLOCKS, sizeof *scene->block);
  if (region == MAP_FAILED) {
    return false;
  }
  scene->region = scene->next = region;
  if (scene->block == NULL) {
    return false;
  }
  guarded_watch(scene);
  return true;
}

void guarded_close(struct scene *scene)
{
  while (scene->newest != NULL) {
    struct stand *older = scene->newest->older;
    free(scene->newest);
    scene->newest = older;
  }
  if (faulting != NULL) {
    signal(SIGSEGV, SIG_DFL);
    signal(SIGBUS, SIG_DFL);
    faulting = NULL;
  }
  if (scene->region != NULL) {
    munmap(scene->region, REGION_BYTES);
  }
  free(scene->block);
}
