#include "ctext_buckets.h"

#include "block.h"
#include "hash_bytes.h"

/* Rows whose slots are fetched ahead of their use: enough to hide main memory behind. */
#define AHEAD 32

CTEXT_INLINE uint64_t mixed_bucket(const uint8_t *signature, size_t stride, size_t offset, size_t size) {
    const size_t from = offset + 8 <= stride ? offset : stride - 8;
    return ctext_mix64(ctext_load64(signature + from) >> (offset - from) * 8 & ~0ull >> (8 - size) * 8);
}

void ctext_first_in_buckets(
    const ctext_buckets *buckets, const uint8_t *signatures, size_t stride, size_t offset, size_t size,
    const uint32_t *rows, size_t count, uint32_t first_row, uint32_t *first) {
    uint64_t keys[AHEAD];
    for (size_t from = 0; from < count; from += AHEAD) {
        const size_t some = count - from < AHEAD ? count - from : AHEAD;
        for (size_t at = 0; at < some; at++) {
            const size_t place = rows[from + at] - first_row;
            keys[at] = mixed_bucket(signatures + place * stride, stride, offset, size);
            __builtin_prefetch(&buckets->slots[keys[at] & buckets->mask], 1);
        }
        for (size_t at = 0; at < some; at++) {
            const uint32_t row = rows[from + at];
            const uint64_t tag = keys[at] & 0xFFFFFFFF00000000ull;
            size_t slot = (size_t)keys[at] & buckets->mask;
            while (buckets->slots[slot] != CTEXT_FREE_BUCKET && (buckets->slots[slot] ^ tag) >> 32 != 0) {
                slot = (slot + 1) & buckets->mask;
            }
            if (buckets->slots[slot] == CTEXT_FREE_BUCKET) buckets->slots[slot] = tag | row;
            first[from + at] = (uint32_t)buckets->slots[slot];
        }
    }
}

CTEXT_BLOCK_CLONES
void ctext_random_bits(const uint8_t *chances, uint64_t *state, uint64_t *bits) {
    for (int half = 0; half < 2; half++) {
        uint64_t random[CTEXT_BLOCK_SIZE / 8];
        for (int at = 0; at < CTEXT_BLOCK_SIZE / 8; at++) {
            *state += 0x9e3779b97f4a7c15ull;
            random[at] = ctext_mix64(*state);
        }
        ctext_block drawn, chance;
        memcpy(&drawn, random, sizeof drawn);
        memcpy(&chance, chances + half * CTEXT_BLOCK_SIZE, sizeof chance);
        bits[half] = CTEXT_BITS(drawn < chance);
    }
}
