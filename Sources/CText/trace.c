#include "ctext_trace.h"

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
