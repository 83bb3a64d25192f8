// What a footer will take, known before Arrow takes it apart.
#pragma once

#include <arrow/io/interfaces.h>
#include <arrow/memory_pool.h>
#include <arrow/result.h>

#include <cstdint>

namespace assay {

// Memory that a footer may take, about. Chosen: it stays below what one file may hold for decoding, so that both
// together do, and 20,000 columns in four row groups fit.
constexpr int64_t kFooterBytes = 224 << 20;

// Reads the footer's lists and adds up what their elements take in Arrow's structures and in the columns made of
// them: a byte of a footer can stand for hundreds in memory.
//
// Returns that sum, or 0 for a file whose end is no Parquet file's, which Arrow will say. Fails with the code
// CARROW_FOOTER where the sum is more than `kFooterBytes`, and with CARROW_ENCRYPTED for an encrypted footer.
arrow::Result<int64_t> footer_bytes(arrow::io::RandomAccessFile &file, arrow::MemoryPool *pool);

}  // namespace assay
