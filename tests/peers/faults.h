/* faults.h: the shape of a case: a fault seen in a tool of this kind, the council that shows it, and what must hold
 * instead, worked by hand.
 *
 * Every council has five years from 2026/27, in thousands of pounds; a file that a case leaves out is the usual one of
 * test_peers.c. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_TESTS_FAULTS_H
#define HEADROOM_TESTS_FAULTS_H

#include <stddef.h>
#include <stdint.h>

enum { YEARS = 5, MOST_FILES = 5, MOST_WANTS = 5, MOST_WORDS = 6 };

#define YEAR_COLUMNS "2026/27,2027/28,2028/29,2029/30,2030/31"
#define COUNCIL_START                                       \
  "key,value\nname,Made Council\nclass,unitary\nmoney,GBP " \
  "thousand\nsigns,budget\nfirst_year,2026/27\nyears,5\nprice_basis,cash\n"
#define LINE_COLUMNS "id,label,class,recurrence,form,drivers,2025/26," YEAR_COLUMNS "\n"
#define RESERVE_COLUMNS "id,label,class,opening,draw_order,floor," YEAR_COLUMNS "\n"
#define SAVING_COLUMNS "id,label,recurrence,phasing,full_year," YEAR_COLUMNS ",delivery,rag\n"
#define DRIVER_COLUMNS "id,label,class," YEAR_COLUMNS "\n"

/* A row of figures in thousands of pounds, or a date. */
struct want {
  const char *scenario;   /* NULL: the plan */
  const char *table, *id; /* NULL: the council as a whole */
  const char *measure;    /* the name of a row of figures, or of a date when date is given */
  int64_t thousands[YEARS];
  const char *date; /* "2027/28", "not in horizon" */
};

struct fault {
  int number;            /* which fault, 1 to 40; one may have several cases */
  const char *case_name; /* what must hold */
  struct {
    const char *name, *text;
  } file[MOST_FILES];
  const char *command; /* %s is the folder; NULL: run %s */
  int exit_code;
  struct want want[MOST_WANTS];
  const char *says[MOST_WORDS], *never[MOST_WORDS]; /* in what is printed, in either stream */
};

extern const struct fault faults_reserves[], faults_savings[], faults_funding[], faults_spend[], faults_words[];
extern const size_t n_faults_reserves, n_faults_savings, n_faults_funding, n_faults_spend, n_faults_words;

#endif
