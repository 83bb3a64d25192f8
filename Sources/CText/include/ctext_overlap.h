/* Words, n-grams and short segments of texts that are matched against eval items. */
#ifndef ASSAY_CTEXT_OVERLAP_H
#define ASSAY_CTEXT_OVERLAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Stands for a line break in unfolded text: no white space, so that the normal form keeps it. */
#define CTEXT_LINE_MARK 1

/* Words of an n-gram. Chosen on planted edits: 4 meets common phrases three times as often, 6 loses every fifth
 * item of 13 to 20 words with a tenth of its words dropped. */
#define CTEXT_GRAM_WORDS 5
/* Bytes of a window of the letter stream; one in CTEXT_WINDOW_SAMPLE is taken, by its first four bytes. */
#define CTEXT_WINDOW_BYTES 12
#define CTEXT_WINDOW_SAMPLE 4
/* Most words of a segment: an item of fewer than 13 words is short. */
#define CTEXT_SEGMENT_WORDS 12

/* What stands between a word and the one before it. */
#define CTEXT_GAP_SENTENCE 1
#define CTEXT_GAP_LINE 2
#define CTEXT_GAP_TURN 4

/* Bytes that a kernel may write beyond its text. */
#define CTEXT_OVERLAP_SLACK 64

/* Writes text[0, length) to `out` with HTML entities and JSON escapes resolved, tags and zero-width characters
 * dropped, and line breaks as CTEXT_LINE_MARK; never longer than the text. `out` has room for
 * length + CTEXT_OVERLAP_SLACK. Where `map` is not NULL it gets the place in `text` of each byte written, and
 * `length` behind the last. Returns the bytes written. Complexity: O(length). */
size_t ctext_unfold(const uint8_t *text, size_t length, uint8_t *out, uint32_t *map);

/* The words of a row. Each array has room for one more than the words; `stream` holds the bytes of the words one
 * after another, with CTEXT_OVERLAP_SLACK to spare. */
typedef struct {
    uint64_t *words;   /* hashes */
    uint64_t *prefix;  /* a polynomial of words and symbols up to each word; one more than words */
    uint64_t *symbols; /* of the symbols before a word; 0 for none */
    uint32_t *places;  /* bytes in the stream */
    uint8_t *gaps;
    uint8_t *stream;
    size_t count;
    size_t streamed;
    size_t most; /* words beyond these are left out */
    bool cut;    /* set where some were */
} ctext_row_words;

/* Appends the words of a turn's folded text text[0, length) to a row. Words are maximal runs of `members`; each
 * code point of `unspaced` is a word. The arrays have room for the lesser of `most` and (length + 1) / 2 more words.
 * Complexity: O(length). */
void ctext_append_words(
    ctext_row_words *row, const uint8_t *text, size_t length, const uint64_t *members, const uint64_t *unspaced);

/* A filter of 64-bit hashes: two bits in one of 2^(64 - shift) words. */
typedef struct {
    uint64_t *words;
    unsigned shift;
} ctext_filter;

static inline uint64_t ctext_filter_bits(uint64_t hash) {
    return 1ull << (hash & 63) | 1ull << (hash >> 6 & 63);
}

static inline void ctext_filter_add(const ctext_filter *filter, uint64_t hash) {
    filter->words[hash >> filter->shift] |= ctext_filter_bits(hash);
}

/* A hash that may be in an index, and where it stands: a word, a byte of the stream, or a segment's words. */
typedef struct {
    uint64_t hash;
    uint32_t start;
    uint32_t end;
} ctext_probe;

/* The n-grams of words that pass a filter (NULL: all); `probes` has room for `count`. */
size_t ctext_word_grams(const uint64_t *words, size_t count, const ctext_filter *filter, ctext_probe *probes);

/* The sampled windows of a stream that pass a filter (NULL: all); `probes` has room for `length`, and
 * CTEXT_OVERLAP_SLACK bytes behind the stream are readable. */
size_t ctext_stream_windows(
    const uint8_t *stream, size_t length, const ctext_filter *filter, ctext_probe *probes);

/* The turns, lines and sentences (up to four in a row) of at most CTEXT_SEGMENT_WORDS words that pass a filter
 * (NULL: all); `probes` has room for 4 * count + 4. */
size_t ctext_row_segments(const ctext_row_words *row, const ctext_filter *filter, ctext_probe *probes);

/* The hash of the words [start, end) with the symbols between them, at most CTEXT_SEGMENT_WORDS of them. */
uint64_t ctext_segment_hash(const ctext_row_words *row, size_t start, size_t end);

/* The least edits (insertions, deletions, replacements of a byte) that make `text` a part of `row`, looking only
 * `band` bytes around the diagonal; `limit` + 1 where there are more than `limit`. No byte of either is
 * 0xFF. `room` has what `ctext_fitting_room` says. Complexity: O(length * band / 64). */
size_t ctext_fitting_distance(
    const uint8_t *text, size_t length, const uint8_t *row, size_t row_length, long diagonal, size_t band,
    size_t limit, uint64_t *room);

/* The numbers that the distance of a text of `length` bytes needs room for. */
size_t ctext_fitting_room(size_t length, size_t band);

#endif
