// Writes rows of one file as another.
#pragma once

#include <arrow/result.h>
#include <parquet/file_writer.h>

#include <memory>
#include <vector>

#include "carrow.h"
#include "columns.h"
#include "file.h"

struct carrow_writer {
    carrow_writer(carrow_file &source, carrow_sink sink, void *context, int64_t group_bytes);
    ~carrow_writer();

    void copy(const uint8_t *keep, int64_t count);
    void finish();
    // Of the source, the one at hand.
    int group() const { return next_group_ - 1; }
    // Whether it was the sink that failed.
    bool has_sink_failed() const;

private:
    class Sink;

    // The next rows of the source's row group at hand, in small steps so that the output's group can end.
    void step(const uint8_t *keep, int64_t count);
    void open_group();
    void close_output_group();

    carrow_file &source_;
    std::shared_ptr<Sink> sink_;
    const int64_t group_bytes_;
    std::unique_ptr<parquet::ParquetFileWriter> writer_;
    int next_group_ = 0;
    int64_t rows_left_ = 0;
    int64_t step_rows_ = 1;
    std::vector<std::unique_ptr<assay::ColumnCopy>> columns_;
    // Null between groups.
    parquet::RowGroupWriter *output_ = nullptr;
};
