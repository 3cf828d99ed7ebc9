/* block.c: rows of doubles in pages of their own, so that a plugin that writes elsewhere is stopped by the processor. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/stage.h"

#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { SLACK_BYTE = 0x5a };

static size_t page_size(void)
{
  return (size_t)sysconf(_SC_PAGESIZE);
}

static char *pages(const struct block *block)
{
  return block->map + page_size();
}

static size_t slack(const struct block *block)
{
  return (size_t)((char *)block->rows - pages(block));
}

bool block_init(struct block *block, size_t n_rows, int stride)
{
  const size_t page = page_size(), size = n_rows * (size_t)stride * sizeof(double);
  *block = (struct block){ .n_rows = n_rows, .stride = stride };
  if (n_rows == 0) {
    return true;
  }
  block->pages_size = (size + page - 1) / page * page;
  block->map_size = block->pages_size + 2 * page;
  void *map = mmap(NULL, block->map_size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (map == MAP_FAILED) {
    return false;
  }
  block->map = map;
  if (mprotect(pages(block), block->pages_size, PROT_READ | PROT_WRITE) != 0) {
    block_fini(block);
    return false;
  }
  char *rows = pages(block) + block->pages_size - size;
  memset(pages(block), SLACK_BYTE, (size_t)(rows - pages(block)));
  block->rows = __builtin_assume_aligned(rows, 64);
  return true;
}

void block_fini(struct block *block)
{
  if (block->map != NULL) {
    munmap(block->map, block->map_size);
  }
  *block = (struct block){ 0 };
}

void block_open(const struct block *block)
{
  if (block->map != NULL) {
    mprotect(pages(block), block->pages_size, PROT_READ | PROT_WRITE);
  }
}

void block_close(const struct block *block)
{
  if (block->map != NULL) {
    mprotect(pages(block), block->pages_size, PROT_READ);
  }
}

bool block_intact(const struct block *block)
{
  const char *at = block->map != NULL ? pages(block) : NULL;
  for (size_t i = 0; at != NULL && i < slack(block); i++) {
    if (at[i] != SLACK_BYTE) {
      return false;
    }
  }
  return true;
}

bool block_holds(const struct block *block, const void *address)
{
  const uintptr_t at = (uintptr_t)address, from = (uintptr_t)block->map;
  return block->map != NULL && at >= from && at < from + block->map_size;
}
