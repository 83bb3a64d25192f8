#include "ctext_phrases.h"

#include "block.h"

/* Runs for each phrase the code `found`, with `place` as the counter's number. The hashes of a batch do not
 * wait for one another, so that the reads of counters overlap. */
#define FOR_EACH_PHRASE(found) \
    size_t run = 0; \
    for (size_t at = 0; at < count; at++) { \
        const uint32_t flags = words[at].flags; \
        if (flags & CTEXT_LEXICAL_SENTENCE_START) run = 0; \
        run = flags & left_out ? 0 : run + 1; \
        if (run < CTEXT_PHRASE_LENGTH) continue; \
        const uint64_t place = \
            ctext_phrase_hash(&words[at + 1 - CTEXT_PHRASE_LENGTH].hash, sizeof(ctext_lexical_word)) \
            >> (64 - CTEXT_PHRASE_BITS); \
        found; \
    }

void ctext_phrases_count(
    const ctext_lexical_word *words, size_t count, uint32_t left_out, uint8_t *counters) {
    FOR_EACH_PHRASE(counters[place] += counters[place] < UINT8_MAX)
}

bool ctext_phrases_any(
    const ctext_lexical_word *words, size_t count, uint32_t left_out, const uint64_t *filter) {
    uint64_t any = 0;
    FOR_EACH_PHRASE(any |= filter[place >> 6] >> (place & 63))
    return any & 1;
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
