/* html.h: the one builder of HTML: what the program itself says goes in as it is, everything else is escaped.
 *
 * A format is a literal and holds the markup; its %s, %d and %% are the only ones.  A %s is text from outside until
 * proved otherwise: it is escaped, whether it stands between tags or in a quoted attribute. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_PAGE_HTML_H
#define HEADROOM_PAGE_HTML_H

#include "base/base.h"

void html(struct text *, const char *format, ...) PRINTF_LIKE(2, 3);
/* Markup alone, a literal: the empty string beside it refuses anything else. */
#define html_raw(out, literal) text_add((out), "" literal "")
/* The five characters of markup escaped; control bytes, other than line breaks and tabs, dropped; bytes that are not
 * UTF-8 as U+FFFD. */
void html_escape(struct text *, const char *);
/* Bytes as a link of their own: "data:TYPE;charset=utf-8,..." with everything that is not plain percent-encoded. */
void html_data_link(struct text *, const char *type, const char *bytes, size_t n);
/* A style sheet without its comments, indents and line breaks. */
void css_packed(struct text *, const char *sheet);
/* "sha256-..." in base 64, as a content security policy names a style element. */
void csp_hash(struct text *, const char *bytes, size_t n);

#endif
