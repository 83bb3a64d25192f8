#include "ctext_shingles.h"

#include "block.h"
#include "hash_bytes.h"

/* Domains of shingles, added to the seed before it is mixed; chosen, any distinct odd constants would do. */
#define CHARACTER_DOMAIN 0x452821e638d01377ull
#define WORD_DOMAIN 0xbe5466cf34e90c6dull
#define FEW_WORDS_DOMAIN 0xc0ac29b7c97c50ddull
#define WHOLE_DOMAIN 0x3f84d5b5b5470917ull
/* The base of the polynomial over word hashes: odd, so that it can be rolled modulo 2^64. */
#define WORD_BASE 0x9e3779b97f4a7c15ull

CTEXT_INLINE uint64_t key_of(uint64_t seed, uint64_t domain) { return ctext_mix64(ctext_mix64(seed) + domain); }

/* The hash of a window; as ctext_hash_span, without branches inside for up to 8 and up to 16 bytes. */
CTEXT_INLINE uint64_t hash_window(
    const uint8_t *text, size_t start, size_t end, size_t length, uint64_t key) {
    const size_t size = end - start;
    if (size > 16 || start + 16 > length) return ctext_hash_span(text, start, end, length, key);
    const uint64_t keyed = key + size * CTEXT_LENGTH_STEP;
    const uint64_t first = ctext_load64(text + start);
    if (size <= 8) return ctext_mix64(keyed ^ (first & ~0ull >> (8 - size) * 8));
    const uint64_t rest = ctext_load64(text + start + 8) & ~0ull >> (16 - size) * 8;
    return ctext_mix64(ctext_mix64(keyed ^ first) ^ rest);
}

CTEXT_INLINE bool is_ascii(const uint8_t *text, size_t length) {
    uint8_t all = 0;
    for (size_t at = 0; at < length; at++) all |= text[at];
    return all < 0x80;
}

/* Windows of `size` <= 8 bytes that start in [0, starts); 8 bytes may be read from each start. */
CTEXT_INLINE void ascii_windows(
    const uint8_t *text, size_t starts, size_t size, uint64_t key, uint64_t *hashes) {
    const uint64_t mask = ~0ull >> (8 - size) * 8;
    const uint64_t keyed = key + size * CTEXT_LENGTH_STEP;
    for (size_t at = 0; at < starts; at++) {
        hashes[at] = ctext_mix64((ctext_load64(text + at) & mask) ^ keyed);
    }
}

/* All windows of an ASCII text of at least 8 bytes; returns their number. */
CTEXT_INLINE size_t ascii_text(
    const uint8_t *text, size_t length, size_t size, uint64_t key, uint64_t *hashes) {
    const uint64_t mask = ~0ull >> (8 - size) * 8;
    const uint64_t keyed = key + size * CTEXT_LENGTH_STEP;
    size_t count = length - 7;
    ascii_windows(text, count, size, key, hashes);
    for (uint64_t last = ctext_load64(text + length - 8) >> 8; count + size <= length; last >>= 8) {
        hashes[count++] = ctext_mix64((last & mask) ^ keyed);
    }
    return count;
}

/* Collects where code points start from `*at` on, until `enough` or the end of the text, which counts as one.
 * Places in a list keep one window's hash from waiting for the other's length. */
CTEXT_INLINE size_t collect_starts(
    const uint8_t *text, size_t length, size_t *at, size_t enough, size_t *starts) {
    size_t count = 0;
    while (count < enough && *at < length) {
        ctext_block block;
        ctext_load_block(&block, text + *at, length - *at);
        uint64_t leads = CTEXT_BITS((block & (uint8_t)0xC0) != (uint8_t)0x80) & ctext_low_bits(length - *at);
        while (leads != 0) {
            starts[count++] = *at + (size_t)__builtin_ctzll(leads);
            leads &= leads - 1;
        }
        *at += CTEXT_BLOCK_SIZE;
    }
    if (*at >= length) starts[count++] = length;
    return count;
}

CTEXT_BLOCK_CLONES
size_t ctext_character_shingles(
    const uint8_t *text, size_t length, size_t size, uint64_t seed, uint64_t *hashes) {
    enum { stretch = 64 };
    const uint64_t key = key_of(seed, CHARACTER_DOMAIN);
    size_t starts[CTEXT_LONGEST_SHINGLE + stretch + CTEXT_BLOCK_SIZE + 1];
    size_t start = 0, count = 0;
    for (;;) {
        /* While a stretch and the 8 bytes behind it are ASCII, each window is one masked load. */
        while (size <= 8 && start + stretch + 8 <= length && is_ascii(text + start, stretch + 8)) {
            ascii_windows(text + start, stretch, size, key, hashes + count);
            count += stretch;
            start += stretch;
        }
        if (size <= 8 && start + 8 <= length && start + stretch + 8 > length
            && is_ascii(text + start, length - start)) {
            return count + ascii_text(text + start, length - start, size, key, hashes + count);
        }
        size_t at = start;
        const size_t found = collect_starts(text, length, &at, size + stretch, starts);
        const size_t windows = found > size ? found - size : 0;
        for (size_t window = 0; window < windows; window++) {
            hashes[count++] = hash_window(text, starts[window], starts[window + size], length, key);
        }
        if (at >= length) return count;
        start = starts[windows];
    }
}

CTEXT_BLOCK_CLONES
size_t ctext_word_shingles(
    const uint64_t *words, size_t count, size_t size, uint64_t seed, uint64_t *shingles) {
    uint64_t leaving = 1, sum = 0;
    const size_t first = count < size ? count : size;
    for (size_t at = 0; at < first; at++) {
        leaving *= WORD_BASE;
        sum = sum * WORD_BASE + words[at];
    }
    if (count < size) {
        shingles[0] = ctext_mix64(sum ^ key_of(seed, FEW_WORDS_DOMAIN + count * 2));
        return 1;
    }
    const uint64_t key = key_of(seed, WORD_DOMAIN);
    shingles[0] = ctext_mix64(sum ^ key);
    for (size_t at = size; at < count; at++) {
        sum = sum * WORD_BASE + (words[at] - words[at - size] * leaving);
        shingles[at - size + 1] = ctext_mix64(sum ^ key);
    }
    return count - size + 1;
}

uint64_t ctext_whole_shingle(const uint8_t *text, size_t length, uint64_t seed) {
    return ctext_hash_span(text, 0, length, length, key_of(seed, WHOLE_DOMAIN));
}
