#include "block.h"
#include "ctext_overlap.h"
#include "ctext_utf8.h"

/* Names of entities with what they become. */
static const struct {
    const char *name;
    const char *text;
} entities[] = {
    {"amp", "&"},   {"lt", "<"},    {"gt", ">"},    {"quot", "\""},  {"apos", "'"},  {"nbsp", " "},
    {"ldquo", "\""}, {"rdquo", "\""}, {"lsquo", "'"}, {"rsquo", "'"}, {"ndash", "-"}, {"mdash", "-"},
    {"hellip", "..."}, {"times", "\xC3\x97"}, {"divide", "\xC3\xB7"}, {"deg", "\xC2\xB0"},
};

/* Tags that stand inside a line. */
static const char *const inline_tags[] = {"a", "b", "i", "u", "em", "sub", "sup", "font", "span", "code", "strong"};

/* Commands of LaTeX that begin as an escape does. */
static const char *const commands[] = {
    "nu", "ne", "neq", "neg", "not", "nabla", "newline", "to", "tau", "tan", "top", "text", "tanh", "times",
    "theta", "tfrac", "textbf", "textit", "triangle", "rm", "rho", "right", "rangle", "rfloor", "rceil",
    "rightarrow",
};

static bool is_letter(uint8_t byte) { return (uint8_t)((byte | 0x20) - 'a') < 26; }

static size_t put_point(uint32_t point, uint8_t *out) {
    if (point == '\n') point = CTEXT_LINE_MARK;
    if (point < 0x80) {
        out[0] = (uint8_t)point;
        return 1;
    }
    if (point < 0x800) {
        out[0] = (uint8_t)(0xC0 | point >> 6);
        out[1] = (uint8_t)(0x80 | (point & 0x3F));
        return 2;
    }
    if (point < 0x10000) {
        if (point >= 0xD800 && point < 0xE000) point = 0xFFFD;
        out[0] = (uint8_t)(0xE0 | point >> 12);
        out[1] = (uint8_t)(0x80 | (point >> 6 & 0x3F));
        out[2] = (uint8_t)(0x80 | (point & 0x3F));
        return 3;
    }
    out[0] = (uint8_t)(0xF0 | point >> 18);
    out[1] = (uint8_t)(0x80 | (point >> 12 & 0x3F));
    out[2] = (uint8_t)(0x80 | (point >> 6 & 0x3F));
    out[3] = (uint8_t)(0x80 | (point & 0x3F));
    return 4;
}

/* Reads digits of a base; returns how many, at most `most`. */
static size_t read_number(const uint8_t *text, size_t length, unsigned base, size_t most, uint32_t *value) {
    size_t at = 0;
    *value = 0;
    while (at < length && at < most) {
        const uint8_t byte = text[at];
        unsigned digit = 99;
        if (byte >= '0' && byte <= '9') digit = byte - '0';
        else if (is_letter(byte)) digit = (byte | 0x20) - 'a' + 10u;
        if (digit >= base) break;
        *value = *value * base + digit;
        at++;
    }
    return at;
}

/* An entity at text[0] == '&': bytes read, or 0 for none. */
static size_t entity(const uint8_t *text, size_t length, uint8_t *out, size_t *written) {
    if (length > 3 && text[1] == '#') {
        const bool hexadecimal = (text[2] | 0x20) == 'x';
        const size_t from = hexadecimal ? 3 : 2;
        uint32_t value;
        const size_t digits = read_number(text + from, length - from, hexadecimal ? 16 : 10, 7, &value);
        const size_t end = from + digits;
        if (digits == 0 || end >= length || text[end] != ';' || value == 0 || value > 0x10FFFF) return 0;
        *written = put_point(value, out);
        return end + 1;
    }
    for (size_t at = 0; at < sizeof entities / sizeof *entities; at++) {
        const size_t count = strlen(entities[at].name);
        if (length < count + 2 || memcmp(text + 1, entities[at].name, count) != 0 || text[count + 1] != ';') continue;
        *written = strlen(entities[at].text);
        memcpy(out, entities[at].text, *written);
        return count + 2;
    }
    return 0;
}

static bool is_command(const uint8_t *text, size_t length) {
    size_t letters = 0;
    while (letters < length && letters < 16 && is_letter(text[letters])) letters++;
    for (size_t at = 0; at < sizeof commands / sizeof *commands; at++) {
        if (strlen(commands[at]) == letters && memcmp(commands[at], text, letters) == 0) return true;
    }
    return false;
}

/* An escape at text[0] == '\\': bytes read, or 0 for none. */
static size_t escape(const uint8_t *text, size_t length, uint8_t *out, size_t *written) {
    if (length < 2) return 0;
    *written = 1;
    switch (text[1]) {
    case '"': case '\'': case '/': case '\\': out[0] = text[1]; return 2;
    case 'n': case 't': case 'r':
        if (is_command(text + 1, length - 1)) return 0;
        out[0] = text[1] == 'n' ? CTEXT_LINE_MARK : ' ';
        return 2;
    case 'u': {
        uint32_t value, low;
        if (length < 6 || read_number(text + 2, length - 2, 16, 4, &value) != 4) return 0;
        if (value >= 0xD800 && value < 0xDC00 && length >= 12 && text[6] == '\\' && text[7] == 'u'
            && read_number(text + 8, length - 8, 16, 4, &low) == 4 && low >= 0xDC00 && low < 0xE000) {
            *written = put_point(0x10000 + ((value - 0xD800) << 10) + (low - 0xDC00), out);
            return 12;
        }
        if (value == 0) return 0;
        *written = put_point(value, out);
        return 6;
    }
    default: return 0;
    }
}

/* A tag at text[0] == '<': bytes read, or 0 for none. */
static size_t tag(const uint8_t *text, size_t length, uint8_t *out, size_t *written) {
    enum { longest = 200 };
    const size_t from = length > 1 && text[1] == '/' ? 2 : 1;
    size_t name = 0;
    while (from + name < length && name < 12 && is_letter(text[from + name])) name++;
    if (name == 0) return 0;
    size_t end = from + name;
    if (end < length && text[end] >= '1' && text[end] <= '6') end++;
    if (end >= length || (text[end] != '>' && text[end] != ' ' && text[end] != '/')) return 0;
    while (end < length && end < longest && text[end] != '>' && text[end] != '<' && text[end] != '\n') end++;
    if (end >= length || text[end] != '>') return 0;
    *written = 1;
    out[0] = CTEXT_LINE_MARK;
    for (size_t at = 0; at < sizeof inline_tags / sizeof *inline_tags; at++) {
        if (strlen(inline_tags[at]) == name && memcmp(inline_tags[at], text + from, name) == 0) *written = 0;
    }
    return end + 1;
}

/* A character that has no width: bytes read, or 0 for none. */
static size_t zero_width(const uint8_t *text, size_t length) {
    if (text[0] == 0xC2) return length > 1 && text[1] == 0xAD ? 2 : 0;
    if (length < 3) return 0;
    if (text[0] == 0xEF) return (text[1] == 0xBB && text[2] == 0xBF) || (text[1] == 0xB8 && text[2] >= 0x80 && text[2] <= 0x8F) ? 3 : 0;
    if (text[1] == 0x80) return (text[2] >= 0x8B && text[2] <= 0x8F) || (text[2] >= 0xAA && text[2] <= 0xAE) ? 3 : 0;
    return text[1] == 0x81 && text[2] >= 0xA0 && text[2] <= 0xA4 ? 3 : 0;
}

/* What a byte that needs a look becomes: bytes read, at least 1. */
static size_t special(const uint8_t *text, size_t length, uint8_t *out, size_t *written) {
    size_t read = 0;
    switch (text[0]) {
    case '&': read = entity(text, length, out, written); break;
    case '\\': read = escape(text, length, out, written); break;
    case '<': read = tag(text, length, out, written); break;
    default:
        *written = 0;
        read = zero_width(text, length);
    }
    if (read > 0) return read;
    out[0] = text[0];
    *written = 1;
    return 1;
}

CTEXT_BLOCK_CLONES
size_t ctext_unfold(const uint8_t *text, size_t length, uint8_t *out, uint32_t *map) {
    size_t read = 0, written = 0;
    while (read < length) {
        ctext_block block;
        ctext_load_block(&block, text + read, length - read);
        const ctext_block breaks = (ctext_block)(block == (uint8_t)'\n');
        const ctext_block marked = (block & ~breaks) | (breaks & (uint8_t)CTEXT_LINE_MARK);
        memcpy(out + written, &marked, CTEXT_BLOCK_SIZE);
        const uint64_t stop = CTEXT_BITS(
            (block == (uint8_t)'&') | (block == (uint8_t)'\\') | (block == (uint8_t)'<')
            | (block == (uint8_t)0xE2) | (block == (uint8_t)0xEF) | (block == (uint8_t)0xC2));
        const size_t left = length - read < CTEXT_BLOCK_SIZE ? length - read : CTEXT_BLOCK_SIZE;
        size_t plain = stop == 0 ? left : (size_t)__builtin_ctzll(stop);
        if (plain > left) plain = left;
        if (map != NULL)
            for (size_t at = 0; at < plain; at++) map[written + at] = (uint32_t)(read + at);
        read += plain;
        written += plain;
        if (plain == left) continue;
        size_t count = 0;
        const size_t taken = special(text + read, length - read, out + written, &count);
        if (map != NULL)
            for (size_t at = 0; at < count; at++) map[written + at] = (uint32_t)read;
        read += taken;
        written += count;
    }
    if (map != NULL) map[written] = (uint32_t)length;
    return written;
}
