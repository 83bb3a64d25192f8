/* The C library's allocator, set for batches; the cache. */
#ifndef ASSAY_CTEXT_MEMORY_H
#define ASSAY_CTEXT_MEMORY_H

/* Lets the allocator reuse blocks of up to 64 MiB instead of giving them back to the system: the page faults of
   taking them again were a tenth of a scan. Call it before any thread is started. */
void ctext_keep_freed_memory(void);

/* Gives freed memory back to the system after all: for the borders of phases that took much of it. */
void ctext_give_back_memory(void);

/* Asks for the cache line of an address, which may be any. */
static inline void ctext_prefetch(const void *address) { __builtin_prefetch(address); }

#endif
