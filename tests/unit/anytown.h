/* anytown.h: a council of round figures, loaded from memory, for the tests of readers and checks.
 *
 * Anytown, in pounds, three years: staff 60m, vacancy factor -3m and contracts 40m are a net budget of 97m a year;
 * council tax 90m and a grant of 5m are funding of 95m.  The gap is 2m a year. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_ANYTOWN_H
#define HEADROOM_ANYTOWN_H

#include "data/table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define COUNCIL                                                                                                      \
  "key,value\nname,Anytown\nclass,unitary\nmoney,GBP\nsigns,budget\nfirst_year,2026/27\nyears,3\nprice_basis,cash\n" \
  "minimum_percent,5\nminimum_of,net_budget\ndefault_basis,published\ndefault_source,Budget report\n"
#define MTFP_HEADER "id,label,class,recurrence,form,part,2026/27,2027/28,2028/29,last_year,ring,tags\n"
#define MTFP_LINES                                                                \
  "staff,Employees,pay,recurring,level,,60000000,60000000,60000000,,,\n"          \
  "vacancy,Vacancy factor,pay,recurring,level,,-3000000,-3000000,-3000000,,,\n"   \
  "contracts,Contracts,contract,recurring,level,,40000000,40000000,40000000,,,\n" \
  "tax,Council tax,council_tax,recurring,level,,90000000,90000000,90000000,,,\n"  \
  "grant,Social care grant,grant,recurring,level,,5000000,5000000,5000000,,,\n"
#define MTFP MTFP_HEADER MTFP_LINES
#define RESERVES_HEADER "id,label,class,opening,draw_order,planned_for,contribution_line,2026/27,2027/28,2028/29\n"
#define RESERVES \
  RESERVES_HEADER "smoothing,Smoothing,smoothing,9000000,1,,,,,\ngf,General Fund,general_fund,8000000,,,,,,\n"
#define SAVINGS_HEADER                                                                                               \
  "id,label,line,recurrence,part,phasing,full_year,2026/27,2027/28,2028/29,delivery,rag,start,funded_by,depends_on," \
  "note\n"
#define RECEIPTS_HEADER \
  "id,asset,year,amount,certainty,eligible,to_debt,to_avoid,to_flexible,life,rate,method,interest,in_plan\n"
#define CONTROLS_HEADER "measure,tolerance,on_difference,2026/27,2027/28,2028/29\n"
#define SCENARIOS_HEADER "scenario,plugin,instance,parameter,value,2026/27,2027/28,2028/29\n"

/* ---- a folder in memory -------------------------------------------------------------------------------- */

static struct folder folder;
static enum status status;

enum { MOST_FILES = 8 };

/* Anytown with one file put in the place of its own, or added; more such pairs may follow, NULL ends them. */
static inline void load(const char *name, ...)
{
  struct memory_file file[MOST_FILES] = { { "council.csv", COUNCIL, 0 },
                                          { "mtfp.csv", MTFP, 0 },
                                          { "reserves.csv", RESERVES, 0 } };
  int count = 3;
  va_list args;
  va_start(args, name);
  for (; name != NULL; name = va_arg(args, const char *)) {
    int at = 0;
    while (at < count && strcmp(file[at].name, name) != 0) {
      at++;
    }
    count += at == count;
    file[at] = (struct memory_file){ name, va_arg(args, const char *), 0 };
  }
  va_end(args);
  for (int i = 0; i < count; i++) {
    file[i].size = strlen(file[i].bytes);
  }
  struct error error = { 0 };
  status = folder_load_memory(&folder, file, count, NULL, &error);
}

static inline int unload(void **state)
{
  (void)state;
  folder_fini(&folder);
  return 0;
}

static inline const struct finding *find(enum code code)
{
  for (size_t i = 0; i < folder.findings.count; i++) {
    if (folder.findings.item[i].code == code) {
      return &folder.findings.item[i];
    }
  }
  return NULL;
}

static inline void print_findings(void)
{
  for (size_t i = 0; i < folder.findings.count; i++) {
    const struct finding *finding = &folder.findings.item[i];
    print_message("%s %s:%d:%d %s\n", code_number(finding->code), finding->place.file, finding->place.line,
                  finding->place.column, finding->text);
  }
}

static inline void expect_none(enum code code)
{
  if (find(code) != NULL) {
    print_findings();
    fail_msg("%s was found", code_number(code));
  }
  assert_int_equal(status, STATUS_OK);
}

/* pounds: the £ at stake; text: what the sentence holds. */
static inline void expect(enum code code, int64_t pounds, const char *text)
{
  const struct finding *finding = find(code);
  if (finding == NULL) {
    print_findings();
    fail_msg("%s was not found", code_number(code));
    return;
  }
  if (strstr(finding->text, text) == NULL) {
    fail_msg("'%s' does not hold '%s'", finding->text, text);
  }
  assert_true(finding->has_amount);
  assert_int_equal(finding->amount, pounds * 100);
}

/* An error at a line and column: such a folder has no baseline. */
static inline void expect_error(enum code code, const char *file, int line, int column)
{
  const struct finding *finding = find(code);
  if (finding == NULL) {
    print_findings();
    fail_msg("%s was not found", code_number(code));
    return;
  }
  assert_int_equal(status, STATUS_DATA);
  assert_null(folder.baseline);
  assert_string_equal(finding->place.file, file);
  assert_int_equal(finding->place.line, line);
  assert_int_equal(finding->place.column, column);
}

#define TEST(name) cmocka_unit_test_teardown(name, unload)

#endif
