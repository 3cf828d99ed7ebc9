/* probe.h: what passes between the program and the child in which it first meets a plugin; for prober.c and probe.c. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_HOST_PROBE_H
#define HEADROOM_HOST_PROBE_H

#include "host/inside.h"

/* Descriptors of the child; no other is open when it starts. */
enum { CHILD_SOCKET = 3, CHILD_AREA = 4, CHILD_FIRST_FREE = 5 };
#define PROBE_MEMORY ((size_t)256 << 20)
/* Set for the child, so that a program whose main forgets probe_main does not start itself for ever. */
#define PROBE_GUARD "HEADROOM_PROBE"

enum probe_stage { STAGE_LOADING, STAGE_ENTRY, STAGE_EXTENSION, STAGE_DONE };

struct probe_area {
  uint32_t stage;
  uint32_t n_plugins;
  unsigned char packed[PACKED_MAX];
};

struct request {
  uint32_t sequence;
  double deadline_s;
};

struct answer {
  uint32_t sequence;
  uint32_t verdict;
  uint32_t length; /* of what was packed */
  struct detail detail;
};

#endif
