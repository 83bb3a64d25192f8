/* UTF-8 decoding, and tables by code point. */
#ifndef ASSAY_CTEXT_UTF8_H
#define ASSAY_CTEXT_UTF8_H

#include <stddef.h>
#include <stdint.h>

/* A decoded code point and the bytes it took (at least 1). */
typedef struct {
    uint32_t value;
    uint32_t length;
} ctext_code_point;

/* Decodes the code point at `at` (below `length`); reads nothing at or past `length`. An ill-formed sequence
 * gives U+FFFD and the length of its maximal subpart (Unicode 15.0, section 3.9), as ICU does. */
static inline ctext_code_point ctext_decode(const uint8_t *bytes, size_t at, size_t length) {
    const ctext_code_point ill = {0xFFFD, 1};
    const uint32_t lead = bytes[at];
    if (lead < 0x80) return (ctext_code_point){lead, 1};
    if (lead < 0xC2 || lead > 0xF4 || at + 1 >= length) return ill;
    const uint32_t second = bytes[at + 1];
    if (lead < 0xE0) {
        if ((second & 0xC0) != 0x80) return ill;
        return (ctext_code_point){(lead & 0x1F) << 6 | (second & 0x3F), 2};
    }
    const uint32_t least = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    const uint32_t most = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (second < least || second > most) return ill;
    if (at + 2 >= length || (bytes[at + 2] & 0xC0) != 0x80) return (ctext_code_point){0xFFFD, 2};
    const uint32_t third = bytes[at + 2] & 0x3F;
    if (lead < 0xF0) return (ctext_code_point){(lead & 0xF) << 12 | (second & 0x3F) << 6 | third, 3};
    if (at + 3 >= length || (bytes[at + 3] & 0xC0) != 0x80) return (ctext_code_point){0xFFFD, 3};
    return (ctext_code_point){
        (lead & 7) << 18 | (second & 0x3F) << 12 | third << 6 | (bytes[at + 3] & 0x3F), 4};
}

/* Whether the bit of a code point is set in a bitmap of 0x110000 bits. */
static inline int ctext_has_bit(const uint64_t *bitmap, uint32_t point) {
    return (int)(bitmap[point >> 6] >> (point & 63) & 1);
}

/* The number of code points of well-formed UTF-8 (of bytes that are no continuation bytes). */
size_t ctext_count_code_points(const uint8_t *bytes, size_t length);

/* The script of most letters of a text, 0 if it has none; of equals the lower number. `scripts` maps blocks of
 * 128 code points to 128 entries of a byte each, 0 for code points that do not count. ASCII letters count for
 * `latin`. Complexity: O(length). */
uint8_t ctext_dominant_script(
    const uint8_t *bytes, size_t length, const uint16_t *blocks, const uint8_t *scripts, uint8_t latin);

#endif
