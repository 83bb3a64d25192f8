#include "ctext_fold.h"

#include "block.h"
#include "ctext_utf8.h"

/* The segment that is being written: a code point that starts one and those that interact with it. */
typedef struct {
    size_t read;
    size_t written;
    bool quick;        /* in NFKC so far: all quick-check Yes, combining classes in order */
    uint8_t combining; /* class of the last code point */
    size_t points;     /* code points so far */
} segment;

CTEXT_INLINE uint64_t entry_of(const ctext_fold_table *table, uint32_t point) {
    return table->entries[(size_t)table->blocks[point >> 7] << 7 | (point & 127)];
}

CTEXT_INLINE bool is_space(uint8_t byte) { return byte == ' ' || (uint8_t)(byte - 9) < 5; }

CTEXT_INLINE bool after_space(const ctext_fold_state *state, size_t written) {
    return written == state->origin || state->output[written - 1] == ' ';
}

CTEXT_INLINE bool has_room(const ctext_fold_state *state, size_t read, size_t written) {
    return state->capacity >= written + (state->length - read) + CTEXT_FOLD_SLACK;
}

/* Lower-cases ASCII, makes each run of white space one space; stops at the first byte that is no ASCII. */
CTEXT_INLINE void fold_ascii(ctext_fold_state *state) {
    const uint8_t *text = state->text;
    const size_t length = state->length;
    size_t read = state->read, written = state->written;
    uint64_t spaced = after_space(state, written);
    while (read < length) {
        ctext_block block;
        ctext_load_block(&block, text + read, length - read);
        const ctext_block capital = (ctext_block)(block - (uint8_t)'A' < (uint8_t)26) & (uint8_t)0x20;
        const ctext_block blank =
            (ctext_block)((block == (uint8_t)' ') | (block - (uint8_t)9 < (uint8_t)5));
        const ctext_block folded = ((block | capital) & ~blank) | (blank & (uint8_t)' ');
        memcpy(state->output + written, &folded, CTEXT_BLOCK_SIZE);
        const uint64_t blanks = CTEXT_BITS(blank != (uint8_t)0);
        const uint64_t high = ctext_high_bits(&block);
        const uint64_t drop = blanks & (blanks << 1 | spaced);
        const uint64_t stop = high | drop | ~ctext_low_bits(length - read);
        if (stop == 0) {
            spaced = blanks >> 63;
            read += CTEXT_BLOCK_SIZE;
            written += CTEXT_BLOCK_SIZE;
            continue;
        }
        const size_t kept = (size_t)__builtin_ctzll(stop);
        read += kept;
        written += kept;
        if ((drop >> kept & 1) == 0) break;
        const uint64_t other = ~(blanks >> kept);
        read += other == 0 ? CTEXT_BLOCK_SIZE - kept : (size_t)__builtin_ctzll(other);
        spaced = 1;
    }
    state->read = read;
    state->written = written;
}

/* Writes what the code point of `length` bytes at `read` becomes; returns the new end of the output. */
CTEXT_INLINE size_t emit(
    const ctext_fold_state *state, const ctext_fold_table *table, uint64_t entry, size_t read, size_t length,
    size_t written) {
    uint8_t *out = state->output + written;
    if (entry & CTEXT_FOLD_IDENTITY) {
        if (read + 4 <= state->length) {
            memcpy(out, state->text + read, 4);
        } else {
            for (size_t at = 0; at < length; at++) out[at] = state->text[read + at];
        }
        return written + length;
    }
    const bool dropped = (entry & CTEXT_FOLD_SPACE) && after_space(state, written);
    if (entry & CTEXT_FOLD_POOLED) {
        const uint8_t *bytes = table->pool + (entry >> CTEXT_FOLD_VALUE_SHIFT & 0xFFFFFF);
        const size_t count = entry >> CTEXT_FOLD_POOL_LENGTH_SHIFT & 0xFFFF;
        memcpy(out, bytes + dropped, count - dropped);
        return written + count - dropped;
    }
    const uint64_t value = entry >> CTEXT_FOLD_VALUE_SHIFT >> (dropped * 8);
    memcpy(out, &value, 8);
    return written + (entry >> CTEXT_FOLD_LENGTH_SHIFT & 7) - dropped;
}

/* The end of the segment that starts at `start`: the next code point that starts one, or the limit. */
static size_t end_of_segment(
    const ctext_fold_state *state, const ctext_fold_table *table, size_t start, size_t longest) {
    size_t at = start;
    for (size_t count = 0; at < state->length && count < longest; count++) {
        const ctext_code_point point = ctext_decode(state->text, at, state->length);
        if (count > 0 && (entry_of(table, point.value) & CTEXT_FOLD_BOUNDARY)) break;
        at += point.length;
    }
    return at;
}

/* Decodes two or three well-formed bytes; 0 for anything else. Four bytes may be read. */
CTEXT_INLINE uint32_t short_point(const uint8_t *bytes, size_t *length) {
    uint32_t word;
    memcpy(&word, bytes, 4);
    if ((word & 0xC0E0) == 0x80C0) {
        *length = 2;
        const uint32_t point = (word & 0x1F) << 6 | (word >> 8 & 0x3F);
        return point < 0x80 ? 0 : point;
    }
    if ((word & 0xC0C0F0) != 0x8080E0) return 0;
    *length = 3;
    const uint32_t point = (word & 0xF) << 12 | (word >> 2 & 0xFC0) | (word >> 16 & 0x3F);
    return point < 0x800 || (point & 0xF800) == 0xD800 ? 0 : point;
}

/* The short way for what most text beyond ASCII is made of: code points that are each a segment in NFKC, and
 * single ASCII bytes between them. Takes some of them; what it leaves is for the caller. */
CTEXT_INLINE void fold_plain(
    const ctext_fold_state *state, const ctext_fold_table *table, size_t *read, size_t *written, segment *open) {
    enum { at_once = 40 }; /* times 6 bytes: within the slack */
    const uint64_t plain = CTEXT_FOLD_BOUNDARY | CTEXT_FOLD_QUICK_YES;
    const uint8_t *text = state->text;
    size_t from = *read, to = *written, start_from = from, start_to = to;
    for (int count = 0; count < at_once && from + 8 <= state->length; count++) {
        const uint8_t lead = text[from];
        uint64_t value;
        size_t length = 1, bytes = 1;
        if (lead < 0x80) {
            if (text[from + 1] < 0x80 || (is_space(lead) && (lead != ' ' || after_space(state, to)))) break;
            value = (uint8_t)(lead - 'A') < 26 ? lead | 0x20 : lead;
        } else {
            const uint32_t point = short_point(text + from, &length);
            if (point == 0) break;
            const uint64_t entry = entry_of(table, point);
            if ((entry & (plain | CTEXT_FOLD_POOLED | CTEXT_FOLD_SPACE)) != plain) break;
            const bool same = (entry & CTEXT_FOLD_IDENTITY) != 0;
            uint32_t source;
            memcpy(&source, text + from, 4);
            value = same ? source : entry >> CTEXT_FOLD_VALUE_SHIFT;
            bytes = same ? length : (entry >> CTEXT_FOLD_LENGTH_SHIFT & 7);
        }
        memcpy(state->output + to, &value, 8);
        start_from = from;
        start_to = to;
        from += length;
        to += bytes;
    }
    if (from == *read) return;
    *open = (segment){start_from, start_to, true, 0, 1};
    *read = from;
    *written = to;
}

/* Goes on from a byte that is no ASCII until two ASCII bytes follow one another. */
CTEXT_INLINE ctext_fold_outcome fold_beyond_ascii(
    ctext_fold_state *state, const ctext_fold_table *table, size_t longest) {
    const uint8_t *text = state->text;
    const size_t length = state->length;
    size_t read = state->read, written = state->written;
    segment open = {read, written, true, 0, 0};
    if (read > 0 && text[read - 1] < 0x80 && !is_space(text[read - 1])) {
        open.read -= 1;
        open.written -= 1;
        open.points = 1;
    }
    while (read < length) {
        if (!has_room(state, read, written)) {
            /* The caller comes back here: at the start of a segment, so that none is cut in two. */
            state->read = open.read;
            state->written = open.written;
            return CTEXT_FOLD_ROOM;
        }
        fold_plain(state, table, &read, &written, &open);
        if (read == length) break;
        const uint8_t lead = text[read];
        if (lead < 0x80) {
            if (read + 1 == length || text[read + 1] < 0x80) break;
            open = (segment){read, written, true, 0, 1};
            read += 1;
            if (!is_space(lead)) {
                state->output[written++] = (uint8_t)(lead - 'A') < 26 ? lead | 0x20 : lead;
            } else {
                if (!after_space(state, written)) state->output[written++] = ' ';
                open = (segment){read, written, true, 0, 0};
            }
            continue;
        }
        const ctext_code_point point = ctext_decode(text, read, length);
        uint64_t entry = entry_of(table, point.value);
        if (point.value == 0xFFFD) /* May stand for ill-formed bytes, which are not to be copied. */
            entry = CTEXT_FOLD_BOUNDARY | CTEXT_FOLD_QUICK_YES | 3ull << CTEXT_FOLD_LENGTH_SHIFT
                | 0xBDBFEFull << CTEXT_FOLD_VALUE_SHIFT;
        const uint8_t combining = (uint8_t)entry;
        const bool quick = (entry & CTEXT_FOLD_QUICK_YES) != 0;
        if ((entry & CTEXT_FOLD_BOUNDARY) || read == open.read || open.points == longest) {
            open = (segment){read, written, quick, combining, 0};
        } else if (open.quick && quick && (combining == 0 || combining >= open.combining)) {
            open.combining = combining;
        } else {
            state->read = open.read;
            state->written = open.written;
            state->segment_end = end_of_segment(state, table, open.read, longest);
            return CTEXT_FOLD_HARD;
        }
        open.points += 1;
        written = emit(state, table, entry, read, point.length, written);
        read += point.length;
    }
    state->read = read;
    state->written = written;
    return CTEXT_FOLD_DONE;
}

CTEXT_BLOCK_CLONES
ctext_fold_outcome ctext_fold(ctext_fold_state *state, const ctext_fold_table *table, size_t longest_segment) {
    while (state->read < state->length) {
        if (!has_room(state, state->read, state->written)) return CTEXT_FOLD_ROOM;
        if (state->text[state->read] < 0x80) fold_ascii(state);
        if (state->read == state->length) break;
        const ctext_fold_outcome outcome = fold_beyond_ascii(state, table, longest_segment);
        if (outcome != CTEXT_FOLD_DONE) return outcome;
    }
    return CTEXT_FOLD_DONE;
}
