/* Finds the elements of one JSON array in a stream, without a stack and without looking at what an element
   holds: strings are skipped, brackets are counted, commas and the closing bracket at the top end an element. */
#ifndef ASSAY_CJSON_SPLIT_H
#define ASSAY_CJSON_SPLIT_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum cjson_split_phase {
    CJSON_SPLIT_START = 0,   /* before the value */
    CJSON_SPLIT_FIRST = 1,   /* behind '[': an element or ']' */
    CJSON_SPLIT_NEXT = 2,    /* behind ',': an element */
    CJSON_SPLIT_ELEMENT = 3, /* inside an element of the array */
    CJSON_SPLIT_SINGLE = 4,  /* inside an object that is the whole value */
    CJSON_SPLIT_REST = 5,    /* inside any other value: all that follows belongs to it */
    CJSON_SPLIT_END = 6      /* behind the value: white space alone */
};

enum cjson_split_event_kind {
    CJSON_SPLIT_MORE = 0,          /* all bytes were looked at */
    CJSON_SPLIT_OPENED = 1,        /* an element begins at the position */
    CJSON_SPLIT_CLOSED = 2,        /* the element's last byte, white space included, lies before the position */
    CJSON_SPLIT_NO_ELEMENT = 3,    /* a comma or the closing bracket where an element must stand */
    CJSON_SPLIT_WRONG_BRACKET = 4, /* '}' where ',' or ']' must stand */
    CJSON_SPLIT_TRAILING = 5       /* another byte behind the value */
};

/* Zeroed at the start of a shard. */
typedef struct {
    uint64_t depth; /* brackets open inside the element */
    uint8_t phase;
    uint8_t in_string;
    uint8_t escaped;
    uint8_t is_array;
} cjson_splitter;

typedef struct {
    size_t position;
    size_t next; /* where the next call starts */
    int kind;
} cjson_split_event;

/* Looks at bytes[from, to) until an event. */
cjson_split_event cjson_split(cjson_splitter *splitter, const uint8_t *bytes, size_t from, size_t to);

#ifdef __cplusplus
}
#endif
#endif
