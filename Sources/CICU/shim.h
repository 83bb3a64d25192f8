/* ICU's names carry a version suffix that macros add; static inline wrappers give Swift stable names. */
#ifndef ASSAY_CICU_SHIM_H
#define ASSAY_CICU_SHIM_H

#include <unicode/uchar.h>
#include <unicode/ubrk.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>
#include <unicode/utypes.h>
#include <unicode/uversion.h>

static inline const UNormalizer2 *cicu_nfkc(UErrorCode *status) { return unorm2_getNFKCInstance(status); }

static inline int32_t cicu_normalize(
    const UNormalizer2 *normalizer, const UChar *source, int32_t length, UChar *target, int32_t capacity,
    UErrorCode *status) {
    return unorm2_normalize(normalizer, source, length, target, capacity, status);
}

static inline UBool cicu_is_normalized(
    const UNormalizer2 *normalizer, const UChar *source, int32_t length, UErrorCode *status) {
    return unorm2_quickCheck(normalizer, source, length, status) == UNORM_YES;
}

/* Full default case folding. */
static inline int32_t cicu_fold_case(
    UChar *target, int32_t capacity, const UChar *source, int32_t length, UErrorCode *status) {
    return u_strFoldCase(target, capacity, source, length, U_FOLD_CASE_DEFAULT, status);
}

static inline int32_t cicu_from_utf8(
    UChar *target, int32_t capacity, const char *source, int32_t length, UErrorCode *status) {
    int32_t written = 0;
    u_strFromUTF8WithSub(target, capacity, &written, source, length, 0xFFFD, NULL, status);
    return written;
}

static inline int32_t cicu_to_utf8(
    char *target, int32_t capacity, const UChar *source, int32_t length, UErrorCode *status) {
    int32_t written = 0;
    u_strToUTF8WithSub(target, capacity, &written, source, length, 0xFFFD, NULL, status);
    return written;
}

static inline int8_t cicu_general_category(UChar32 point) { return u_charType(point); }

static inline void cicu_each_category(UCharEnumTypeRange *each, const void *context) {
    u_enumCharTypes(each, context);
}

static inline UBool cicu_is_white_space(UChar32 point) { return u_isUWhiteSpace(point); }

static inline int32_t cicu_script(UChar32 point) {
    UErrorCode status = U_ZERO_ERROR;
    return uscript_getScript(point, &status);
}

static inline const char *cicu_script_name(int32_t script) { return uscript_getName((UScriptCode)script); }

static inline UBreakIterator *cicu_word_breaks(const char *locale, UErrorCode *status) {
    return ubrk_open(UBRK_WORD, locale, NULL, 0, status);
}

static inline void cicu_breaks_set_text(
    UBreakIterator *breaks, const UChar *text, int32_t length, UErrorCode *status) {
    ubrk_setText(breaks, text, length, status);
}

static inline int32_t cicu_breaks_next(UBreakIterator *breaks) { return ubrk_next(breaks); }

static inline int32_t cicu_breaks_rule_status(UBreakIterator *breaks) { return ubrk_getRuleStatus(breaks); }

static inline void cicu_breaks_close(UBreakIterator *breaks) { ubrk_close(breaks); }

static inline const char *cicu_version(void) { return U_ICU_VERSION; }

static inline const char *cicu_unicode_version(void) { return U_UNICODE_VERSION; }

#endif
