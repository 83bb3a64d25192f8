#include "ctext_words.h"

#include "block.h"
#include "ctext_utf8.h"
#include "hash_bytes.h"

/* The key of word hashes; chosen, any constant would do (digits of pi). */
#define WORD_KEY 0x243f6a8885a308d3ull

/* Sets the bits of the bytes of all word code points beyond ASCII that start in the block at `base`. Bytes that
 * lie in the next block are returned as bits for it. */
CTEXT_INLINE uint64_t add_beyond_ascii(
    const uint8_t *text, size_t base, size_t length, const uint64_t *bitmap, uint64_t leads, uint64_t *words) {
    uint64_t spill = 0;
    while (leads != 0) {
        const unsigned place = (unsigned)__builtin_ctzll(leads);
        const ctext_code_point point = ctext_decode(text, base + place, length);
        if (ctext_has_bit(bitmap, point.value)) {
            const uint64_t run = (1ull << point.length) - 1;
            *words |= run << place;
            if (place > 60) spill |= run >> (64 - place);
        }
        leads &= leads - 1;
    }
    return spill;
}

/* The word bits of the block at `base`; `spill` goes from block to block, `high` has the bytes beyond ASCII. */
CTEXT_INLINE uint64_t word_bits(
    const uint8_t *text, size_t base, size_t length, const uint64_t *bitmap, uint64_t *spill, uint64_t *high) {
    ctext_block block;
    ctext_load_block(&block, text + base, length - base);
    uint64_t words = ctext_ascii_word_bits(&block) | *spill;
    *high = ctext_high_bits(&block);
    *spill = 0;
    if (*high != 0) {
        const uint64_t leads = CTEXT_BITS(block >= (uint8_t)0xC0);
        *spill = add_beyond_ascii(text, base, length, bitmap, leads, &words);
    }
    return words;
}

/* Adds the hashes of a word that may hold code points of `unspaced`; returns the number of all. */
static size_t add_parts(
    const uint8_t *text, size_t start, size_t end, size_t length, const uint64_t *unspaced, uint64_t *hashes,
    size_t count) {
    size_t from = start;
    for (size_t at = start; at < end;) {
        const ctext_code_point point = ctext_decode(text, at, end);
        const size_t next = at + point.length;
        if (point.value >= 0x80 && ctext_has_bit(unspaced, point.value)) {
            if (at > from) hashes[count++] = ctext_hash_span(text, from, at, length, WORD_KEY);
            hashes[count++] = ctext_hash_span(text, at, next, length, WORD_KEY);
            from = next;
        }
        at = next;
    }
    if (end > from) hashes[count++] = ctext_hash_span(text, from, end, length, WORD_KEY);
    return count;
}

/* `unspaced` is NULL where words stay whole. */
CTEXT_INLINE size_t hash_words(
    const uint8_t *text, size_t length, const uint64_t *bitmap, const uint64_t *unspaced, uint64_t *hashes) {
    size_t count = 0, start = 0;
    uint64_t inside = 0, spill = 0, high, beyond = 0;
    for (size_t base = 0; base < length; base += CTEXT_BLOCK_SIZE) {
        const uint64_t words = word_bits(text, base, length, bitmap, &spill, &high);
        uint64_t edges = words ^ (words << 1 | inside);
        unsigned from = 0;
        while (edges != 0) {
            const unsigned place = (unsigned)__builtin_ctzll(edges);
            edges &= edges - 1;
            if (inside) {
                if (unspaced != NULL) beyond |= high & (ctext_low_bits(place) & ~ctext_low_bits(from));
                if (beyond) count = add_parts(text, start, base + place, length, unspaced, hashes, count);
                else hashes[count++] = ctext_hash_span(text, start, base + place, length, WORD_KEY);
            }
            start = base + place;
            from = place;
            beyond = 0;
            inside ^= 1;
        }
        if (unspaced != NULL && inside) beyond |= high & ~ctext_low_bits(from);
    }
    if (inside && beyond) count = add_parts(text, start, length, length, unspaced, hashes, count);
    else if (inside) hashes[count++] = ctext_hash_span(text, start, length, length, WORD_KEY);
    return count;
}

CTEXT_BLOCK_CLONES
size_t ctext_word_hashes(const uint8_t *text, size_t length, const uint64_t *bitmap, uint64_t *hashes) {
    return hash_words(text, length, bitmap, NULL, hashes);
}

CTEXT_BLOCK_CLONES
size_t ctext_token_hashes(
    const uint8_t *text, size_t length, const uint64_t *bitmap, const uint64_t *unspaced, uint64_t *hashes) {
    return hash_words(text, length, bitmap, unspaced, hashes);
}

CTEXT_INLINE bool is_ascii_letter(uint8_t byte) { return (uint8_t)((byte | 0x20) - 'a') < 26; }

/* Adds a word, or joins it to the last one behind an apostrophe, both ASCII; returns the number of words. */
CTEXT_INLINE size_t add_range(
    const uint8_t *text, ctext_word_range *ranges, size_t count, size_t start, size_t end, bool is_beyond) {
    if (start > 1 && text[start - 1] == CTEXT_APOSTROPHE && !is_beyond && count > 0
        && ranges[count - 1].start >= 0 && (size_t)ranges[count - 1].end == start - 1
        && is_ascii_letter(text[start - 2]) && is_ascii_letter(text[start])) {
        ranges[count - 1].end = (int32_t)end;
        return count;
    }
    ranges[count] = (ctext_word_range){(int32_t)start ^ (is_beyond ? -1 : 0), (int32_t)end};
    return count + 1;
}

CTEXT_BLOCK_CLONES
size_t ctext_word_ranges(
    const uint8_t *text, size_t length, const uint64_t *bitmap, ctext_word_range *ranges, bool *is_plain) {
    size_t count = 0, start = 0;
    uint64_t inside = 0, spill = 0, high, beyond = 0, unusual = 0;
    for (size_t base = 0; base < length; base += CTEXT_BLOCK_SIZE) {
        const uint64_t words = word_bits(text, base, length, bitmap, &spill, &high);
        uint64_t edges = words ^ (words << 1 | inside);
        unsigned from = 0;
        while (edges != 0) {
            const unsigned place = (unsigned)__builtin_ctzll(edges);
            edges &= edges - 1;
            if (inside) {
                beyond |= high & (ctext_low_bits(place) & ~ctext_low_bits(from));
                unusual |= beyond;
                count = add_range(text, ranges, count, start, base + place, beyond != 0);
            } else if (base + place > 0) {
                unusual |= text[base + place - 1] == CTEXT_APOSTROPHE_END;
            }
            start = base + place;
            from = place;
            beyond = 0;
            inside ^= 1;
        }
        if (inside) beyond |= high & ~ctext_low_bits(from);
    }
    if (inside) {
        unusual |= beyond;
        count = add_range(text, ranges, count, start, length, beyond != 0);
    }
    *is_plain = unusual == 0;
    return count;
}
