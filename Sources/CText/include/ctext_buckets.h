/* Which row met each bucket of a band first. */
#ifndef ASSAY_CTEXT_BUCKETS_H
#define ASSAY_CTEXT_BUCKETS_H

#include <stddef.h>
#include <stdint.h>

/* A table of buckets of one band: open addressing by linear probing. A slot holds 32 bits of the bucket's mixed
 * key above the row that came first; CTEXT_FREE_BUCKET is free. `mask` is the number of slots (a power of two, more
 * than the rows) less one. Two buckets of the same 32 bits near each other are taken for one: once in 2^32. */
typedef struct {
    uint64_t *slots;
    size_t mask;
} ctext_buckets;

#define CTEXT_FREE_BUCKET UINT64_MAX

/* For each of `count` rows the first row with its bucket, which may be itself.
 *
 * `signatures` holds a signature of `stride` bytes (8 at least) for each row from `first_row` on; the bucket is the
 * `size` (1 to 8) bytes at `offset` of it, and lies inside. `rows` are in ascending order, none UINT32_MAX.
 * Complexity: O(count). */
void ctext_first_in_buckets(
    const ctext_buckets *buckets, const uint8_t *signatures, size_t stride, size_t offset, size_t size,
    const uint32_t *rows, size_t count, uint32_t first_row, uint32_t *first);

/* 128 random bits, two words of them, each set with its chance of 256: `chances` are 128 bytes. `state` goes on by
 * 16 steps; the same state gives the same bits on machines that are little-endian. Complexity: O(1). */
void ctext_random_bits(const uint8_t *chances, uint64_t *state, uint64_t *bits);

#endif
