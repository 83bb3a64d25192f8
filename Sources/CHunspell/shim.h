/* Hunspell's C interface. */
#ifndef ASSAY_CHUNSPELL_SHIM_H
#define ASSAY_CHUNSPELL_SHIM_H

#include <hunspell/hunspell.h>

#endif
