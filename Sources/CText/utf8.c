#include "ctext_utf8.h"

#include "block.h"

CTEXT_BLOCK_CLONES
size_t ctext_count_code_points(const uint8_t *bytes, size_t length) {
    size_t count = 0;
    for (size_t at = 0; at < length; at += CTEXT_BLOCK_SIZE) {
        ctext_block block;
        ctext_load_block(&block, bytes + at, length - at);
        const uint64_t continuing = CTEXT_BITS((block & (uint8_t)0xC0) == (uint8_t)0x80);
        count += (size_t)__builtin_popcountll(~continuing & ctext_low_bits(length - at));
    }
    return count;
}

/* Counts the letters beyond ASCII of each script. */
CTEXT_INLINE void count_beyond_ascii(
    const uint8_t *bytes, size_t length, const uint16_t *blocks, const uint8_t *scripts, size_t *counts) {
    for (size_t at = 0; at < length; at += CTEXT_BLOCK_SIZE) {
        ctext_block block;
        ctext_load_block(&block, bytes + at, length - at);
        uint64_t leads = CTEXT_BITS(block >= (uint8_t)0xC0);
        while (leads != 0) {
            const size_t lead = at + (size_t)__builtin_ctzll(leads);
            const uint32_t point = ctext_decode(bytes, lead, length).value;
            counts[scripts[(size_t)blocks[point >> 7] << 7 | (point & 127)]] += 1;
            leads &= leads - 1;
        }
    }
}

CTEXT_BLOCK_CLONES
uint8_t ctext_dominant_script(
    const uint8_t *bytes, size_t length, const uint16_t *blocks, const uint8_t *scripts, uint8_t latin) {
    size_t ascii_letters = 0;
    uint64_t high = 0;
    for (size_t at = 0; at < length; at += CTEXT_BLOCK_SIZE) {
        /* The last block of a long text overlaps the one before: no copy is needed to load it. */
        const size_t left = length - at;
        const size_t seen = left < CTEXT_BLOCK_SIZE && at > 0 ? CTEXT_BLOCK_SIZE - left : 0;
        ctext_block block;
        ctext_load_block(&block, bytes + at - seen, left + seen);
        ascii_letters += (size_t)__builtin_popcountll(ctext_ascii_letter_bits(&block) >> seen);
        high |= ctext_high_bits(&block);
    }
    if (high == 0) return ascii_letters > 0 ? latin : 0;
    size_t counts[256] = {0};
    count_beyond_ascii(bytes, length, blocks, scripts, counts);
    counts[latin] += ascii_letters;
    counts[0] = 0;
    size_t best = 0;
    for (size_t script = 1; script < 256; script++) {
        if (counts[script] > counts[best]) best = script;
    }
    return (uint8_t)best;
}
