/* codes.h: every finding that Headroom can make: name, number, severity, title.
 * A number is a promise to scripts and papers: never reused, never given another meaning. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_CODES_H
#define HEADROOM_CODES_H

/* 01: reading text and tables */
#define CODES_TABLE(X)                                                                                       \
  X(CODE_FILE_UNREADABLE, "H0101", SEVERITY_ERROR, "A file cannot be read")                                  \
  X(CODE_BAD_AMOUNT, "H0102", SEVERITY_ERROR, "A cell is not an amount of money")

/* 02: council.csv and mtfp.csv */
#define CODES_PLAN(X)                                                                                        \
  X(CODE_COUNCIL_KEY, "H0201", SEVERITY_ERROR, "A key of council.csv is missing, unknown or wrong")

/* 03: drivers, council tax, business rates, high needs, treasury */
#define CODES_TERMS(X)                                                                                       \
  X(CODE_REFERENDUM, "H0301", SEVERITY_WARNING, "Council tax rises at or above the referendum limit")

/* 04: savings */
#define CODES_SAVINGS(X)                                                                                     \
  X(CODE_SAVING_CYCLE, "H0401", SEVERITY_ERROR, "Savings depend on each other in a circle")

/* 05: reserves */
#define CODES_RESERVES(X)                                                                                    \
  X(CODE_NO_GENERAL_FUND, "H0501", SEVERITY_WARNING, "No reserve is the General Fund")

/* 06: capital receipts and borrowing */
#define CODES_CAPITAL(X)                                                                                     \
  X(CODE_RECEIPT_TO_REVENUE, "H0601", SEVERITY_ERROR, "A capital receipt is aimed at revenue (R34)")

/* 07: controls, basis and history */
#define CODES_CONTROLS(X)                                                                                    \
  X(CODE_CONTROL_REFUSED, "H0701", SEVERITY_ERROR, "The plan does not reconcile to a published total (R52)") \
  X(CODE_CONTROL_REPORTED, "H0702", SEVERITY_WARNING, "A published total differs, and the folder says to report it")

/* 08: scenarios and plugin parameters */
#define CODES_SCENARIOS(X)                                                                                   \
  X(CODE_SCENARIO_VALUE, "H0801", SEVERITY_ERROR, "A scenario's value cannot be read")

/* 09: the run */
#define CODES_RUN(X)                                                                                         \
  X(CODE_CLAMPED, "H0901", SEVERITY_NOTE, "A changed input was held at its limit")

#define HEADROOM_CODES(X)                                                                                    \
  CODES_TABLE(X)                                                                                             \
  CODES_PLAN(X)                                                                                              \
  CODES_TERMS(X)                                                                                             \
  CODES_SAVINGS(X)                                                                                           \
  CODES_RESERVES(X)                                                                                          \
  CODES_CAPITAL(X)                                                                                           \
  CODES_CONTROLS(X)                                                                                          \
  CODES_SCENARIOS(X)                                                                                         \
  CODES_RUN(X)

#endif
