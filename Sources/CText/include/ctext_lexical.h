/* Lexical words (UAX #29) of ASCII text, with what a spelling check must know of each. */
#ifndef ASSAY_CTEXT_LEXICAL_H
#define ASSAY_CTEXT_LEXICAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

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

/* The first of the words [at, count) with any of `flags`; `count` if there is none. */
size_t ctext_lexical_find(const ctext_lexical_word *words, size_t at, size_t count, uint32_t flags);

/* A number for each word met lately: the last word with the hash's low bits, by its whole hash. */
typedef struct {
    uint64_t hash;
    int64_t number;
} ctext_word_number;

/* Of the words [at, count), the first with an odd number, with none in the cache of `mask` + 1 places, or that is
 * WIDE; `count` if there is no such word. Adds to `*capital` how many of those before it are two capitals or more with
 * no small letter. Complexity: O(words passed). */
size_t ctext_lexical_pass_even(
    const ctext_lexical_word *words, size_t at, size_t count, const ctext_word_number *cache, size_t mask,
    size_t *capital);

/* Whether a word is of capitals, or is one, with no small letter. */
static inline bool ctext_lexical_is_capital(uint32_t flags) {
    return (flags & (CTEXT_LEXICAL_FIRST_UPPER | CTEXT_LEXICAL_LOWER)) == CTEXT_LEXICAL_FIRST_UPPER;
}

/* Finds the lines of a word list from `*from` on, at most `capacity` of them, and moves `*from` behind them; 0 at the
 * end. Lines end with a line feed or carriage return; empty ones and those that begin with # are left out. Of the flags
 * a line has FIRST_UPPER, APOSTROPHE for any ' in it, and WIDE where it holds more than printable ASCII that folds by
 * its bit 5: such a line has no hash. The list has less than 2^32 bytes. Complexity: O(bytes read). */
size_t ctext_list_lines(
    const uint8_t *list, size_t length, size_t *from, ctext_lexical_word *lines, size_t capacity);

/* Whether text[start, end) holds a letter (bitmap `letters`) that is not in the bitmap `unspaced`. The text is
 * well-formed, and all letters of U+4000 to U+9FFF are unspaced. Complexity: O(end - start). */
bool ctext_holds_spaced_letter(
    const uint8_t *text, size_t start, size_t end, const uint64_t *letters, const uint64_t *unspaced);

/* Where `part` (not empty) first stands in a text, or `length`. */
size_t ctext_find(const uint8_t *text, size_t length, const uint8_t *part, size_t part_length);

/* A hash that does not see the case of ASCII letters. Reads only inside [0, length). */
uint64_t ctext_lexical_hash(const uint8_t *word, size_t length);

/* Whether `length` bytes are equal once the bits of `fold` are set in each byte of `word`. Reads nothing else. */
static inline bool ctext_equals_folded(const uint8_t *own, const uint8_t *word, size_t length, uint64_t fold) {
    uint64_t first, second;
    size_t at = 0;
    if (length >= 8) {
        for (; at + 8 < length; at += 8) {
            memcpy(&first, own + at, 8);
            memcpy(&second, word + at, 8);
            if (first != (second | fold)) return false;
        }
        memcpy(&first, own + length - 8, 8);
        memcpy(&second, word + length - 8, 8);
        return first == (second | fold);
    }
    if (length >= 4) {
        uint32_t low, high, other_low, other_high;
        memcpy(&low, own, 4);
        memcpy(&other_low, word, 4);
        memcpy(&high, own + length - 4, 4);
        memcpy(&other_high, word + length - 4, 4);
        return low == (other_low | (uint32_t)fold) && high == (other_high | (uint32_t)fold);
    }
    for (; at < length; at++) {
        if (own[at] != (word[at] | (uint8_t)fold)) return false;
    }
    return true;
}

#endif
