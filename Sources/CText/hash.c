#include "ctext_hash.h"

#include <stdlib.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

struct ctext_stream {
    XXH3_state_t state;
};

uint64_t ctext_xxh3_64(const void *bytes, size_t length, uint64_t seed) {
    return XXH3_64bits_withSeed(bytes, length, seed);
}

ctext_hash128 ctext_xxh3_128(const void *bytes, size_t length) {
    XXH128_hash_t hash = XXH3_128bits(bytes, length);
    return (ctext_hash128){hash.low64, hash.high64};
}

ctext_stream *ctext_stream_new(void) {
    void *memory = NULL;
    if (posix_memalign(&memory, 64, sizeof(struct ctext_stream)) != 0) return NULL;
    ctext_stream *stream = memory;
    ctext_stream_reset(stream);
    return stream;
}

void ctext_stream_free(ctext_stream *stream) { free(stream); }

void ctext_stream_reset(ctext_stream *stream) { XXH3_128bits_reset(&stream->state); }

void ctext_stream_update(ctext_stream *stream, const void *bytes, size_t length) {
    XXH3_128bits_update(&stream->state, bytes, length);
}

ctext_hash128 ctext_stream_digest(const ctext_stream *stream) {
    XXH128_hash_t hash = XXH3_128bits_digest(&stream->state);
    return (ctext_hash128){hash.low64, hash.high64};
}
