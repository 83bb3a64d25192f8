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

/* The numbers of a trace as codes of 16 bits, since most words come again. A mark is its own code; behind the marks
 * stand the places of the numbers in a dictionary, in the order in which they first came; a number that found no room
 * in it, and what is no word, stands as it is behind CTEXT_TRACE_LITERALS and a code that says how many do. */
enum {
    CTEXT_TRACE_MARKS = CTEXT_TRACE_FLAGS + 1,
    CTEXT_TRACE_ENTRIES = 1 << 15,
    CTEXT_TRACE_SLOTS = 2 * CTEXT_TRACE_ENTRIES,
    CTEXT_TRACE_LITERALS = 0xFFFF,
    /* Codes of one number at most. */
    CTEXT_TRACE_LONGEST = 6
};

typedef struct {
    /* A code, CTEXT_TRACE_SLOTS of them by the number's hash; 0 in a free place. */
    uint16_t *slots;
    /* The numbers in the order of their codes, CTEXT_TRACE_ENTRIES of them. */
    uint64_t *entries;
    size_t count;
} ctext_trace_dictionary;

/* Forgets all numbers. */
void ctext_trace_clear(ctext_trace_dictionary *dictionary);

/* Writes the codes of numbers, at most CTEXT_TRACE_LONGEST each; returns how many. Complexity: O(count). */
size_t ctext_trace_encode(
    ctext_trace_dictionary *dictionary, const uint64_t *numbers, size_t count, uint16_t *codes);

/* The same of numbers that are no words and seldom come again; `count` below 65,536. */
size_t ctext_trace_literals(const uint64_t *numbers, size_t count, uint16_t *codes);

/* Writes the numbers of codes, at most `room`; returns how many, and stops at a code that is none. Complexity:
 * O(count). */
size_t ctext_trace_decode(
    const uint64_t *entries, size_t entry_count, const uint16_t *codes, size_t count, uint64_t *numbers,
    size_t room);

#endif
