#include "columns.h"

#include <parquet/exception.h>
#include <parquet/schema.h>
#include <parquet/types.h>

#include <algorithm>
#include <utility>
#include <vector>

namespace assay {
namespace {

// Levels that are read at once.
constexpr int64_t kLevels = 1024;

template <typename Type>
class TypedCopy : public ColumnCopy {
    using Value = typename Type::c_type;

public:
    explicit TypedCopy(std::shared_ptr<parquet::ColumnReader> reader)
        : reader_(std::static_pointer_cast<parquet::TypedColumnReader<Type>>(reader)),
          max_definition_(reader->descr()->max_definition_level()),
          max_repetition_(reader->descr()->max_repetition_level()),
          definitions_(kLevels, 0),
          repetitions_(kLevels, 0),
          values_(new Value[kLevels]),
          kept_definitions_(kLevels, 0),
          kept_repetitions_(kLevels, 0),
          kept_values_(new Value[kLevels]) {}

    void copy(const uint8_t *keep, int64_t rows, parquet::ColumnWriter *out) override {
        int64_t row = 0;
        bool is_kept = false;
        while (true) {
            for (; at_ < count_; at_ += 1) {
                if (repetitions_[at_] == 0) {
                    if (row == rows) return flush(out);
                    is_kept = keep[row] != 0;
                    row += 1;
                }
                take(is_kept);
            }
            // Values point into the page, which reading on may replace.
            flush(out);
            if (!read()) break;
        }
        if (row != rows) throw parquet::ParquetException("a column has fewer rows than its row group");
    }

private:
    void take(bool is_kept) {
        const bool has_value = definitions_[at_] == max_definition_;
        if (is_kept) {
            kept_definitions_[kept_] = definitions_[at_];
            kept_repetitions_[kept_] = repetitions_[at_];
            kept_ += 1;
            if (has_value) kept_values_[kept_value_count_++] = values_[value_];
        }
        if (has_value) value_ += 1;
    }

    // False at the end of the column chunk.
    bool read() {
        at_ = 0;
        count_ = 0;
        value_ = 0;
        int64_t value_count = 0;
        while (count_ == 0 && reader_->HasNext()) {
            count_ = reader_->ReadBatch(
                kLevels, max_definition_ > 0 ? definitions_.data() : nullptr,
                max_repetition_ > 0 ? repetitions_.data() : nullptr, values_.get(), &value_count);
        }
        const auto values = std::count(definitions_.begin(), definitions_.begin() + count_, max_definition_);
        if (values != value_count) throw parquet::ParquetException("a page has other values than its levels say");
        return count_ > 0;
    }

    void flush(parquet::ColumnWriter *out) {
        if (kept_ > 0) {
            auto *writer = static_cast<parquet::TypedColumnWriter<Type> *>(out);
            writer->WriteBatch(
                kept_, max_definition_ > 0 ? kept_definitions_.data() : nullptr,
                max_repetition_ > 0 ? kept_repetitions_.data() : nullptr, kept_values_.get());
        }
        kept_ = 0;
        kept_value_count_ = 0;
    }

    std::shared_ptr<parquet::TypedColumnReader<Type>> reader_;
    const int16_t max_definition_;
    const int16_t max_repetition_;
    std::vector<int16_t> definitions_;
    std::vector<int16_t> repetitions_;
    std::unique_ptr<Value[]> values_;
    int64_t count_ = 0;
    int64_t at_ = 0;
    int64_t value_ = 0;
    std::vector<int16_t> kept_definitions_;
    std::vector<int16_t> kept_repetitions_;
    std::unique_ptr<Value[]> kept_values_;
    int64_t kept_ = 0;
    int64_t kept_value_count_ = 0;
};

}  // namespace

std::unique_ptr<ColumnCopy> ColumnCopy::make(std::shared_ptr<parquet::ColumnReader> reader) {
    switch (reader->type()) {
    case parquet::Type::BOOLEAN: return std::make_unique<TypedCopy<parquet::BooleanType>>(reader);
    case parquet::Type::INT32: return std::make_unique<TypedCopy<parquet::Int32Type>>(reader);
    case parquet::Type::INT64: return std::make_unique<TypedCopy<parquet::Int64Type>>(reader);
    case parquet::Type::INT96: return std::make_unique<TypedCopy<parquet::Int96Type>>(reader);
    case parquet::Type::FLOAT: return std::make_unique<TypedCopy<parquet::FloatType>>(reader);
    case parquet::Type::DOUBLE: return std::make_unique<TypedCopy<parquet::DoubleType>>(reader);
    case parquet::Type::BYTE_ARRAY: return std::make_unique<TypedCopy<parquet::ByteArrayType>>(reader);
    case parquet::Type::FIXED_LEN_BYTE_ARRAY: return std::make_unique<TypedCopy<parquet::FLBAType>>(reader);
    default: throw parquet::ParquetException("a column of an unknown physical type");
    }
}

}  // namespace assay
