/* liblinear, with its own messages switched off. */
#ifndef CLINEAR_SHIM_H
#define CLINEAR_SHIM_H

#include <linear.h>

static inline void clinear_ignore(const char *text) { (void)text; }

/* The library prints each iteration; the setting is global, and this one is always the same. */
static inline void clinear_be_quiet(void) { set_print_string_function(clinear_ignore); }

#endif
