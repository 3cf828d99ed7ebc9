/* report_pdf.c: the page printed by Chromium, where it is installed.
 *
 * (1) The browser runs without a shell, in a session, folder and profile of its own, with an environment of its own.
 * (2) It reaches nothing: every name and address is refused it, and as root it has no network at all.  The page asks
 * for none.  (3) It has a deadline; at the end, or when this program is interrupted, all of its processes and files go.
 * (4) What it leaves is taken only when it is a whole PDF. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/session.h"

#include "report/page/page.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <poll.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { DEADLINE_S = 90, TICK_MS = 50, LOG_SHOWN = 160 };

/* ---- the browser and its place ------------------------------------------------------------------------- */

/* The first of its names on PATH; folders that are not given from the root are passed over. */
static bool browser_find(char out[PATH_MAX])
{
  static const char *const names[] = { "chromium", "chromium-browser", "google-chrome" };
  const char *path = getenv("PATH");
  for (size_t i = 0; i < COUNT_OF(names); i++) {
    for (const char *at = path; at != NULL && *at != '\0'; at += strspn(at, ":")) {
      const size_t n = strcspn(at, ":");
      const int length = snprintf(out, PATH_MAX, "%.*s/%s", (int)(n < PATH_MAX ? n : 0), at, names[i]);
      if (*at == '/' && length > 0 && length < PATH_MAX && access(out, X_OK) == 0) {
        return true;
      }
      at += n;
    }
  }
  return false;
}

static bool place_make(struct text *place)
{
  const char *where = getenv("TMPDIR");
  text_printf(place, "%s/headroom.XXXXXX", where != NULL && where[0] == '/' ? where : "/tmp");
  return !place->failed && mkdtemp(place->at) != NULL;
}

static int remove_one(const char *path, const struct stat *about, int kind, struct FTW *where)
{
  (void)about;
  (void)kind;
  (void)where;
  (void)remove(path);
  return 0;
}

/* A process that is being ended may still write for a moment. */
static void place_remove(const char *place)
{
  const struct timespec moment = { .tv_nsec = 20000000 };
  for (int i = 0; i < 50 && access(place, F_OK) == 0; i++) {
    nftw(place, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    if (access(place, F_OK) == 0) {
      nanosleep(&moment, NULL);
    }
  }
}

static bool write_page(const char *place, const struct text *page)
{
  struct text path = { 0 };
  text_printf(&path, "%s/page.html", place);
  const int fd = path.failed ? -1 : open(text_str(&path), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  const bool done = fd >= 0 && write_all(fd, text_str(page), page->length);
  const int reason = errno;
  if (fd >= 0) {
    close(fd);
  }
  text_fini(&path);
  errno = reason;
  return done;
}

/* ---- the child: rules 1 and 2 -------------------------------------------------------------------------- */

/* Everything it is told is made before the fork. */
struct launch {
  char browser[PATH_MAX], profile[PATH_MAX], page[PATH_MAX], pdf[PATH_MAX];
  char home[PATH_MAX], path[PATH_MAX], scratch[PATH_MAX], log[PATH_MAX];
};

static bool launch_make(struct launch *launch, const char *place)
{
  const char *path = getenv("PATH");
  const struct {
    char *to;
    const char *before, *after;
  } parts[] = {
    { launch->profile, "--user-data-dir=", "/profile" },
    { launch->page, "file://", "/page.html" },
    { launch->pdf, "--print-to-pdf=", "/brief.pdf" },
    { launch->home, "HOME=", "" },
    { launch->scratch, "TMPDIR=", "" },
    { launch->log, "", "/log" },
  };
  bool fits = snprintf(launch->path, PATH_MAX, "PATH=%s", path != NULL ? path : "/usr/bin:/bin") < PATH_MAX;
  for (size_t i = 0; i < COUNT_OF(parts); i++) {
    fits &= snprintf(parts[i].to, PATH_MAX, "%s%s%s", parts[i].before, place, parts[i].after) < PATH_MAX;
  }
  return fits;
}

enum { OPTION_ROOM = 40, MOST_WORDS = 32 };

/* The browser's words, ended by NULL. */
static void command_fill(struct launch *launch, char *words[MOST_WORDS])
{
  static char options[][OPTION_ROOM] = {
    "--headless",
    "--disable-gpu",
    "--disable-extensions",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--no-first-run",
    "--no-default-browser-check",
    "--proxy-server=127.0.0.1:9",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--no-pdf-header-footer",
    "--export-tagged-pdf",
    "--generate-pdf-document-outline",
  };
  static char unboxed[] = "--no-sandbox";
  int n = 0;
  words[n++] = launch->browser;
  for (size_t i = 0; i < COUNT_OF(options); i++) {
    words[n++] = options[i];
  }
  words[n++] = launch->profile;
  words[n++] = launch->pdf;
  if (geteuid() == 0) { /* it refuses to run as root otherwise */
    words[n++] = unboxed;
  }
  words[n++] = launch->page;
  words[n] = NULL;
}

static void child(struct launch *launch, const sigset_t *before)
{
  static char language[] = "LANG=C.UTF-8";
  char *arguments[MOST_WORDS];
  char *environment[] = { launch->path, launch->home, launch->scratch, language, NULL };
  command_fill(launch, arguments);
  const int log = open(launch->log, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  const int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
  if (setsid() < 0 || log < 0 || nothing < 0 || dup2(nothing, STDIN_FILENO) < 0 || dup2(log, STDOUT_FILENO) < 0 ||
      dup2(log, STDERR_FILENO) < 0) {
    _exit(127);
  }
  signal(SIGPIPE, SIG_DFL);
  signal(SIGXFSZ, SIG_DFL);
  signals_let_go(before);
  if (geteuid() == 0) {
    (void)unshare(CLONE_NEWNET); /* may be refused in a container; the rest of rule 2 holds all the same */
  }
  execve(launch->browser, arguments, environment);
  _exit(127);
}

/* ---- waiting: rule 3 ----------------------------------------------------------------------------------- */

static bool interrupt_waits(void)
{
  sigset_t waiting, ending;
  ending_signals(&ending);
  sigpending(&waiting);
  return sigismember(&waiting, SIGINT) == 1 || sigismember(&waiting, SIGTERM) == 1 ||
         sigismember(&waiting, SIGHUP) == 1 || sigismember(&waiting, SIGQUIT) == 1;
}

/* Ended by itself in time. */
static bool await(pid_t pid, int *how)
{
  const int pidfd = pidfd_open(pid, 0);
  bool ended = false;
  for (int ticks = 0; pidfd >= 0 && !ended && ticks < DEADLINE_S * 1000 / TICK_MS && !interrupt_waits(); ticks++) {
    struct pollfd wait = { .fd = pidfd, .events = POLLIN };
    ended = poll(&wait, 1, TICK_MS) > 0;
  }
  kill(-pid, SIGKILL);
  if (!ended) {
    kill(pid, SIGKILL); /* it may not have come to its own session yet */
  }
  waitpid(pid, how, 0);
  if (pidfd >= 0) {
    close(pidfd);
  }
  return ended;
}

/* ---- what it leaves: rule 4 ---------------------------------------------------------------------------- */

static bool is_whole(const struct text *pdf)
{
  static const char end[] = "%%EOF";
  const size_t tail = pdf->length < 64 ? pdf->length : 64;
  return !pdf->failed && pdf->length > 64 && memcmp(pdf->at, "%PDF-", 5) == 0 &&
         memmem(pdf->at + pdf->length - tail, tail, end, sizeof end - 1) != NULL;
}

/* The last line that it wrote, without what would move a terminal. */
static void last_words(const char *path, char out[LOG_SHOWN])
{
  struct text log = { 0 };
  size_t n = 0;
  if (file_read(path, &log) && log.length > 0) {
    size_t end = log.length;
    while (end > 0 && log.at[end - 1] == '\n') {
      end--;
    }
    size_t begin = end;
    while (begin > 0 && log.at[begin - 1] != '\n') {
      begin--;
    }
    for (; begin < end && n + 1 < LOG_SHOWN; begin++) {
      out[n++] = log.at[begin] >= ' ' && log.at[begin] < 0x7F ? log.at[begin] : '?';
    }
  }
  out[n] = '\0';
  text_fini(&log);
}

static enum status no_pdf(const char *browser, const char *why, const char *log, struct error *error)
{
  char words[LOG_SHOWN];
  last_words(log, words);
  return error_set(error, STATUS_FILE,
                   "%.100s %s%s%s; write the page instead (-o with a name that ends in .html) and print it from any "
                   "browser",
                   browser, why, words[0] != '\0' ? ": " : "", words);
}

static enum status print_page(struct launch *launch, const char *place, struct text *out, const sigset_t *before,
                              struct error *error)
{
  struct text path = { 0 };
  int how = 0;
  const pid_t pid = fork();
  if (pid == 0) {
    child(launch, before);
  }
  if (pid < 0) {
    return error_set(error, STATUS_INTERNAL, "%s cannot be started: %s", launch->browser, strerror(errno));
  }
  const bool in_time = await(pid, &how);
  if (!in_time) {
    return no_pdf(launch->browser, "did not end in time", launch->log, error);
  }
  text_printf(&path, "%s/brief.pdf", place);
  const bool good = WIFEXITED(how) && WEXITSTATUS(how) == 0 && file_read(text_str(&path), out) && is_whole(out);
  text_fini(&path);
  return good ? STATUS_OK : no_pdf(launch->browser, "did not print the page", launch->log, error);
}

enum status pdf_write(const struct briefing *briefing, struct text *out, struct error *error)
{
  struct text page = { 0 }, place = { 0 };
  struct launch launch;
  sigset_t before;
  if (!browser_find(launch.browser)) {
    return error_set(error, STATUS_FILE,
                     "a PDF needs Chromium, and none is on PATH (chromium, chromium-browser, google-chrome); write the "
                     "page instead (-o with a name that ends in .html) and print it from any browser");
  }
  enum status status = page_write(briefing, &page, error);
  signals_hold(&before);
  if (status == STATUS_OK && !place_make(&place)) {
    status = error_set(error, STATUS_FILE, "no folder can be made for the browser: %s", strerror(errno));
  } else if (status == STATUS_OK) {
    if (!launch_make(&launch, place.at) || !write_page(place.at, &page)) {
      status = error_set(error, STATUS_FILE, "the page cannot be written for the browser: %s", strerror(errno));
    } else {
      status = print_page(&launch, place.at, out, &before, error);
    }
    place_remove(place.at);
  }
  signals_let_go(&before);
  text_fini(&place);
  text_fini(&page);
  return status;
}
