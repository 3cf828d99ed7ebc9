/* cmd_init.c: headroom init FOLDER: a template that runs as it is. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/cli.h"
#include "cli/template.h"

#include <stdio.h>

int cmd_init(const struct arguments *arguments)
{
  const char *folder = arguments->operand;
  struct error error = { 0 };
  if (folder_write(folder, template_files, COUNT_OF(template_files), &error) != STATUS_OK) {
    return fail_with(arguments, &error);
  }
  printf("Wrote %s, a template that runs as it is.  Next:\n  headroom check %s\n  headroom run %s\n  headroom compare "
         "%s\n",
         folder, folder, folder, folder);
  return fflush(stdout) == 0 ? 0 : status_exit_code(STATUS_FILE);
}
