/* malformed.h: one malformed folder and the findings that it must give, from a text file that a finance officer can
 * read.
 *
 * How to add a case: write golden/malformed/NAME.txt.  It says how the valid folder golden/malformed/common/ is
 * changed, then, after a line of three hyphens, every finding in the order in which the program prints them:
 *
 *   # An amount typed with an m for million.
 *   in mtfp.csv 14: 10000000 -> 10m
 *   ---
 *   error H0102 mtfp.csv:14:42: '10m' is not a number
 *     grant,Social care grant,grant,recurring,level,,,,10m,10000000
 *                                                      ^^^ write 10000000
 *     help: amounts in this cell are in GBP
 *
 * Changes, one a line; \xNN stands for a byte, \n, \r, \t and \\ for what they do in C:
 *   in FILE LINE: OLD -> NEW     the first OLD of that line; NEW may be empty
 *   every FILE: OLD -> NEW       each OLD of the file
 *   add FILE: TEXT               a line at the end; makes the file when it is not there
 *   replace FILE: TEXT           the whole file, without a line end that TEXT does not hold
 *   repeat FILE COUNT: TEXT      TEXT so many times at the end
 *   remove FILE                  the file; `remove FILE LINE`: the line
 *
 * The expected part is written by hand from the rule that is broken.  Check the caret by eye: it stands under what is
 * wrong. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_MALFORMED_H
#define HEADROOM_MALFORMED_H

#include "data/table.h"

/* A folder in memory: malloc'd names and bytes. */
struct case_folder {
  struct memory_file file[32];
  int n_files;
};

/* Every *.csv of a folder on disk. */
void case_folder_read(struct case_folder *, const char *path);
/* Adds or replaces a file; the bytes are the folder's from here on. */
void case_folder_put(struct case_folder *, const char *name, char *bytes, size_t size);
void case_folder_free(struct case_folder *);
/* Loads the common folder with the first `old` of a file replaced. */
enum status case_folder_load_changed(struct folder *, const char *file, const char *old, const char *new);

/* The names of the cases, sorted, NULL at the end; free each and the list. */
char **malformed_cases(void);
/* Fails the running test when the findings of a case are not those it says.  `name` without .txt. */
void malformed_check(const char *name);

#endif
