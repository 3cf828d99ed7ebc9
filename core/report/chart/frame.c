/* frame.c: the rules of every picture's classes, as the program carries them. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/chart/svg.h"

const char *chart_css(void)
{
  return chart_files[0].text;
}
