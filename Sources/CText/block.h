/* Blocks of 64 bytes as portable vectors, with one bit a byte for each class test.
 *
 * Private to the kernels: clang lowers these to SSE2, AVX2, AVX-512 or NEON, whichever the function is built
 * for. Vectors are passed by pointer, so that no vector ABI is involved. */
#ifndef ASSAY_CTEXT_BLOCK_H
#define ASSAY_CTEXT_BLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define CTEXT_INLINE static inline __attribute__((always_inline))

/* Kernels on blocks also gain from tzcnt and blsr, which come with x86-64-v3. Only external functions in .c
 * files may carry this. */
#if defined(__x86_64__) && defined(__linux__)
#define CTEXT_BLOCK_CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define CTEXT_BLOCK_CLONES
#endif

#define CTEXT_BLOCK_SIZE 64

typedef uint8_t ctext_block __attribute__((ext_vector_type(64)));
typedef bool ctext_lanes __attribute__((ext_vector_type(64)));

/* One bit for each true lane of a comparison of blocks; bit 0 is the first byte. */
#define CTEXT_BITS(comparison) __builtin_bit_cast(uint64_t, __builtin_convertvector((comparison), ctext_lanes))

/* The low `count` bits; all for 64 and more. */
CTEXT_INLINE uint64_t ctext_low_bits(size_t count) { return count >= 64 ? ~0ull : (1ull << count) - 1; }

/* Loads min(64, left) bytes and zeros behind them; never reads past `left`. */
CTEXT_INLINE void ctext_load_block(ctext_block *block, const uint8_t *bytes, size_t left) {
    if (__builtin_expect(left >= CTEXT_BLOCK_SIZE, 1)) {
        memcpy(block, bytes, CTEXT_BLOCK_SIZE);
    } else {
        uint8_t padded[CTEXT_BLOCK_SIZE] = {0};
        memcpy(padded, bytes, left);
        memcpy(block, padded, CTEXT_BLOCK_SIZE);
    }
}

/* Bytes of 0x80 and above. */
CTEXT_INLINE uint64_t ctext_high_bits(const ctext_block *block) { return CTEXT_BITS(*block >= (uint8_t)0x80); }

/* ASCII letters, digits and '_'. */
CTEXT_INLINE uint64_t ctext_ascii_word_bits(const ctext_block *block) {
    const ctext_block v = *block;
    return CTEXT_BITS(
        ((v | (uint8_t)0x20) - (uint8_t)'a' < (uint8_t)26) | (v - (uint8_t)'0' < (uint8_t)10)
        | (v == (uint8_t)'_'));
}

/* ASCII letters. */
CTEXT_INLINE uint64_t ctext_ascii_letter_bits(const ctext_block *block) {
    return CTEXT_BITS((*block | (uint8_t)0x20) - (uint8_t)'a' < (uint8_t)26);
}

#endif
