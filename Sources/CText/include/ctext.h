/* Umbrella of the C kernels. Small helpers are static inline; kernels with target_clones are external. */
#ifndef ASSAY_CTEXT_H
#define ASSAY_CTEXT_H

#include "ctext_hash.h"

#endif
