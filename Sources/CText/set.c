#include "ctext_set.h"

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
