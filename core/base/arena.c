/* arena.c: load-time data in blocks that are freed at once.  The allocator behind it can be one that fails. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/base.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ALIGNMENT = 16, BLOCK_SIZE = 64 * 1024 };

struct arena_block {
  alignas(ALIGNMENT) struct arena_block *next;
  size_t size, used; /* both count this header */
};

static void *system_take(void *ctx, size_t size)
{
  (void)ctx;
  return malloc(size);
}

static void system_give(void *ctx, void *block, size_t size)
{
  (void)ctx, (void)size;
  free(block);
}

const struct allocator allocator_system = { system_take, system_give, NULL };

void arena_init(struct arena *arena, const struct allocator *from)
{
  *arena = (struct arena){ .from = from != NULL ? from : &allocator_system };
}

void arena_fini(struct arena *arena)
{
  while (arena->block != NULL) {
    struct arena_block *next = arena->block->next;
    arena->from->give(arena->from->ctx, arena->block, arena->block->size);
    arena->block = next;
  }
}

static bool arena_add_block(struct arena *arena, size_t room)
{
  size_t size = room + sizeof(struct arena_block);
  if (size < BLOCK_SIZE) {
    size = BLOCK_SIZE;
  }
  struct arena_block *block = arena->from->take(arena->from->ctx, size);
  if (block == NULL) {
    return false;
  }
  *block = (struct arena_block){ .next = arena->block, .size = size, .used = sizeof *block };
  arena->block = block;
  return true;
}

void *arena_alloc(struct arena *arena, size_t size)
{
  if (arena->failed || size > SIZE_MAX / 2) {
    arena->failed = true;
    return NULL;
  }
  const size_t room = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  if (arena->block == NULL || arena->block->size - arena->block->used < room) {
    if (!arena_add_block(arena, room)) {
      arena->failed = true;
      return NULL;
    }
  }
  void *at = (char *)arena->block + arena->block->used;
  arena->block->used += room;
  return memset(at, 0, room);
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
  if (size != 0 && count > SIZE_MAX / 2 / size) {
    arena->failed = true;
    return NULL;
  }
  return arena_alloc(arena, count * size);
}

void *arena_grow(struct arena *arena, void *items, size_t count, size_t size)
{
  const bool full = count == 0 || (count >= 8 && (count & (count - 1)) == 0);
  if (!full) {
    return items;
  }
  void *moved = arena_array(arena, count < 8 ? 8 : count * 2, size);
  if (moved != NULL && count > 0) {
    memcpy(moved, items, count * size);
  }
  return moved;
}

const char *arena_strndup(struct arena *arena, const char *text, size_t n)
{
  char *copy = arena_alloc(arena, n + 1);
  if (copy == NULL) {
    return "";
  }
  memcpy(copy, text, n);
  return copy;
}

const char *arena_strdup(struct arena *arena, const char *text)
{
  return arena_strndup(arena, text, strlen(text));
}

const char *arena_vprintf(struct arena *arena, const char *format, va_list args)
{
  va_list again;
  va_copy(again, args);
  const int length = vsnprintf(NULL, 0, format, args);
  char *text = length < 0 ? NULL : arena_alloc(arena, (size_t)length + 1);
  if (text != NULL) {
    vsnprintf(text, (size_t)length + 1, format, again);
  }
  va_end(again);
  return text != NULL ? text : "";
}

const char *arena_printf(struct arena *arena, const char *format, ...)
{
  va_list args;
  va_start(args, format);
  const char *text = arena_vprintf(arena, format, args);
  va_end(args);
  return text;
}
