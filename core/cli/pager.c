/* pager.c: what is shown page by page, where that was asked for: $PAGER as a shell takes it, else less. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/cli.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { NOT_FOUND = 127 }; /* what a shell ends with when there is no such command */

static void child(const int ends[2])
{
  const char *pager = getenv("PAGER");
  dup2(ends[0], STDIN_FILENO);
  signal(SIGPIPE, SIG_DFL);
  setenv("LESS", "FRX", 0); /* short text is shown at once, colours are colours, and the screen is left as it is */
  execl("/bin/sh", "sh", "-c", pager != NULL && pager[0] != '\0' ? pager : "less", (char *)NULL);
  _exit(NOT_FOUND);
}

bool page_by_page(const struct text *text)
{
  int ends[2], how = 0;
  if (pipe2(ends, O_CLOEXEC) != 0) {
    return false;
  }
  const pid_t pid = fork();
  if (pid == 0) {
    child(ends);
  }
  close(ends[0]);
  if (pid > 0) {
    signal(SIGINT, SIG_IGN);                                 /* it is the pager's to answer */
    (void)!write_all(ends[1], text_str(text), text->length); /* a pager may be left before the end */
  }
  close(ends[1]);
  if (pid < 0 || waitpid(pid, &how, 0) != pid) {
    return false;
  }
  signal(SIGINT, SIG_DFL);
  return !(WIFEXITED(how) && WEXITSTATUS(how) == NOT_FOUND);
}
