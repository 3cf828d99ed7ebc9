/* output.c: what is printed and where: stdout, stderr, or a file written whole or not at all. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/cli.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

/* --color, then NO_COLOR, then CLICOLOR_FORCE, then a dumb terminal, then whether it is a terminal at all. */
static bool wants_color(const struct arguments *arguments, int fd)
{
  const char *none = getenv("NO_COLOR"), *force = getenv("CLICOLOR_FORCE"), *term = getenv("TERM");
  if (strcmp(arguments->color, "auto") != 0) {
    return strcmp(arguments->color, "always") == 0;
  }
  if (arguments->output != NULL && fd == STDOUT_FILENO) {
    return false;
  }
  if (none != NULL && none[0] != '\0') {
    return false;
  }
  if (force != NULL && force[0] != '\0' && strcmp(force, "0") != 0) {
    return true;
  }
  return isatty(fd) && (term == NULL || strcmp(term, "dumb") != 0);
}

static int columns_from(const char *word)
{
  struct decimal columns;
  return word != NULL && decimal_parse(word, strlen(word), DECIMAL_PLAIN, &columns) == NULL && columns.places == 0 &&
                 columns.units >= 20 && columns.units <= 1000
             ? (int)columns.units
             : 0;
}

static int width_of(const struct arguments *arguments, int fd)
{
  struct winsize size;
  const int asked = columns_from(arguments->width);
  if (asked > 0) {
    return asked;
  }
  if (isatty(fd) && ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col >= 20) {
    return size.ws_col;
  }
  const int told = columns_from(getenv("COLUMNS"));
  return told > 0 ? told : 80;
}

struct style style_of(const struct arguments *arguments, int fd)
{
  return (struct style){ width_of(arguments, fd), wants_color(arguments, fd), arguments->ascii };
}

void say_error(const struct arguments *arguments, const char *format, ...)
{
  const bool color = wants_color(arguments, STDERR_FILENO);
  va_list args;
  va_start(args, format);
  fprintf(stderr, "%sheadroom:%s ", color ? "\033[1;31m" : "", color ? "\033[0m" : "");
  vfprintf(stderr, format, args);
  fputc('\n', stderr);
  va_end(args);
}

int fail_with(const struct arguments *arguments, const struct error *error)
{
  say_error(arguments, "%s", error->text[0] != '\0' ? error->text : status_sentence(error->code));
  return status_exit_code(error->code);
}

bool write_all(int fd, const char *at, size_t n)
{
  while (n > 0) {
    const ssize_t wrote = write(fd, at, n);
    if (wrote < 0 && errno == EINTR) {
      continue;
    }
    if (wrote <= 0) {
      return false;
    }
    at += wrote;
    n -= (size_t)wrote;
  }
  return true;
}

/* Beside the target, so that the rename cannot cross file systems. */
static bool write_file(const char *path, const struct text *text)
{
  struct text beside = { 0 };
  sigset_t before;
  text_printf(&beside, "%s.XXXXXX", path);
  signals_hold(&before);
  const int fd = beside.failed ? -1 : mkostemp(beside.at, O_CLOEXEC);
  bool done = fd >= 0 && write_all(fd, text_str(text), text->length) && fchmod(fd, 0644) == 0 && fsync(fd) == 0;
  int reason = done ? 0 : errno;
  if (fd >= 0) {
    close(fd);
    if (done && rename(beside.at, path) != 0) {
      reason = errno;
      done = false;
    }
    if (!done) {
      unlink(beside.at);
    }
  }
  signals_let_go(&before);
  text_fini(&beside);
  errno = reason;
  return done;
}

static void plain_characters(struct text *text)
{
  struct text plain = { 0 };
  text_plain(&plain, text_str(text));
  plain.failed |= text->failed;
  text_fini(text);
  *text = plain;
}

int output(const struct arguments *arguments, struct text *text, int exit_code)
{
  if (arguments->ascii && !arguments->json && !arguments->csv) {
    plain_characters(text);
  }
  if (text->failed) {
    say_error(arguments, "%s", status_sentence(STATUS_MEMORY));
    exit_code = status_exit_code(STATUS_MEMORY);
  } else if (arguments->capture != NULL) {
    text_add_n(arguments->capture, text_str(text), text->length);
  } else if (arguments->output != NULL) {
    if (!write_file(arguments->output, text)) {
      say_error(arguments, "%s could not be written: %s; nothing was left behind", arguments->output, strerror(errno));
      exit_code = status_exit_code(STATUS_FILE);
    }
  } else if (arguments->pager && isatty(STDOUT_FILENO) && page_by_page(text)) {
    /* it has been shown */
  } else if (!write_all(STDOUT_FILENO, text_str(text), text->length)) {
    if (errno != EPIPE) {
      say_error(arguments, "the output could not be written: %s", strerror(errno));
    }
    exit_code = status_exit_code(STATUS_FILE);
  }
  text_fini(text);
  return exit_code;
}
