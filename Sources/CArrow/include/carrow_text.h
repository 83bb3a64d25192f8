/* The kernel that copies a string into JSON. */
#ifndef ASSAY_CARROW_TEXT_H
#define ASSAY_CARROW_TEXT_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/* Whether a byte must be escaped in a JSON string (RFC 8259, section 7). */
static inline int carrow_is_special(uint8_t byte) { return byte < 0x20 || byte == '"' || byte == '\\'; }

/* Copies bytes up to the first that must be escaped; returns how many. `target` has room for `count`. Sets `*high`
   to 1 where one of them is no ASCII. */
static inline size_t carrow_copy_plain(uint8_t *target, const uint8_t *source, size_t count, int *high) {
    size_t at = 0;
#if defined(__SSE2__)
    const __m128i quote = _mm_set1_epi8('"');
    const __m128i backslash = _mm_set1_epi8('\\');
    const __m128i control = _mm_set1_epi8(0x1F);
    int any = 0;
    while (at + 16 <= count) {
        const __m128i block = _mm_loadu_si128((const __m128i *)(source + at));
        const __m128i low = _mm_cmpeq_epi8(_mm_min_epu8(block, control), block);
        const __m128i special =
            _mm_or_si128(low, _mm_or_si128(_mm_cmpeq_epi8(block, quote), _mm_cmpeq_epi8(block, backslash)));
        if (_mm_movemask_epi8(special) != 0) break;
        any |= _mm_movemask_epi8(block);
        _mm_storeu_si128((__m128i *)(target + at), block);
        at += 16;
    }
    if (any != 0) *high = 1;
#endif
    while (at < count && !carrow_is_special(source[at])) {
        if (source[at] >= 0x80) *high = 1;
        target[at] = source[at];
        at += 1;
    }
    return at;
}

#endif
