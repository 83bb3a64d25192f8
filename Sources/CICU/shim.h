/* What we use of ICU's C API, under stable names.
 *
 * ICU's own headers stay out: Foundation brings a second ICU whose types bear the same names, and a module that
 * sees both does not compile. So the functions are declared here, by ICU's stable C API (all @stable since ICU
 * 4.9 or earlier, and so with these signatures in every later version), with enums as the integers they are.
 * Only the header of version macros is included, for the version suffix that the symbols carry. */
#ifndef ASSAY_CICU_SHIM_H
#define ASSAY_CICU_SHIM_H

#include <stddef.h>
#include <stdint.h>
#include <unicode/uvernum.h>

/* A UTF-16 unit (UChar), a code point (UChar32), a boolean (UBool), an error code (UErrorCode: above 0 are
 * errors). */
typedef uint16_t cicu_unit;
typedef int32_t cicu_point;
typedef int8_t cicu_bool;
typedef int32_t cicu_status;

typedef struct UNormalizer2 cicu_normalizer;
typedef struct UBreakIterator cicu_breaks;
typedef struct USpoofChecker cicu_spoof_checker;

/* Called for each maximal range [first, limit) of one general category; 0 stops. */
typedef cicu_bool cicu_category_range(
    const void *context, cicu_point first, cicu_point limit, uint32_t category);

#define CICU_IMPORT(name) U_ICU_ENTRY_POINT_RENAME(name)

extern const cicu_normalizer *CICU_IMPORT(unorm2_getNFKCInstance)(cicu_status *);
extern int32_t CICU_IMPORT(unorm2_normalize)(
    const cicu_normalizer *, const cicu_unit *, int32_t, cicu_unit *, int32_t, cicu_status *);
extern cicu_bool CICU_IMPORT(unorm2_hasBoundaryBefore)(const cicu_normalizer *, cicu_point);
extern uint8_t CICU_IMPORT(u_getCombiningClass)(cicu_point);
extern int32_t CICU_IMPORT(u_getIntPropertyValue)(cicu_point, uint32_t);
extern int32_t CICU_IMPORT(u_strFoldCase)(
    cicu_unit *, int32_t, const cicu_unit *, int32_t, uint32_t, cicu_status *);
extern cicu_unit *CICU_IMPORT(u_strFromUTF8WithSub)(
    cicu_unit *, int32_t, int32_t *, const char *, int32_t, cicu_point, int32_t *, cicu_status *);
extern cicu_point CICU_IMPORT(u_tolower)(cicu_point);
extern void CICU_IMPORT(u_enumCharTypes)(cicu_category_range *, const void *);
extern cicu_bool CICU_IMPORT(u_isUWhiteSpace)(cicu_point);
extern int32_t CICU_IMPORT(uscript_getScript)(cicu_point, cicu_status *);
extern const char *CICU_IMPORT(uscript_getName)(int32_t);
extern cicu_breaks *CICU_IMPORT(ubrk_open)(
    uint32_t, const char *, const cicu_unit *, int32_t, cicu_status *);
extern void CICU_IMPORT(ubrk_setText)(cicu_breaks *, const cicu_unit *, int32_t, cicu_status *);
extern int32_t CICU_IMPORT(ubrk_first)(cicu_breaks *);
extern int32_t CICU_IMPORT(ubrk_next)(cicu_breaks *);
extern int32_t CICU_IMPORT(ubrk_getRuleStatus)(cicu_breaks *);
extern void CICU_IMPORT(ubrk_close)(cicu_breaks *);
extern cicu_spoof_checker *CICU_IMPORT(uspoof_open)(cicu_status *);
extern int32_t CICU_IMPORT(uspoof_getSkeletonUTF8)(
    const cicu_spoof_checker *, uint32_t, const char *, int32_t, char *, int32_t, cicu_status *);
extern void CICU_IMPORT(uspoof_close)(cicu_spoof_checker *);
extern void CICU_IMPORT(u_getUnicodeVersion)(uint8_t *);
extern void CICU_IMPORT(u_getVersion)(uint8_t *);

/* Numbers of ICU's scripts (UScriptCode). */
enum {
    cicu_script_inherited = 1,
    cicu_script_han = 17,
    cicu_script_hiragana = 20,
    cicu_script_katakana = 22,
    cicu_script_khmer = 23,
    cicu_script_lao = 24,
    cicu_script_latin = 25,
    cicu_script_myanmar = 28,
    cicu_script_thai = 38
};

static inline const cicu_normalizer *cicu_nfkc(cicu_status *status) {
    return CICU_IMPORT(unorm2_getNFKCInstance)(status);
}

static inline int32_t cicu_normalize(
    const cicu_normalizer *normalizer, const cicu_unit *source, int32_t length, cicu_unit *target,
    int32_t capacity, cicu_status *status) {
    return CICU_IMPORT(unorm2_normalize)(normalizer, source, length, target, capacity, status);
}

/* A string that starts with the code point may be normalised apart from what precedes it. */
static inline cicu_bool cicu_has_boundary_before(const cicu_normalizer *normalizer, cicu_point point) {
    return CICU_IMPORT(unorm2_hasBoundaryBefore)(normalizer, point);
}

static inline uint8_t cicu_combining_class(cicu_point point) { return CICU_IMPORT(u_getCombiningClass)(point); }

/* NFKC_Quick_Check (UCHAR_NFKC_QUICK_CHECK) is Yes (UNORM_YES), neither No nor Maybe. */
static inline cicu_bool cicu_is_nfkc_quick(cicu_point point) {
    return CICU_IMPORT(u_getIntPropertyValue)(point, 0x100F) == 1;
}

/* Full default case folding (U_FOLD_CASE_DEFAULT). */
static inline int32_t cicu_fold_case(
    cicu_unit *target, int32_t capacity, const cicu_unit *source, int32_t length, cicu_status *status) {
    return CICU_IMPORT(u_strFoldCase)(target, capacity, source, length, 0, status);
}

/* Ill-formed bytes become U+FFFD, one for each maximal subpart. */
static inline int32_t cicu_from_utf8(
    cicu_unit *target, int32_t capacity, const char *source, int32_t length, cicu_status *status) {
    int32_t written = 0;
    CICU_IMPORT(u_strFromUTF8WithSub)(target, capacity, &written, source, length, 0xFFFD, NULL, status);
    return written;
}

static inline void cicu_each_category(cicu_category_range *each, const void *context) {
    CICU_IMPORT(u_enumCharTypes)(each, context);
}

/* Simple lower-case mapping, in no locale. */
static inline cicu_point cicu_to_lower(cicu_point point) { return CICU_IMPORT(u_tolower)(point); }

static inline cicu_bool cicu_is_white_space(cicu_point point) { return CICU_IMPORT(u_isUWhiteSpace)(point); }

static inline int32_t cicu_script(cicu_point point) {
    cicu_status status = 0;
    return CICU_IMPORT(uscript_getScript)(point, &status);
}

static inline const char *cicu_script_name(int32_t script) { return CICU_IMPORT(uscript_getName)(script); }

/* Word breaks (UBRK_WORD). */
static inline cicu_breaks *cicu_word_breaks(const char *locale, cicu_status *status) {
    return CICU_IMPORT(ubrk_open)(1, locale, NULL, 0, status);
}

static inline void cicu_breaks_set_text(
    cicu_breaks *breaks, const cicu_unit *text, int32_t length, cicu_status *status) {
    CICU_IMPORT(ubrk_setText)(breaks, text, length, status);
}

static inline int32_t cicu_breaks_first(cicu_breaks *breaks) { return CICU_IMPORT(ubrk_first)(breaks); }

/* -1 (UBRK_DONE) after the last boundary. */
static inline int32_t cicu_breaks_next(cicu_breaks *breaks) { return CICU_IMPORT(ubrk_next)(breaks); }

static inline int32_t cicu_breaks_rule_status(cicu_breaks *breaks) {
    return CICU_IMPORT(ubrk_getRuleStatus)(breaks);
}

static inline void cicu_breaks_close(cicu_breaks *breaks) { CICU_IMPORT(ubrk_close)(breaks); }

static inline cicu_spoof_checker *cicu_spoof_open(cicu_status *status) { return CICU_IMPORT(uspoof_open)(status); }

/* The skeleton of UTS #39: texts that look alike have the same. */
static inline int32_t cicu_skeleton(
    const cicu_spoof_checker *checker, const char *text, int32_t length, char *target, int32_t capacity,
    cicu_status *status) {
    return CICU_IMPORT(uspoof_getSkeletonUTF8)(checker, 0, text, length, target, capacity, status);
}

static inline void cicu_spoof_close(cicu_spoof_checker *checker) { CICU_IMPORT(uspoof_close)(checker); }

/* Four numbers of the version of the Unicode standard, and of the library that is loaded. */
static inline void cicu_unicode_version(uint8_t *parts) { CICU_IMPORT(u_getUnicodeVersion)(parts); }
static inline void cicu_version(uint8_t *parts) { CICU_IMPORT(u_getVersion)(parts); }

#endif
