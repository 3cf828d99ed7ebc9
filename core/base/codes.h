/* codes.h: every finding that Headroom can make: name, number, severity, title.
 * A number is a promise to scripts and papers: never reused, never given another meaning. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_CODES_H
#define HEADROOM_CODES_H

/* 01: reading text and tables */
#define CODES_TABLE(X)                                                                                              \
  X(CODE_FILE_UNREADABLE, "H0101", SEVERITY_ERROR, "A file cannot be read")                                         \
  X(CODE_BAD_AMOUNT, "H0102", SEVERITY_ERROR, "A cell is not an amount of money")                                   \
  X(CODE_FILE_MISSING, "H0103", SEVERITY_ERROR, "A file that every folder needs is missing")                        \
  X(CODE_FILE_UNKNOWN, "H0104", SEVERITY_ERROR, "A file is not one that a folder may hold")                         \
  X(CODE_FILE_TOO_LARGE, "H0105", SEVERITY_ERROR, "A file is too large to be a council's plan")                     \
  X(CODE_NOT_UTF8, "H0106", SEVERITY_ERROR, "A byte is not UTF-8 text")                                             \
  X(CODE_NOT_TEXT, "H0107", SEVERITY_ERROR, "A file is not plain text")                                             \
  X(CODE_SEPARATOR, "H0108", SEVERITY_ERROR, "The cells of a file are not separated by commas")                     \
  X(CODE_QUOTE, "H0109", SEVERITY_ERROR, "A quotation mark is out of place or never closed")                        \
  X(CODE_LINE_BREAK, "H0110", SEVERITY_ERROR, "A line is broken inside a cell, or lines end as no other file's do") \
  X(CODE_TOO_LONG, "H0111", SEVERITY_ERROR, "A cell, a line or a table is longer than any plan needs")              \
  X(CODE_NO_HEADER, "H0112", SEVERITY_ERROR, "A file has no header row")                                            \
  X(CODE_ROW_SHAPE, "H0113", SEVERITY_ERROR, "A row has more or fewer cells than the header")                       \
  X(CODE_HEADER_UNKNOWN, "H0114", SEVERITY_ERROR, "A column is not one that the file may have")                     \
  X(CODE_HEADER_TWICE, "H0115", SEVERITY_ERROR, "A column stands twice")                                            \
  X(CODE_HEADER_MISSING, "H0116", SEVERITY_ERROR, "A column that the file needs is missing")                        \
  X(CODE_YEAR_HEADER, "H0117", SEVERITY_ERROR, "A year at the head of a column is not written as a year")           \
  X(CODE_YEARS, "H0118", SEVERITY_ERROR, "The year columns are not the plan's years")                               \
  X(CODE_BAD_PERCENT, "H0119", SEVERITY_ERROR, "A cell is not a percentage")                                        \
  X(CODE_SMALL_PERCENT, "H0120", SEVERITY_WARNING, "Percentages so small that fractions may be meant")              \
  X(CODE_BAD_NUMBER, "H0121", SEVERITY_ERROR, "A cell is not a number that can stand here")                         \
  X(CODE_BAD_WORD, "H0122", SEVERITY_ERROR, "A cell is not one of the words that can stand here")                   \
  X(CODE_BAD_ID, "H0123", SEVERITY_ERROR, "An id is not written as an id")                                          \
  X(CODE_ID_TWICE, "H0124", SEVERITY_ERROR, "An id stands twice")                                                   \
  X(CODE_BAD_LABEL, "H0125", SEVERITY_ERROR, "A label is too long")                                                 \
  X(CODE_BLANK, "H0126", SEVERITY_ERROR, "A cell is blank that must not be")                                        \
  X(CODE_NOT_BLANK, "H0127", SEVERITY_ERROR, "A cell is filled that must be blank here")                            \
  X(CODE_BAD_YEAR, "H0128", SEVERITY_ERROR, "A cell is not a year")                                                 \
  X(CODE_UNKNOWN_ID, "H0129", SEVERITY_ERROR, "An id names nothing in the folder")                                  \
  X(CODE_BASIS_NO_CELL, "H0130", SEVERITY_ERROR, "A row of basis.csv meets no cell")                                \
  X(CODE_DERIVED_UNEXPLAINED, "H0131", SEVERITY_WARNING, "A derived figure does not say how")                       \
  X(CODE_PLAN_TOO_LARGE, "H0132", SEVERITY_ERROR, "A figure grows beyond what can be held to the penny")

/* 02: council.csv and mtfp.csv */
#define CODES_PLAN(X)                                                                                            \
  X(CODE_COUNCIL_KEY, "H0201", SEVERITY_ERROR, "A key of council.csv is missing, unknown or wrong")              \
  X(CODE_NO_MINIMUM, "H0202", SEVERITY_WARNING, "The council gives no minimum for its General Fund")             \
  X(CODE_MINIMUMS_DIFFER, "H0203", SEVERITY_WARNING, "The two minimums of the General Fund differ (R17)")        \
  X(CODE_REAL_TERMS, "H0204", SEVERITY_ERROR, "Real-terms figures need a deflator")                              \
  X(CODE_LINE_RULE, "H0205", SEVERITY_ERROR, "A line breaks a rule of its form, class or recurrence")            \
  X(CODE_LINE_PART, "H0206", SEVERITY_ERROR, "A part of a line is missing, doubled or out of place")             \
  X(CODE_LINE_CYCLE, "H0207", SEVERITY_ERROR, "Lines are shares of each other in a circle")                      \
  X(CODE_LINE_BASE_DERIVED, "H0208", SEVERITY_NOTE, "The base of a line is worked back from its first year")     \
  X(CODE_AFTER_LAST_YEAR, "H0209", SEVERITY_ERROR, "Money stands after the last year in which it is paid (R26)") \
  X(CODE_WRONG_SIGNS, "H0210", SEVERITY_ERROR, "The signs of the figures do not follow the convention given")    \
  X(CODE_UNITS_OFF, "H0211", SEVERITY_WARNING, "Figures may be off by a thousand")                               \
  X(CODE_RESERVE_AS_LINE, "H0212", SEVERITY_WARNING, "A use of reserves stands as a line of the plan")           \
  X(CODE_CHANGES_AS_LEVELS, "H0213", SEVERITY_WARNING, "Year cells read as levels look like changes")            \
  X(CODE_ONE_OFF_AS_RECURRING, "H0250", SEVERITY_WARNING, "A one-off amount is typed as recurring (R10)")        \
  X(CODE_TIME_LIMITED_ROLLED, "H0251", SEVERITY_WARNING, "Time-limited money is rolled on past its end (R26)")   \
  X(CODE_RING_IN_GENERAL, "H0252", SEVERITY_WARNING, "Ring-fenced money counts in general funding (R27)")        \
  X(CODE_RING_COSTS, "H0253", SEVERITY_WARNING, "A ring costs more than it brings (R27)")                        \
  X(CODE_BASE_YEAR_GAP, "H0254", SEVERITY_WARNING, "The base year does not balance")                             \
  X(CODE_PAY_CONTINGENCY, "H0255", SEVERITY_NOTE, "A contingency for pay carries no tag")                        \
  X(CODE_RING_UNSPENT, "H0257", SEVERITY_WARNING, "A ring brings in money and spends none (R27)")                \
  X(CODE_LINE_TWICE, "H0256", SEVERITY_WARNING, "Two lines look like the same one")

/* 03: drivers, council tax, business rates, high needs, treasury */
#define CODES_TERMS(X)                                                                                \
  X(CODE_REFERENDUM, "H0301", SEVERITY_WARNING, "Council tax rises at or above the referendum limit") \
  X(CODE_DRIVER_CYCLE, "H0302", SEVERITY_ERROR, "Drivers follow each other in a circle")              \
  X(CODE_DRIVER_UNUSED, "H0303", SEVERITY_WARNING, "A driver drives nothing")                         \
  X(CODE_DRIVER_LIMITS, "H0304", SEVERITY_ERROR, "The collar of a driver is above its cap")           \
  X(CODE_TERM_MISSING, "H0305", SEVERITY_ERROR, "A term that the plan needs is missing")              \
  X(CODE_TERM_CONFLICT, "H0306", SEVERITY_ERROR, "Two terms say the same thing in different ways")    \
  X(CODE_TERMS_UNUSED, "H0307", SEVERITY_WARNING, "Terms are given that no line of the plan uses")    \
  X(CODE_COLLECTION_RATE, "H0308", SEVERITY_WARNING, "The collection rate is not an eventual rate")   \
  X(CODE_TERM_TAKEN_AS_NONE, "H0309", SEVERITY_NOTE, "A term is not given and taken as none")

/* 04: savings */
#define CODES_SAVINGS(X)                                                                                          \
  X(CODE_SAVING_CYCLE, "H0401", SEVERITY_ERROR, "Savings depend on each other in a circle")                       \
  X(CODE_SAVING_PHASING, "H0402", SEVERITY_ERROR, "A saving does not say what its years hold (R7)")               \
  X(CODE_SAVING_RECURRENCE, "H0403", SEVERITY_ERROR, "A saving does not say whether it recurs (R28)")             \
  X(CODE_SAVING_FULL_YEAR, "H0404", SEVERITY_ERROR, "full_year does not go with the phasing")                     \
  X(CODE_SAVING_YEARS, "H0405", SEVERITY_ERROR, "A year of a saving is missing or not a size")                    \
  X(CODE_SAVING_FALLS, "H0406", SEVERITY_WARNING, "A recurring saving falls")                                     \
  X(CODE_SAVING_VANISHES, "H0407", SEVERITY_ERROR, "A recurring saving falls to nothing")                         \
  X(CODE_SAVING_START, "H0408", SEVERITY_ERROR, "The month that a saving starts in cannot be used")               \
  X(CODE_SAVING_DELIVERY, "H0409", SEVERITY_ERROR, "The delivery of a saving is missing or impossible (R33)")     \
  X(CODE_DELIVERY_JUDGED, "H0410", SEVERITY_NOTE, "Delivery is a judgement, not the council's own record")        \
  X(CODE_UNIDENTIFIED_COUNTED, "H0411", SEVERITY_WARNING, "An unidentified saving is counted")                    \
  X(CODE_SAVING_PART, "H0413", SEVERITY_ERROR, "A part row of a saving is out of place")                          \
  X(CODE_COST_FUNDING, "H0414", SEVERITY_ERROR, "It is not clear what meets the cost of a saving")                \
  X(CODE_RAG_LEGEND, "H0415", SEVERITY_ERROR, "The RAG legend cannot be used")                                    \
  X(CODE_SAVING_OVER_FULL_YEAR, "H0416", SEVERITY_WARNING, "More than the whole of a saving is in place")         \
  X(CODE_SAVING_START_UNUSED, "H0417", SEVERITY_WARNING, "The starting month of a saving and its years disagree") \
  X(CODE_SAVINGS_LARGE, "H0430", SEVERITY_WARNING, "Savings take a large share of a line in one year (R32)")      \
  X(CODE_SAVINGS_BEYOND_LINE, "H0431", SEVERITY_WARNING, "Savings are larger than the line they come from (R32)") \
  X(CODE_VACANCY_TWICE, "H0432", SEVERITY_WARNING, "A vacancy saving on top of a vacancy factor (R32)")           \
  X(CODE_SAVING_BEFORE_PARENT, "H0433", SEVERITY_WARNING, "A saving starts before one that it depends on (R31)")  \
  X(CODE_SAVING_TWICE, "H0434", SEVERITY_WARNING, "Two savings look like the same one")                           \
  X(CODE_SAVING_MAGNITUDE, "H0435", SEVERITY_WARNING, "A saving is larger than the whole net budget")

/* 05: reserves */
#define CODES_RESERVES(X)                                                                                          \
  X(CODE_NO_GENERAL_FUND, "H0501", SEVERITY_WARNING, "No reserve is the General Fund")                             \
  X(CODE_TWO_GENERAL_FUNDS, "H0502", SEVERITY_ERROR, "More than one reserve is the General Fund")                  \
  X(CODE_RESERVE_OPENING, "H0504", SEVERITY_ERROR, "An opening balance is missing or below zero")                  \
  X(CODE_DRAW_ORDER, "H0505", SEVERITY_ERROR, "The order in which reserves are drawn is not clear")                \
  X(CODE_DRAW_FORBIDDEN, "H0506", SEVERITY_ERROR, "A reserve that may not meet the gap is to be drawn (R16)")      \
  X(CODE_RESERVE_FLOOR, "H0507", SEVERITY_ERROR, "The floor of a reserve cannot be used")                          \
  X(CODE_CONTRIBUTION_LINE, "H0509", SEVERITY_ERROR, "contribution_line cannot be used")                           \
  X(CODE_PLANNED_OVERDRAWN, "H0530", SEVERITY_WARNING, "Planned uses take more than a reserve holds")              \
  X(CODE_PLANNED_SHORT, "H0531", SEVERITY_WARNING, "A planned use lacks money that an earlier draw took")          \
  X(CODE_CONTRIBUTION_LARGER, "H0532", SEVERITY_WARNING, "A contribution is larger than the line said to hold it") \
  X(CODE_MOVED_FROM_NOWHERE, "H0533", SEVERITY_WARNING, "Money moves into reserves from nowhere")                  \
  X(CODE_RESERVE_MISCLASSED, "H0534", SEVERITY_WARNING, "A reserve held for others counts as usable")              \
  X(CODE_RESERVE_MAGNITUDE, "H0536", SEVERITY_WARNING, "A reserve is many times the net budget")

/* 06: capital receipts and borrowing */
#define CODES_CAPITAL(X)                                                                                        \
  X(CODE_RECEIPT_TO_REVENUE, "H0601", SEVERITY_ERROR, "A capital receipt is aimed at revenue (R34)")            \
  X(CODE_RECEIPT_SHARES, "H0602", SEVERITY_ERROR, "The uses of a receipt add to more than all of it")           \
  X(CODE_RECEIPT_NOT_ELIGIBLE, "H0603", SEVERITY_ERROR, "A receipt that may not be used flexibly is")           \
  X(CODE_FLEXIBLE_TOO_LATE, "H0604", SEVERITY_ERROR, "Flexible use after the last year of the direction (R36)") \
  X(CODE_RECEIPT_BEYOND, "H0630", SEVERITY_WARNING, "A receipt arrives after the plan ends")                    \
  X(CODE_FLEXIBLE_EXCESS, "H0631", SEVERITY_WARNING, "More is meant for flexible use than may be used")         \
  X(CODE_BRIDGED, "H0632", SEVERITY_WARNING, "Transformation is spent before the receipt is in")                \
  X(CODE_TRANSFORMATION_UNMET, "H0633", SEVERITY_WARNING, "No receipt meets the cost of transformation")        \
  X(CODE_RIGHT_TO_BUY, "H0634", SEVERITY_WARNING, "A Right to Buy receipt is marked for flexible use")          \
  X(CODE_RECEIPT_SMALL, "H0635", SEVERITY_WARNING, "A sum too small to be a capital receipt")                   \
  X(CODE_RECEIPT_UNCERTAIN, "H0636", SEVERITY_WARNING, "The plan counts on a receipt that is only an idea")     \
  X(CODE_RECEIPT_AS_LINE, "H0637", SEVERITY_WARNING, "A capital receipt stands as a line of the plan (R34)")

/* 07: controls, basis and history */
#define CODES_CONTROLS(X)                                                                                            \
  X(CODE_CONTROL_REFUSED, "H0701", SEVERITY_ERROR, "The plan does not reconcile to a published total (R52)")         \
  X(CODE_CONTROL_REPORTED, "H0702", SEVERITY_WARNING, "A published total differs, and the folder says to report it") \
  X(CODE_CONTROL_MEASURE, "H0703", SEVERITY_ERROR, "A control names no result")                                      \
  X(CODE_CONTROL_BASE, "H0704", SEVERITY_ERROR, "A control cannot be held against the base year")                    \
  X(CODE_CONTROL_TOLERANCE, "H0705", SEVERITY_ERROR, "A tolerance is below zero")                                    \
  X(CODE_PUBLISHED_LINE, "H0706", SEVERITY_ERROR, "A line does not come to its published amount (R52)")              \
  X(CODE_HISTORY_CHAIN, "H0750", SEVERITY_NOTE, "Past reserves do not roll forward")                                 \
  X(CODE_UNCERTAINTY, "H0760", SEVERITY_ERROR, "An uncertain input cannot be read")                                  \
  X(CODE_CORRELATION, "H0761", SEVERITY_ERROR, "A correlation cannot be read")                                       \
  X(CODE_UNCERTAINTY_IDLE, "H0762", SEVERITY_WARNING, "A row of what is uncertain finds nothing in this plan")

/* 08: scenarios and plugin parameters */
#define CODES_SCENARIOS(X)                                                                                   \
  X(CODE_PACK_COLUMN, "H0840", SEVERITY_ERROR, "A pack has a column that it cannot have")                    \
  X(CODE_SCENARIO_VALUE, "H0801", SEVERITY_ERROR, "A scenario's value cannot be read")                       \
  X(CODE_SCENARIO_UNIT, "H0802", SEVERITY_ERROR, "A value lacks its unit, or has another one")               \
  X(CODE_SCENARIO_RANGE, "H0803", SEVERITY_ERROR, "A value is outside what is allowed")                      \
  X(CODE_SCENARIO_PARAMETER, "H0804", SEVERITY_ERROR, "A plugin has no such parameter")                      \
  X(CODE_SCENARIO_PLUGIN, "H0805", SEVERITY_ERROR, "A scenario names a plugin that cannot be used")          \
  X(CODE_SCENARIO_TWICE, "H0806", SEVERITY_ERROR, "Something is set twice")                                  \
  X(CODE_SCENARIO_CELLS, "H0807", SEVERITY_ERROR, "A row fills too many cells, or too few")                  \
  X(CODE_SCENARIO_NAME, "H0808", SEVERITY_ERROR, "A scenario or an instance has a name that cannot be used") \
  X(CODE_SCENARIO_INCLUDE, "H0809", SEVERITY_ERROR, "An include leads nowhere, or round in a circle")        \
  X(CODE_SCENARIO_ADDRESS, "H0810", SEVERITY_ERROR, "An address means nothing in this plan")                 \
  X(CODE_SCENARIO_SHIFT, "H0811", SEVERITY_ERROR, "A shift is not complete")                                 \
  X(CODE_SCENARIO_SETTING, "H0812", SEVERITY_ERROR, "A setting of the command line cannot be read")          \
  X(CODE_SCENARIO_BINDING, "H0813", SEVERITY_ERROR, "A plugin finds nothing to change in this plan")         \
  X(CODE_SCENARIO_NO_EFFECT, "H0814", SEVERITY_WARNING, "A shift changes nothing")                           \
  X(CODE_SCENARIO_ROW, "H0850", SEVERITY_ERROR, "A row of scenarios.csv is not one that can be followed")

/* 09: a scenario that was run */
#define CODES_RUN(X)                                                                                                \
  X(CODE_CLAMPED, "H0901", SEVERITY_NOTE, "A changed input was held at its limit")                                  \
  X(CODE_USE_IDLE, "H0902", SEVERITY_WARNING, "A plugin finds nothing to change in this plan")                      \
  X(CODE_RUN_PLANNED_SHORT, "H0903", SEVERITY_WARNING, "A planned use lacks money that the scenario took earlier")  \
  X(CODE_RUN_FLEXIBLE_EXCESS, "H0904", SEVERITY_WARNING, "A scenario means more for flexible use than may be used") \
  X(CODE_RUN_RING_COSTS, "H0905", SEVERITY_WARNING, "A scenario leaves a ring short")                               \
  X(CODE_PARAMETER_IDLE, "H0906", SEVERITY_WARNING, "One parameter of a plugin finds nothing to change")

#define HEADROOM_CODES(X) \
  CODES_TABLE(X)          \
  CODES_PLAN(X)           \
  CODES_TERMS(X)          \
  CODES_SAVINGS(X)        \
  CODES_RESERVES(X)       \
  CODES_CAPITAL(X)        \
  CODES_CONTROLS(X)       \
  CODES_SCENARIOS(X)      \
  CODES_RUN(X)

#endif
