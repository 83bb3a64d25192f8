#include "ctext_memory.h"

#include <malloc.h>
#include <unistd.h>

void ctext_keep_freed_memory(void) {
    mallopt(M_MMAP_THRESHOLD, 64 << 20);
    mallopt(M_TRIM_THRESHOLD, 128 << 20);
    // What a thread has freed in an arena of its own is of no use to the others.
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    mallopt(M_ARENA_MAX, processors > 0 && processors < 4 ? (int)processors : 4);
}

void ctext_give_back_memory(void) { malloc_trim(0); }
