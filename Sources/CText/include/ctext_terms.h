/* Terms: words without digits and pairs of neighbouring words, by their hashes. */
#ifndef ASSAY_CTEXT_TERMS_H
#define ASSAY_CTEXT_TERMS_H

#include <stddef.h>
#include <stdint.h>

#include "ctext_words.h"

/* Words of more bytes are no terms. */
#define CTEXT_LONGEST_TERM_WORD 64

/* A term of one word (`second` is -1) or of two, by the places of its words. */
typedef struct {
    uint64_t hash;
    int32_t first;
    int32_t second;
} ctext_term;

/* Which terms are asked for. `frequent` is an open-addressing table of `frequent_mask` + 1 word hashes (0 is
 * free) that are no terms and part no pair. `bits` has a bit for the highest bits of each hash that is wanted,
 * 2^(64 - shift) in all; NULL asks for every term. */
typedef struct {
    const uint64_t *frequent;
    size_t frequent_mask;
    const uint64_t *bits;
    unsigned shift;
} ctext_term_filter;

/* A word's hash; 0 for a word with an ASCII digit or of more than CTEXT_LONGEST_TERM_WORD bytes. 8 bytes are
 * readable from `word` on, whatever its length. */
uint64_t ctext_term_hash(const uint8_t *word, size_t length);

/* Puts the terms of a text's words, in order, into `terms`, which has room for two a word; returns their number.
 * Two words with more than two bytes between them are no pair. 8 bytes are readable behind the text. */
size_t ctext_terms(
    const uint8_t *text, const ctext_word_range *words, size_t count, const ctext_term_filter *filter,
    ctext_term *terms);

#endif
