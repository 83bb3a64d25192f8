#include "ctext_minhash.h"

/* Permutations that are kept in registers while the hashes stream by: with their multipliers and addends they
 * fill 12 of the 16 registers of AVX2. */
#define HELD 32

/* The finaliser of MurmurHash3 for 32 bits. */
static inline uint32_t finalise(uint32_t value) {
    value ^= value >> 16;
    value *= 0x85ebca6bu;
    value ^= value >> 13;
    value *= 0xc2b2ae35u;
    value ^= value >> 16;
    return value;
}

#if defined(__x86_64__) && defined(__linux__)
__attribute__((target_clones("avx512f", "avx2", "sse4.1", "default")))
#endif
void ctext_minhash(
    const uint64_t *hashes, size_t count, const uint32_t *multipliers, const uint32_t *addends,
    uint8_t *signature) {
    for (int from = 0; from < CTEXT_MINHASH_SLOTS; from += HELD) {
        uint32_t least[HELD], a[HELD], b[HELD];
        for (int slot = 0; slot < HELD; slot++) {
            least[slot] = UINT32_MAX;
            a[slot] = multipliers[from + slot];
            b[slot] = addends[from + slot];
        }
        for (size_t at = 0; at < count; at++) {
            const uint32_t x = (uint32_t)hashes[at];
#pragma clang loop vectorize(enable) interleave(enable)
            for (int slot = 0; slot < HELD; slot++) {
                const uint32_t value = a[slot] * x + b[slot];
                least[slot] = value < least[slot] ? value : least[slot];
            }
        }
        for (int slot = 0; slot < HELD; slot++) signature[from + slot] = (uint8_t)finalise(least[slot]);
    }
}
