/* The normal form of a text but for those segments that need a Unicode library. */
#ifndef ASSAY_CTEXT_FOLD_H
#define ASSAY_CTEXT_FOLD_H

#include <stddef.h>
#include <stdint.h>

/* An entry of the fold table: what one code point becomes, and how it acts on its neighbours. */
/* Bits 0-7: canonical combining class. */
#define CTEXT_FOLD_BOUNDARY 0x100ull  /* never interacts with what precedes it: a segment starts here */
#define CTEXT_FOLD_QUICK_YES 0x200ull /* NFKC_Quick_Check is Yes */
#define CTEXT_FOLD_IDENTITY 0x400ull  /* becomes its own bytes */
#define CTEXT_FOLD_POOLED 0x800ull    /* bits 16-39: offset in the pool; bits 40-55: bytes there */
#define CTEXT_FOLD_SPACE 0x1000ull    /* its result starts with a space, which may have to be dropped */
#define CTEXT_FOLD_LENGTH_SHIFT 13    /* bits 13-15: bytes of the result, 1-6, which are bits 16-63 */
#define CTEXT_FOLD_VALUE_SHIFT 16
#define CTEXT_FOLD_POOL_LENGTH_SHIFT 40

/* Most bytes that one code point may become; the table's builder holds to it. */
#define CTEXT_FOLD_LONGEST 96

/* `blocks` maps blocks of 128 code points to blocks of 128 entries. */
typedef struct {
    const uint16_t *blocks;
    const uint64_t *entries;
    const uint8_t *pool;
} ctext_fold_table;

/* A text on its way to its normal form. */
typedef struct {
    const uint8_t *text;
    size_t length;
    uint8_t *output;
    size_t capacity;    /* of `output`, in bytes */
    size_t origin;      /* where this text's normal form starts in `output` */
    size_t read;        /* bytes of `text` done with */
    size_t written;     /* end of `output` */
    size_t segment_end; /* with CTEXT_FOLD_HARD: the end of the segment that starts at `read` */
} ctext_fold_state;

typedef enum {
    CTEXT_FOLD_DONE, /* all is read */
    CTEXT_FOLD_HARD, /* text[read, segment_end) needs the Unicode library */
    CTEXT_FOLD_ROOM  /* `output` must grow: room for the unread text, the slack and the longest segment's form */
} ctext_fold_outcome;

/* Bytes that must be free in `output` beside those for the unread text. */
#define CTEXT_FOLD_SLACK 256

/* Goes on with a text until one of the outcomes. A trailing space is left in `output`. A segment has at most
 * `longest_segment` code points. Complexity: O(length). */
ctext_fold_outcome ctext_fold(ctext_fold_state *state, const ctext_fold_table *table, size_t longest_segment);

#endif
