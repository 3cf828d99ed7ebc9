/* json.h: what the JSON writers share; the one door to jansson.  Inside core/report only. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_JSON_H
#define HEADROOM_JSON_H

#include "report/report.h"

#include <jansson.h>

json_t *json_words(const char *);                                     /* "" for NULL */
json_t *json_row(const struct plan *, const pence *values, int sign); /* one integer a year */
json_t *json_years(const struct plan *);
json_t *json_findings(const struct findings *);
json_t *json_files(const struct folder *, bool packs); /* its files, or the packs that were run on it, with hashes */
json_t *json_manifest(const struct report *);          /* of the folder and of what is shown */
void json_manifest_add(json_t *manifest, const struct scenario *, int count); /* the plugins that these use too */
enum status json_dump(struct text *, json_t *root) MUST_CHECK;                /* takes root */

#endif
