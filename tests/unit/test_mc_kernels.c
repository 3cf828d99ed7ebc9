/* test_mc_kernels.c: random words against the published vectors, normals against GSL's, and the same bits from every
 * level of instructions. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support.h"

#include "mc/kernels.h"

#include <gsl/gsl_cdf.h>
#include <string.h>

static const struct mc_kernels *level(enum isa wanted)
{
  return isa_choose(wanted) ? KERNELS_CHOSEN(mc_kernels) : NULL;
}

/* The known answers that come with Random123 1.14 (kat_vectors, threefry2x64 20). */
static void words_are_the_published_ones(void **state)
{
  (void)state;
  static const struct {
    uint64_t counter[2], key[2], output[2];
  } known[] = {
    { { 0, 0 }, { 0, 0 }, { 0xc2b6e3a8c2c69865, 0x6f81ed42f350084d } },
    { { UINT64_MAX, UINT64_MAX }, { UINT64_MAX, UINT64_MAX }, { 0xe02cb7c4d95d277a, 0xd06633d0893b8b68 } },
    { { 0x243f6a8885a308d3, 0x13198a2e03707344 },
      { 0xa4093822299f31d0, 0x082efa98ec4e6c89 },
      { 0x263c7d30bb0f0af1, 0x56be8361d3311526 } },
  };
  for (int isa = ISA_PLAIN; isa <= ISA_V4; isa++) {
    const struct mc_kernels *kernels = level((enum isa)isa);
    for (size_t k = 0; kernels != NULL && k < COUNT_OF(known); k++) {
      uint32_t word[BLOCK];
      kernels->words(known[k].key, known[k].counter[0], known[k].counter[1], word);
      assert_int_equal(word[0], (uint32_t)known[k].output[0]);
      assert_int_equal(word[128], known[k].output[0] >> 32);
      assert_int_equal(word[256], (uint32_t)known[k].output[1]);
      assert_int_equal(word[384], known[k].output[1] >> 32);
      kernels->words(known[k].key, known[k].counter[0] - 77, known[k].counter[1], word);
      assert_int_equal(word[77], (uint32_t)known[k].output[0]);
      assert_int_equal(word[384 + 77], known[k].output[1] >> 32);
    }
  }
}

/* Words from the ends, the edges of the tails and in between. */
static void make_words(uint32_t *word)
{
  static const uint32_t edge[] = { 0,          1,          2,          1000,       104152956,
                                   104152957,  104152958,  0x7FFFFFFF, 0x80000000, 0x80000001,
                                   0xF9CACC43, 0xF9CACC44, 0xF9CACC42, 0xFFFFFFFE, 0xFFFFFFFF };
  for (uint32_t i = 0; i < BLOCK; i++) {
    word[i] = i < COUNT_OF(edge) ? edge[i] : (i - (uint32_t)COUNT_OF(edge)) * 8641969u + 4321u;
  }
}

static void normals_are_those_of_the_table(void **state)
{
  (void)state;
  uint32_t word[BLOCK];
  double score[BLOCK];
  make_words(word);
  level(ISA_V2)->normals(1, word, score);
  for (int i = 0; i < BLOCK; i++) {
    const double expected = gsl_cdf_ugaussian_Pinv(((double)word[i] + 0.5) / 4294967296.0);
    assert_close(score[i], expected, 1.2e-9 * fabs(expected) + 1e-18);
  }
}

static void a_block_of_nothing_but_tails_is_right_too(void **state)
{
  (void)state;
  uint32_t word[BLOCK];
  double score[BLOCK];
  for (uint32_t i = 0; i < BLOCK; i++) {
    word[i] = i % 2 == 0 ? i * i * 370u : UINT32_MAX - i * i * 370u;
  }
  level(ISA_V2)->normals(1, word, score);
  for (int i = 0; i < BLOCK; i++) {
    const double expected = gsl_cdf_ugaussian_Pinv(((double)word[i] + 0.5) / 4294967296.0);
    assert_close(score[i], expected, 1.2e-9 * fabs(expected));
  }
}

static void every_level_gives_the_same_bits(void **state)
{
  (void)state;
  const uint64_t key[2] = { 20261127, 3 };
  uint32_t word[BLOCK], other_word[BLOCK];
  double score[BLOCK], other[BLOCK];
  for (uint64_t variable = 0; variable < 200; variable++) {
    level(ISA_V2)->words(key, 128 * variable, variable, word);
    level(ISA_V2)->normals(1, word, score);
    for (int isa = ISA_V3; isa <= ISA_V4; isa++) {
      const struct mc_kernels *kernels = level((enum isa)isa);
      if (kernels != NULL) {
        kernels->words(key, 128 * variable, variable, other_word);
        kernels->normals(1, other_word, other);
        assert_memory_equal(word, other_word, sizeof word);
        assert_memory_equal(score, other, sizeof score);
      }
    }
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(words_are_the_published_ones),
    cmocka_unit_test(normals_are_those_of_the_table),
    cmocka_unit_test(a_block_of_nothing_but_tails_is_right_too),
    cmocka_unit_test(every_level_gives_the_same_bits),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
