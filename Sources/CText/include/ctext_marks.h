/* What else than words a text holds: punctuation, markup, and characters that should not be there. */
#ifndef ASSAY_CTEXT_MARKS_H
#define ASSAY_CTEXT_MARKS_H

#include <stddef.h>
#include <stdint.h>

enum {
    CTEXT_MARK_EXCLAMATION = 0,
    CTEXT_MARK_EXCLAMATIONS, /* two or more in a row */
    CTEXT_MARK_QUESTION,
    CTEXT_MARK_ELLIPSIS,     /* U+2026, or three full stops or more */
    CTEXT_MARK_ELONGATION,   /* an ASCII letter three times or more inside or at the end of a word */
    CTEXT_MARK_CURLY_QUOTE,  /* U+2018 to U+201F */
    CTEXT_MARK_STRAIGHT_QUOTE,
    CTEXT_MARK_DASH,         /* U+2014 */
    CTEXT_MARK_EMOJI,
    CTEXT_MARK_HEADING,      /* a line that begins with # and a space */
    CTEXT_MARK_BULLET,       /* a line that begins with -, * or U+2022 and a space */
    CTEXT_MARK_NUMBERED,     /* a line that begins with digits, a full stop and a space */
    CTEXT_MARK_BOLD,         /* ** beside a letter or digit */
    CTEXT_MARK_FENCE,        /* ``` */
    CTEXT_MARK_TABLE,        /* a line that begins with | */
    CTEXT_MARK_ZERO_WIDTH,   /* U+200B, U+2060, U+FEFF, U+00AD */
    CTEXT_MARK_BIDI,         /* U+200E, U+200F, U+202A to U+202E, U+2066 to U+2069 */
    CTEXT_MARK_PRIVATE_USE,
    CTEXT_MARK_REPLACEMENT,  /* U+FFFD */
    CTEXT_MARK_CONTROL,      /* C0 but tab, line feed and carriage return; DEL; C1 */
    CTEXT_MARK_FULL_WIDTH,   /* full-width forms of ASCII letters and digits */
    CTEXT_MARK_ENTITY,       /* an HTML entity: &amp; &nbsp; &#39; */
    CTEXT_MARK_MOJIBAKE,     /* UTF-8 that was read as Windows-1252 and written as UTF-8 again */
    CTEXT_MARK_COMBINING,    /* a letter with a combining diacritic: not composed */
    CTEXT_MARK_COMPOSED,     /* a composed Latin letter with a diacritic */
    CTEXT_MARK_COUNT
};

/* The marks that a text holds, bit n for mark n. Complexity: O(bytes). */
uint32_t ctext_marks(const uint8_t *text, size_t length);

#endif
