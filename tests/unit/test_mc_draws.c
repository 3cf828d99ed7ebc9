/* test_mc_draws.c: draws hang on names alone, have the distributions asked for and move together as asked. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support.h"

#include "mc/mc.h"

#include <string.h>

static struct draws *made(const struct draws_plan *plan)
{
  struct draws *draws = NULL;
  struct error error = { 0 };
  if (draws_new(plan, &draws, &error) != STATUS_OK) {
    print_error("%s\n", error.text);
    fail();
  }
  return draws;
}

/* Everything a block is written to: values[(variable * n_years + year) * DRAW_BLOCK + lane]. */
struct room {
  double *shock, *work, *value, **row;
};

static double *rows(size_t n)
{
  double *at = aligned_alloc(64, (n + 1) * DRAW_PITCH * sizeof *at);
  assert_non_null(at);
  return at;
}

static struct room room_for(const struct draws *draws, int n_rows)
{
  struct room room = { rows((size_t)draws_shocks(draws)), rows(draws_work(draws) / DRAW_BLOCK), rows((size_t)n_rows),
                       calloc((size_t)n_rows + 1, sizeof(double *)) };
  assert_non_null(room.row);
  for (int i = 0; i < n_rows; i++) {
    room.row[i] = room.value + (size_t)i * DRAW_BLOCK;
  }
  return room;
}

static void room_free(struct room *room)
{
  free(room->shock);
  free(room->work);
  free(room->value);
  free(room->row);
}

static void fill(const struct draws *draws, int set, int64_t block, struct room *room)
{
  draws_shock(draws, set, block, room->shock);
  draws_values(draws, room->shock, room->work, room->row);
}

/* ---- names --------------------------------------------------------------------------------------------- */

static const struct variable pay = { "driver:pay.value", { .kind = MARGINAL_NORMAL, .sd = 1.0 }, 0.7 };
static const struct variable cpi = { "driver:cpi.value",
                                     { .kind = MARGINAL_PERT, .low = -1, .mode = 0, .high = 3 },
                                     0.7 };
static const struct variable fee = { "line:fees.volume",
                                     { .kind = MARGINAL_TRIANGULAR, .low = -9, .mode = 0, .high = 2 },
                                     0.0 };
static const struct variable late = {
  "receipt:hall.date",
  { .kind = MARGINAL_DELAY, .n_steps = 3, .step = { 0, 12, 24 }, .step_chance = { 0.6, 0.3, 0.1 } },
  1.0
};

static void another_variable_moves_no_draw(void **state)
{
  (void)state;
  const struct variable few[] = { pay, fee, cpi }, more[] = { late, cpi, fee, pay };
  const struct correlation first = { 0, 2, 0.6 }, second = { 1, 3, 0.6 };
  struct draws *a = made(&(struct draws_plan){ 7, false, 4, 3, 1, few, &first });
  struct draws *b = made(&(struct draws_plan){ 7, false, 4, 4, 1, more, &second });
  struct room own = room_for(a, 12), other = room_for(b, 16);
  for (int set = 0; set < DRAW_SETS; set++) {
    fill(a, set, 5, &own);
    fill(b, set, 5, &other);
    assert_memory_equal(own.row[0], other.row[12], sizeof(double[4 * DRAW_BLOCK]));
    assert_memory_equal(own.row[4], other.row[8], sizeof(double[4 * DRAW_BLOCK]));
    assert_memory_equal(own.row[8], other.row[4], sizeof(double[4 * DRAW_BLOCK]));
  }
  room_free(&own);
  room_free(&other);
  draws_free(a);
  draws_free(b);
}

static void seed_set_block_and_year_all_matter(void **state)
{
  (void)state;
  const struct variable one[] = { fee };
  struct draws *a = made(&(struct draws_plan){ 7, true, 2, 1, 0, one, NULL });
  struct draws *b = made(&(struct draws_plan){ 8, true, 2, 1, 0, one, NULL });
  struct room first = room_for(a, 2), second = room_for(a, 2);
  fill(a, 0, 0, &first);
  assert_memory_not_equal(first.row[0], first.row[1], DRAW_BLOCK * sizeof(double));
  fill(a, 1, 0, &second);
  assert_memory_not_equal(first.row[0], second.row[0], DRAW_BLOCK * sizeof(double));
  fill(a, 0, 1, &second);
  assert_memory_not_equal(first.row[0], second.row[0], DRAW_BLOCK * sizeof(double));
  fill(b, 0, 0, &second);
  assert_memory_not_equal(first.row[0], second.row[0], DRAW_BLOCK * sizeof(double));
  fill(a, 0, 0, &second);
  assert_memory_equal(first.row[0], second.row[0], DRAW_BLOCK * sizeof(double));
  room_free(&first);
  room_free(&second);
  draws_free(a);
  draws_free(b);
}

static void a_draw_a_run_is_the_same_in_every_year(void **state)
{
  (void)state;
  const struct variable one[] = { late };
  struct draws *draws = made(&(struct draws_plan){ 7, false, 3, 1, 0, one, NULL });
  struct room room = room_for(draws, 3);
  fill(draws, 3, 2, &room);
  assert_int_equal(draws_shocks(draws), 1);
  assert_memory_equal(room.row[0], room.row[1], DRAW_BLOCK * sizeof(double));
  assert_memory_equal(room.row[0], room.row[2], DRAW_BLOCK * sizeof(double));
  room_free(&room);
  draws_free(draws);
}

/* The digest is of the same 512 normals made by another program, of Python's integers and floats: words, their order,
 * the key of the name and every operation of the normals are as documented, whatever the compiler and the instructions.
 */
static void bits_are_those_of_another_program(void **state)
{
  (void)state;
  const struct variable one[] = { { "driver:pay.value", { .kind = MARGINAL_NORMAL, .sd = 1.0 }, 0.0 } };
  struct draws *draws = made(&(struct draws_plan){ 20261127, true, 4, 1, 0, one, NULL });
  struct room room = room_for(draws, 4);
  for (int isa = ISA_PLAIN; isa <= ISA_V4; isa++) {
    char digest[DIGEST_HEX];
    if (isa_choose((enum isa)isa)) {
      fill(draws, 5, 2, &room);
      digest_hex(room.row[3], DRAW_BLOCK * sizeof(double), digest);
      assert_string_equal(digest, "30491a1b6bdbe853559a6e91a8cc802c1b18046abe2eaa04102bbc634513a361");
    }
  }
  room_free(&room);
  draws_free(draws);
}

/* ---- distributions ------------------------------------------------------------------------------------- */

/* One variable's draws, drawn evenly in one dimension: 16 sets of 16 blocks, sorted. */
enum { DRAWN = DRAW_SETS * 16 * DRAW_BLOCK };

static int ascending(const void *a, const void *b)
{
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static double *drawn(const struct variable *variable)
{
  struct draws *draws = made(&(struct draws_plan){ 11, false, 1, 1, 0, variable, NULL });
  const double moves[] = { 1.0, -1.0 };
  struct error error;
  assert_int_equal(draws_aim(draws, 1, moves, &error), STATUS_OK);
  struct room room = room_for(draws, 1);
  double *value = malloc(DRAWN * sizeof *value);
  assert_non_null(value);
  for (int set = 0, n = 0; set < DRAW_SETS; set++) {
    for (int block = 0; block < 16; block++, n += DRAW_BLOCK) {
      fill(draws, set, block, &room);
      memcpy(value + n, room.row[0], DRAW_BLOCK * sizeof *value);
    }
  }
  qsort(value, DRAWN, sizeof *value, ascending);
  room_free(&room);
  draws_free(draws);
  return value;
}

/* Against closed forms and GSL, within what an even sample of 131,072 leaves. */
static void has_its_distribution(const struct variable *variable, double tolerance)
{
  double *value = drawn(variable);
  const double sd = marginal_sd(&variable->marginal);
  double mean = 0.0, square = 0.0;
  for (int i = 0; i < DRAWN; i++) {
    mean += value[i] / DRAWN;
  }
  for (int i = 0; i < DRAWN; i++) {
    square += (value[i] - mean) * (value[i] - mean) / DRAWN;
  }
  assert_close(mean, marginal_mean(&variable->marginal), tolerance * sd);
  assert_close(sqrt(square), sd, 3.0 * tolerance * sd);
  static const double chance[] = { 0.001, 0.01, 0.05, 0.25, 0.3333, 0.5, 0.75, 0.9123, 0.95, 0.99, 0.999 };
  for (size_t i = 0; i < COUNT_OF(chance); i++) {
    const double low = marginal_quantile(&variable->marginal, chance[i] - 2e-4);
    const double high = marginal_quantile(&variable->marginal, chance[i] + 2e-4);
    const double found = value[(int)(chance[i] * DRAWN)];
    if (!(found >= low - 1e-5 * sd && found <= high + 1e-5 * sd)) {
      print_error("%s at %g: %.9g, expected %.9g to %.9g\n", variable->name, chance[i], found, low, high);
      fail();
    }
  }
  free(value);
}

static void draws_have_the_distributions_asked_for(void **state)
{
  (void)state;
  const struct marginal asked[] = {
    { .kind = MARGINAL_NORMAL, .sd = 0.015 },
    { .kind = MARGINAL_NORMAL, .sd = 2, .chance = 0.25 },
    { .kind = MARGINAL_TRIANGULAR, .low = -3, .mode = 0, .high = 1 },
    { .kind = MARGINAL_TRIANGULAR, .low = 0, .mode = 0, .high = 1 },
    { .kind = MARGINAL_TRIANGULAR, .low = -1, .mode = 0, .high = 2, .chance = 0.5 },
    { .kind = MARGINAL_PERT, .low = -0.25, .mode = 0, .high = 0.1 },
    { .kind = MARGINAL_PERT, .low = 5, .mode = 5, .high = 10, .chance = 0.9 },
    { .kind = MARGINAL_BETA, .a = 0.5, .b = 0.5, .low = -1, .high = 1 },
    { .kind = MARGINAL_BETA, .a = 9, .b = 1.5, .low = 0, .high = 1.05 },
    { .kind = MARGINAL_BETA, .a = 60, .b = 40, .low = 0, .high = 1 },
    { .kind = MARGINAL_LOGNORMAL, .mode = 1e6, .sd = 5e5 },
    { .kind = MARGINAL_LOGNORMAL, .mode = -2, .sd = 3, .chance = 0.4 },
    { .kind = MARGINAL_EVENT, .mode = -350000, .chance = 0.07 },
    { .kind = MARGINAL_DELAY, .n_steps = 3, .step = { 0, 12, 24 }, .step_chance = { 0.6, 0.3, 0.1 } },
  };
  for (size_t i = 0; i < COUNT_OF(asked); i++) {
    const struct variable variable = { marginal_word(asked[i].kind), asked[i], 0.0 };
    has_its_distribution(&variable, asked[i].kind >= MARGINAL_LOGNORMAL ? 2.5e-4 : 5e-5);
  }
}

/* Every kind of distribution, driven by uniforms and by scores, with and without a chance of nothing, aimed at
 * something. */
static void every_level_draws_the_same_bits(void **state)
{
  (void)state;
  static const char *const name[] = { "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n" };
  enum { KINDS = 7, VARIABLES = 2 * KINDS, YEARS = 3, ROWS = VARIABLES * YEARS };
  const struct marginal asked[KINDS] = {
    { .kind = MARGINAL_NORMAL, .sd = 2, .chance = 0.25 },
    { .kind = MARGINAL_TRIANGULAR, .low = -3, .mode = 0, .high = 1 },
    { .kind = MARGINAL_PERT, .low = 5, .mode = 5, .high = 10, .chance = 0.9 },
    { .kind = MARGINAL_BETA, .a = 0.5, .b = 0.5, .low = -1, .high = 1 },
    { .kind = MARGINAL_LOGNORMAL, .mode = -2, .sd = 3, .chance = 0.4 },
    { .kind = MARGINAL_EVENT, .mode = -350000, .chance = 0.07 },
    { .kind = MARGINAL_DELAY, .n_steps = 3, .step = { 0, 12, 24 }, .step_chance = { 0.6, 0.3, 0.1 } },
  };
  struct variable variable[VARIABLES];
  struct correlation pair[KINDS - 1];
  for (int i = 0; i < VARIABLES; i++) { /* the first seven by scores that are correlated, the others by uniforms */
    variable[i] = (struct variable){ name[i], asked[i % KINDS], i < KINDS ? 0.1 * i : 0.0 };
  }
  for (int i = 1; i < KINDS; i++) {
    pair[i - 1] = (struct correlation){ 0, i, 0.3 };
  }
  struct draws *draws = made(&(struct draws_plan){ 3, false, YEARS, VARIABLES, KINDS - 1, variable, pair });
  double *output = calloc((size_t)draws_aim_lanes(draws), sizeof *output);
  struct room room = room_for(draws, ROWS);
  struct error error;
  assert_non_null(output);
  for (int i = 0; i < draws_aim_lanes(draws); i++) {
    output[i] = i % 7 + i % 2;
  }
  assert_int_equal(draws_aim(draws, 1, output, &error), STATUS_OK);
  char first[DIGEST_HEX] = "", digest[DIGEST_HEX];
  for (int isa = ISA_PLAIN; isa <= ISA_V4; isa++) {
    if (isa_choose((enum isa)isa)) {
      fill(draws, 5, 2, &room);
      digest_hex(room.value, sizeof(double[ROWS * DRAW_BLOCK]), digest);
      if (first[0] == '\0') {
        memcpy(first, digest, sizeof first);
      }
      assert_string_equal(digest, first);
    }
  }
  free(output);
  room_free(&room);
  draws_free(draws);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(another_variable_moves_no_draw),    cmocka_unit_test(seed_set_block_and_year_all_matter),
    cmocka_unit_test(bits_are_those_of_another_program), cmocka_unit_test(a_draw_a_run_is_the_same_in_every_year),
    cmocka_unit_test(every_level_draws_the_same_bits),   cmocka_unit_test(draws_have_the_distributions_asked_for),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
