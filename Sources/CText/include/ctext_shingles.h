/* Hashes of shingles of a turn's normal form. */
#ifndef ASSAY_CTEXT_SHINGLES_H
#define ASSAY_CTEXT_SHINGLES_H

#include <stddef.h>
#include <stdint.h>

/* Most code points of a window. */
#define CTEXT_LONGEST_SHINGLE 64

/* Hashes each window of `size` (1 to CTEXT_LONGEST_SHINGLE) code points in order into `hashes`, which has room for `length` of
 * them; returns their number: 0 where the text has fewer code points. Well-formed UTF-8.
 * Complexity: O(length * size) bytes. */
size_t ctext_character_shingles(
    const uint8_t *text, size_t length, size_t size, uint64_t seed, uint64_t *hashes);

/* Hashes each window of `size` words in order into `shingles`, which has room for max(1, count) of them; fewer
 * words are one shingle in a domain of their number. `count` is at least 1. Complexity: O(count). */
size_t ctext_word_shingles(
    const uint64_t *words, size_t count, size_t size, uint64_t seed, uint64_t *shingles);

/* The hash of a whole turn, in a domain of its own. */
uint64_t ctext_whole_shingle(const uint8_t *text, size_t length, uint64_t seed);

#endif
