// Pages of which no cell is longer than a limit.
#pragma once

#include <arrow/memory_pool.h>
#include <parquet/column_reader.h>
#include <parquet/file_reader.h>

#include <memory>

namespace assay {

// The same file with each longer string or binary cell cut to one byte more than the limit.
//
// Arrow copies a cell up to three times on its way. A cell over the cap is set aside by the row reader whatever it
// holds, so it is cut here, where one copy is held. Cut are cells in PLAIN pages and dictionaries, which is how
// writers store what they cannot share.
std::unique_ptr<parquet::ParquetFileReader::Contents> bounded_contents(
    std::unique_ptr<parquet::ParquetFileReader::Contents> inner, const parquet::ReaderProperties &properties,
    int64_t cell_bytes);

}  // namespace assay
