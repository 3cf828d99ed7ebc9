/* new_plugin.h: the files of new_plugin/ as the program carries them (core/cmake/Embed.cmake writes them down as
 * bytes). */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_NEW_PLUGIN_H
#define HEADROOM_NEW_PLUGIN_H

#include "cli/cli.h"

extern const struct new_file new_plugin[];
extern const size_t n_new_plugin;

#endif
