/* Sets of hashes as fields of bits: what one holds and another lacks, at the price of some words. */
#ifndef ASSAY_CTEXT_BITS_H
#define ASSAY_CTEXT_BITS_H

#include <stddef.h>
#include <stdint.h>

/* Words of a field: 2,048 bits. */
#define CTEXT_BIT_WORDS 32

/* Sets the bit of each hash. */
void ctext_bits_add(uint64_t *bits, const uint64_t *hashes, size_t count);

/* How many bits of `own` are not in `other`: at most as many as hashes of the one set are not in the other. */
size_t ctext_bits_missing(const uint64_t *own, const uint64_t *other);

#endif
