/* A set of 64-bit hashes that is emptied by raising a stamp: open addressing, linear probing. */
#ifndef ASSAY_CTEXT_SET_H
#define ASSAY_CTEXT_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A place holds a hash of the present set if its stamp is the set's. `mark` is that of the last stream of
 * hashes in which it was counted. */
typedef struct {
    uint64_t hash;
    uint32_t stamp;
    uint32_t mark;
} ctext_place;

/* `mask` is the number of places (a power of two, more than the hashes in the set) less one. */
typedef struct {
    ctext_place *places;
    size_t mask;
    uint32_t stamp;
    uint32_t mark;
} ctext_set;

/* The place of a hash: where it is, or the free one where it belongs. The hash is fully mixed: its high half
 * chooses the place (its low half chose MinHash slots). */
static inline ctext_place *ctext_set_place(const ctext_set *set, uint64_t hash) {
    size_t at = (size_t)(hash >> 32) & set->mask;
    while (set->places[at].stamp == set->stamp && set->places[at].hash != hash) at = (at + 1) & set->mask;
    return &set->places[at];
}

static inline bool ctext_set_contains(const ctext_set *set, uint64_t hash) {
    return ctext_set_place(set, hash)->stamp == set->stamp;
}

/* Whether the hash is new. */
static inline bool ctext_set_insert(const ctext_set *set, uint64_t hash) {
    ctext_place *place = ctext_set_place(set, hash);
    if (place->stamp == set->stamp) return false;
    place->hash = hash;
    place->stamp = set->stamp;
    place->mark = 0;
    return true;
}

/* Inserts hashes; returns how many were new. */
size_t ctext_set_insert_all(const ctext_set *set, const uint64_t *hashes, size_t count);

/* The number of positions whose hash is in the set, repeats counted again. */
size_t ctext_set_count_hits(const ctext_set *set, const uint64_t *hashes, size_t count);

/* The number of different hashes that are in the set; `set->mark` must be one not used since it was begun. */
size_t ctext_set_count_shared(const ctext_set *set, const uint64_t *hashes, size_t count);

/* Copies the different hashes among `hashes`, all of which are in the set, to `target`; returns their number.
 * `set->mark` must be one not used since it was begun. */
size_t ctext_set_distinct(const ctext_set *set, const uint64_t *hashes, size_t count, uint64_t *target);

/* The number of hashes that are in the set, or SIZE_MAX once more than `maximum_misses` are not. */
size_t ctext_set_count_bounded(
    const ctext_set *set, const uint64_t *hashes, size_t count, size_t maximum_misses);

/* A bit for the highest bits of each hash of a set: `bits` has 2^(64 - shift) bits, `shift` is 1 to 58. No hash of
 * the set lacks its bit. */
typedef struct {
    uint64_t *bits;
    unsigned shift;
} ctext_set_filter;

/* Clears the bits and sets those of some hashes. Complexity: O(bits / 64 + count). */
void ctext_set_filter_fill(const ctext_set_filter *filter, const uint64_t *hashes, size_t count);

/* Whether more than `maximum_misses` of some hashes lack their bit, and so are not in the set.
 * Complexity: O(count). */
bool ctext_set_filter_rejects(
    const ctext_set_filter *filter, const uint64_t *hashes, size_t count, size_t maximum_misses);

#endif
