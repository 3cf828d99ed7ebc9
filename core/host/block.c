/* block.c: rows of doubles in pages of their own, so that a plugin that writes elsewhere is stopped by the processor.
 */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/stage.h"

#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { GAP = 8, GAP_BYTE = 0x5a }; /* doubles: a cache line */

static size_t page_size(void)
{
  return (size_t)sysconf(_SC_PAGESIZE);
}

static char *pages(const struct block *block)
{
  return block->map + page_size();
}

static void fill_gaps(struct block *block)
{
  for (size_t r = 0; r < block->n_rows; r++) {
    memset(block_row(block, r) - GAP, GAP_BYTE, GAP * sizeof(double));
  }
}

bool block_init(struct block *block, size_t n_rows, int stride)
{
  const size_t page = page_size(), pitch = (size_t)stride + GAP, size = n_rows * pitch * sizeof(double);
  *block = (struct block){ .n_rows = n_rows, .pitch = pitch };
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
#ifdef MADV_POPULATE_WRITE /* every page is about to be written: one call in place of a fault each */
  (void)madvise(pages(block), block->pages_size, MADV_POPULATE_WRITE);
#endif
  block->first = (double *)(void *)(pages(block) + block->pages_size - size) + GAP;
  fill_gaps(block);
  return true;
}

void block_fini(struct block *block)
{
  if (block->map != NULL) {
    munmap(block->map, block->map_size);
  }
  *block = (struct block){ 0 };
}

struct block block_slice(const struct block *block, size_t first_row, size_t n_rows)
{
  return (struct block){ .first = block_row(block, first_row), .n_rows = n_rows, .pitch = block->pitch };
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
  for (size_t r = 0; r < block->n_rows; r++) {
    const unsigned char *gap = (const unsigned char *)(block_row(block, r) - GAP);
    for (size_t i = 0; i < GAP * sizeof(double); i++) {
      if (gap[i] != GAP_BYTE) {
        return false;
      }
    }
  }
  return true;
}

bool block_holds(const struct block *block, const void *address)
{
  const uintptr_t at = (uintptr_t)address, from = (uintptr_t)block->map;
  return block->map != NULL && at >= from && at < from + block->map_size;
}
