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

CTEXT_BLOCK_CLONES
void ctext_count_scripts(
    const uint8_t *bytes, size_t length, const uint16_t *blocks, const uint8_t *scripts, uint8_t latin,
    uint64_t *counts) {
    uint64_t ascii_letters = 0;
    for (size_t at = 0; at < length; at += CTEXT_BLOCK_SIZE) {
        ctext_block block;
        ctext_load_block(&block, bytes + at, length - at);
        ascii_letters += (uint64_t)__builtin_popcountll(ctext_ascii_letter_bits(&block));
        uint64_t leads = CTEXT_BITS(block >= (uint8_t)0xC0);
        while (leads != 0) {
            const size_t lead = at + (size_t)__builtin_ctzll(leads);
            const uint32_t point = ctext_decode(bytes, lead, length).value;
            counts[scripts[(size_t)blocks[point >> 7] << 7 | (point & 127)]] += 1;
            leads &= leads - 1;
        }
    }
    counts[latin] += ascii_letters;
}
