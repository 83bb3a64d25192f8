/* XXH3 (libxxhash, header only) and a 64-bit finaliser. */
#ifndef ASSAY_CTEXT_HASH_H
#define ASSAY_CTEXT_HASH_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
    uint64_t low;
    uint64_t high;
} ctext_hash128;

uint64_t ctext_xxh3_64(const void *bytes, size_t length, uint64_t seed);
ctext_hash128 ctext_xxh3_128(const void *bytes, size_t length);

/* Streaming 128-bit XXH3; the digest may be read at any time and the stream goes on. */
typedef struct ctext_stream ctext_stream;
ctext_stream *ctext_stream_new(void);
void ctext_stream_free(ctext_stream *stream);
void ctext_stream_reset(ctext_stream *stream);
void ctext_stream_update(ctext_stream *stream, const void *bytes, size_t length);
ctext_hash128 ctext_stream_digest(const ctext_stream *stream);

/* The finaliser of MurmurHash3 with the constants of David Stafford's variant 13 (as in SplitMix64). */
static inline uint64_t ctext_mix64(uint64_t value) {
    value ^= value >> 30;
    value *= 0xbf58476d1ce4e5b9ull;
    value ^= value >> 27;
    value *= 0x94d049bb133111ebull;
    value ^= value >> 31;
    return value;
}

#ifdef __cplusplus
}
#endif
#endif
