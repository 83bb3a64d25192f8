/* One JSON row parsed by simdjson, handed over as simdjson's own tape (its doc/tape.md): 64-bit words with the
   type in the top byte and a payload of 56 bits. Swift walks the tape; nothing is copied. */
#ifndef ASSAY_CJSON_H
#define ASSAY_CJSON_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "cjson_split.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Bytes that must be readable (any value) behind the row that is parsed. */
#define CJSON_PADDING 64

typedef struct cjson_parser cjson_parser;

/* The tape of the row parsed last; valid until the next parse with the same parser. */
typedef struct {
    const uint64_t *tape;
    const uint8_t *strings;
} cjson_document;

/* Returns NULL when memory is short. maximum_depth: nesting that is accepted. */
cjson_parser *cjson_parser_new(size_t maximum_depth);
void cjson_parser_free(cjson_parser *parser);

/* Returns simdjson's error code: 0 is success. `bytes` must have CJSON_PADDING readable bytes behind `length`. */
int cjson_parse(cjson_parser *parser, const uint8_t *bytes, size_t length, cjson_document *document);

/* 1 if the bytes are valid UTF-8. */
int cjson_validate_utf8(const uint8_t *bytes, size_t length);

/* The text of an error code; static storage. */
const char *cjson_error_message(int code);

/* Codes that the decoder tells apart; equal to simdjson's by a static assertion in cjson.cpp. */
enum {
    CJSON_SUCCESS = 0,
    CJSON_CAPACITY = 1,
    CJSON_MEMALLOC = 2,
    CJSON_TAPE_ERROR = 3,
    CJSON_DEPTH_ERROR = 4,
    CJSON_STRING_ERROR = 5,
    CJSON_T_ATOM_ERROR = 6,
    CJSON_F_ATOM_ERROR = 7,
    CJSON_N_ATOM_ERROR = 8,
    CJSON_NUMBER_ERROR = 9,
    CJSON_UTF8_ERROR = 10,
    CJSON_UNINITIALIZED = 11,
    CJSON_EMPTY = 12,
    CJSON_UNESCAPED_CHARS = 13,
    CJSON_UNCLOSED_STRING = 14,
    CJSON_UNEXPECTED_ERROR = 23
};

static inline uint8_t cjson_type(const uint64_t *tape, size_t index) { return (uint8_t)(tape[index] >> 56); }

static inline uint64_t cjson_payload(const uint64_t *tape, size_t index) {
    return tape[index] & 0x00FFFFFFFFFFFFFFull;
}

/* Index of the word behind the value at `index`. */
static inline size_t cjson_next(const uint64_t *tape, size_t index) {
    switch (cjson_type(tape, index)) {
    case '{':
    case '[': return (size_t)(uint32_t)cjson_payload(tape, index);
    case 'l':
    case 'u':
    case 'd': return index + 2;
    default: return index + 1;
    }
}

static inline size_t cjson_string_length(cjson_document document, size_t index) {
    uint32_t length;
    memcpy(&length, document.strings + cjson_payload(document.tape, index), sizeof length);
    return length;
}

static inline const uint8_t *cjson_string_bytes(cjson_document document, size_t index) {
    return document.strings + cjson_payload(document.tape, index) + sizeof(uint32_t);
}

#ifdef __cplusplus
}
#endif
#endif
