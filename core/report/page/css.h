/* css.h: the style sheets of the page, page.css and print.css, carried in the program. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_PAGE_CSS_H
#define HEADROOM_PAGE_CSS_H

#include "base/base.h"

extern const struct new_file page_css[];
extern const size_t n_page_css;

#endif
