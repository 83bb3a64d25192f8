/* Counters of words that follow one another, by the hash of `CTEXT_PHRASE_LENGTH` of them. */
#ifndef ASSAY_CTEXT_PHRASES_H
#define ASSAY_CTEXT_PHRASES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ctext_lexical.h"

enum {
    CTEXT_PHRASE_LENGTH = 4,
    /* There are 2^BITS counters, and the highest bits of a hash choose one. */
    CTEXT_PHRASE_BITS = 24
};

/* The hash of CTEXT_PHRASE_LENGTH words in order, from their own hashes, which lie `stride` bytes apart. */
static inline uint64_t ctext_phrase_hash(const uint64_t *hashes, size_t stride) {
    const uint8_t *place = (const uint8_t *)hashes;
    uint64_t hash = 0x9e3779b97f4a7c15ull ^ *hashes;
    for (int word = 1; word < CTEXT_PHRASE_LENGTH; word++) {
        hash *= word & 1 ? 0xff51afd7ed558ccdull : 0xc4ceb9fe1a85ec53ull;
        place += stride;
        hash ^= hash >> 32 ^ *(const uint64_t *)place;
    }
    hash *= CTEXT_PHRASE_LENGTH & 1 ? 0xff51afd7ed558ccdull : 0xc4ceb9fe1a85ec53ull;
    return hash ^ hash >> 31;
}

/* Counts each CTEXT_PHRASE_LENGTH words of one sentence, without any of the flags `left_out`; a counter stops at 255.
 * Complexity: O(count). */
void ctext_phrases_count(
    const ctext_lexical_word *words, size_t count, uint32_t left_out, uint8_t *counters);

/* Whether any four such words have their bit set in `filter`. Complexity: O(count). */
bool ctext_phrases_any(
    const ctext_lexical_word *words, size_t count, uint32_t left_out, const uint64_t *filter);

/* Sets bit n of `filter`, for all 2^BITS counters, where counter n is `least` or more, and clears it elsewhere. */
void ctext_phrases_filter(const uint8_t *counters, uint8_t least, uint64_t *filter);

/* Adds the counters of another thread; each stops at 255. */
void ctext_phrases_add(uint8_t *counters, const uint8_t *more);

#endif
