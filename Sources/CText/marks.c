#include "ctext_marks.h"

#include <stdbool.h>

#include "block.h"
#include "ctext_utf8.h"

#define BIT(mark) (1u << (mark))

CTEXT_INLINE bool is_letter(uint8_t byte) { return (uint8_t)((byte | 0x20) - 'a') < 26; }
CTEXT_INLINE bool is_digit(uint8_t byte) { return (uint8_t)(byte - '0') < 10; }

/* What a line is by its first characters. */
static uint32_t line_marks(const uint8_t *text, size_t at, size_t length) {
    const size_t indented = at;
    while (at < length && (text[at] == ' ' || text[at] == '\t')) at++;
    if (at >= length) return 0;
    const size_t start = at;
    switch (text[at]) {
    case '#':
        /* Deeper than three spaces it is program text (CommonMark, section 4.2). */
        if (start > indented + 3 || (start > indented && text[indented] == '\t')) return 0;
        while (at < length && text[at] == '#') at++;
        return at < length && text[at] == ' ' && at - start <= 6 ? BIT(CTEXT_MARK_HEADING) : 0;
    case '-': case '*':
        return at + 1 < length && text[at + 1] == ' ' ? BIT(CTEXT_MARK_BULLET) : 0;
    case 0xE2:
        return at + 2 < length && text[at + 1] == 0x80 && text[at + 2] == 0xA2 ? BIT(CTEXT_MARK_BULLET) : 0;
    case '|': return BIT(CTEXT_MARK_TABLE);
    default: break;
    }
    while (at < length && is_digit(text[at])) at++;
    return at > start && at - start <= 3 && at + 1 < length && text[at] == '.' && text[at + 1] == ' '
        ? BIT(CTEXT_MARK_NUMBERED)
        : 0;
}

static uint32_t entity_marks(const uint8_t *text, size_t at, size_t length) {
    size_t end = at + 1;
    if (end < length && text[end] == '#') end++;
    const size_t start = end;
    while (end < length && end < start + 8 && (is_letter(text[end]) || is_digit(text[end]))) end++;
    return end > start + 1 && end < length && text[end] == ';' ? BIT(CTEXT_MARK_ENTITY) : 0;
}

/* Whether the question mark at `at` asks, and does not begin the query of an address (`?id=1`). */
static bool is_question(const uint8_t *text, size_t at, size_t length) {
    size_t end = at + 1;
    while (end < length && (is_letter(text[end]) || is_digit(text[end]) || text[end] == '_' || text[end] == '-')) end++;
    return end >= length || text[end] != '=';
}

static uint32_t ascii_marks(const uint8_t *text, size_t at, size_t length) {
    const uint8_t next = at + 1 < length ? text[at + 1] : 0;
    switch (text[at]) {
    case '!':
        /* `!=` and `![image]` are no shouts. */
        if (next == '=' || next == '[') return 0;
        return BIT(CTEXT_MARK_EXCLAMATION) | (next == '!' ? BIT(CTEXT_MARK_EXCLAMATIONS) : 0);
    case '?': return is_question(text, at, length) ? BIT(CTEXT_MARK_QUESTION) : 0;
    case '.':
        return next == '.' && at + 2 < length && text[at + 2] == '.' ? BIT(CTEXT_MARK_ELLIPSIS) : 0;
    case '"': case '\'': return BIT(CTEXT_MARK_STRAIGHT_QUOTE);
    case '*':
        return next == '*' && at + 2 < length && (is_letter(text[at + 2]) || is_digit(text[at + 2]))
            ? BIT(CTEXT_MARK_BOLD)
            : 0;
    case '`':
        return next == '`' && at + 2 < length && text[at + 2] == '`' ? BIT(CTEXT_MARK_FENCE) : 0;
    case '&': return entity_marks(text, at, length);
    case '\n': return line_marks(text, at + 1, length);
    case '\t': case '\r': return 0;
    default: return text[at] < 0x20 || text[at] == 0x7F ? BIT(CTEXT_MARK_CONTROL) : 0;
    }
}

static uint32_t wide_marks(uint32_t point, uint32_t previous) {
    if (point < 0xA0) {
        /* A quote of three bytes that was read as Latin-1. */
        return BIT(CTEXT_MARK_CONTROL) | (previous == 0xE2 && point == 0x80 ? BIT(CTEXT_MARK_MOJIBAKE) : 0);
    } else if (point < 0x250) {
        if (point == 0xAD) return BIT(CTEXT_MARK_ZERO_WIDTH);
        /* A tilde or circumflex capital, or an eth (Cyrillic), before what UTF-8 continues with. */
        const bool follows = previous == 0xC3 || previous == 0xC2 || previous == 0xD0;
        if (follows && point >= 0xA0 && point <= 0xBF) return BIT(CTEXT_MARK_MOJIBAKE);
        return point >= 0xC0 && point != 0xD7 && point != 0xF7 ? BIT(CTEXT_MARK_COMPOSED) : 0;
    } else if (point < 0x2000) {
        if (point == 0x61F) return BIT(CTEXT_MARK_QUESTION);
        return point >= 0x300 && point <= 0x36F ? BIT(CTEXT_MARK_COMBINING) : 0;
    } else if (point < 0x2070) {
        if (point >= 0x2018 && point <= 0x201F) return BIT(CTEXT_MARK_CURLY_QUOTE);
        if (point == 0x2026) return BIT(CTEXT_MARK_ELLIPSIS);
        if (point == 0x2014) return BIT(CTEXT_MARK_DASH);
        if (point == 0x200B || point == 0x2060) return BIT(CTEXT_MARK_ZERO_WIDTH);
        if (point == 0x200E || point == 0x200F || (point >= 0x202A && point <= 0x202E)
            || (point >= 0x2066 && point <= 0x2069)) {
            return BIT(CTEXT_MARK_BIDI);
        }
        return 0;
    } else if (point == 0x20AC) {
        return previous == 0xE2 ? BIT(CTEXT_MARK_MOJIBAKE) : 0;
    } else if ((point >= 0x2600 && point <= 0x26FF) || point == 0x2705 || point == 0x2728 || point == 0x274C
        || point == 0x2764 || (point >= 0x1F000 && point <= 0x1FAFF)) {
        return BIT(CTEXT_MARK_EMOJI);
    } else if ((point >= 0xE000 && point <= 0xF8FF) || point >= 0xF0000) {
        return BIT(CTEXT_MARK_PRIVATE_USE);
    } else if (point == 0xFFFD) {
        return BIT(CTEXT_MARK_REPLACEMENT);
    } else if (point == 0xFEFF) {
        return BIT(CTEXT_MARK_ZERO_WIDTH);
    } else if (point == 0xFF1F) {
        return BIT(CTEXT_MARK_QUESTION);
    } else if (point == 0xFF01) {
        return BIT(CTEXT_MARK_EXCLAMATION);
    } else if ((point >= 0xFF10 && point <= 0xFF19) || (point >= 0xFF21 && point <= 0xFF3A) ||
               (point >= 0xFF41 && point <= 0xFF5A)) {
        /* Letters and digits: full-width punctuation is that of Chinese and Japanese. */
        return BIT(CTEXT_MARK_FULL_WIDTH);
    }
    return 0;
}

/* Whether the letter at `at` is the last of three or more that stretch a word. */
CTEXT_INLINE bool is_elongated(const uint8_t *text, size_t at) {
    const uint8_t byte = text[at], small = byte | 0x20;
    if (at < 2 || byte != text[at - 1] || byte != text[at - 2] || !is_letter(byte) || small == 'w' || small == 'x') {
        return false;
    }
    const uint8_t before = at > 2 && is_letter(text[at - 3]) ? text[at - 3] | 0x20 : 0;
    /* `viii` and `MMIII` are numbers, `AAA` a size. */
    if (small == 'i') {
        return before != 0 && before != 'v' && before != 'x' && before != 'i' && before != 'l' && before != 'c'
            && before != 'd' && before != 'm';
    }
    return before != 0 || byte == 'a' || byte == 'o';
}

/* Of a block: bytes that `ascii_marks` must see, first bytes of code points that `wide_marks` must see (U+3000 to
 * U+DFFF bear no mark, and what follows in their code points is no first byte), and letters equal to the two bytes
 * before them. `twins` has the bytes equal to the one before them, and goes from block to block. */
CTEXT_INLINE uint64_t notable_bits(const uint8_t *text, size_t base, size_t length, uint64_t *twins) {
    ctext_block v, before;
    const size_t left = length - base;
    ctext_load_block(&v, text + base, left);
    if (base > 0) {
        ctext_load_block(&before, text + base - 1, left + 1);
    } else {
        uint8_t moved[CTEXT_BLOCK_SIZE] = {0};
        memcpy(moved + 1, text, left < CTEXT_BLOCK_SIZE - 1 ? left : CTEXT_BLOCK_SIZE - 1);
        memcpy(&before, moved, CTEXT_BLOCK_SIZE);
    }
    const uint64_t equal = CTEXT_BITS(v == before);
    const uint64_t elongated = equal & (equal << 1 | *twins >> 63) & ctext_ascii_letter_bits(&v);
    *twins = equal;
    const uint64_t ascii = CTEXT_BITS(
        (v == (uint8_t)'!') | (v == (uint8_t)'?') | (v == (uint8_t)'.') | (v == (uint8_t)'"') | (v == (uint8_t)'\'')
        | (v == (uint8_t)'*') | (v == (uint8_t)'`') | (v == (uint8_t)'&') | (v < (uint8_t)0x20)
        | (v == (uint8_t)0x7F));
    const uint64_t wide = CTEXT_BITS((v >= (uint8_t)0xC0) & (v - (uint8_t)0xE3 > (uint8_t)0x0A));
    return (elongated | ascii | wide) & ctext_low_bits(left);
}

CTEXT_BLOCK_CLONES
uint32_t ctext_marks(const uint8_t *text, size_t length) {
    uint32_t found = line_marks(text, 0, length);
    uint64_t twins = 0;
    /* The last code point seen, and where it ends. */
    uint32_t previous = 0;
    size_t previous_end = 0;
    for (size_t base = 0; base < length; base += CTEXT_BLOCK_SIZE) {
        uint64_t notable = notable_bits(text, base, length, &twins);
        while (notable != 0) {
            const size_t at = base + (size_t)__builtin_ctzll(notable);
            notable &= notable - 1;
            if (text[at] >= 0x80) {
                const ctext_code_point point = ctext_decode(text, at, length);
                found |= wide_marks(point.value, at == previous_end ? previous : 0);
                previous = point.value;
                previous_end = at + point.length;
            } else if (is_letter(text[at])) {
                if (is_elongated(text, at)) found |= BIT(CTEXT_MARK_ELONGATION);
            } else {
                found |= ascii_marks(text, at, length);
            }
        }
    }
    return found;
}
