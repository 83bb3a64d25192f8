/* JSON strings. */
#ifndef ASSAY_CTEXT_JSON_H
#define ASSAY_CTEXT_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bytes that one byte may become, and how many bytes beyond its text a kernel may write. */
#define CTEXT_JSON_LONGEST 6
#define CTEXT_JSON_SLACK 64

/* How far a text was written. */
typedef struct {
    size_t read;
    size_t written;
} ctext_json_progress;

/* Writes text[0, length) to `out` as the inside of a JSON string, up to the first byte that is not ASCII or to the
 * end. Control characters and DEL become \u escapes (but \n, \r and \t), quotes and backslashes get a backslash.
 * `out` has room for CTEXT_JSON_LONGEST bytes a byte and CTEXT_JSON_SLACK more. Complexity: O(length). */
ctext_json_progress ctext_json_escape(const uint8_t *text, size_t length, uint8_t *out);

/* The number of bytes at the start of a text that need no care when JSON is spliced into JSON: ASCII without
 * control characters and DEL. Complexity: O(length). */
size_t ctext_json_plain(const uint8_t *text, size_t length);

/* Writes 16 hexadecimal digits, the highest first. */
static inline void ctext_hexadecimal(uint64_t value, uint8_t *out) {
    for (int half = 0; half < 2; half++) {
        /* Spreads 32 bits to a nibble a byte, the highest nibble in the lowest byte. */
        uint64_t x = __builtin_bswap32((uint32_t)(value >> (half == 0 ? 32 : 0)));
        x = (x | x << 16) & 0x0000FFFF0000FFFFull;
        x = (x | x << 8) & 0x00FF00FF00FF00FFull;
        x = (x >> 4 & 0x000F000F000F000Full) | (x & 0x000F000F000F000Full) << 8;
        const uint64_t above_nine = (x + 0x0606060606060606ull) >> 4 & 0x0101010101010101ull;
        x += 0x3030303030303030ull + above_nine * ('a' - '0' - 10);
        __builtin_memcpy(out + half * 8, &x, 8);
    }
}

#endif
