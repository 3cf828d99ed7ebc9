/* create.c: lines and borrowings that plugins bring with them, zero in the plan (HR_CREATE). */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/scenarios.h"

#include <string.h>

static int line_class_find(const char *name)
{
  for (int c = 0; name != NULL && c < N_LINE_CLASSES; c++) {
    if (strcmp(line_class_names[c], name) == 0) {
      return c;
    }
  }
  return -1;
}

/* The life of a borrowing, in years, stands where a line has its class; 25 where nothing does. */
static int life_of(const char *new_class)
{
  enum { USUAL = 25, LONGEST = 100 };
  int life = 0;
  for (const char *at = new_class; at != NULL && *at >= '0' && *at <= '9' && life <= LONGEST; at++) {
    life = life * 10 + (*at - '0');
  }
  return life >= 1 && life <= LONGEST ? life : USUAL;
}

static bool create(struct builder *b, const struct use *use, const struct bound_slot *slot, bool *created)
{
  const struct hr_slot *asked = slot->slot;
  const char *id = slot->address.which;
  const char *label = asked->new_label != NULL ? asked->new_label : id;
  const bool line = strcmp(slot->address.table, "line") == 0;
  if ((!line && strcmp(slot->address.table, "borrowing") != 0) || !id_valid(id, strlen(id))) {
    return plugin_fault(b, use, asked->id, "only a line or a borrowing with an id can be created");
  }
  if (line ? plan_line_find(b->plan, id) >= 0 : plan_borrowing_find(b->plan, id) >= 0) {
    return true;
  }
  const int class = line_class_find(asked->new_class);
  if (line && class < 0) {
    return plugin_fault(b, use, asked->id, "the class of the line to create is unknown");
  }
  *created = true;
  b->status = line ? plan_add_line(b->plan, id, label, (enum line_class) class)
                   : plan_add_borrowing(b->plan, id, label, life_of(asked->new_class));
  return b->status == STATUS_OK;
}

bool use_creates(struct builder *b, const struct use *use, bool *created)
{
  const struct bound_slot *slots = use_slots(b, use);
  for (uint32_t s = 0; slots != NULL && s < use->plugin->n_slots; s++) {
    const bool wanted = (slots[s].slot->flags & HR_CREATE) != 0 && use->rebind[s] == NULL;
    if (wanted && slots[s].has_parts && !create(b, use, &slots[s], created)) {
      return false;
    }
  }
  return slots != NULL;
}

void project_again(struct builder *b)
{
  void *block = arena_alloc(b->arena, result_size(b->plan));
  if (block == NULL) {
    b->status = STATUS_MEMORY;
    return;
  }
  b->folder->baseline = result_init(block, b->plan);
  b->status = plan_project(b->plan, b->folder->baseline);
}
