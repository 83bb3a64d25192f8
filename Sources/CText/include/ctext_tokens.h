/* Tokens: the words of a text that a spelling check can judge, and the types that they are of. */
#ifndef ASSAY_CTEXT_TOKENS_H
#define ASSAY_CTEXT_TOKENS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ctext_lexical.h"

/* The case of a token's letters; a mixture as identifiers have it makes no token. */
enum {
    CTEXT_CASE_LOWER,
    /* All capital, of two letters or more. */
    CTEXT_CASE_UPPER,
    /* A first capital inside a sentence. */
    CTEXT_CASE_CAPITALISED,
    /* A first capital where a sentence may begin. */
    CTEXT_CASE_INITIAL
};

typedef struct {
    /* Of `ctext_lexical_word`. */
    uint64_t hash;
    uint32_t start, end, key;
    uint8_t letter_case;
    /* Two words with a hyphen between them. */
    bool is_compound;
    /* Only one space lies between it and the token before. */
    bool follows_directly;
} ctext_token;

/* What becomes of words: those with a flag of `left_out` or over `longest` bytes are no tokens, and hyphens make
 * compounds of two plain words or none. `last_end` is where the last token ended, UINT32_MAX - 1 before the first, and
 * goes from batch to batch. Writes at most `count` tokens and returns their number; `technical` is the number of
 * technical words. Complexity: O(count). */
size_t ctext_tokens(
    const uint8_t *text, const ctext_lexical_word *words, size_t count, uint32_t left_out, uint32_t longest,
    uint32_t *last_end, ctext_token *tokens, size_t *technical);

/* A string of a table, which lies in its arena, with its hash. */
typedef struct {
    uint64_t hash;
    size_t offset;
    int32_t length;
} ctext_table_entry;

/* A table of byte strings as a search sees it: open addressing, `mask` + 1 slots, UINT32_MAX in a free one. */
typedef struct {
    const uint32_t *slots;
    const ctext_table_entry *entries;
    const uint8_t *arena;
    size_t mask;
} ctext_table;

/* The number of each token's type, by its bytes in lower case; UINT32_MAX where the table has none and for a token
 * with a key of its own. Complexity: O(count). */
void ctext_tokens_find(
    const ctext_table *table, const uint8_t *text, const ctext_token *tokens, size_t count, uint32_t *types);

enum { CTEXT_ROLE_COUNT = 6 };

enum { CTEXT_TYPE_UNKNOWN, CTEXT_TYPE_KNOWN, CTEXT_TYPE_FOREIGN, CTEXT_TYPE_COMPOUND };

/* What is counted of a type, in tokens. */
typedef struct {
    uint32_t of_role[CTEXT_ROLE_COUNT];
    /* By `letter_case`. */
    uint32_t upper, capitalised, initial;
    /* Tokens that stand within three words of another unknown word. */
    uint32_t crowded;
    uint8_t kind;
    /* Whether it is a frequent word of English or of another language. */
    uint8_t function;
} ctext_type_counts;

enum { CTEXT_FUNCTION_NONE, CTEXT_FUNCTION_ENGLISH, CTEXT_FUNCTION_OTHER };

/* Tokens of a batch: of types that are unknown, and that are known or foreign; of frequent words of English, and of
 * other languages. */
typedef struct {
    size_t known, unknown, english, other;
} ctext_types_judgement;

/* Judges the tokens of a batch. Complexity: O(count). */
ctext_types_judgement ctext_types_judge(const uint32_t *types, size_t count, const ctext_type_counts *counts);

/* Counts each token of a batch; which are crowded is looked at only where `unknown`, as judged, is over 1.
 * Complexity: O(count). */
void ctext_types_count(
    const uint32_t *types, const ctext_token *tokens, size_t count, unsigned role, size_t unknown,
    ctext_type_counts *counts);

#endif
