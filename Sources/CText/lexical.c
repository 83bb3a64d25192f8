#define _GNU_SOURCE
#include "ctext_lexical.h"

#include "ctext_utf8.h"
#include "hash_bytes.h"

/* Chosen, any constant would do (digits of pi). */
#define LEXICAL_KEY 0x13198a2e03707344ull
#define FOLD 0x2020202020202020ull

enum {
    LOWER = 1,
    UPPER = 2,
    DIGIT = 4,
    UNDERSCORE = 8,
    SPACE = 16,
    /* Makes the whole stretch technical. */
    TECHNICAL = 32,
    /* Needs a look at its neighbours, or may end a sentence. */
    MARK = 64,
    HIGH = 128,
    LETTER = LOWER | UPPER,
    WORD = LETTER | DIGIT | UNDERSCORE
};

static const uint8_t classes[256] = {
    ['a' ... 'z'] = LOWER, ['A' ... 'Z'] = UPPER, ['0' ... '9'] = DIGIT, ['_'] = UNDERSCORE,
    ['\t' ... '\r'] = SPACE, [' '] = SPACE, ['@'] = TECHNICAL | LOWER, ['\\'] = TECHNICAL, ['='] = TECHNICAL,
    ['{'] = TECHNICAL, ['}'] = TECHNICAL, ['<'] = TECHNICAL, ['>'] = TECHNICAL, ['^'] = TECHNICAL,
    ['#'] = MARK, ['&'] = MARK, ['$'] = MARK, ['/'] = MARK, ['('] = MARK, ['['] = MARK, [':'] = MARK,
    ['.'] = MARK, ['!'] = MARK, ['?'] = MARK, [';'] = MARK, ['"'] = MARK, ['`'] = MARK, ['%'] = MARK,
    ['*'] = MARK, ['-'] = MARK, [0x80 ... 0xFF] = HIGH};

CTEXT_INLINE uint64_t hash_between(const uint8_t *text, size_t start, size_t end, size_t limit) {
    uint64_t hash = LEXICAL_KEY + (end - start) * CTEXT_LENGTH_STEP;
    size_t at = start;
    while (at + 8 < end) {
        hash = ctext_mix64(hash ^ (ctext_load64(text + at) | FOLD));
        at += 8;
    }
    return ctext_mix64(hash ^ (ctext_load_part(text, at, end, limit) | FOLD));
}

uint64_t ctext_lexical_hash(const uint8_t *word, size_t length) {
    return hash_between(word, 0, length, length);
}

size_t ctext_find(const uint8_t *text, size_t length, const uint8_t *part, size_t part_length) {
    const uint8_t *place = memmem(text, length, part, part_length);
    return place == NULL ? length : (size_t)(place - text);
}

CTEXT_INLINE uint8_t class_at(const uint8_t *text, size_t at, size_t end) {
    return at < end ? classes[text[at]] : 0;
}

/* The third byte of a code point U+2000 to U+203F at `at`, 0 for any other. */
CTEXT_INLINE uint8_t general_punctuation(const uint8_t *text, size_t at, size_t end) {
    return at + 2 < end && text[at] == 0xE2 && text[at + 1] == 0x80 ? text[at + 2] : 0;
}

CTEXT_INLINE bool is_plain_punctuation(uint8_t third) {
    return third == 0x93 || third == 0x94 || third == 0x98 || third == 0x99 || third == 0x9C || third == 0x9D
        || third == 0xA6;
}

/* Whether the stretch [start, end) is an address, a path, markup or program text. */
static bool is_technical(const uint8_t *text, size_t start, size_t end) {
    unsigned slashes = 0;
    bool has_inner_dot = false;
    for (size_t at = start; at < end; at++) {
        const uint8_t kind = classes[text[at]];
        if (kind & TECHNICAL) return true;
        if (!(kind & MARK)) continue;
        const uint8_t next = class_at(text, at + 1, end);
        const uint8_t previous = at > start ? classes[text[at - 1]] : 0;
        switch (text[at]) {
        case '#': case '&': case '$': case '%':
            if (next & WORD && !(next & DIGIT)) return true;
            break;
        case '/':
            slashes++;
            if (slashes > 1 || at == start) return true;
            break;
        case '(': case '[':
            if (previous & WORD) return true;
            break;
        case ':':
            if (at + 1 < end && text[at + 1] == ':') return true;
            if (at > start && text[at - 1] == '"') return true;
            break;
        case ';':
            if (at > start && text[at - 1] == ')') return true;
            break;
        case '.':
            if (previous & LETTER && next & LETTER) has_inner_dot = true;
            break;
        default: break;
        }
    }
    return slashes > 0 && has_inner_dot;
}

/* Whether the mark of `length` bytes at `at` joins what stands on its sides (UAX #29, WB6, 7, 11 and 12; ICU does not
 * count the colon among the marks that join, and counts @ among the letters). */
CTEXT_INLINE bool joins(const uint8_t *text, size_t start, size_t at, size_t length, size_t end, uint8_t mark) {
    if (at == start || at + length >= end) return false;
    const uint8_t previous = classes[text[at - 1]];
    const uint8_t next = classes[text[at + length]];
    const bool letters = previous & LETTER && next & LETTER;
    const bool digits = previous & DIGIT && next & DIGIT;
    if (mark == '\'' || mark == '.') return letters || digits;
    return (mark == ',' || mark == ';') && digits;
}

#define WORD_FLAGS \
    (CTEXT_LEXICAL_FIRST_UPPER | CTEXT_LEXICAL_LATER_UPPER | CTEXT_LEXICAL_LOWER | CTEXT_LEXICAL_DIGIT)

/* Finds the end of the word at `at` and its flags. */
CTEXT_INLINE size_t word_end(const uint8_t *text, size_t start, size_t at, size_t end, uint32_t *flags) {
    uint8_t seen = 0;
    uint32_t found = classes[text[at]] & UPPER ? CTEXT_LEXICAL_FIRST_UPPER : 0;
    size_t first = at;
    while (at < end) {
        const uint8_t kind = classes[text[at]];
        if (kind & WORD) {
            seen |= at == first ? kind & ~UPPER : kind;
            at++;
            continue;
        }
        const uint8_t third = kind & HIGH ? general_punctuation(text, at, end) : 0;
        if (third == 0x98 || third == 0x99) {
            if (!joins(text, start, at, 3, end, '\'')) break;
            found |= CTEXT_LEXICAL_APOSTROPHE | CTEXT_LEXICAL_CURLY;
            at += 3;
        } else if (joins(text, start, at, 1, end, text[at])) {
            found |= text[at] == '\'' ? CTEXT_LEXICAL_APOSTROPHE : CTEXT_LEXICAL_MID;
            at++;
        } else {
            break;
        }
    }
    if (seen & UPPER) found |= CTEXT_LEXICAL_LATER_UPPER;
    if (seen & LOWER) found |= CTEXT_LEXICAL_LOWER;
    if (seen & DIGIT) found |= CTEXT_LEXICAL_DIGIT;
    if (seen & UNDERSCORE) found |= CTEXT_LEXICAL_UNDERSCORE;
    *flags = found;
    return at;
}

/* Behind program text that begins with the ` at `at`, or `at` where it has no end near by. */
static size_t behind_code(const uint8_t *text, size_t at, size_t length) {
    if (at + 2 < length && text[at + 1] == '`' && text[at + 2] == '`') {
        for (size_t end = at + 3; end + 2 < length; end++) {
            if (text[end] == '`' && text[end + 1] == '`' && text[end + 2] == '`') return end + 3;
        }
        return length;
    }
    for (size_t end = at + 1; end < length && end < at + 200 && text[end] != '\n'; end++) {
        if (text[end] == '`') return end + 1;
    }
    return at;
}

/* Whether a byte that is no word lets a sentence begin behind it. */
CTEXT_INLINE bool ends_sentence(uint8_t byte) {
    return byte == '.' || byte == '!' || byte == '?' || byte == ':' || byte == ';' || byte == '"' || byte == '('
        || byte == '*' || byte == '#' || byte == '>' || byte == '/' || byte == '[';
}

/* The words of a plain stretch; returns their number. `room` is enough for all of them, or a part is left. */
static size_t plain_words(
    const uint8_t *text, size_t start, size_t *from, size_t end, size_t length, uint32_t common,
    bool *is_inside, ctext_lexical_word *words, size_t room) {
    size_t count = 0, at = *from;
    while (at < end) {
        if (!(classes[text[at]] & WORD)) {
            const uint8_t third = general_punctuation(text, at, end);
            if (ends_sentence(text[at]) || third == 0x9C || third == 0xA6 || third == 0x94) *is_inside = false;
            at += third != 0 ? 3 : 1;
            continue;
        }
        if (count == room) break;
        uint32_t flags;
        const size_t first = at;
        at = word_end(text, start, at, end, &flags);
        /* ICU takes one underscore alone for no word. */
        if (!(flags & WORD_FLAGS) && at - first < 2) continue;
        flags |= common;
        if (!*is_inside) flags |= CTEXT_LEXICAL_SENTENCE_START;
        *is_inside = true;
        if (first > start + 1 && text[first - 1] == '-' && classes[text[first - 2]] & WORD) {
            flags |= CTEXT_LEXICAL_HYPHEN_BEFORE;
        }
        if (at + 1 < end && text[at] == '-' && classes[text[at + 1]] & WORD) flags |= CTEXT_LEXICAL_HYPHEN_AFTER;
        words[count++] = (ctext_lexical_word){
            hash_between(text, first, at, length), (uint32_t)first, (uint32_t)at, flags, 0};
    }
    *from = at;
    return count;
}

/* Sets the stretch that begins at `at`; true if it is wide. */
CTEXT_INLINE bool find_stretch(const uint8_t *text, size_t at, size_t length, ctext_lexical_state *state) {
    size_t end = length;
    /* A mark at the very end says nothing: most stretches with a mark are the last word of a sentence or clause. */
    bool is_doubtful = false, was_mark = false;
    /* Bytes beyond ASCII, and those of them that the kernel breaks itself. */
    size_t beyond = 0, plain = 0;
    for (size_t base = at; base < end; base += CTEXT_BLOCK_SIZE) {
        ctext_block v;
        ctext_load_block(&v, text + base, length - base);
        uint64_t ends = CTEXT_BITS((v == (uint8_t)' ') | (v - (uint8_t)'\t' < (uint8_t)5));
        if (state->skips_code) ends |= CTEXT_BITS(v == (uint8_t)'`');
        uint64_t own = ctext_low_bits(length - base);
        if (ends & own) {
            const size_t size = (size_t)__builtin_ctzll(ends);
            end = base + size;
            own = ctext_low_bits(size);
        }
        const uint64_t technical = CTEXT_BITS(
            (v == (uint8_t)'@') | (v == (uint8_t)'\\') | (v == (uint8_t)'{') | (v == (uint8_t)'}')
            | (v - (uint8_t)'<' < (uint8_t)3) | (v == (uint8_t)'^'));
        const uint64_t marks = CTEXT_BITS(
            (v - (uint8_t)'!' < (uint8_t)6) | (v == (uint8_t)'(') | (v == (uint8_t)'*') | (v - (uint8_t)'-' < (uint8_t)3)
            | (v - (uint8_t)':' < (uint8_t)2) | (v == (uint8_t)'?') | (v == (uint8_t)'[') | (v == (uint8_t)'`'));
        is_doubtful = is_doubtful || (technical & own) != 0 || (was_mark && own != 0);
        if (own != 0) {
            const uint64_t last = own & ~(own >> 1);
            is_doubtful = is_doubtful || (marks & own & ~last) != 0;
            was_mark = (marks & last) != 0;
        }
        const uint64_t high = ctext_high_bits(&v) & own;
        beyond += (size_t)__builtin_popcountll(high);
        for (uint64_t leads = CTEXT_BITS(v == (uint8_t)0xE2) & own; leads != 0; leads &= leads - 1) {
            const size_t place = base + (size_t)__builtin_ctzll(leads);
            if (is_plain_punctuation(general_punctuation(text, place, length))) plain += 3;
        }
    }
    state->start = at;
    state->end = end;
    state->common = is_doubtful && is_technical(text, at, end) ? CTEXT_LEXICAL_TECHNICAL : 0;
    return beyond != plain;
}

/* One bit a byte of the 64 bytes from some place on; what lies behind the text counts as spaces. `words` has letters,
 * digits, and apostrophes between two letters. */
typedef struct {
    uint64_t spaces, line_ends, words, capitals, smalls, apostrophes;
} window;

CTEXT_INLINE window look(const uint8_t *text, size_t at, size_t length) {
    ctext_block v;
    ctext_load_block(&v, text + at, length - at);
    window seen;
    seen.spaces = CTEXT_BITS((v == (uint8_t)' ') | (v - (uint8_t)'\t' < (uint8_t)5)) | ~ctext_low_bits(length - at);
    seen.line_ends = CTEXT_BITS(v == (uint8_t)'\n');
    seen.capitals = CTEXT_BITS(v - (uint8_t)'A' < (uint8_t)26);
    seen.smalls = CTEXT_BITS(v - (uint8_t)'a' < (uint8_t)26);
    const uint64_t letters = seen.capitals | seen.smalls;
    seen.apostrophes = CTEXT_BITS(v == (uint8_t)'\'') & letters << 1 & letters >> 1;
    seen.words = letters | seen.apostrophes | CTEXT_BITS(v - (uint8_t)'0' < (uint8_t)10);
    return seen;
}

enum { LEAD = 1, TAIL = 2, ENDS_SENTENCE = 4 };

/* Marks that neither join what stands on their sides nor make a stretch technical, alone before a word or one or two
 * behind it. */
static const uint8_t borders[256] = {
    ['"'] = LEAD | TAIL | ENDS_SENTENCE, ['('] = LEAD | ENDS_SENTENCE, ['\''] = LEAD | TAIL,
    ['.'] = TAIL | ENDS_SENTENCE, ['!'] = TAIL | ENDS_SENTENCE, ['?'] = TAIL | ENDS_SENTENCE, [','] = TAIL,
    [')'] = TAIL};

/* The number of bytes behind the word of a stretch of `size` bytes, if the word and its borders are all of it and the
 * stretch is not technical; else -1. `lead` bytes stand before the word of `run` bytes. */
CTEXT_INLINE int tail_length(const uint8_t *stretch, unsigned size, unsigned lead, unsigned run) {
    const unsigned tail = size - lead - run;
    if (run == 0 || tail > 2) return -1;
    if (tail == 0) return 0;
    const uint8_t last = stretch[size - 1];
    if (borders[last] & TAIL) return tail == 1 || borders[stretch[size - 2]] & TAIL ? (int)tail : -1;
    /* A mark at the very end is not looked at where there is no other. */
    const bool is_mere = !(classes[last] & (WORD | TECHNICAL | HIGH)) && last != '`';
    return tail == 1 && lead == 0 && is_mere ? 1 : -1;
}

/* Reads stretches of one word each from `at` on, as `one_stretch` reads them; returns where another stretch begins,
 * or where the words have no more room. */
CTEXT_INLINE size_t simple_stretches(
    const uint8_t *text, size_t at, size_t length, bool *is_inside_sentence, ctext_lexical_word *words,
    size_t *counted, size_t capacity) {
    size_t count = *counted;
    bool is_inside = *is_inside_sentence, is_other = false;
    while (at < length && count < capacity && !is_other) {
        const window seen = look(text, at, length);
        unsigned place = 0;
        while (place < CTEXT_BLOCK_SIZE && count < capacity) {
            const uint64_t rest = ~seen.spaces >> place;
            const unsigned skipped = rest == 0 ? CTEXT_BLOCK_SIZE - place : (unsigned)__builtin_ctzll(rest);
            if (seen.line_ends >> place & ctext_low_bits(skipped)) is_inside = false;
            place += skipped;
            if (rest == 0) break;
            const uint64_t behind = seen.spaces >> place;
            if (behind == 0) {
                /* It ends beyond the window: the next window begins with it. */
                is_other = place == 0;
                break;
            }
            const uint8_t *const stretch = text + at + place;
            const unsigned size = (unsigned)__builtin_ctzll(behind), lead = borders[*stretch] & LEAD;
            const unsigned run = (unsigned)__builtin_ctzll(~(seen.words >> (place + lead)));
            const int tail = tail_length(stretch, size, lead, run);
            if (tail < 0) {
                is_other = true;
                break;
            }
            if (lead) is_inside = is_inside && !(borders[*stretch] & ENDS_SENTENCE);
            const unsigned start = place + lead;
            const uint64_t own = ctext_low_bits(run), capitals = seen.capitals >> start & own;
            const uint64_t smalls = seen.smalls >> start & own, apostrophes = seen.apostrophes >> start & own;
            const uint64_t digits = seen.words >> start & own & ~(capitals | smalls | apostrophes);
            const uint32_t flags = (uint32_t)(capitals & 1) * CTEXT_LEXICAL_FIRST_UPPER
                | (uint32_t)(capitals > 1) * CTEXT_LEXICAL_LATER_UPPER | (uint32_t)(smalls != 0) * CTEXT_LEXICAL_LOWER
                | (uint32_t)(digits != 0) * CTEXT_LEXICAL_DIGIT
                | (uint32_t)(apostrophes != 0) * CTEXT_LEXICAL_APOSTROPHE
                | (uint32_t)!is_inside * CTEXT_LEXICAL_SENTENCE_START;
            const size_t first = at + start;
            words[count++] = (ctext_lexical_word){
                hash_between(text, first, first + run, length), (uint32_t)first, (uint32_t)(first + run), flags, 0};
            is_inside = true;
            for (unsigned mark = size - (unsigned)tail; mark < size; mark++) {
                if (ends_sentence(stretch[mark])) is_inside = false;
            }
            place += size;
        }
        at += place;
    }
    *counted = count;
    *is_inside_sentence = is_inside;
    return at < length ? at : length;
}

/* Reads the stretch or the byte at `at`, whatever it is; returns where it has come to. */
CTEXT_INLINE size_t one_stretch(
    const uint8_t *text, size_t at, size_t length, ctext_lexical_state *state, ctext_lexical_word *words,
    size_t *counted, size_t capacity) {
    size_t count = *counted;
    if (at >= state->end) {
        if (classes[text[at]] & SPACE) {
            if (text[at] == '\n') state->is_inside_sentence = false;
            return at + 1;
        }
        if (state->skips_code && text[at] == '`') {
            const size_t behind = behind_code(text, at, length);
            return behind > at ? behind : at + 1;
        }
        if (find_stretch(text, at, length, state)) {
            const uint32_t start = state->is_inside_sentence ? 0 : CTEXT_LEXICAL_SENTENCE_START;
            words[count++] = (ctext_lexical_word){
                0, (uint32_t)at, (uint32_t)state->end, state->common | CTEXT_LEXICAL_WIDE | start, 0};
            state->is_inside_sentence = !ends_sentence(text[state->end - 1]);
            *counted = count;
            return state->end;
        }
    }
    count += plain_words(
        text, state->start, &at, state->end, length, state->common, &state->is_inside_sentence, words + count,
        capacity - count);
    *counted = count;
    return at;
}

CTEXT_BLOCK_CLONES
size_t ctext_lexical_words(
    const uint8_t *text, size_t length, ctext_lexical_state *state, ctext_lexical_word *words,
    size_t capacity) {
    size_t count = 0, at = state->at;
    while (at < length && count < capacity) {
        if (at >= state->end) {
            at = simple_stretches(text, at, length, &state->is_inside_sentence, words, &count, capacity);
            if (at >= length || count >= capacity) break;
        }
        at = one_stretch(text, at, length, state, words, &count, capacity);
    }
    state->at = at;
    return count;
}

size_t ctext_lexical_find(const ctext_lexical_word *words, size_t at, size_t count, uint32_t flags) {
    while (at < count && !(words[at].flags & flags)) at++;
    return at;
}

size_t ctext_lexical_pass_even(
    const ctext_lexical_word *words, size_t at, size_t count, const ctext_word_number *cache, size_t mask,
    size_t *capital) {
    size_t seen = 0;
    for (; at < count; at++) {
        const ctext_word_number *const known = &cache[words[at].hash & mask];
        if (known->hash != words[at].hash || known->number & 1 || words[at].flags & CTEXT_LEXICAL_WIDE) break;
        seen += ctext_lexical_is_capital(words[at].flags);
    }
    *capital += seen;
    return at;
}

/* Whether the bytes of a stretch hold a letter of a script with spaces between words; see the header. */
bool ctext_holds_spaced_letter(
    const uint8_t *text, size_t start, size_t end, const uint64_t *letters, const uint64_t *unspaced) {
    size_t at = start;
    while (at < end) {
        /* U+4000 to U+9FFF: ideographs, and symbols that are no letters. */
        if ((uint8_t)(text[at] - 0xE4) < 6) {
            at += 3;
            continue;
        }
        const ctext_code_point point = ctext_decode(text, at, end);
        if (ctext_has_bit(letters, point.value) && !ctext_has_bit(unspaced, point.value)) return true;
        at += point.length;
    }
    return false;
}

CTEXT_BLOCK_CLONES
size_t ctext_list_lines(
    const uint8_t *list, size_t length, size_t *from, ctext_lexical_word *lines, size_t capacity) {
    size_t count = 0, start = *from, base = *from;
    uint32_t flags = 0;
    while (start < length && count < capacity) {
        ctext_block v;
        ctext_load_block(&v, list + base, length - base);
        const uint64_t own = ctext_low_bits(length - base);
        const uint64_t apostrophes = CTEXT_BITS(v == (uint8_t)'\'') & own;
        const uint64_t unusual = CTEXT_BITS(
            (v >= (uint8_t)0x80) | (v < (uint8_t)' ') | (v == (uint8_t)'@') | (v - (uint8_t)'[' < (uint8_t)5)) & own;
        uint64_t ends = CTEXT_BITS((v == (uint8_t)'\n') | (v == (uint8_t)'\r')) & own;
        if (length - base < CTEXT_BLOCK_SIZE) ends |= 1ull << (length - base);
        unsigned place = 0;
        while (ends != 0 && count < capacity) {
            const unsigned end = (unsigned)__builtin_ctzll(ends);
            ends &= ends - 1;
            const uint64_t within = ctext_low_bits(end) & ~ctext_low_bits(place);
            if (apostrophes & within) flags |= CTEXT_LEXICAL_APOSTROPHE;
            if (unusual & within) flags |= CTEXT_LEXICAL_WIDE;
            const size_t stop = base + end;
            if (stop > start && list[start] != '#') {
                flags |= classes[list[start]] & UPPER ? CTEXT_LEXICAL_FIRST_UPPER : 0;
                const uint64_t hash = flags & CTEXT_LEXICAL_WIDE ? 0 : hash_between(list, start, stop, length);
                lines[count++] = (ctext_lexical_word){hash, (uint32_t)start, (uint32_t)stop, flags, 0};
            }
            flags = 0;
            start = stop + 1;
            place = end + 1;
        }
        if (count == capacity) break;
        const uint64_t within = ~ctext_low_bits(place);
        if (apostrophes & within) flags |= CTEXT_LEXICAL_APOSTROPHE;
        if (unusual & within) flags |= CTEXT_LEXICAL_WIDE;
        base += CTEXT_BLOCK_SIZE;
    }
    *from = count == capacity ? start : length;
    return count;
}
