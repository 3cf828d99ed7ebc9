/* test_page_html.c: what stands between the data and the markup: escaping, data links, the policy's hash, amounts. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support.h"

#include "report/page/html.h"
#include "report/page/words.h"

#include <string.h>

#define assert_says(call, expected)                 \
  do {                                              \
    struct text said = { 0 };                       \
    call;                                           \
    assert_string_equal(text_str(&said), expected); \
    text_fini(&said);                               \
  } while (0)

/* ---- escaping ------------------------------------------------------------------------------------------ */

static void what_is_said_is_escaped_and_the_format_is_not(void **state)
{
  (void)state;
  assert_says(
      html(&said, "<td class=\"%s\">%s %d%%</td>", "a\" onclick=\"x", "</td><script>alert('1')</script> & co", 7),
      "<td class=\"a&quot; onclick=&quot;x\">&lt;/td&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; co "
      "7%</td>");
}

static void control_bytes_are_dropped(void **state)
{
  (void)state;
  assert_says(html_escape(&said, "a\x01"
                                 "b\x7F"
                                 "c\x1B[31md\te\nf"),
              "abc[31md\te\nf");
}

/* Right-to-left text and emoji pass; half a character does not. */
static void what_is_not_utf8_is_replaced(void **state)
{
  (void)state;
  assert_says(html_escape(&said, "\xD7\x90\xF0\x9F\x98\x80\xE2\x80\xAE"), "\xD7\x90\xF0\x9F\x98\x80\xE2\x80\xAE");
  assert_says(html_escape(&said, "a\xFF<b\xE2\x82"), "a\xEF\xBF\xBD&lt;b\xEF\xBF\xBD\xEF\xBF\xBD");
}

static void a_data_link_holds_nothing_of_markup(void **state)
{
  (void)state;
  static const char bytes[] = "a,\"b\"\n<\xC2\xA3"
                              "1%>#?&'";
  assert_says(html_data_link(&said, "text/csv", bytes, sizeof bytes - 1),
              "data:text/csv;charset=utf-8,a,%22b%22%0A%3C%C2%A31%25%3E%23%3F%26%27");
}

/* ---- style --------------------------------------------------------------------------------------------- */

static void a_style_sheet_loses_comments_and_indents_alone(void **state)
{
  (void)state;
  assert_says(css_packed(&said, "/* a\n b */\n.x a{\n  b:c d;\n  e:f\n}\n/* end"), ".x a{b:c d;e:f}");
}

/* SHA-256 of "abc" is of FIPS 180-4; in base 64 by hand of coreutils: printf abc | sha256sum | xxd -r -p | base64. */
static void the_hash_is_the_one_that_a_browser_makes(void **state)
{
  (void)state;
  assert_says(csp_hash(&said, "abc", 3), "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
}

/* ---- amounts ------------------------------------------------------------------------------------------- */

/* Half away from zero, to a tenth of a million, to a thousand, to a pound. */
static void amounts(void **state)
{
  (void)state;
  static const struct {
    pence amount;
    const char *words, *millions;
  } cases[] = { { 1050000000,
                  "\xC2\xA3"
                  "10.5 million",
                  "10.5" },
                { 1054999999,
                  "\xC2\xA3"
                  "10.5 million",
                  "10.5" },
                { 1055000000,
                  "\xC2\xA3"
                  "10.6 million",
                  "10.6" },
                { -1055000000,
                  "\xE2\x88\x92\xC2\xA3"
                  "10.6 million",
                  "\xE2\x88\x92"
                  "10.6" },
                { 94999999,
                  "\xC2\xA3"
                  "950,000",
                  "0.9" },
                { 95000000,
                  "\xC2\xA3"
                  "950,000",
                  "1.0" },
                { 99949999,
                  "\xC2\xA3"
                  "999,000",
                  "1.0" },
                { -99950000,
                  "\xE2\x88\x92\xC2\xA3"
                  "1.0 million",
                  "\xE2\x88\x92"
                  "1.0" },
                { 100000000,
                  "\xC2\xA3"
                  "1.0 million",
                  "1.0" },
                { 104999999,
                  "\xC2\xA3"
                  "1.0 million",
                  "1.0" },
                { 105000000,
                  "\xC2\xA3"
                  "1.1 million",
                  "1.1" },
                { 123450000,
                  "\xC2\xA3"
                  "1.2 million",
                  "1.2" },
                { 30549900,
                  "\xC2\xA3"
                  "305,000",
                  "0.3" },
                { 912350,
                  "\xC2\xA3"
                  "9,124",
                  "0.0" },
                { -100,
                  "\xE2\x88\x92\xC2\xA3"
                  "1",
                  "0.0" },
                { 123456789012,
                  "\xC2\xA3"
                  "1,234.6 million",
                  "1,234.6" } };
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    assert_says(money_words(&said, cases[i].amount), cases[i].words);
    /* "£10.5m" and "£305k" are the same figure */
    struct text spoken = { 0 }, brief = { 0 };
    text_money_short(&brief, cases[i].amount);
    spoken_words(&spoken, text_str(&brief));
    if (cases[i].amount >= 1000000 || cases[i].amount <= -1000000) {
      assert_string_equal(text_str(&spoken), cases[i].words);
    }
    text_fini(&spoken);
    text_fini(&brief);
    assert_says(money_in_millions(&said, cases[i].amount, 1), cases[i].millions);
  }
  assert_says(money_in_millions(&said, 125100000, 2), "1.25");
  assert_says(money_in_millions(&said, -500000, 2), "\xE2\x88\x92"
                                                    "0.01");
  assert_says(per_cent_words(&said, 0.004), "less than 1%");
  assert_says(per_cent_words(&said, 0.996), "more than 99%");
  assert_says(per_cent_words(&said, 1.0), "100%");
  assert_says(per_cent_words(&said, 0.28), "28%");
}

/* What the other faces write short, a page says in full; names and other words stay. */
static void words_are_spoken(void **state)
{
  (void)state;
  static const char *const cases[][2] = {
    { "\xC2\xA3"
      "5.7m a year, \xC2\xA3"
      "305k once, \xC2\xA3"
      "37.",
      "\xC2\xA3"
      "5.7 million a year, \xC2\xA3"
      "305,000 once, \xC2\xA3"
      "37." },
    { "\xE2\x88\x92\xC2\xA3"
      "1,234.5m",
      "\xE2\x88\x92\xC2\xA3"
      "1,234.5 million" },
    { "Pay award +1pp, CPI \xE2\x88\x92"
      "0.6pp, 11pp",
      "Pay award +1 point, CPI \xE2\x88\x92"
      "0.6 points, 11 points" },
    { "5 months, 3m, \xC2\xA3"
      "5 more, \xC2\xA3"
      "2.5km, apple 2apps",
      "5 months, 3m, \xC2\xA3"
      "5 more, \xC2\xA3"
      "2.5km, apple 2apps" },
    { "in 2027/28, 28% \xC2\xA3", "in 2027/28, 28% \xC2\xA3" },
  };
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    assert_says(spoken_words(&said, cases[i][0]), cases[i][1]);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(what_is_said_is_escaped_and_the_format_is_not),
    cmocka_unit_test(control_bytes_are_dropped),
    cmocka_unit_test(what_is_not_utf8_is_replaced),
    cmocka_unit_test(a_data_link_holds_nothing_of_markup),
    cmocka_unit_test(a_style_sheet_loses_comments_and_indents_alone),
    cmocka_unit_test(the_hash_is_the_one_that_a_browser_makes),
    cmocka_unit_test(amounts),
    cmocka_unit_test(words_are_spoken),
  };
  return cmocka_run_group_tests_name("page html", tests, NULL, NULL);
}
