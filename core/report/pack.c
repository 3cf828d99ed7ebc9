/* pack.c: the files of a pack, in the order in which a reader would open them. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/pack.h"

#include "report/json.h"
#include "report/page/page.h"
#include "report/workbook/workbook.h"

#include <string.h>

#ifndef HEADROOM_VERSION
#define HEADROOM_VERSION "0"
#endif

void pack_fini(struct pack *pack)
{
  for (int f = 0; f < pack->count; f++) {
    text_fini(&pack->file[f].bytes);
  }
  pack->count = 0;
}

static struct text *file_new(struct pack *pack, const char *name, const char *about)
{
  struct pack_file *file = &pack->file[pack->count++];
  *file = (struct pack_file){ .name = name, .about = about };
  return &file->bytes;
}

/* ---- tables -------------------------------------------------------------------------------------------- */

static enum status add_results(struct pack *pack, const struct briefing *b, const struct pack_commands *commands)
{
  struct report report = b->report;
  report.command = commands->compare;
  report_csv(file_new(pack, "results.csv", "every scenario, line, saving, reserve and receipt, in pounds"), &report);
  return report_json(file_new(pack, "results.json", "the same in whole pence, with dates and findings"), &report);
}

static enum status add_stress(struct pack *pack, const struct briefing *b, const struct pack_commands *commands)
{
  struct stress_report stress = *b->stress;
  stress.report.command = commands->stress;
  report_stress_csv(file_new(pack, "stress.csv", "what breaks the plan, in pounds"), &stress);
  return report_stress_json(file_new(pack, "stress.json", "the same in whole pence, and how far each thing may go"),
                            &stress);
}

static enum status add_simulation(struct pack *pack, const struct briefing *b, const struct pack_commands *commands)
{
  struct simulate_report simulated = *b->simulated;
  simulated.report.command = commands->simulate;
  struct text *csv = file_new(pack, "simulate.csv", "the plan and its scenarios in many futures, in pounds");
  report_simulate_csv_header(csv);
  report_simulate_csv(csv, &simulated);
  return report_simulate_json(file_new(pack, "simulate.json", "the same in whole pence, with its seed"), &simulated);
}

/* ---- the manifest -------------------------------------------------------------------------------------- */

static json_t *files_json(const struct pack *pack)
{
  json_t *files = json_object();
  for (int f = 0; f < pack->count; f++) {
    const struct pack_file *file = &pack->file[f];
    char digest[DIGEST_HEX];
    digest_hex(text_str(&file->bytes), file->bytes.length, digest);
    json_object_set_new(
        files, file->name,
        json_pack("{s:s,s:I,s:s}", "about", file->about, "bytes", (json_int_t)file->bytes.length, "sha256", digest));
  }
  return files;
}

static enum status add_manifest(struct pack *pack, const struct briefing *b)
{
  json_t *root = json_object(), *manifest = json_manifest(&b->report);
  if (b->stress != NULL) {
    json_manifest_add(manifest, b->stress->battery->scenario, b->stress->battery->count);
  }
  json_object_set_new(root, "schema", json_words("headroom.pack/1"));
  json_object_set_new(root, "council", json_words(b->report.folder->plan.name));
  json_object_set_new(root, "title", json_words(b->title));
  json_object_set_new(root, "made_on", json_words(b->made_on));
  json_object_set_new(root, "inputs_sha256", json_words(b->inputs_digest));
  json_object_set_new(root, "files", files_json(pack));
  json_object_set_new(root, "disclaimer", json_words(report_disclaimer));
  json_object_set_new(root, "manifest", manifest);
  return json_dump(file_new(pack, PACK_MANIFEST, ""), root);
}

bool pack_manifest_read(const char *bytes, size_t n, struct arena *arena, const struct packed **out, int *count)
{
  json_t *root = json_loadb(bytes, n, JSON_REJECT_DUPLICATES, NULL);
  const char *schema = json_string_value(json_object_get(root, "schema"));
  json_t *files = json_object_get(root, "files");
  struct packed *list = arena_array(arena, json_object_size(files) + 1, sizeof *list);
  bool good = schema != NULL && strcmp(schema, "headroom.pack/1") == 0 && json_is_object(files) && list != NULL;
  const char *name;
  json_t *file;
  *count = 0;
  json_object_foreach(files, name, file)
  {
    const char *digest = json_string_value(json_object_get(file, "sha256"));
    good = good && digest != NULL && name[0] != '\0' && strchr(name, '/') == NULL && name[0] != '.';
    if (good) {
      list[(*count)++] = (struct packed){ arena_strdup(arena, name), arena_strdup(arena, digest) };
    }
  }
  json_decref(root);
  *out = list;
  return good && !arena->failed;
}

/* ---- all of it ----------------------------------------------------------------------------------------- */

enum status pack_make(const struct briefing *b, const struct pack_commands *commands, struct pack *pack,
                      struct error *error)
{
  enum status status = page_write(b, file_new(pack, "page.html", "the report, to read and to print"), error);
  if (status == STATUS_OK) {
    status = workbook_write(b, file_new(pack, "workbook.xlsx", "the same figures as live formulas"), error);
  }
  if (status != STATUS_OK) {
    return status;
  }
  status = add_results(pack, b, commands);
  if (status == STATUS_OK && b->stress != NULL) {
    status = add_stress(pack, b, commands);
  }
  if (status == STATUS_OK && b->simulated != NULL) {
    status = add_simulation(pack, b, commands);
  }
  findings_csv(file_new(pack, "findings.csv", "what is odd in the data, and where"), &b->report.folder->findings);
  status = status != STATUS_OK ? status : add_manifest(pack, b);
  for (int f = 0; f < pack->count && status == STATUS_OK; f++) {
    status = pack->file[f].bytes.failed ? STATUS_MEMORY : STATUS_OK;
  }
  return status == STATUS_OK ? status : error_set(error, status, "%s", status_sentence(status));
}
