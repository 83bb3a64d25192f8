// Copies the chosen rows of one column.
#pragma once

#include <parquet/column_reader.h>
#include <parquet/column_writer.h>

#include <memory>

namespace assay {

// One column chunk, read front to back. What is written are the levels and values as they are: no type is converted.
class ColumnCopy {
public:
    virtual ~ColumnCopy() = default;

    // Takes the next rows, and writes those whose byte in `keep` is not 0. `out` may be null where none is.
    virtual void copy(const uint8_t *keep, int64_t rows, parquet::ColumnWriter *out) = 0;

    static std::unique_ptr<ColumnCopy> make(std::shared_ptr<parquet::ColumnReader> reader);
};

}  // namespace assay
