#include "ctext_overlap.h"

#include "block.h"
#include "ctext_utf8.h"
#include "hash_bytes.h"

/* The key of word hashes, the base of the polynomial and the factors of n-grams; chosen, digits of pi and odd. */
#define WORD_KEY 0x13198a2e03707344ull
#define BASE 0xa4093822299f31d1ull

static const uint64_t factors[CTEXT_GRAM_WORDS] = {
    0x082efa98ec4e6c89ull, 0x452821e638d01377ull, 0xbe5466cf34e90c6dull, 0xc0ac29b7c97c50ddull,
    0x3f84d5b5b5470917ull,
};

CTEXT_INLINE bool is_digit(uint8_t byte) { return (uint8_t)(byte - '0') < 10; }

CTEXT_INLINE bool ends_sentence(const uint8_t *text, size_t next, size_t length) {
    if (next >= length) return true;
    const uint8_t byte = text[next];
    return byte == ' ' || byte == CTEXT_LINE_MARK || byte == '"' || byte == '\'' || byte == ')' || byte == '*'
        || byte == '.' || byte == '!' || byte == '?' || byte == 0xE2;
}

/* Looks at the bytes [from, to) between two words; returns the hash of the symbols. Brackets, quotes and commas
 * are none; a hyphen or a star is one beside digits or between spaces. */
static uint64_t look_at_gap(const uint8_t *text, size_t from, size_t to, size_t length, uint8_t *flags) {
    uint64_t symbols = 0;
    for (size_t at = from; at < to; at++) {
        const uint8_t byte = text[at];
        uint32_t symbol = 0;
        switch (byte) {
        case CTEXT_LINE_MARK: *flags |= CTEXT_GAP_LINE | CTEXT_GAP_SENTENCE; break;
        case '.': case '!': case '?': case ':':
            if (ends_sentence(text, at + 1, length)) *flags |= CTEXT_GAP_SENTENCE;
            break;
        case '+': case '=': case '<': case '>': case '%': case '^': case '/': symbol = byte; break;
        case '*': case '-': {
            const bool spaced = at > 0 && text[at - 1] == ' ' && at + 1 < length && text[at + 1] == ' ';
            const bool counted = (at > 0 && is_digit(text[at - 1])) || (at + 1 < length && is_digit(text[at + 1]));
            if (spaced || counted) symbol = byte;
            break;
        }
        default:
            if (byte >= 0xC2) {
                const uint32_t point = ctext_decode(text, at, length).value;
                if (point == 0x3002) *flags |= CTEXT_GAP_SENTENCE;
                else if (point == 0xB0 || point == 0xB1 || point == 0xD7 || point == 0xF7
                         || (point >= 0x2070 && point < 0x2500))
                    symbol = point;
            }
        }
        if (symbol != 0) symbols = ctext_mix64(symbols * 31 + symbol);
    }
    return symbols;
}

/* Adds one word, the bytes [start, end). */
CTEXT_INLINE void add_word(
    ctext_row_words *row, const uint8_t *text, size_t length, size_t start, size_t end, size_t *last) {
    const size_t at = row->count;
    if (at >= row->most) {
        row->cut = true;
        return;
    }
    uint8_t flags = 0;
    uint64_t symbols = 0;
    if (start != *last + 1 || text[*last] != ' ') symbols = look_at_gap(text, *last, start, length, &flags);
    const uint64_t hash = ctext_hash_span(text, start, end, length, WORD_KEY);
    row->words[at] = hash;
    row->symbols[at] = symbols;
    row->places[at] = (uint32_t)row->streamed;
    row->gaps[at] |= flags;
    row->gaps[at + 1] = 0;
    row->prefix[at + 1] = row->prefix[at] * BASE + hash + symbols;
    uint8_t *out = row->stream + row->streamed;
    const size_t size = end - start;
    if (size <= 16 && start + 16 <= length) memcpy(out, text + start, 16);
    else memcpy(out, text + start, size);
    row->streamed += size;
    row->count = at + 1;
    *last = end;
}

/* Adds a run of word code points, not all ASCII: each one of `unspaced` is a word of its own. */
static void add_run(
    ctext_row_words *row, const uint8_t *text, size_t length, size_t start, size_t end, size_t *last,
    const uint64_t *unspaced) {
    size_t from = start;
    for (size_t at = start; at < end;) {
        const ctext_code_point point = ctext_decode(text, at, end);
        if (point.value >= 0x80 && ctext_has_bit(unspaced, point.value)) {
            if (at > from) add_word(row, text, length, from, at, last);
            add_word(row, text, length, at, at + point.length, last);
            from = at + point.length;
        }
        at += point.length;
    }
    if (end > from) add_word(row, text, length, from, end, last);
}

/* Sets the bits of word code points beyond ASCII that start in the block at `from`; returns those for the next. */
CTEXT_INLINE uint64_t add_beyond_ascii(
    const uint8_t *text, size_t from, size_t length, const uint64_t *members, uint64_t leads, uint64_t *words) {
    uint64_t spill = 0;
    while (leads != 0) {
        const unsigned place = (unsigned)__builtin_ctzll(leads);
        const ctext_code_point point = ctext_decode(text, from + place, length);
        if (ctext_has_bit(members, point.value)) {
            const uint64_t run = (1ull << point.length) - 1;
            *words |= run << place;
            if (place > 60) spill |= run >> (64 - place);
        }
        leads &= leads - 1;
    }
    return spill;
}

CTEXT_BLOCK_CLONES
void ctext_append_words(
    ctext_row_words *row, const uint8_t *text, size_t length, const uint64_t *members, const uint64_t *unspaced) {
    size_t start = 0, last = 0;
    uint64_t inside = 0, spill = 0;
    bool beyond = false;
    row->gaps[row->count] = CTEXT_GAP_TURN | CTEXT_GAP_LINE | CTEXT_GAP_SENTENCE;
    for (size_t from = 0; from < length; from += CTEXT_BLOCK_SIZE) {
        ctext_block block;
        ctext_load_block(&block, text + from, length - from);
        uint64_t words = ctext_ascii_word_bits(&block) | spill;
        const uint64_t high = ctext_high_bits(&block);
        spill = 0;
        if (high != 0) {
            const uint64_t leads = CTEXT_BITS(block >= (uint8_t)0xC0);
            spill = add_beyond_ascii(text, from, length, members, leads, &words);
        }
        uint64_t edges = words ^ (words << 1 | inside);
        unsigned place_from = 0;
        while (edges != 0) {
            const unsigned place = (unsigned)__builtin_ctzll(edges);
            const size_t at = from + place;
            edges &= edges - 1;
            if (inside) {
                beyond |= (high & ctext_low_bits(place) & ~ctext_low_bits(place_from)) != 0;
                if (beyond) add_run(row, text, length, start, at, &last, unspaced);
                else add_word(row, text, length, start, at, &last);
            }
            start = at;
            place_from = place;
            beyond = false;
            inside ^= 1;
        }
        if (inside) beyond |= (high & ~ctext_low_bits(place_from)) != 0;
    }
    if (inside) {
        if (beyond) add_run(row, text, length, start, length, &last, unspaced);
        else add_word(row, text, length, start, length, &last);
    }
}

CTEXT_INLINE bool passes(const ctext_filter *filter, uint64_t hash) {
    const uint64_t bits = ctext_filter_bits(hash);
    return (filter->words[hash >> filter->shift] & bits) == bits;
}

CTEXT_INLINE uint64_t gram_hash(const uint64_t *words) {
    uint64_t sum = 0;
    for (int at = 0; at < CTEXT_GRAM_WORDS; at++) sum += words[at] * factors[at];
    sum ^= sum >> 32;
    return sum * factors[0];
}

/* Hashes are made for a stretch, their filter words asked for, and only then looked at: the filter is larger than
 * the cache next to the core. Probes are written whether they pass or not, and counted if they do: that cannot be
 * foretold. */
enum { stretch = 128 };

CTEXT_INLINE size_t take_passing(
    const uint64_t *hashes, const uint32_t *places, size_t count, uint32_t span, const ctext_filter *filter,
    ctext_probe *probes) {
    if (filter != NULL) {
        for (size_t at = 0; at < count; at++) __builtin_prefetch(filter->words + (hashes[at] >> filter->shift));
    }
    size_t found = 0;
    for (size_t at = 0; at < count; at++) {
        probes[found] = (ctext_probe){hashes[at], places[at], places[at] + span};
        found += filter == NULL || passes(filter, hashes[at]);
    }
    return found;
}

CTEXT_BLOCK_CLONES
size_t ctext_word_grams(const uint64_t *words, size_t count, const ctext_filter *filter, ctext_probe *probes) {
    uint64_t hashes[stretch];
    uint32_t places[stretch];
    size_t found = 0;
    const size_t grams = count < CTEXT_GRAM_WORDS ? 0 : count - CTEXT_GRAM_WORDS + 1;
    for (size_t from = 0; from < grams; from += stretch) {
        const size_t left = grams - from < stretch ? grams - from : stretch;
        for (size_t at = 0; at < left; at++) {
            hashes[at] = gram_hash(words + from + at);
            places[at] = (uint32_t)(from + at);
        }
        found += take_passing(hashes, places, left, CTEXT_GRAM_WORDS, filter, probes + found);
    }
    return found;
}

typedef uint16_t sums __attribute__((ext_vector_type(64)));

/* The sums of four neighbouring bytes by odd factors, for the 64 places from `bytes` on; 67 bytes are readable. */
CTEXT_INLINE void four_byte_sums(sums *out, const uint8_t *bytes) {
    static const uint16_t by[4] = {0x9e37, 0x79b9, 0x7f4b, 0x85eb};
    sums sum = (sums)(0);
    for (int at = 0; at < 4; at++) {
        ctext_block block;
        memcpy(&block, bytes + at, sizeof block);
        sum += __builtin_convertvector(block, sums) * (sums)(by[at]);
    }
    *out = sum;
}

/* Windows are taken by their first four letters: a sum of 16 bits a place, 64 places at a time. */
CTEXT_BLOCK_CLONES
size_t ctext_stream_windows(
    const uint8_t *stream, size_t length, const ctext_filter *filter, ctext_probe *probes) {
    uint64_t hashes[stretch + CTEXT_BLOCK_SIZE];
    uint32_t places[stretch + CTEXT_BLOCK_SIZE];
    size_t found = 0, count = 0;
    const size_t windows = length < CTEXT_WINDOW_BYTES ? 0 : length - CTEXT_WINDOW_BYTES + 1;
    for (size_t from = 0; from < windows; from += CTEXT_BLOCK_SIZE) {
        sums sum;
        four_byte_sums(&sum, stream + from);
        uint64_t taken = CTEXT_BITS(sum < (uint16_t)(0x10000 / CTEXT_WINDOW_SAMPLE));
        taken &= ctext_low_bits(windows - from);
        while (taken != 0) {
            const size_t at = from + (size_t)__builtin_ctzll(taken);
            taken &= taken - 1;
            uint32_t tail;
            memcpy(&tail, stream + at + 8, 4);
            uint64_t hash = ctext_load64(stream + at) * factors[1] ^ ((uint64_t)tail + 1) * factors[2];
            hash ^= hash >> 29;
            hash *= factors[3];
            hash ^= hash >> 32;
            hashes[count] = hash * factors[4];
            places[count++] = (uint32_t)at;
        }
        if (count < stretch) continue;
        found += take_passing(hashes, places, count, CTEXT_WINDOW_BYTES, filter, probes + found);
        count = 0;
    }
    return found + take_passing(hashes, places, count, CTEXT_WINDOW_BYTES, filter, probes + found);
}

CTEXT_INLINE uint64_t segment_hash(const ctext_row_words *row, size_t start, size_t end) {
    uint64_t power = 1;
    for (size_t at = start + 1; at < end; at++) power *= BASE;
    const uint64_t sum = row->prefix[end] - row->prefix[start] * power * BASE - row->symbols[start] * power;
    return ctext_mix64(sum + (end - start));
}

uint64_t ctext_segment_hash(const ctext_row_words *row, size_t start, size_t end) {
    return segment_hash(row, start, end);
}

size_t ctext_row_segments(const ctext_row_words *row, const ctext_filter *filter, ctext_probe *probes) {
    enum { kept = 4 };
    size_t starts[kept], held = 0, found = 0;
    for (size_t at = 0; at <= row->count; at++) {
        const uint8_t gap = at < row->count ? row->gaps[at] : CTEXT_GAP_TURN;
        if (gap == 0) continue;
        for (size_t place = 0; place < held; place++) {
            const size_t words = at - starts[place];
            if (words > CTEXT_SEGMENT_WORDS) continue;
            const uint64_t hash = segment_hash(row, starts[place], at);
            probes[found] = (ctext_probe){hash, (uint32_t)starts[place], (uint32_t)at};
            found += filter == NULL || passes(filter, hash);
        }
        if (gap & CTEXT_GAP_TURN) held = 0;
        if (held == kept) {
            for (size_t place = 1; place < kept; place++) starts[place - 1] = starts[place];
            held--;
        }
        starts[held++] = at;
    }
    return found;
}

/* A byte that no text holds, for places before and behind a row. */
#define OUTSIDE 0xFF

/* The bits of a band of `width` places, 64 a word. */
typedef struct {
    /* Where the distance of a place's neighbour to the right is greater by one, and less by one. */
    uint64_t *more, *less;
    /* Where the last step along the diagonal cost nothing. */
    uint64_t *free;
    size_t width;
} fitting_band;

/* The least distance of the first `places` places of a band of which the first has the distance `first`. */
static size_t least_distance(const fitting_band *band, size_t places, size_t first) {
    size_t least = first, distance = first;
    for (size_t j = 0; j + 1 < places; j++) {
        distance += band->more[j / 64] >> j % 64 & 1;
        distance -= band->less[j / 64] >> j % 64 & 1;
        if (distance < least) least = distance;
    }
    return least;
}

/* One letter of the text: the band moves on by one. */
CTEXT_INLINE void step(const fitting_band *band, const uint8_t *row, uint8_t letter, size_t words) {
    unsigned long long carry = 0;
    for (size_t at = 0; at < words; at++) {
        ctext_block block;
        memcpy(&block, row + at * CTEXT_BLOCK_SIZE, CTEXT_BLOCK_SIZE);
        const uint64_t equal = CTEXT_BITS(block == letter) & ctext_low_bits(band->width - at * 64);
        const uint64_t more = band->more[at];
        const uint64_t sum = __builtin_addcll(equal & more, more, carry, &carry);
        band->free[at] = (sum ^ more) | equal | band->less[at];
    }
    for (size_t at = 0; at < words; at++) {
        const uint64_t own = band->free[at];
        const uint64_t next = own >> 1 | (at + 1 < words ? band->free[at + 1] << 63 : 0);
        const uint64_t more = band->more[at], less = band->less[at], same = ~(more | less);
        const uint64_t inside = ctext_low_bits(band->width - 1 - at * 64);
        band->more[at] = ((more & (own | ~next)) | (same & own & ~next)) & inside;
        band->less[at] = ((less & next) | (same & ~own & next)) & inside;
    }
}

size_t ctext_fitting_room(size_t length, size_t band) {
    const size_t words = (2 * band + 1 + 63) / 64;
    return 3 * words + (length + words * CTEXT_BLOCK_SIZE + 7) / 8;
}

/* The bit-parallel algorithm of Myers (JACM 46, 1999) along the row, in a band that moves along the diagonal (Hyyrö,
 * Nordic Journal of Computing 10, 2003): place j of a band is the end i + diagonal - band + j of a part of the row that
 * text[0, i) is compared with. Places before the row stand for a row of bytes that equal none, which costs what
 * deleting the text costs; those behind it are left out at the end, since no place comes from one to its right. */
CTEXT_BLOCK_CLONES
size_t ctext_fitting_distance(
    const uint8_t *text, size_t length, const uint8_t *row, size_t row_length, long diagonal, size_t band,
    size_t limit, uint64_t *room) {
    const size_t width = 2 * band + 1, words = (width + 63) / 64;
    const fitting_band bits = {room, room + words, room + 2 * words, width};
    memset(room, 0, 3 * words * sizeof(uint64_t));
    uint8_t *padded = (uint8_t *)(room + 3 * words);
    const size_t padded_length = length + words * CTEXT_BLOCK_SIZE;
    const long first = diagonal - (long)band;
    memset(padded, OUTSIDE, padded_length);
    const long from = first < 0 ? 0 : first;
    const long to = first + (long)padded_length < (long)row_length ? first + (long)padded_length : (long)row_length;
    if (to > from) memcpy(padded + (from - first), row + from, (size_t)(to - from));
    size_t distance = 0;
    for (size_t i = 0; i < length; i++) {
        if (words == 1) step(&bits, padded + i, text[i], 1);
        else step(&bits, padded + i, text[i], words);
        distance += ~bits.free[0] & 1;
        if (i % 64 == 63 && least_distance(&bits, width, distance) > limit) return limit + 1;
    }
    const long places = (long)row_length - (long)length - first + 1;
    if (places <= 0) return limit + 1;
    const size_t best = least_distance(&bits, (size_t)places < width ? (size_t)places : width, distance);
    return best <= limit ? best : limit + 1;
}
