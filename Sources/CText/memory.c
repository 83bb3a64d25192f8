#include "ctext_memory.h"

#include <malloc.h>

void ctext_keep_freed_memory(void) {
    mallopt(M_MMAP_THRESHOLD, 64 << 20);
    mallopt(M_TRIM_THRESHOLD, 128 << 20);
    mallopt(M_ARENA_MAX, 4);
}

void ctext_give_back_memory(void) { malloc_trim(0); }
