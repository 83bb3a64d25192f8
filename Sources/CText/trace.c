#include "ctext_trace.h"

#include <string.h>

#include "block.h"

/* A hash with flags; never a mark. */
CTEXT_INLINE uint64_t number(uint64_t hash, uint64_t flags) {
    const uint64_t own = hash & ~(uint64_t)CTEXT_TRACE_FLAGS;
    return (own ? own : CTEXT_TRACE_FLAGS + 1) | flags;
}

CTEXT_INLINE uint64_t of_token(const ctext_token *token) {
    return number(token->hash, CTEXT_TRACE_TOKEN | (token->follows_directly ? CTEXT_TRACE_FOLLOWS : 0));
}

size_t ctext_trace_words(
    const ctext_lexical_word *words, size_t count, uint32_t left_out, const ctext_token *tokens,
    size_t token_count, uint64_t *trace) {
    size_t made = 0, next = 0;
    for (size_t at = 0; at < count; at++) {
        const ctext_lexical_word *const word = &words[at];
        if (word->flags & CTEXT_LEXICAL_SENTENCE_START) trace[made++] = CTEXT_TRACE_BREAK;
        const ctext_token *const token =
            next < token_count && tokens[next].start == word->start ? &tokens[next++] : NULL;
        if (word->flags & left_out) {
            trace[made++] = CTEXT_TRACE_LEFT_OUT;
        } else if (token && !token->is_compound) {
            trace[made++] = of_token(token) | CTEXT_TRACE_WORD;
            continue;
        } else {
            trace[made++] = number(word->hash, CTEXT_TRACE_WORD);
        }
        if (token) trace[made++] = of_token(token);
    }
    return made;
}

size_t ctext_trace_tokens(const ctext_token *tokens, size_t count, uint64_t *trace) {
    for (size_t at = 0; at < count; at++) trace[at] = of_token(&tokens[at]);
    return count;
}

size_t ctext_trace_pass(
    const uint64_t *trace, size_t at, size_t count, const uint64_t *filter, size_t mask, size_t *words) {
    size_t passed = 0;
    for (; at < count; at++) {
        const uint64_t own = trace[at];
        if (own <= CTEXT_TRACE_FLAGS) {
            if (own == CTEXT_TRACE_OWN || own == CTEXT_TRACE_FOREIGN) break;
        } else if (filter[own >> 9 & mask] >> (own >> 3 & 63) & 1) {
            break;
        }
        passed += (own & CTEXT_TRACE_WORD) != 0;
    }
    *words += passed;
    return at;
}

_Static_assert((int)CTEXT_TRACE_MARKS + (int)CTEXT_TRACE_ENTRIES <= (int)CTEXT_TRACE_LITERALS, "codes");

void ctext_trace_clear(ctext_trace_dictionary *dictionary) {
    memset(dictionary->slots, 0, CTEXT_TRACE_SLOTS * sizeof *dictionary->slots);
    dictionary->count = 0;
}

size_t ctext_trace_literals(const uint64_t *numbers, size_t count, uint16_t *codes) {
    codes[0] = CTEXT_TRACE_LITERALS;
    codes[1] = (uint16_t)count;
    memcpy(codes + 2, numbers, count * sizeof *numbers);
    return 2 + 4 * count;
}

size_t ctext_trace_encode(
    ctext_trace_dictionary *dictionary, const uint64_t *numbers, size_t count, uint16_t *codes) {
    uint16_t *const slots = dictionary->slots;
    uint64_t *const entries = dictionary->entries;
    size_t made = 0;
    for (size_t at = 0; at < count; at++) {
        const uint64_t own = numbers[at];
        if (own < CTEXT_TRACE_MARKS) {
            codes[made++] = (uint16_t)own;
            continue;
        }
        /* The flags go to other bits than those of the hash that tell words of a batch apart. */
        size_t slot = (own >> 3 ^ own << 13) & (CTEXT_TRACE_SLOTS - 1);
        uint16_t code;
        while ((code = slots[slot]) && entries[code - CTEXT_TRACE_MARKS] != own)
            slot = (slot + 1) & (CTEXT_TRACE_SLOTS - 1);
        if (code) {
            codes[made++] = code;
        } else if (dictionary->count < CTEXT_TRACE_ENTRIES) {
            entries[dictionary->count] = own;
            slots[slot] = codes[made++] = (uint16_t)(CTEXT_TRACE_MARKS + dictionary->count++);
        } else {
            made += ctext_trace_literals(&own, 1, codes + made);
        }
    }
    return made;
}

size_t ctext_trace_decode(
    const uint64_t *entries, size_t entry_count, const uint16_t *codes, size_t count, uint64_t *numbers,
    size_t room) {
    size_t made = 0;
    for (size_t at = 0; at < count; at++) {
        const uint16_t code = codes[at];
        if (code == CTEXT_TRACE_LITERALS) {
            if (count - at < 2) break;
            const size_t literals = codes[at + 1];
            if (count - at < 2 + 4 * literals || room - made < literals) break;
            memcpy(numbers + made, codes + at + 2, literals * sizeof *numbers);
            made += literals;
            at += 1 + 4 * literals;
        } else {
            const size_t place = (size_t)code - CTEXT_TRACE_MARKS;
            if (made == room || (code >= CTEXT_TRACE_MARKS && place >= entry_count)) break;
            numbers[made++] = code < CTEXT_TRACE_MARKS ? code : entries[place];
        }
    }
    return made;
}
