/* html.c: escaping, data links, a packed style sheet and its hash. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/page/html.h"

#include <string.h>

static const char *entity(char c)
{
  switch (c) {
  case '&':
    return "&amp;";
  case '<':
    return "&lt;";
  case '>':
    return "&gt;";
  case '"':
    return "&quot;";
  case '\'':
    return "&#39;";
  default:
    return NULL;
  }
}

static bool is_dropped(unsigned char c)
{
  return c == 0x7F || (c < 0x20 && c != '\n' && c != '\t');
}

/* n bytes that are UTF-8. */
static void escape_valid(struct text *out, const char *from, size_t n)
{
  size_t plain = 0;
  for (size_t i = 0; i < n; i++) {
    const char *instead = entity(from[i]);
    if (instead == NULL && !is_dropped((unsigned char)from[i])) {
      continue;
    }
    text_add_n(out, from + plain, i - plain);
    text_add(out, instead != NULL ? instead : "");
    plain = i + 1;
  }
  text_add_n(out, from + plain, n - plain);
}

void html_escape(struct text *out, const char *from)
{
  size_t left = strlen(from), bad;
  while (!utf8_valid(from, left, &bad)) {
    escape_valid(out, from, bad);
    text_add(out, "\xEF\xBF\xBD");
    from += bad + 1;
    left -= bad + 1;
  }
  escape_valid(out, from, left);
}

void html(struct text *out, const char *format, ...)
{
  va_list arguments;
  va_start(arguments, format);
  for (const char *at = format; *at != '\0';) {
    const size_t plain = strcspn(at, "%");
    text_add_n(out, at, plain);
    at += plain;
    if (*at == '\0') {
      break;
    }
    switch (at[1]) {
    case 's':
      html_escape(out, va_arg(arguments, const char *));
      break;
    case 'd':
      text_printf(out, "%d", va_arg(arguments, int));
      break;
    default: /* %% */
      text_add(out, "%");
    }
    at += at[1] == '\0' ? 1 : 2;
  }
  va_end(arguments);
}

void html_data_link(struct text *out, const char *type, const char *bytes, size_t n)
{
  static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~,;:/()@!$*+";
  html(out, "data:%s;charset=utf-8,", type);
  for (size_t i = 0; i < n; i++) {
    if (bytes[i] != '\0' && strchr(plain, bytes[i]) != NULL) {
      text_add_n(out, bytes + i, 1);
    } else {
      text_printf(out, "%%%02X", (unsigned)(unsigned char)bytes[i]);
    }
  }
}

void css_packed(struct text *out, const char *sheet)
{
  bool fresh = true; /* at the start of a line */
  for (const char *at = sheet; *at != '\0'; at++) {
    if (at[0] == '/' && at[1] == '*') {
      const char *end = strstr(at + 2, "*/");
      at = end == NULL ? at + strlen(at) - 1 : end + 1;
    } else if (*at == '\n') {
      fresh = true;
    } else if (!fresh || *at != ' ') {
      fresh = false;
      text_add_n(out, at, 1);
    }
  }
}

void csp_hash(struct text *out, const char *bytes, size_t n)
{
  static const char digit[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  char hex[DIGEST_HEX];
  unsigned char sum[33] = { 0 }; /* 32 bytes, and one to make whole threes */
  digest_hex(bytes, n, hex);
  for (size_t i = 0; i < 64; i++) {
    const unsigned nibble = hex[i] <= '9' ? (unsigned)(hex[i] - '0') : (unsigned)(hex[i] - 'a') + 10;
    sum[i / 2] = (unsigned char)((unsigned)sum[i / 2] << 4 | nibble);
  }
  text_add(out, "sha256-");
  for (size_t i = 0; i < 33; i += 3) {
    const unsigned three = (unsigned)sum[i] << 16 | (unsigned)sum[i + 1] << 8 | sum[i + 2];
    text_printf(out, "%c%c%c%c", digit[three >> 18], digit[three >> 12 & 63], digit[three >> 6 & 63],
                i == 30 ? '=' : digit[three & 63]);
  }
}
