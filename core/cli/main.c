/* main.c: the program `headroom`: dispatch, and the hidden verbs that it is executed again as. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/cli.h"

#include <signal.h>
#include <string.h>

/* The command line as typed, to stand at the foot of every page. */
static const char *command_line(int argc, char **argv, struct text *out)
{
  text_add(out, "headroom");
  for (int i = 1; i < argc; i++) {
    command_word(out, argv[i]);
  }
  return text_str(out);
}

static int act(const struct arguments *arguments)
{
  struct error error;
  return isa_asked(&error) == STATUS_OK ? verbs[arguments->verb].act(arguments) : fail_with(arguments, &error);
}

int main(int argc, char **argv)
{
  if (argc > 1 && strcmp(argv[1], "__probe") == 0) {
    return probe_main(argc, argv);
  }
  if (argc > 1 && strcmp(argv[1], "__complete") == 0) {
    return complete_main(argc, argv);
  }
  signal(SIGPIPE, SIG_IGN); /* a closed pipe is an error of write, told by the exit code */
  signal(SIGXFSZ, SIG_IGN); /* so is a file that may not grow */
  struct text command = { 0 };
  struct arguments arguments;
  const char *typed = command_line(argc, argv, &command); /* before getopt moves the words about */
  const int end = arguments_parse(argc, argv, &arguments);
  arguments.command = typed;
  const int code = end >= 0 ? end : act(&arguments);
  arguments_free(&arguments);
  text_fini(&command);
  return code;
}
