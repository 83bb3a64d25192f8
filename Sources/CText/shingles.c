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

/* Bytes of the code point at `at` by its lead byte; clamped to the text. */
CTEXT_INLINE size_t after_point(const uint8_t *text, size_t at, size_t length) {
    const uint8_t lead = text[at];
    const size_t next = at + (lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4);
    return next < length ? next : length;
}

CTEXT_INLINE bool is_ascii(const uint8_t *text, size_t length) {
    uint8_t all = 0;
    for (size_t at = 0; at < length; at++) all |= text[at];
    return all < 0x80;
}

/* Windows of `size` <= 8 bytes that start in [0, starts); 8 bytes may be read from each start. */
CTEXT_INLINE void ascii_windows(
    const uint8_t *text, size_t starts, size_t size, uint64_t key, uint64_t *hashes) {
    const uint64_t mask = size == 8 ? ~0ull : (1ull << (size * 8)) - 1;
    const uint64_t keyed = key + size * CTEXT_LENGTH_STEP;
    for (size_t at = 0; at < starts; at++) {
        hashes[at] = ctext_mix64((ctext_load64(text + at) & mask) ^ keyed);
    }
}

CTEXT_BLOCK_CLONES
size_t ctext_character_shingles(
    const uint8_t *text, size_t length, size_t size, uint64_t seed, uint64_t *hashes) {
    enum { stretch = 64 };
    const uint64_t key = key_of(seed, CHARACTER_DOMAIN);
    size_t start = 0, end = 0, count = 0;
    for (size_t points = 0; points < size; points++) {
        if (end == length) return 0;
        end = after_point(text, end, length);
    }
    for (;;) {
        /* While a stretch and the 8 bytes behind it are ASCII, each window is one masked load. */
        while (size <= 8 && end == start + size && start + stretch + 8 <= length
            && is_ascii(text + start, stretch + 8)) {
            ascii_windows(text + start, stretch, size, key, hashes + count);
            count += stretch;
            start += stretch;
            end += stretch;
        }
        const size_t pause = start + stretch;
        while (start < pause) {
            hashes[count++] = ctext_hash_span(text, start, end, length, key);
            if (end == length) return count;
            start = after_point(text, start, length);
            end = after_point(text, end, length);
        }
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
