/* digest.c: SHA-256 by libmd; the only file that includes it. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/base.h"

#include <sha256.h>

void digest_hex(const void *bytes, size_t n, char out[DIGEST_HEX])
{
  SHA256Data(bytes, n, out);
}
