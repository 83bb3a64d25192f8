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

/* Places behind its own in which a frequent word may stand. */
#define CTEXT_FREQUENT_REACH 4

/* Which terms are asked for. `frequent` is a table of word hashes (0 is free) that are no terms and part no pair:
 * `frequent_mask` + CTEXT_FREQUENT_REACH places, each hash within CTEXT_FREQUENT_REACH places from
 * hash & `frequent_mask` on. `bits` has a bit for the highest bits of each hash that is wanted, 2^(64 - shift) in
 * all; NULL asks for every term. */
typedef struct {
    const uint64_t *frequent;
    size_t frequent_mask;
    const uint64_t *bits;
    unsigned shift;
} ctext_term_filter;

/* A word's hash; 0 for a word with an ASCII digit or of more than CTEXT_LONGEST_TERM_WORD bytes. 8 bytes are
 * readable from `word` on, whatever its length. */
uint64_t ctext_term_hash(const uint8_t *word, size_t length);

/* Puts the terms of a text's words, in order, into `terms`, which has room for two a word and two more; returns
 * their number. Two words with more than two bytes between them are no pair. 8 bytes are readable behind the
 * text. `hashes` has room for one a word and is the kernel's own. Ranges are in order, none empty, none with a
 * complemented start. Complexity: O(bytes of the words). */
size_t ctext_terms(
    const uint8_t *text, const ctext_word_range *words, size_t count, const ctext_term_filter *filter,
    uint64_t *hashes, ctext_term *terms);

/* The words that every term of a text is made of: their hashes in order, with one 0 between two that are no pair and
 * one behind the last. `parts` has room for two a word and one more; the rest as in ctext_terms. */
size_t ctext_term_words(
    const uint8_t *text, const ctext_word_range *words, size_t count, const ctext_term_filter *filter,
    uint64_t *hashes, uint64_t *parts);

/* The hashes of the terms that words are those of, as ctext_terms has them; `terms` has room for two a part and one
 * more. Complexity: O(count). */
size_t ctext_join_terms(const uint64_t *parts, size_t count, uint64_t *terms);

#endif
