/* correlation.c: whether correlations can hold together, the factor that makes them, and the nearest that can.
 *
 * (1) A matrix of correlations can hold when none of its eigenvalues is below 0; what rounding leaves, 1e-9 of
 *     the number of variables, is let pass.  A matrix that is singular (two variables that are one) holds.
 * (2) The nearest: alternating projections on the matrices without eigenvalues below a small floor and on those
 *     with a diagonal of ones, with Dykstra's correction (N. J. Higham, "Computing the nearest correlation
 *     matrix", 2002).
 * (3) What is offered is in thousandths and holds as it stands: when rounding breaks it, all of it is drawn
 *     towards 0. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "mc/inside.h"

#include <gsl/gsl_eigen.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { PROJECTIONS = 500 };

static bool is_finite(const double *matrix, size_t n)
{
  for (size_t i = 0; i < n; i++) {
    if (!isfinite(matrix[i])) {
      return false;
    }
  }
  return true;
}

static void fill(int n, int count, const struct correlation *pair, double *matrix)
{
  memset(matrix, 0, (size_t)n * (size_t)n * sizeof *matrix);
  for (int i = 0; i < n; i++) {
    matrix[i * n + i] = 1.0;
  }
  for (int k = 0; k < count; k++) {
    matrix[pair[k].a * n + pair[k].b] = matrix[pair[k].b * n + pair[k].a] = pair[k].coefficient;
  }
}

/* ---- eigenvalues --------------------------------------------------------------------------------------- */

struct eigen {
  int n;
  gsl_matrix *matrix, *vector;
  gsl_vector *value;
  gsl_eigen_symmv_workspace *work;
};

static void eigen_free(struct eigen *e)
{
  gsl_matrix_free(e->matrix);
  gsl_matrix_free(e->vector);
  gsl_vector_free(e->value);
  gsl_eigen_symmv_free(e->work);
}

static bool eigen_new(struct eigen *e, int n)
{
  const size_t size = (size_t)n;
  *e = (struct eigen){ n, gsl_matrix_alloc(size, size), gsl_matrix_alloc(size, size), gsl_vector_alloc(size),
                       gsl_eigen_symmv_alloc(size) };
  if (e->matrix == NULL || e->vector == NULL || e->value == NULL || e->work == NULL) {
    eigen_free(e);
    return false;
  }
  return true;
}

static bool eigen_find(struct eigen *e, const double *matrix)
{
  memcpy(e->matrix->data, matrix, (size_t)e->n * (size_t)e->n * sizeof *matrix);
  return gsl_eigen_symmv(e->matrix, e->value, e->vector, e->work) == 0;
}

/* Rule 1. */
static bool holds(struct eigen *e, const double *matrix)
{
  if (!is_finite(matrix, (size_t)e->n * (size_t)e->n) || !eigen_find(e, matrix)) {
    return false;
  }
  for (int i = 0; i < e->n; i++) {
    if (gsl_vector_get(e->value, (size_t)i) < -1e-9 * e->n) {
      return false;
    }
  }
  return true;
}

bool correlations_hold(int n_variables, int count, const struct correlation *pair)
{
  struct eigen eigen;
  double *matrix = calloc((size_t)n_variables * (size_t)n_variables + 1, sizeof *matrix);
  bool sound = false;
  if (n_variables == 0 || count == 0) {
    sound = true;
  } else if (matrix != NULL && eigen_new(&eigen, n_variables)) {
    fill(n_variables, count, pair, matrix);
    sound = holds(&eigen, matrix);
    eigen_free(&eigen);
  }
  free(matrix);
  return sound;
}

/* ---- the factor ---------------------------------------------------------------------------------------- */

/* Cholesky's, where a pivot of nothing leaves an empty column. */
bool correlations_factor(int n, int count, const struct correlation *pair, double *factor)
{
  if (!correlations_hold(n, count, pair)) {
    return false;
  }
  fill(n, count, pair, factor);
  for (int k = 0; k < n; k++) {
    double pivot = factor[k * n + k];
    for (int j = 0; j < k; j++) {
      pivot -= factor[k * n + j] * factor[k * n + j];
    }
    const double root = pivot > 1e-9 * n ? sqrt(pivot) : 0.0;
    factor[k * n + k] = root;
    for (int i = k + 1; i < n; i++) {
      double sum = factor[i * n + k];
      for (int j = 0; j < k; j++) {
        sum -= factor[i * n + j] * factor[k * n + j];
      }
      factor[i * n + k] = root > 0.0 ? sum / root : 0.0;
      factor[k * n + i] = 0.0;
    }
  }
  return true;
}

/* The symmetric root of R = L L^T, and the turn R^(-1/2) L, where L is any of the factor's rows; nothing along an
 * eigenvalue of 0. */
bool correlations_root(int n, int n_columns, const double *factor, double *root, double *turn)
{
  struct eigen e;
  if (!eigen_new(&e, n)) {
    return false;
  }
  for (int i = 0; i < n; i++) {
    for (int j = 0; j < n; j++) {
      double sum = 0.0;
      for (int k = 0; k < n_columns; k++) {
        sum += factor[i * n_columns + k] * factor[j * n_columns + k];
      }
      root[i * n + j] = sum;
    }
  }
  const bool found = eigen_find(&e, root);
  memset(root, 0, (size_t)n * (size_t)n * sizeof *root);
  memset(turn, 0, (size_t)n * (size_t)n_columns * sizeof *turn);
  for (int v = 0; found && v < n; v++) {
    const double value = gsl_vector_get(e.value, (size_t)v), size = value > 1e-9 * n ? sqrt(value) : 0.0;
    for (int j = 0; size > 0.0 && j < n; j++) {
      const double own = gsl_matrix_get(e.vector, (size_t)j, (size_t)v);
      for (int i = 0; i < n; i++) {
        root[i * n + j] += size * gsl_matrix_get(e.vector, (size_t)i, (size_t)v) * own;
      }
    }
    for (int j = 0; size > 0.0 && j < n_columns; j++) {
      double along = 0.0;
      for (int k = 0; k < n; k++) {
        along += gsl_matrix_get(e.vector, (size_t)k, (size_t)v) * factor[k * n_columns + j];
      }
      for (int i = 0; i < n; i++) {
        turn[i * n_columns + j] += gsl_matrix_get(e.vector, (size_t)i, (size_t)v) * along / size;
      }
    }
  }
  eigen_free(&e);
  return found;
}

/* ---- the nearest --------------------------------------------------------------------------------------- */

/* The nearest matrix without an eigenvalue below `least`. */
static bool raise_eigenvalues(struct eigen *e, double least, const double *from, double *to)
{
  if (!eigen_find(e, from)) {
    return false;
  }
  memset(to, 0, (size_t)e->n * (size_t)e->n * sizeof *to);
  for (int k = 0; k < e->n; k++) {
    const double found = gsl_vector_get(e->value, (size_t)k), value = found > least ? found : least;
    for (int i = 0; i < e->n; i++) {
      const double weighted = value * gsl_matrix_get(e->vector, (size_t)i, (size_t)k);
      for (int j = 0; j < e->n; j++) {
        to[i * e->n + j] += weighted * gsl_matrix_get(e->vector, (size_t)j, (size_t)k);
      }
    }
  }
  return true;
}

/* Rule 2; room: three matrices. */
static bool nearest(struct eigen *e, double *matrix, double *room)
{
  const size_t size = (size_t)e->n * (size_t)e->n;
  double *correction = room, *from = room + size, *to = room + 2 * size;
  memset(correction, 0, size * sizeof *correction);
  for (int round = 0; round < PROJECTIONS; round++) {
    double moved = 0.0;
    for (size_t i = 0; i < size; i++) {
      from[i] = matrix[i] - correction[i];
    }
    if (!raise_eigenvalues(e, 1e-4, from, to)) {
      return false;
    }
    for (size_t i = 0; i < size; i++) {
      const double next = i % ((size_t)e->n + 1) == 0 ? 1.0 : to[i];
      correction[i] = to[i] - from[i];
      moved = fmax(moved, fabs(next - matrix[i]));
      matrix[i] = next;
    }
    if (moved < 1e-7) {
      break;
    }
  }
  return true;
}

/* Rule 3. */
static void round_thousandths(struct eigen *e, const double *matrix, double *rounded)
{
  for (int kept = 1000; kept >= 0; kept--) {
    for (int i = 0; i < e->n; i++) {
      for (int j = 0; j < e->n; j++) {
        rounded[i * e->n + j] = i == j ? 1.0 : round_units(kept * matrix[i * e->n + j]) / 1000.0;
      }
    }
    if (holds(e, rounded)) {
      return;
    }
  }
}

/* The variables that some pair names: index[] among them, or -1. */
static int touched(int n_variables, int count, const struct correlation *pair, int *index, int *variable)
{
  int n = 0;
  for (int i = 0; i < n_variables; i++) {
    index[i] = -1;
    for (int k = 0; k < count && index[i] < 0; k++) {
      if (pair[k].a == i || pair[k].b == i) {
        variable[n] = i;
        index[i] = n++;
      }
    }
  }
  return n;
}

static enum status offer(int n, const int *variable, const double *matrix, struct correlation **out, int *n_out,
                         struct error *error)
{
  *n_out = 0;
  *out = calloc((size_t)n * (size_t)n + 1, sizeof **out);
  if (*out == NULL) {
    return error_set(error, STATUS_MEMORY, "%s", status_sentence(STATUS_MEMORY));
  }
  for (int i = 0; i < n; i++) {
    for (int j = i + 1; j < n; j++) {
      if (matrix[i * n + j] != 0.0) {
        (*out)[(*n_out)++] = (struct correlation){ variable[i], variable[j], matrix[i * n + j] };
      }
    }
  }
  return STATUS_OK;
}

enum status correlations_nearest(int n_variables, int count, const struct correlation *pair, struct correlation **out,
                                 int *n_out, struct error *error)
{
  *out = NULL;
  *n_out = 0;
  int *index = calloc(2 * (size_t)n_variables + 1, sizeof *index);
  int *variable = index != NULL ? index + n_variables : NULL;
  struct correlation *own = calloc((size_t)count + 1, sizeof *own);
  double *room = NULL;
  struct eigen eigen;
  enum status status = STATUS_MEMORY;
  if (index != NULL && own != NULL) {
    const int n = touched(n_variables, count, pair, index, variable);
    const size_t size = (size_t)n * (size_t)n;
    for (int k = 0; k < count; k++) {
      own[k] = (struct correlation){ index[pair[k].a], index[pair[k].b], pair[k].coefficient };
    }
    room = calloc(4 * size + 1, sizeof *room);
    if (room != NULL && n > 0 && eigen_new(&eigen, n)) {
      fill(n, count, own, room);
      status = nearest(&eigen, room, room + size) ? STATUS_OK : STATUS_INTERNAL;
      round_thousandths(&eigen, room, room + size);
      eigen_free(&eigen);
    }
    if (status == STATUS_OK) {
      status = offer(n, variable, room + size, out, n_out, error);
    }
  }
  free(index);
  free(own);
  free(room);
  return status == STATUS_OK ? status : error_set(error, status, "%s", status_sentence(status));
}
