/* MinHash signatures of 128 slots of one byte. */
#ifndef ASSAY_CTEXT_MINHASH_H
#define ASSAY_CTEXT_MINHASH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#elif defined(__ARM_NEON)
#include <arm_neon.h>
#endif

#define CTEXT_MINHASH_SLOTS 128

/* Each slot is the least a * x + b modulo 2^32 over the low 32 bits x of the hashes, put through the finaliser
 * of MurmurHash3 and cut to 8 bits; 0xFF..FF stands for the minimum of no hashes. `multipliers` are odd; both
 * arrays have CTEXT_MINHASH_SLOTS places. Complexity: O(count * slots). */
void ctext_minhash(
    const uint64_t *hashes, size_t count, const uint32_t *multipliers, const uint32_t *addends,
    uint8_t *signature);

/* Which slots of two signatures are equal: a bit each, slot 0 in the lowest. */
static inline unsigned __int128 ctext_minhash_equal_slots(const uint8_t *first, const uint8_t *second) {
    uint64_t halves[2] = {0, 0};
#if defined(__SSE2__)
    for (size_t at = 0; at < CTEXT_MINHASH_SLOTS; at += 16) {
        const __m128i a = _mm_loadu_si128((const __m128i *)(first + at));
        const __m128i b = _mm_loadu_si128((const __m128i *)(second + at));
        halves[at / 64] |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(a, b)) << at % 64;
    }
#else
    for (size_t at = 0; at < CTEXT_MINHASH_SLOTS; at++) {
        halves[at / 64] |= (uint64_t)(first[at] == second[at]) << at % 64;
    }
#endif
    return (unsigned __int128)halves[1] << 64 | halves[0];
}

/* Whether two signatures share one of the first `bands` bands of `size` slots. */
static inline bool ctext_minhash_share_band(
    const uint8_t *first, const uint8_t *second, size_t bands, size_t size) {
    unsigned __int128 runs = ctext_minhash_equal_slots(first, second);
    /* After this a bit stands where `size` equal slots begin. */
    const unsigned __int128 equal = runs;
    for (size_t at = 1; at < size; at++) runs &= equal >> at;
    if (runs == 0) return false;
    for (size_t band = 0; band < bands; band++) {
        if (runs >> band * size & 1) return true;
    }
    return false;
}

/* The number of equal slots of two signatures. */
static inline size_t ctext_minhash_matches(const uint8_t *first, const uint8_t *second) {
#if defined(__SSE2__)
    __m128i sums = _mm_setzero_si128();
    for (size_t at = 0; at < CTEXT_MINHASH_SLOTS; at += 16) {
        const __m128i a = _mm_loadu_si128((const __m128i *)(first + at));
        const __m128i b = _mm_loadu_si128((const __m128i *)(second + at));
        sums = _mm_sub_epi8(sums, _mm_cmpeq_epi8(a, b));
    }
    const __m128i halves = _mm_sad_epu8(sums, _mm_setzero_si128());
    return (size_t)(_mm_cvtsi128_si32(halves) + _mm_cvtsi128_si32(_mm_srli_si128(halves, 8)));
#elif defined(__ARM_NEON)
    uint8x16_t sums = vdupq_n_u8(0);
    for (size_t at = 0; at < CTEXT_MINHASH_SLOTS; at += 16) {
        sums = vsubq_u8(sums, vceqq_u8(vld1q_u8(first + at), vld1q_u8(second + at)));
    }
    return vaddlvq_u8(sums);
#else
    size_t matches = 0;
    for (size_t at = 0; at < CTEXT_MINHASH_SLOTS; at++) matches += first[at] == second[at];
    return matches;
#endif
}

#endif
