/* replay.c: a fuzz target over files and folders of files, without a fuzzer: seeds and what was once found stay tests.
 */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz.h"

#include <dirent.h>
#include <stdio.h>

/* What a target does before the first input, where it has that. */
__attribute__((weak)) int LLVMFuzzerInitialize(int *argc, char ***argv);

static void replay_file(const char *path)
{
  FILE *in = fopen(path, "rb");
  struct text text = { 0 };
  char block[4096];
  must(in != NULL);
  for (size_t n = fread(block, 1, sizeof block, in); n > 0; n = fread(block, 1, sizeof block, in)) {
    text_add_n(&text, block, n);
  }
  fclose(in);
  LLVMFuzzerTestOneInput((const uint8_t *)text_str(&text), text.length);
  text_fini(&text);
}

static int replay_folder(const char *path)
{
  DIR *directory = opendir(path);
  int count = 0;
  if (directory == NULL) {
    replay_file(path);
    return 1;
  }
  for (const struct dirent *entry = readdir(directory); entry != NULL; entry = readdir(directory)) {
    if (entry->d_name[0] != '.') {
      struct text whole = { 0 };
      text_printf(&whole, "%s/%s", path, entry->d_name);
      count += replay_folder(whole.at);
      text_fini(&whole);
    }
  }
  closedir(directory);
  return count;
}

int main(int argc, char **argv)
{
  int count = 0;
  if (LLVMFuzzerInitialize != NULL) {
    LLVMFuzzerInitialize(&argc, &argv);
  }
  for (int i = 1; i < argc; i++) {
    count += replay_folder(argv[i]);
  }
  printf("%d inputs\n", count);
  return count > 0 ? 0 : 1;
}
