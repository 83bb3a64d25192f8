/* Shingle words: maximal runs of code points that a bitmap names. */
#ifndef ASSAY_CTEXT_WORDS_H
#define ASSAY_CTEXT_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Hashes the words of a text in order into `hashes`, which has room for (length + 1) / 2 of them; returns their
 * number. ASCII words are letters, digits and '_'; beyond ASCII the bitmap decides. The text is well-formed
 * UTF-8 (ill-formed bytes separate words). Complexity: O(length). */
size_t ctext_word_hashes(const uint8_t *text, size_t length, const uint64_t *bitmap, uint64_t *hashes);

/* As ctext_word_hashes, but each code point of `unspaced` is a word; all of these take three bytes or more, or there
 * would not be room. */
size_t ctext_token_hashes(
    const uint8_t *text, size_t length, const uint64_t *bitmap, const uint64_t *unspaced, uint64_t *hashes);

/* A word's bytes [start, end); `start` is complemented (negative) where a byte is not ASCII. */
typedef struct {
    int32_t start;
    int32_t end;
} ctext_word_range;

/* U+0027, and the last byte of U+2019. */
#define CTEXT_APOSTROPHE 0x27
#define CTEXT_APOSTROPHE_END 0x99

/* As ctext_word_hashes, with the ranges instead; `length` is below 2^31. ASCII words with one U+0027 between two
 * letters are one ("don't"). `is_plain` becomes true where all words are ASCII and none stands behind what may be
 * another apostrophe. */
size_t ctext_word_ranges(
    const uint8_t *text, size_t length, const uint64_t *bitmap, ctext_word_range *ranges, bool *is_plain);

#endif
