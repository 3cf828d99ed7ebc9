/* crew.h: what a module for crews exports: one function that fills in a table.  Inside core/host only. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_HOST_CREW_H
#define HEADROOM_HOST_CREW_H

#include <stddef.h>
#include <stdint.h>

/* Each returns 0, or another number when it could not. */
struct crew_module {
  int (*join)(int *rank, int *size);
  int (*sum)(uint64_t *words, size_t n); /* each by itself over the whole crew, for all to have */
  int (*leave)(void);
  void (*give_up)(void); /* ends the whole crew; does not return */
};
#define CREW_MODULE_ENTRY "headroom_crew_v1"
typedef void crew_module_entry(struct crew_module *);

#endif
