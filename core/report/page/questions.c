/* questions.c: the officer's own words, and the questions that this council's results raise.  No question stands here
 * without figures that make it one. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/page/inside.h"

#include "report/stress_words.h"

#include <string.h>

/* ---- the council's own words: paragraphs parted by empty lines ----------------------------------------- */

void council_section(struct page *p)
{
  const char *at = p->b->council_words;
  if (at == NULL) {
    return;
  }
  section_begin(p, "council", "In the council\xE2\x80\x99s own words");
  html_raw(p->out, "<div class=\"own-words\">");
  while (*at != '\0') {
    const char *end = strstr(at, "\n\n");
    const size_t n = end != NULL ? (size_t)(end - at) : strlen(at);
    struct text words = { 0 };
    text_add_n(&words, at, n);
    say_paragraph(p, &words);
    at += n + strspn(at + n, "\n");
  }
  html_raw(p->out, "</div>\n");
  section_end(p);
}

/* ---- questions ----------------------------------------------------------------------------------------- */

/* Each says nothing where it does not arise. */
typedef void ask(struct text *, const struct page *);

static void ask_about_worst(struct text *out, const struct page *p)
{
  char label[8];
  const int worst = worst_future(p->plan, p->shown, p->n);
  const struct result *result = p->shown[worst].result;
  const int date = result->date[DATE_FIRST_UNFUNDED];
  if (worst == 0 || date < 0) {
    return;
  }
  text_printf(out, "In \xE2\x80\x98%s\xE2\x80\x99 ", p->shown[worst].label);
  money_words(out, result->measure[M_UNFUNDED][date]);
  text_printf(out,
              " of the gap in %s has nothing to pay for it. What would be stopped or sold first, how long would that "
              "take, and who decides?",
              plan_year_label(p->plan, date, label));
}

/* The future that costs the reserves most of those that one thing alone brings about. */
static void ask_about_a_better_one(struct text *out, const struct page *p)
{
  const int own = p->shown[0].result->date[DATE_BELOW_MINIMUM];
  if (own < 0) {
    return;
  }
  for (int i = 1; i < p->n; i++) {
    if (p->shown[i].result->date[DATE_BELOW_MINIMUM] == DATE_NOT_IN_HORIZON) {
      text_printf(out, "With \xE2\x80\x98%s\xE2\x80\x99 the General Fund stays above its minimum, with ",
                  p->shown[i].label);
      money_words(out, p->shown[i].result->measure[M_USABLE_CLOSING][p->last]);
      text_add(out, " left at ");
      march_words(out, p->plan, p->last);
      text_add(out, ". What stands in its way?");
      return;
    }
  }
}

/* Reserves that are held for something and count as usable all the same. */
static void ask_about_other_purposes(struct text *out, const struct page *p)
{
  pence held = 0, opening;
  for (int r = 0; r < p->plan->n_reserves; r++) {
    if (p->plan->reserve[r].class == RESERVE_IN_EXTREMIS && pence_from_gbp(p->plan->reserve[r].opening, &opening)) {
      held += opening;
    }
  }
  if (held <= 0 || usable_opening(p->plan) <= 0) {
    return;
  }
  money_words(out, held);
  text_add(out, ", ");
  per_cent_words(out, (double)held / (double)usable_opening(p->plan));
  text_add(out, " of the usable reserves at ");
  opening_words(out, p->plan);
  text_add(out, ", is held for other purposes and counted because it could be used at need. What is lost when it is?");
}

static void ask_about_first_saving(struct text *out, const struct page *p)
{
  char label[8];
  const struct result *own = p->shown[0].result;
  const pence planned = own->measure[M_SAVINGS_PLANNED][0], expected = own->measure[M_SAVINGS_EXPECTED][0];
  if (planned <= 0) {
    return;
  }
  text_add(out, "Of the ");
  money_words(out, planned);
  text_printf(out, " of savings planned for %s, how much is already being delivered?",
              plan_year_label(p->plan, 0, label));
  if (expected < planned) {
    text_add(out, " The plan itself expects ");
    money_words(out, expected);
    text_add(out, ".");
  }
}

static void ask_about_illustrative(struct text *out, const struct page *p)
{
  if (p->plan->illustrative_share < 0.1) {
    return;
  }
  per_cent_words(out, p->plan->illustrative_share);
  text_add(
      out,
      " of the plan shown here, by amount, is illustrative. Which of the council\xE2\x80\x99s own figures would change "
      "the answer if they stood in its place?");
}

/* The heading comes with the first of them. */
static void question(struct page *p, struct text *words, const char *evidence, bool *any)
{
  if (words->length > 0) {
    if (!*any) {
      section_begin(p, "questions",
                    p->b->audience == AUDIENCE_PEER ? "Questions to ask the council\xE2\x80\x99s officers"
                                                    : "Questions members may want to ask");
      sub(p, "On the plan, unless a future is named. Each arises from the figures on this page.");
      html_raw(p->out, "<ol class=\"q\">\n");
    }
    *any = true;
    html_raw(p->out, "<li>");
    speak(p, words);
    if (p->b->audience == AUDIENCE_PEER) {
      html(p->out, " <b>Ask to see:</b> %s.", evidence);
    }
    html_raw(p->out, "</li>\n");
  }
  text_fini(words);
}

void questions_section(struct page *p)
{
  static ask *const asks[] = { ask_about_first_saving, ask_about_worst, ask_about_a_better_one,
                               ask_about_other_purposes, ask_about_illustrative };
  static const char *const evidence[MOST_QUESTIONS] = {
    "the section 25 report, and the policy that sets the minimum",
    "the list of one-off items in the first year, and what is to follow each",
    "the working behind that rate, and the last three years\xE2\x80\x99 plan against outturn",
    "savings delivered against plan in each of the last three years",
    "the list of what has been found towards it so far, with owners and dates",
    "the pipeline of savings, with owners, dates and decisions taken",
    "the capital strategy and the register of receipts",
    "the deficit management plan, and the cash flow without the override",
  };
  static const char *const evidence_of_asks[COUNT_OF(asks)] = {
    "the savings tracker, month by month",
    "the order in which spending would be stopped, and the decisions that it needs",
    "what the council has decided about it, and when",
    "the reserves policy, reserve by reserve, with what each is committed to",
    "the council\xE2\x80\x99s own workings for the parts that are illustrative",
  };
  bool any = false;
  for (int q = 0; p->b->stress != NULL && q < MOST_QUESTIONS; q++) {
    struct text words = { 0 };
    if (question_words(&words, p->b->stress, q)) {
      question(p, &words, evidence[q], &any);
    }
    text_fini(&words);
  }
  for (size_t q = 0; q < COUNT_OF(asks); q++) {
    struct text words = { 0 };
    asks[q](&words, p);
    question(p, &words, evidence_of_asks[q], &any);
  }
  if (any) {
    html_raw(p->out, "</ol>\n");
    section_end(p);
  }
}
