#include "ctext_phrases.h"

#include "block.h"

/* Phrases whose counters are asked for before the first is used: the reads of memory then overlap. */
#define AHEAD 128

/* Fills `places` with the counters of the next phrases, at most AHEAD of them, and asks for their memory; each is
 * `1 << shift` to a byte. `run` is the words since one that begins or ends a sentence. Returns the number of places. */
CTEXT_INLINE size_t next_places(
    const ctext_lexical_word *words, size_t count, uint32_t left_out, const void *memory, unsigned shift, size_t *at,
    size_t *run, uint32_t *places) {
    size_t found = 0, word = *at, length = *run;
    for (; word < count && found < AHEAD; word++) {
        const uint32_t flags = words[word].flags;
        if (flags & CTEXT_LEXICAL_SENTENCE_START) length = 0;
        length = flags & left_out ? 0 : length + 1;
        if (length < CTEXT_PHRASE_LENGTH) continue;
        const uint64_t hash =
            ctext_phrase_hash(&words[word + 1 - CTEXT_PHRASE_LENGTH].hash, sizeof(ctext_lexical_word));
        const uint32_t place = (uint32_t)(hash >> (64 - CTEXT_PHRASE_BITS));
        __builtin_prefetch((const uint8_t *)memory + (place >> shift));
        places[found++] = place;
    }
    *at = word;
    *run = length;
    return found;
}

void ctext_phrases_count(
    const ctext_lexical_word *words, size_t count, uint32_t left_out, uint8_t *counters) {
    uint32_t places[AHEAD];
    size_t at = 0, run = 0;
    while (at < count) {
        const size_t found = next_places(words, count, left_out, counters, 0, &at, &run, places);
        for (size_t i = 0; i < found; i++) counters[places[i]] += counters[places[i]] < UINT8_MAX;
    }
}

bool ctext_phrases_any(
    const ctext_lexical_word *words, size_t count, uint32_t left_out, const uint64_t *filter) {
    uint32_t places[AHEAD];
    size_t at = 0, run = 0;
    while (at < count) {
        const size_t found = next_places(words, count, left_out, filter, 3, &at, &run, places);
        uint64_t any = 0;
        for (size_t i = 0; i < found; i++) any |= filter[places[i] >> 6] >> (places[i] & 63);
        if (any & 1) return true;
    }
    return false;
}

CTEXT_BLOCK_CLONES
void ctext_phrases_filter(const uint8_t *counters, uint8_t least, uint64_t *filter) {
    for (size_t at = 0; at < 1u << (CTEXT_PHRASE_BITS - 6); at++) {
        ctext_block v;
        ctext_load_block(&v, counters + at * CTEXT_BLOCK_SIZE, CTEXT_BLOCK_SIZE);
        filter[at] = CTEXT_BITS(v >= least);
    }
}

CTEXT_BLOCK_CLONES
void ctext_phrases_add(uint8_t *counters, const uint8_t *more) {
    for (size_t at = 0; at < 1u << CTEXT_PHRASE_BITS; at++) {
        const unsigned sum = (unsigned)counters[at] + more[at];
        counters[at] = sum < UINT8_MAX ? (uint8_t)sum : UINT8_MAX;
    }
}
