// One open Parquet file.
#pragma once

#include <arrow/io/file.h>
#include <arrow/result.h>
#include <parquet/arrow/reader.h>
#include <parquet/file_reader.h>

#include <memory>
#include <vector>

#include "carrow.h"
#include "pool.h"

struct carrow_file {
    // First in, last out: everything below allocates from it.
    std::unique_ptr<assay::LimitedPool> pool;
    std::unique_ptr<parquet::arrow::FileReader> reader;
    carrow_info info{};
    // What the footer leaves of the file's memory.
    int64_t decoding_bytes = 0;

    // The leaf columns of top-level fields.
    std::vector<int> leaves(const int32_t *fields, int32_t count) const;
};

namespace assay {

// Takes the descriptor over at once.
arrow::Result<std::unique_ptr<carrow_file>> open_file(int descriptor, carrow_limits limits);

// The rows of one row group, all of them or an error.
arrow::Status export_group(
    carrow_file &file, int group, const std::vector<int> &leaves, int64_t batch_rows, struct ArrowArrayStream *stream);

}  // namespace assay
