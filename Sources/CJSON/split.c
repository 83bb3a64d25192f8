#include "cjson_split.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

static cjson_split_event event(int kind, size_t position, size_t next) {
    cjson_split_event result = {position, next, kind};
    return result;
}

static int is_space(uint8_t byte) { return byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t'; }

/* The first quote or backslash at or behind `at`, or `to`. */
static size_t string_stop(const uint8_t *bytes, size_t at, size_t to) {
#if defined(__SSE2__)
    const __m128i quote = _mm_set1_epi8('"'), slash = _mm_set1_epi8('\\');
    while (at + 16 <= to) {
        __m128i block = _mm_loadu_si128((const __m128i *)(bytes + at));
        int found = _mm_movemask_epi8(_mm_or_si128(_mm_cmpeq_epi8(block, quote), _mm_cmpeq_epi8(block, slash)));
        if (found) return at + (size_t)__builtin_ctz((unsigned)found);
        at += 16;
    }
#endif
    while (at < to && bytes[at] != '"' && bytes[at] != '\\') at++;
    return at;
}

/* Skips the rest of a string; returns the place behind its quote, or `to` inside of it. */
static size_t skip_string(cjson_splitter *self, const uint8_t *bytes, size_t at, size_t to) {
    while (at < to) {
        if (self->escaped) {
            self->escaped = 0;
            at++;
            continue;
        }
        at = string_stop(bytes, at, to);
        if (at == to) break;
        if (bytes[at++] == '"') {
            self->in_string = 0;
            break;
        }
        self->escaped = 1;
    }
    return at;
}

/* Inside an element, or inside the object that is the whole value. */
static cjson_split_event inside(cjson_splitter *self, const uint8_t *bytes, size_t at, size_t to) {
    while (at < to) {
        if (self->in_string) {
            at = skip_string(self, bytes, at, to);
            continue;
        }
        uint8_t byte = bytes[at];
        switch (byte) {
        case '"': self->in_string = 1; break;
        case '{':
        case '[': self->depth++; break;
        case ',':
            if (self->depth == 0) {
                self->phase = CJSON_SPLIT_NEXT;
                return event(CJSON_SPLIT_CLOSED, at, at + 1);
            }
            break;
        case '}':
        case ']':
            if (self->depth == 0) {
                if (byte == '}') return event(CJSON_SPLIT_WRONG_BRACKET, at, at);
                self->phase = CJSON_SPLIT_END;
                return event(CJSON_SPLIT_CLOSED, at, at + 1);
            }
            self->depth--;
            if (self->depth == 0 && self->phase == CJSON_SPLIT_SINGLE) {
                self->phase = CJSON_SPLIT_END;
                return event(CJSON_SPLIT_CLOSED, at + 1, at + 1);
            }
            break;
        default: break;
        }
        at++;
    }
    return event(CJSON_SPLIT_MORE, to, to);
}

/* Before the value, between elements, or behind the value. */
static cjson_split_event outside(cjson_splitter *self, const uint8_t *bytes, size_t at, size_t to) {
    while (at < to && is_space(bytes[at])) at++;
    if (at == to) return event(CJSON_SPLIT_MORE, to, to);
    uint8_t byte = bytes[at];
    switch (self->phase) {
    case CJSON_SPLIT_START:
        if (byte == '[') {
            self->phase = CJSON_SPLIT_FIRST;
            self->is_array = 1;
            return outside(self, bytes, at + 1, to);
        }
        self->phase = byte == '{' ? CJSON_SPLIT_SINGLE : CJSON_SPLIT_REST;
        return event(CJSON_SPLIT_OPENED, at, at);
    case CJSON_SPLIT_FIRST:
        if (byte == ']') {
            self->phase = CJSON_SPLIT_END;
            return outside(self, bytes, at + 1, to);
        }
        /* fall through */
    case CJSON_SPLIT_NEXT:
        if (byte == ',' || byte == ']') return event(CJSON_SPLIT_NO_ELEMENT, at, at);
        if (byte == '}') return event(CJSON_SPLIT_WRONG_BRACKET, at, at);
        self->phase = CJSON_SPLIT_ELEMENT;
        return event(CJSON_SPLIT_OPENED, at, at);
    default: return event(CJSON_SPLIT_TRAILING, at, at);
    }
}

cjson_split_event cjson_split(cjson_splitter *self, const uint8_t *bytes, size_t from, size_t to) {
    switch (self->phase) {
    case CJSON_SPLIT_ELEMENT:
    case CJSON_SPLIT_SINGLE: return inside(self, bytes, from, to);
    case CJSON_SPLIT_REST: return event(CJSON_SPLIT_MORE, to, to);
    default: return outside(self, bytes, from, to);
    }
}
