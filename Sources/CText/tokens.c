#include "ctext_tokens.h"

#include "block.h"

#define HYPHENS (CTEXT_LEXICAL_HYPHEN_BEFORE | CTEXT_LEXICAL_HYPHEN_AFTER)
/* Words within which another unknown word crowds one. */
#define REACH 3

/* The case of a word's letters; -1 for a mixture. */
CTEXT_INLINE int letter_case(uint32_t flags) {
    if (flags & CTEXT_LEXICAL_LATER_UPPER) {
        return flags & CTEXT_LEXICAL_FIRST_UPPER && !(flags & CTEXT_LEXICAL_LOWER) ? CTEXT_CASE_UPPER : -1;
    }
    if (!(flags & CTEXT_LEXICAL_FIRST_UPPER)) return CTEXT_CASE_LOWER;
    return flags & CTEXT_LEXICAL_SENTENCE_START ? CTEXT_CASE_INITIAL : CTEXT_CASE_CAPITALISED;
}

/* Whether two words with hyphens are one compound of two plain words. */
static bool is_compound(
    const ctext_lexical_word *first, const ctext_lexical_word *second, uint32_t left_out, uint32_t longest) {
    const uint32_t either = first->flags | second->flags;
    return (first->flags & HYPHENS) == CTEXT_LEXICAL_HYPHEN_AFTER
        && (second->flags & HYPHENS) == CTEXT_LEXICAL_HYPHEN_BEFORE
        && !(either & (left_out | CTEXT_LEXICAL_APOSTROPHE)) && first->key == 0 && second->key == 0
        && first->end + 1 == second->start && second->end - first->start <= longest
        && letter_case(first->flags) >= 0 && letter_case(second->flags) >= 0;
}

size_t ctext_tokens(
    const uint8_t *text, const ctext_lexical_word *words, size_t count, uint32_t left_out, uint32_t longest,
    uint32_t *last_end, ctext_token *tokens, size_t *technical) {
    size_t made = 0, technical_words = 0;
    uint32_t last = *last_end;
    for (size_t at = 0; at < count; at++) {
        const ctext_lexical_word *const word = &words[at];
        technical_words += (word->flags & CTEXT_LEXICAL_TECHNICAL) != 0;
        ctext_token token = {word->hash, word->start, word->end, word->key, 0, false, false};
        const int own = letter_case(word->flags);
        if (word->flags & HYPHENS) {
            if (at + 1 == count || !is_compound(word, word + 1, left_out, longest)) continue;
            at++;
            token.end = words[at].end;
            token.hash = ctext_lexical_hash(text + token.start, token.end - token.start);
            token.is_compound = true;
        } else if (word->flags & left_out || word->end - word->start > longest || own < 0) {
            continue;
        }
        token.letter_case = (uint8_t)own;
        token.follows_directly = last + 1 == token.start && text[last] == ' ';
        last = token.end;
        tokens[made++] = token;
    }
    *last_end = last;
    *technical = technical_words;
    return made;
}

/* Tokens ahead of the one that is looked up, of which slots, entries and bytes are asked for. */
enum { SLOTS_AHEAD = 12, ENTRIES_AHEAD = 8, BYTES_AHEAD = 4 };

CTEXT_INLINE void ask_for_memory(const ctext_table *table, const ctext_token *tokens, size_t at, size_t count) {
    if (at + SLOTS_AHEAD >= count) return;
    __builtin_prefetch(&table->slots[tokens[at + SLOTS_AHEAD].hash & table->mask]);
    const uint32_t next = table->slots[tokens[at + ENTRIES_AHEAD].hash & table->mask];
    if (next != UINT32_MAX) __builtin_prefetch(&table->entries[next]);
    const uint32_t nearest = table->slots[tokens[at + BYTES_AHEAD].hash & table->mask];
    if (nearest != UINT32_MAX) __builtin_prefetch(table->arena + table->entries[nearest].offset);
}

void ctext_tokens_find(
    const ctext_table *table, const uint8_t *text, const ctext_token *tokens, size_t count, uint32_t *types) {
    for (size_t at = 0; at < count; at++) {
        ask_for_memory(table, tokens, at, count);
        const ctext_token *const token = &tokens[at];
        uint32_t found = UINT32_MAX;
        const size_t length = token->end - token->start;
        for (size_t slot = token->hash & table->mask; token->key == 0; slot = (slot + 1) & table->mask) {
            found = table->slots[slot];
            if (found == UINT32_MAX) break;
            const ctext_table_entry *const entry = &table->entries[found];
            if (entry->hash == token->hash && (size_t)entry->length == length
                && ctext_equals_folded(
                    table->arena + entry->offset, text + token->start, length, 0x2020202020202020ull)) {
                break;
            }
        }
        types[at] = found;
    }
}

ctext_types_judgement ctext_types_judge(const uint32_t *types, size_t count, const ctext_type_counts *counts) {
    size_t of[CTEXT_FUNCTION_OTHER + 1][CTEXT_TYPE_COMPOUND + 1] = {{0}};
    for (size_t at = 0; at < count; at++) {
        if (at + BYTES_AHEAD < count) __builtin_prefetch(&counts[types[at + BYTES_AHEAD]]);
        const ctext_type_counts *const type = &counts[types[at]];
        of[type->function][type->kind]++;
    }
    ctext_types_judgement judgement = {0};
    for (size_t function = 0; function <= CTEXT_FUNCTION_OTHER; function++) {
        judgement.known += of[function][CTEXT_TYPE_KNOWN] + of[function][CTEXT_TYPE_FOREIGN];
        judgement.unknown += of[function][CTEXT_TYPE_UNKNOWN];
    }
    for (size_t kind = 0; kind <= CTEXT_TYPE_COMPOUND; kind++) {
        judgement.english += of[CTEXT_FUNCTION_ENGLISH][kind];
        judgement.other += of[CTEXT_FUNCTION_OTHER][kind];
    }
    return judgement;
}

/* Whether an unknown word of another type stands within REACH words. */
static bool is_crowded(const uint32_t *types, size_t at, size_t count, const ctext_type_counts *counts) {
    const size_t last = at + REACH < count ? at + REACH : count - 1;
    for (size_t other = at > REACH ? at - REACH : 0; other <= last; other++) {
        if (types[other] != types[at] && counts[types[other]].kind == CTEXT_TYPE_UNKNOWN) return true;
    }
    return false;
}

void ctext_types_count(
    const uint32_t *types, const ctext_token *tokens, size_t count, unsigned role, size_t unknown,
    ctext_type_counts *counts) {
    for (size_t at = 0; at < count; at++) {
        ctext_type_counts *const own = &counts[types[at]];
        own->of_role[role]++;
        switch (tokens[at].letter_case) {
        case CTEXT_CASE_UPPER: own->upper++; break;
        case CTEXT_CASE_CAPITALISED: own->capitalised++; break;
        case CTEXT_CASE_INITIAL: own->initial++; break;
        default: break;
        }
        if (unknown > 1 && is_crowded(types, at, count, counts)) own->crowded++;
    }
}
