#include "ctext_terms.h"

#include "hash_bytes.h"

/* Whether one of eight bytes is an ASCII digit: the high nibble is 3 and the low one below 10. */
CTEXT_INLINE uint64_t has_digit(uint64_t bytes) {
    const uint64_t threes = (bytes & 0xF0F0F0F0F0F0F0F0ull) ^ 0x3030303030303030ull;
    const uint64_t is_three =
        ~(((threes & 0x7F7F7F7F7F7F7F7Full) + 0x7F7F7F7F7F7F7F7Full) | threes) & 0x8080808080808080ull;
    const uint64_t is_ten_or_more =
        ((bytes & 0x0F0F0F0F0F0F0F0Full) + 0x7676767676767676ull) & 0x8080808080808080ull;
    return is_three & ~is_ten_or_more;
}

CTEXT_INLINE uint64_t term_hash(const uint8_t *word, size_t length) {
    if (length <= 8) {
        const uint64_t bytes = ctext_load64(word) & ~0ull >> (8 - length) * 8;
        return has_digit(bytes) != 0 ? 0 : ctext_mix64(bytes + length * CTEXT_LENGTH_STEP) | 1;
    }
    if (length > CTEXT_LONGEST_TERM_WORD) return 0;
    for (size_t at = 0; at < length; at++) {
        if ((uint8_t)(word[at] - '0') < 10) return 0;
    }
    return ctext_xxh3_64(word, length, 0) | 1;
}

uint64_t ctext_term_hash(const uint8_t *word, size_t length) {
    return length == 0 ? 0 : term_hash(word, length);
}

CTEXT_INLINE uint64_t is_frequent(const ctext_term_filter *filter, uint64_t hash) {
    const uint64_t *places = filter->frequent + ((size_t)hash & filter->frequent_mask);
    uint64_t found = 0;
    for (int at = 0; at < CTEXT_FREQUENT_REACH; at++) found |= places[at] == hash;
    return found;
}

/* The hashes of words; 0 for those that are no terms. */
CTEXT_INLINE void term_hashes(
    const uint8_t *text, const ctext_word_range *words, size_t count, const ctext_term_filter *filter,
    uint64_t *hashes) {
    for (size_t at = 0; at < count; at++) {
        const size_t length = (size_t)(words[at].end - words[at].start);
        const uint8_t *word = text + words[at].start;
        if (__builtin_expect(length > 8, 0)) {
            const uint64_t hash = term_hash(word, length);
            hashes[at] = is_frequent(filter, hash) ? 0 : hash;
            continue;
        }
        const uint64_t bytes = ctext_load64(word) & ~0ull >> (8 - length) * 8;
        const uint64_t hash = ctext_mix64(bytes + length * CTEXT_LENGTH_STEP) | 1;
        hashes[at] = has_digit(bytes) != 0 || is_frequent(filter, hash) ? 0 : hash;
    }
}

CTEXT_INLINE uint64_t pair_hash(uint64_t first, uint64_t second) {
    return ctext_mix64(first * 31 + second) | 1;
}

/* Terms are written whether wanted or not, and counted if they are: whether a word is one cannot be foretold. */
CTEXT_INLINE size_t wanted_terms(
    const ctext_word_range *words, size_t count, const uint64_t *bits, unsigned shift, const uint64_t *hashes,
    ctext_term *terms) {
    size_t found = 0;
    uint64_t previous = 0;
    int32_t previous_end = 0;
    for (size_t at = 0; at < count; at++) {
        const uint64_t hash = hashes[at];
        const uint64_t pair = pair_hash(previous, hash);
        const uint64_t has_pair =
            (hash != 0) & (previous != 0) & (words[at].start - previous_end <= 2);
        uint64_t word_wanted = hash != 0, pair_wanted = has_pair;
        if (bits != NULL) {
            word_wanted &= bits[hash >> shift >> 6] >> (hash >> shift & 63);
            pair_wanted &= bits[pair >> shift >> 6] >> (pair >> shift & 63);
        }
        terms[found] = (ctext_term){hash, (int32_t)at, -1};
        found += word_wanted;
        terms[found] = (ctext_term){pair, (int32_t)at - 1, (int32_t)at};
        found += pair_wanted;
        previous = hash;
        previous_end = words[at].end;
    }
    return found;
}

size_t ctext_term_words(
    const uint8_t *text, const ctext_word_range *words, size_t count, const ctext_term_filter *filter,
    uint64_t *hashes, uint64_t *parts) {
    term_hashes(text, words, count, filter, hashes);
    size_t found = 0;
    uint64_t last = 0;
    int32_t previous_end = 0;
    for (size_t at = 0; at < count; at++) {
        const bool is_parted = words[at].start - previous_end > 2;
        previous_end = words[at].end;
        if (is_parted && last != 0) parts[found++] = last = 0;
        if (hashes[at] != 0 || last != 0) parts[found++] = last = hashes[at];
    }
    if (last != 0) parts[found++] = 0;
    return found;
}

size_t ctext_join_terms(const uint64_t *parts, size_t count, uint64_t *terms) {
    size_t found = 0;
    uint64_t previous = 0;
    for (size_t at = 0; at < count; at++) {
        const uint64_t hash = parts[at];
        terms[found] = hash;
        found += hash != 0;
        terms[found] = pair_hash(previous, hash);
        found += (hash != 0) & (previous != 0);
        previous = hash;
    }
    return found;
}

size_t ctext_terms(
    const uint8_t *text, const ctext_word_range *words, size_t count, const ctext_term_filter *filter,
    uint64_t *hashes, ctext_term *terms) {
    term_hashes(text, words, count, filter, hashes);
    return filter->bits == NULL ? wanted_terms(words, count, NULL, 0, hashes, terms)
                                : wanted_terms(words, count, filter->bits, filter->shift, hashes, terms);
}
