/* Umbrella of the C kernels. Small helpers are static inline; kernels with target_clones are external. */
#ifndef ASSAY_CTEXT_H
#define ASSAY_CTEXT_H

#include "ctext_bits.h"
#include "ctext_buckets.h"
#include "ctext_fold.h"
#include "ctext_hash.h"
#include "ctext_json.h"
#include "ctext_lexical.h"
#include "ctext_marks.h"
#include "ctext_memory.h"
#include "ctext_minhash.h"
#include "ctext_overlap.h"
#include "ctext_set.h"
#include "ctext_shingles.h"
#include "ctext_terms.h"
#include "ctext_tokens.h"
#include "ctext_trace.h"
#include "ctext_utf8.h"
#include "ctext_words.h"

#endif
