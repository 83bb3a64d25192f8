/* Keyed hashes of short byte spans; private to the kernels. */
#ifndef ASSAY_CTEXT_HASH_BYTES_H
#define ASSAY_CTEXT_HASH_BYTES_H

#include "block.h"
#include "ctext_hash.h"

/* 2^64 / the golden ratio, as in SplitMix64: sets spans of different lengths apart. */
#define CTEXT_LENGTH_STEP 0x9e3779b97f4a7c15ull

CTEXT_INLINE uint64_t ctext_load64(const uint8_t *bytes) {
    uint64_t value;
    memcpy(&value, bytes, 8);
    return value;
}

/* The bytes [at, end), at most 8, as a little-endian number; reads only inside [0, limit). */
CTEXT_INLINE uint64_t ctext_load_part(const uint8_t *text, size_t at, size_t end, size_t limit) {
    const size_t count = end - at;
    if (at + 8 <= limit) {
        const uint64_t value = ctext_load64(text + at);
        return count == 8 ? value : value & ((1ull << (count * 8)) - 1);
    }
    if (end >= 8 && count > 0) return ctext_load64(text + end - 8) >> ((8 - count) * 8);
    uint64_t value = 0;
    for (size_t i = 0; i < count; i++) value |= (uint64_t)text[at + i] << (i * 8);
    return value;
}

/* A 64-bit hash of text[start, end) under a key, fully mixed: up to 8 bytes are one mixing of
 * (bytes ^ key ^ length), each 8 more are another. Reads only inside [0, limit). */
CTEXT_INLINE uint64_t ctext_hash_span(
    const uint8_t *text, size_t start, size_t end, size_t limit, uint64_t key) {
    uint64_t hash = key + (end - start) * CTEXT_LENGTH_STEP;
    size_t at = start;
    while (at + 8 < end) {
        hash = ctext_mix64(hash ^ ctext_load64(text + at));
        at += 8;
    }
    return ctext_mix64(hash ^ ctext_load_part(text, at, end, limit));
}

#endif
