#include "ctext_set.h"

#include <string.h>

size_t ctext_set_insert_all(const ctext_set *set, const uint64_t *hashes, size_t count) {
    size_t inserted = 0;
    for (size_t at = 0; at < count; at++) inserted += ctext_set_insert(set, hashes[at]);
    return inserted;
}

size_t ctext_set_count_hits(const ctext_set *set, const uint64_t *hashes, size_t count) {
    size_t hits = 0;
    for (size_t at = 0; at < count; at++) hits += ctext_set_contains(set, hashes[at]);
    return hits;
}

size_t ctext_set_count_shared(const ctext_set *set, const uint64_t *hashes, size_t count) {
    size_t shared = 0;
    for (size_t at = 0; at < count; at++) {
        ctext_place *place = ctext_set_place(set, hashes[at]);
        if (place->stamp != set->stamp) continue;
        shared += place->mark != set->mark;
        place->mark = set->mark;
    }
    return shared;
}

size_t ctext_set_distinct(const ctext_set *set, const uint64_t *hashes, size_t count, uint64_t *target) {
    size_t copied = 0;
    for (size_t at = 0; at < count; at++) {
        ctext_place *place = ctext_set_place(set, hashes[at]);
        if (place->mark == set->mark) continue;
        place->mark = set->mark;
        target[copied++] = hashes[at];
    }
    return copied;
}

size_t ctext_set_count_bounded(
    const ctext_set *set, const uint64_t *hashes, size_t count, size_t maximum_misses) {
    size_t misses = 0;
    for (size_t at = 0; at < count;) {
        size_t end = count - at > 32 ? at + 32 : count;
        for (; at < end; at++) misses += !ctext_set_contains(set, hashes[at]);
        if (misses > maximum_misses) return SIZE_MAX;
    }
    return count - misses;
}

void ctext_set_filter_fill(const ctext_set_filter *filter, const uint64_t *hashes, size_t count) {
    memset(filter->bits, 0, (size_t)1 << (64 - filter->shift - 3));
    for (size_t at = 0; at < count; at++) {
        const uint64_t bit = hashes[at] >> filter->shift;
        filter->bits[bit >> 6] |= 1ull << (bit & 63);
    }
}

bool ctext_set_filter_rejects(
    const ctext_set_filter *filter, const uint64_t *hashes, size_t count, size_t maximum_misses) {
    size_t misses = 0;
    for (size_t at = 0; at < count;) {
        const size_t end = count - at > 64 ? at + 64 : count;
        for (; at < end; at++) {
            const uint64_t bit = hashes[at] >> filter->shift;
            misses += ~(filter->bits[bit >> 6] >> (bit & 63)) & 1;
        }
        if (misses > maximum_misses) return true;
    }
    return false;
}
