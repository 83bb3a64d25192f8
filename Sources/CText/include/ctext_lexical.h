/* Lexical words (UAX #29) of ASCII text, with what a spelling check must know of each. */
#ifndef ASSAY_CTEXT_LEXICAL_H
#define ASSAY_CTEXT_LEXICAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    CTEXT_LEXICAL_FIRST_UPPER = 1 << 0,
    /* An upper-case letter behind the first letter. */
    CTEXT_LEXICAL_LATER_UPPER = 1 << 1,
    CTEXT_LEXICAL_LOWER = 1 << 2,
    CTEXT_LEXICAL_DIGIT = 1 << 3,
    CTEXT_LEXICAL_UNDERSCORE = 1 << 4,
    /* One of . , ; between letters or digits. */
    CTEXT_LEXICAL_MID = 1 << 5,
    CTEXT_LEXICAL_APOSTROPHE = 1 << 6,
    /* U+2018 or U+2019 as an apostrophe. */
    CTEXT_LEXICAL_CURLY = 1 << 7,
    /* Part of an address, a path, markup, a formula or program text. */
    CTEXT_LEXICAL_TECHNICAL = 1 << 8,
    CTEXT_LEXICAL_SENTENCE_START = 1 << 9,
    CTEXT_LEXICAL_HYPHEN_BEFORE = 1 << 10,
    CTEXT_LEXICAL_HYPHEN_AFTER = 1 << 11,
    /* No word but a stretch between spaces with code points beyond ASCII, for ICU to break. */
    CTEXT_LEXICAL_WIDE = 1 << 12,
    /* A word of a script without spaces between words. */
    CTEXT_LEXICAL_UNSPACED = 1 << 13
};

/* The bytes [start, end) of a text. `hash` is `ctext_lexical_hash` of the word; 0 for a wide stretch. */
typedef struct {
    uint64_t hash;
    uint32_t start, end;
    uint32_t flags;
    /* Of words that are not plain ASCII: where the reader keeps the key; else 0. */
    uint32_t key;
} ctext_lexical_word;

/* Where a reader stands in a text; all zero at its beginning. */
typedef struct {
    size_t at;
    bool is_inside_sentence;
    /* Program text between ` or ``` is passed over. */
    bool skips_code;
    /* The stretch that the last call was in: its ends and the flags of all its words. */
    size_t start, end;
    uint32_t common;
} ctext_lexical_state;

/* Finds the next words, at most `capacity` (64 or more) of them; 0 at the end of the text.
 *
 * A stretch between ASCII white space that holds no code point beyond ASCII, but for U+2013, U+2014, U+2018,
 * U+2019, U+201C, U+201D and U+2026, is broken here; any other is one wide stretch. Complexity: O(bytes). */
size_t ctext_lexical_words(
    const uint8_t *text, size_t length, ctext_lexical_state *state, ctext_lexical_word *words,
    size_t capacity);

/* Where `part` (not empty) first stands in a text, or `length`. */
size_t ctext_find(const uint8_t *text, size_t length, const uint8_t *part, size_t part_length);

/* A hash that does not see the case of ASCII letters. Reads only inside [0, length). */
uint64_t ctext_lexical_hash(const uint8_t *word, size_t length);

#endif
