/* mpi.c: the module headroom_mpi.so: a crew that mpirun, or a cluster's own launcher, started.  The door to MPI. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/crew.h"

#include <limits.h>
#include <mpi.h>

static int join(int *rank, int *size)
{
  int started = MPI_Init(NULL, NULL);
  started = started == MPI_SUCCESS ? MPI_Comm_rank(MPI_COMM_WORLD, rank) : started;
  return started == MPI_SUCCESS ? MPI_Comm_size(MPI_COMM_WORLD, size) : started;
}

static int sum(uint64_t *words, size_t n)
{
  return n > INT_MAX ? MPI_ERR_COUNT
                     : MPI_Allreduce(MPI_IN_PLACE, words, (int)n, MPI_UINT64_T, MPI_SUM, MPI_COMM_WORLD);
}

static int leave(void)
{
  return MPI_Finalize();
}

static void give_up(void)
{
  MPI_Abort(MPI_COMM_WORLD, 1);
}

__attribute__((visibility("default"))) crew_module_entry headroom_crew_v1;
void headroom_crew_v1(struct crew_module *module)
{
  *module = (struct crew_module){ join, sum, leave, give_up };
}
