/* check_object.c: what an object's file exports, and where its variables are once it is loaded; for the conformance
 * check. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/check.h"

#include <elf.h>
#include <link.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>

/* The file as bytes; every offset in it is foreign. */
struct image {
  const unsigned char *bytes;
  size_t size;
};

static const void *image_at(const struct image *image, uint64_t offset, uint64_t size)
{
  return offset <= image->size && size <= image->size - offset ? image->bytes + offset : NULL;
}

/* A copy of the header of section i. */
static bool section_read(const struct image *image, const Elf64_Ehdr *header, uint64_t i, Elf64_Shdr *section)
{
  const void *at = i < header->e_shnum ? image_at(image, header->e_shoff + i * sizeof *section, sizeof *section) : NULL;
  if (at != NULL) {
    memcpy(section, at, sizeof *section);
  }
  return at != NULL;
}

static bool dynamic_symbols(const struct image *image, Elf64_Shdr *symbols, Elf64_Shdr *strings)
{
  Elf64_Ehdr header;
  const void *at = image_at(image, 0, sizeof header);
  if (at == NULL) {
    return false;
  }
  memcpy(&header, at, sizeof header);
  for (uint64_t i = 0; section_read(image, &header, i, symbols); i++) {
    if (symbols->sh_type == SHT_DYNSYM) {
      return section_read(image, &header, symbols->sh_link, strings) &&
             image_at(image, symbols->sh_offset, symbols->sh_size) != NULL &&
             image_at(image, strings->sh_offset, strings->sh_size) != NULL;
    }
  }
  return false;
}

/* Names that linkers add by themselves. */
static bool is_of_the_linker(const char *name)
{
  static const char *const names[] = { "_init", "_fini", "_edata", "_end", "__bss_start" };
  for (size_t i = 0; i < COUNT_OF(names); i++) {
    if (strcmp(name, names[i]) == 0) {
      return true;
    }
  }
  return false;
}

static bool is_exported(const Elf64_Sym *symbol)
{
  const unsigned char binding = ELF64_ST_BIND(symbol->st_info), visibility = ELF64_ST_VISIBILITY(symbol->st_other);
  return symbol->st_shndx != SHN_UNDEF && (binding == STB_GLOBAL || binding == STB_WEAK) && visibility == STV_DEFAULT;
}

static enum verdict judge_symbols(const struct image *image, struct detail *detail)
{
  Elf64_Shdr symbols, strings;
  if (!dynamic_symbols(image, &symbols, &strings)) {
    return refuse(detail, VERDICT_NOT_ELF, "its table of symbols cannot be read");
  }
  for (uint64_t i = 0; i < symbols.sh_size / sizeof(Elf64_Sym); i++) {
    Elf64_Sym symbol;
    memcpy(&symbol, image->bytes + symbols.sh_offset + i * sizeof symbol, sizeof symbol);
    if (!is_exported(&symbol) || symbol.st_name >= strings.sh_size) {
      continue;
    }
    char name[64] = "";
    const size_t room = strings.sh_size - symbol.st_name;
    memcpy(name, image->bytes + strings.sh_offset + symbol.st_name, room < sizeof name - 1 ? room : sizeof name - 1);
    if (strcmp(name, "headroom_plugin_v1") != 0 && !is_of_the_linker(name)) {
      return refuse(detail, VERDICT_DESCRIPTOR, "it also exports %s: build with -fvisibility=hidden", name);
    }
  }
  return VERDICT_OK;
}

enum verdict object_exports_only_entry(int fd, struct detail *detail)
{
  struct stat about;
  if (fstat(fd, &about) != 0 || about.st_size <= 0) {
    return refuse(detail, VERDICT_UNREADABLE, "its bytes are gone");
  }
  const size_t size = (size_t)about.st_size;
  void *bytes = mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0);
  if (bytes == MAP_FAILED) {
    return refuse(detail, VERDICT_UNREADABLE, "its bytes cannot be mapped");
  }
  const struct image image = { bytes, size };
  const enum verdict verdict = judge_symbols(&image, detail);
  munmap(bytes, size);
  return verdict;
}

/* ---- variables ----------------------------------------------------------------------------------------- */

struct sought {
  uintptr_t inside;
  struct segment *out;
  int count;
};

static bool holds(const struct dl_phdr_info *object, const Elf64_Phdr *part, uintptr_t address)
{
  const uintptr_t start = object->dlpi_addr + part->p_vaddr;
  return part->p_type == PT_LOAD && address >= start && address < start + part->p_memsz;
}

/* What the loader has made read-only after relocation is left out. */
static void add_writable(struct sought *sought, const struct dl_phdr_info *object, const Elf64_Phdr *part)
{
  uintptr_t start = object->dlpi_addr + part->p_vaddr;
  const uintptr_t end = start + part->p_memsz;
  for (int i = 0; i < object->dlpi_phnum; i++) {
    const Elf64_Phdr *relro = &object->dlpi_phdr[i];
    const uintptr_t from = object->dlpi_addr + relro->p_vaddr;
    if (relro->p_type == PT_GNU_RELRO && from <= start && from + relro->p_memsz > start) {
      start = from + relro->p_memsz;
    }
  }
  if (start < end && sought->count < MAX_SEGMENTS) {
    sought->out[sought->count++] = (struct segment){ (unsigned char *)start, end - start };
  }
}

static int look_at_object(struct dl_phdr_info *object, size_t size, void *ctx)
{
  struct sought *sought = ctx;
  (void)size;
  bool is_it = false;
  for (int i = 0; i < object->dlpi_phnum; i++) {
    is_it = is_it || holds(object, &object->dlpi_phdr[i], sought->inside);
  }
  for (int i = 0; i < object->dlpi_phnum && is_it; i++) {
    const Elf64_Phdr *part = &object->dlpi_phdr[i];
    if (part->p_type == PT_LOAD && (part->p_flags & PF_W) != 0) {
      add_writable(sought, object, part);
    }
  }
  return is_it ? 1 : 0;
}

int object_writable_segments(const void *inside, struct segment out[MAX_SEGMENTS])
{
  struct sought sought = { .inside = (uintptr_t)inside, .out = out };
  dl_iterate_phdr(look_at_object, &sought);
  return sought.count;
}
