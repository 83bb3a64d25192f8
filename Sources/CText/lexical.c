#define _GNU_SOURCE
#include "ctext_lexical.h"

#include "hash_bytes.h"

/* Chosen, any constant would do (digits of pi). */
#define LEXICAL_KEY 0x13198a2e03707344ull
#define FOLD 0x2020202020202020ull

enum {
    LOWER = 1,
    UPPER = 2,
    DIGIT = 4,
    UNDERSCORE = 8,
    SPACE = 16,
    /* Makes the whole stretch technical. */
    TECHNICAL = 32,
    /* Needs a look at its neighbours, or may end a sentence. */
    MARK = 64,
    HIGH = 128,
    LETTER = LOWER | UPPER,
    WORD = LETTER | DIGIT | UNDERSCORE
};

static const uint8_t classes[256] = {
    ['a' ... 'z'] = LOWER, ['A' ... 'Z'] = UPPER, ['0' ... '9'] = DIGIT, ['_'] = UNDERSCORE,
    ['\t' ... '\r'] = SPACE, [' '] = SPACE, ['@'] = TECHNICAL | LOWER, ['\\'] = TECHNICAL, ['='] = TECHNICAL,
    ['{'] = TECHNICAL, ['}'] = TECHNICAL, ['<'] = TECHNICAL, ['>'] = TECHNICAL, ['^'] = TECHNICAL,
    ['#'] = MARK, ['&'] = MARK, ['$'] = MARK, ['/'] = MARK, ['('] = MARK, ['['] = MARK, [':'] = MARK,
    ['.'] = MARK, ['!'] = MARK, ['?'] = MARK, [';'] = MARK, ['"'] = MARK, ['`'] = MARK, ['%'] = MARK,
    ['*'] = MARK, ['-'] = MARK, [0x80 ... 0xFF] = HIGH};

CTEXT_INLINE uint64_t hash_between(const uint8_t *text, size_t start, size_t end, size_t limit) {
    uint64_t hash = LEXICAL_KEY + (end - start) * CTEXT_LENGTH_STEP;
    size_t at = start;
    while (at + 8 < end) {
        hash = ctext_mix64(hash ^ (ctext_load64(text + at) | FOLD));
        at += 8;
    }
    return ctext_mix64(hash ^ (ctext_load_part(text, at, end, limit) | FOLD));
}

uint64_t ctext_lexical_hash(const uint8_t *word, size_t length) {
    return hash_between(word, 0, length, length);
}

size_t ctext_find(const uint8_t *text, size_t length, const uint8_t *part, size_t part_length) {
    const uint8_t *place = memmem(text, length, part, part_length);
    return place == NULL ? length : (size_t)(place - text);
}

CTEXT_INLINE uint8_t class_at(const uint8_t *text, size_t at, size_t end) {
    return at < end ? classes[text[at]] : 0;
}

/* The third byte of a code point U+2000 to U+203F at `at`, 0 for any other. */
CTEXT_INLINE uint8_t general_punctuation(const uint8_t *text, size_t at, size_t end) {
    return at + 2 < end && text[at] == 0xE2 && text[at + 1] == 0x80 ? text[at + 2] : 0;
}

CTEXT_INLINE bool is_plain_punctuation(uint8_t third) {
    return third == 0x93 || third == 0x94 || third == 0x98 || third == 0x99 || third == 0x9C || third == 0x9D
        || third == 0xA6;
}

/* Whether the stretch [start, end) is an address, a path, markup or program text. */
static bool is_technical(const uint8_t *text, size_t start, size_t end) {
    unsigned slashes = 0;
    bool has_inner_dot = false;
    for (size_t at = start; at < end; at++) {
        const uint8_t kind = classes[text[at]];
        if (kind & TECHNICAL) return true;
        if (!(kind & MARK)) continue;
        const uint8_t next = class_at(text, at + 1, end);
        const uint8_t previous = at > start ? classes[text[at - 1]] : 0;
        switch (text[at]) {
        case '#': case '&': case '$': case '%':
            if (next & WORD && !(next & DIGIT)) return true;
            break;
        case '/':
            slashes++;
            if (slashes > 1 || at == start) return true;
            break;
        case '(': case '[':
            if (previous & WORD) return true;
            break;
        case ':':
            if (at + 1 < end && text[at + 1] == ':') return true;
            if (at > start && text[at - 1] == '"') return true;
            break;
        case ';':
            if (at > start && text[at - 1] == ')') return true;
            break;
        case '.':
            if (previous & LETTER && next & LETTER) has_inner_dot = true;
            break;
        default: break;
        }
    }
    return slashes > 0 && has_inner_dot;
}

/* Whether the mark of `length` bytes at `at` joins what stands on its sides (UAX #29, WB6, 7, 11 and 12; ICU does not
 * count the colon among the marks that join, and counts @ among the letters). */
CTEXT_INLINE bool joins(const uint8_t *text, size_t start, size_t at, size_t length, size_t end, uint8_t mark) {
    if (at == start || at + length >= end) return false;
    const uint8_t previous = classes[text[at - 1]];
    const uint8_t next = classes[text[at + length]];
    const bool letters = previous & LETTER && next & LETTER;
    const bool digits = previous & DIGIT && next & DIGIT;
    if (mark == '\'' || mark == '.') return letters || digits;
    return (mark == ',' || mark == ';') && digits;
}

#define WORD_FLAGS \
    (CTEXT_LEXICAL_FIRST_UPPER | CTEXT_LEXICAL_LATER_UPPER | CTEXT_LEXICAL_LOWER | CTEXT_LEXICAL_DIGIT)

/* Finds the end of the word at `at` and its flags. */
CTEXT_INLINE size_t word_end(const uint8_t *text, size_t start, size_t at, size_t end, uint32_t *flags) {
    uint8_t seen = 0;
    uint32_t found = classes[text[at]] & UPPER ? CTEXT_LEXICAL_FIRST_UPPER : 0;
    size_t first = at;
    while (at < end) {
        const uint8_t kind = classes[text[at]];
        if (kind & WORD) {
            seen |= at == first ? kind & ~UPPER : kind;
            at++;
            continue;
        }
        const uint8_t third = kind & HIGH ? general_punctuation(text, at, end) : 0;
        if (third == 0x98 || third == 0x99) {
            if (!joins(text, start, at, 3, end, '\'')) break;
            found |= CTEXT_LEXICAL_APOSTROPHE | CTEXT_LEXICAL_CURLY;
            at += 3;
        } else if (joins(text, start, at, 1, end, text[at])) {
            found |= text[at] == '\'' ? CTEXT_LEXICAL_APOSTROPHE : CTEXT_LEXICAL_MID;
            at++;
        } else {
            break;
        }
    }
    if (seen & UPPER) found |= CTEXT_LEXICAL_LATER_UPPER;
    if (seen & LOWER) found |= CTEXT_LEXICAL_LOWER;
    if (seen & DIGIT) found |= CTEXT_LEXICAL_DIGIT;
    if (seen & UNDERSCORE) found |= CTEXT_LEXICAL_UNDERSCORE;
    *flags = found;
    return at;
}

/* Behind program text that begins with the ` at `at`, or `at` where it has no end near by. */
static size_t behind_code(const uint8_t *text, size_t at, size_t length) {
    if (at + 2 < length && text[at + 1] == '`' && text[at + 2] == '`') {
        for (size_t end = at + 3; end + 2 < length; end++) {
            if (text[end] == '`' && text[end + 1] == '`' && text[end + 2] == '`') return end + 3;
        }
        return length;
    }
    for (size_t end = at + 1; end < length && end < at + 200 && text[end] != '\n'; end++) {
        if (text[end] == '`') return end + 1;
    }
    return at;
}

/* Whether a byte that is no word lets a sentence begin behind it. */
CTEXT_INLINE bool ends_sentence(uint8_t byte) {
    return byte == '.' || byte == '!' || byte == '?' || byte == ':' || byte == ';' || byte == '"' || byte == '('
        || byte == '*' || byte == '#' || byte == '>' || byte == '/' || byte == '[';
}

/* The words of a plain stretch; returns their number. `room` is enough for all of them, or a part is left. */
static size_t plain_words(
    const uint8_t *text, size_t start, size_t *from, size_t end, size_t length, uint32_t common,
    bool *is_inside, ctext_lexical_word *words, size_t room) {
    size_t count = 0, at = *from;
    while (at < end) {
        if (!(classes[text[at]] & WORD)) {
            const uint8_t third = general_punctuation(text, at, end);
            if (ends_sentence(text[at]) || third == 0x9C || third == 0xA6 || third == 0x94) *is_inside = false;
            at += third != 0 ? 3 : 1;
            continue;
        }
        if (count == room) break;
        uint32_t flags;
        const size_t first = at;
        at = word_end(text, start, at, end, &flags);
        /* ICU takes one underscore alone for no word. */
        if (!(flags & WORD_FLAGS) && at - first < 2) continue;
        flags |= common;
        if (!*is_inside) flags |= CTEXT_LEXICAL_SENTENCE_START;
        *is_inside = true;
        if (first > start + 1 && text[first - 1] == '-' && classes[text[first - 2]] & WORD) {
            flags |= CTEXT_LEXICAL_HYPHEN_BEFORE;
        }
        if (at + 1 < end && text[at] == '-' && classes[text[at + 1]] & WORD) flags |= CTEXT_LEXICAL_HYPHEN_AFTER;
        words[count++] = (ctext_lexical_word){
            hash_between(text, first, at, length), (uint32_t)first, (uint32_t)at, flags, 0};
    }
    *from = at;
    return count;
}

/* Sets the stretch that begins at `at`; true if it is wide. */
static bool find_stretch(const uint8_t *text, size_t at, size_t length, ctext_lexical_state *state) {
    size_t end = at;
    /* A mark at the very end says nothing: most stretches with a mark are the last word of a sentence or clause. */
    uint8_t seen = 0, last = 0;
    bool is_wide = false;
    while (end < length) {
        const uint8_t kind = classes[text[end]];
        if (kind & SPACE || (state->skips_code && text[end] == '`')) break;
        seen |= last;
        last = kind;
        if (kind & HIGH) {
            if (is_plain_punctuation(general_punctuation(text, end, length))) {
                end += 3;
                continue;
            }
            is_wide = true;
        }
        end++;
    }
    state->start = at;
    state->end = end;
    const bool is_doubtful = seen & (TECHNICAL | MARK) || last & TECHNICAL;
    state->common = is_doubtful && is_technical(text, at, end) ? CTEXT_LEXICAL_TECHNICAL : 0;
    return is_wide;
}

size_t ctext_lexical_words(
    const uint8_t *text, size_t length, ctext_lexical_state *state, ctext_lexical_word *words,
    size_t capacity) {
    size_t count = 0, at = state->at;
    while (at < length && count < capacity) {
        if (at >= state->end) {
            if (classes[text[at]] & SPACE) {
                if (text[at] == '\n') state->is_inside_sentence = false;
                at++;
                continue;
            }
            if (state->skips_code && text[at] == '`') {
                const size_t behind = behind_code(text, at, length);
                at = behind > at ? behind : at + 1;
                continue;
            }
            if (find_stretch(text, at, length, state)) {
                const uint32_t start = state->is_inside_sentence ? 0 : CTEXT_LEXICAL_SENTENCE_START;
                words[count++] = (ctext_lexical_word){
                    0, (uint32_t)at, (uint32_t)state->end, state->common | CTEXT_LEXICAL_WIDE | start, 0};
                state->is_inside_sentence = !ends_sentence(text[state->end - 1]);
                at = state->end;
                continue;
            }
        }
        count += plain_words(
            text, state->start, &at, state->end, length, state->common, &state->is_inside_sentence,
            words + count, capacity - count);
    }
    state->at = at;
    return count;
}
