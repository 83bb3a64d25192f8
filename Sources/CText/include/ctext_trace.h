/* What is kept of a text's words for a second look at them, once it is known which words matter: a number each. */
#ifndef ASSAY_CTEXT_TRACE_H
#define ASSAY_CTEXT_TRACE_H

#include <stddef.h>
#include <stdint.h>

#include "ctext_tokens.h"

/* A number is a hash without its lowest three bits and flags in these; one below 8 is a mark. */
enum {
    /* A token that a spelling check can judge. */
    CTEXT_TRACE_TOKEN = 1,
    /* Only one space lies between it and the token before. */
    CTEXT_TRACE_FOLLOWS = 2,
    /* A word of the text; of two words with a hyphen the compound stands behind the first as a token alone. */
    CTEXT_TRACE_WORD = 4,
    CTEXT_TRACE_FLAGS = 7,

    /* A sentence begins. */
    CTEXT_TRACE_BREAK = 0,
    /* A batch of words begins in the corpus' own language, or in another one or program text. */
    CTEXT_TRACE_OWN = 2,
    CTEXT_TRACE_FOREIGN = 6,
    /* A word that no phrase goes through. */
    CTEXT_TRACE_LEFT_OUT = 4
};

/* What a number says of its word: the hash with the flags' bits set. */
static inline uint64_t ctext_trace_identity(uint64_t hash) { return hash | CTEXT_TRACE_FLAGS; }

/* Writes the words of a batch and its tokens between them, at most 3 * count numbers; returns how many.
 * Complexity: O(count). */
size_t ctext_trace_words(
    const ctext_lexical_word *words, size_t count, uint32_t left_out, const ctext_token *tokens,
    size_t token_count, uint64_t *trace);

/* Writes the tokens of a batch alone; returns how many. */
size_t ctext_trace_tokens(const ctext_token *tokens, size_t count, uint64_t *trace);

/* The first number from `at` on that the filter may hold or that begins a batch; `count` if there is none. The filter
 * has a bit for each number held: bit (n >> 3) & 63 of the word (n >> 9) & mask. Adds the words passed to `*words`.
 * Complexity: O(numbers passed). */
size_t ctext_trace_pass(
    const uint64_t *trace, size_t at, size_t count, const uint64_t *filter, size_t mask, size_t *words);

#endif
