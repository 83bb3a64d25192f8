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

CTEXT_INLINE int is_frequent(const ctext_term_filter *filter, uint64_t hash) {
    size_t at = (size_t)hash & filter->frequent_mask;
    while (filter->frequent[at] != 0) {
        if (filter->frequent[at] == hash) return 1;
        at = (at + 1) & filter->frequent_mask;
    }
    return 0;
}

CTEXT_INLINE size_t is_wanted(const ctext_term_filter *filter, uint64_t hash) {
    if (filter->bits == NULL) return 1;
    const uint64_t bit = hash >> filter->shift;
    return filter->bits[bit >> 6] >> (bit & 63) & 1;
}

size_t ctext_terms(
    const uint8_t *text, const ctext_word_range *words, size_t count, const ctext_term_filter *filter,
    ctext_term *terms) {
    size_t found = 0;
    uint64_t previous = 0;
    int32_t previous_end = 0;
    for (size_t at = 0; at < count; at++) {
        const int32_t start = words[at].start, end = words[at].end;
        const uint64_t hash = end > start ? term_hash(text + start, (size_t)(end - start)) : 0;
        if (hash == 0 || is_frequent(filter, hash)) {
            previous = 0;
            continue;
        }
        /* Written whether wanted or not, and counted if it is: no branch that cannot be foretold. */
        terms[found] = (ctext_term){hash, (int32_t)at, -1};
        found += is_wanted(filter, hash);
        if (previous != 0 && start - previous_end <= 2) {
            const uint64_t pair = ctext_mix64(previous * 31 + hash) | 1;
            terms[found] = (ctext_term){pair, (int32_t)at - 1, (int32_t)at};
            found += is_wanted(filter, pair);
        }
        previous = hash;
        previous_end = end;
    }
    return found;
}
