#include "ctext_bits.h"

#include "block.h"

void ctext_bits_add(uint64_t *bits, const uint64_t *hashes, size_t count) {
    for (size_t at = 0; at < count; at++) {
        const uint64_t bit = hashes[at] >> 21 & (CTEXT_BIT_WORDS * 64 - 1);
        bits[bit >> 6] |= 1ull << (bit & 63);
    }
}

CTEXT_BLOCK_CLONES
size_t ctext_bits_missing(const uint64_t *own, const uint64_t *other) {
    size_t missing = 0;
    for (size_t at = 0; at < CTEXT_BIT_WORDS; at++) missing += (size_t)__builtin_popcountll(own[at] & ~other[at]);
    return missing;
}
