#include "writer.h"

#include <arrow/io/interfaces.h>
#include <arrow/memory_pool.h>
#include <parquet/exception.h>
#include <parquet/metadata.h>
#include <parquet/properties.h>
#include <parquet/schema.h>

#include <algorithm>
#include <utility>

namespace {

using parquet::Encoding;

// Rows that are copied before the size of the output's row group is looked at: about a MiB of them.
constexpr int64_t kStepBytes = 1 << 20;
constexpr int64_t kStepRows = 4096;

// Encodings besides PLAIN and dictionaries that a column may be written in again.
const Encoding::type kEncodings[] = {
    Encoding::DELTA_BYTE_ARRAY, Encoding::DELTA_LENGTH_BYTE_ARRAY, Encoding::DELTA_BINARY_PACKED,
    Encoding::BYTE_STREAM_SPLIT};

void set_column(
    parquet::WriterProperties::Builder &builder, const parquet::ColumnChunkMetaData &chunk,
    const parquet::ColumnDescriptor &column) {
    const auto path = column.path();
    auto codec = chunk.compression();
    // The old framing of Hadoop is read, and written as the one that replaced it.
    if (codec == arrow::Compression::LZ4_HADOOP) codec = arrow::Compression::LZ4;
    builder.compression(path, codec);
    if (chunk.has_dictionary_page()) {
        builder.enable_dictionary(path);
        return;
    }
    builder.disable_dictionary(path);
    const auto &encodings = chunk.encodings();
    for (const auto encoding : kEncodings) {
        if (std::find(encodings.begin(), encodings.end(), encoding) == encodings.end()) continue;
        builder.encoding(path, encoding);
        return;
    }
}

std::shared_ptr<parquet::WriterProperties> properties_like(const parquet::FileMetaData &metadata) {
    parquet::WriterProperties::Builder builder;
    builder.memory_pool(arrow::system_memory_pool());
    builder.version(metadata.version());
    builder.enable_page_checksum();
    if (metadata.num_row_groups() == 0) return builder.build();
    auto group = metadata.RowGroup(0);
    for (int i = 0; i < metadata.num_columns(); i += 1) {
        auto chunk = group->ColumnChunk(i);
        set_column(builder, *chunk, *metadata.schema()->Column(i));
        if (chunk->GetOffsetIndexLocation().has_value()) builder.enable_write_page_index();
        for (const auto &pages : chunk->encoding_stats()) {
            if (pages.page_type == parquet::PageType::DATA_PAGE_V2) {
                builder.data_page_version(parquet::ParquetDataPageVersion::V2);
            }
        }
    }
    builder.set_sorting_columns(group->sorting_columns());
    return builder.build();
}

}  // namespace

// Hands bytes on to the caller's function.
class carrow_writer::Sink : public arrow::io::OutputStream {
public:
    Sink(carrow_sink sink, void *context) : sink_(sink), context_(context) {
        set_mode(arrow::io::FileMode::WRITE);
    }

    using arrow::io::OutputStream::Write;

    arrow::Status Write(const void *data, int64_t count) override {
        // A writer that is given up closes its file all the same.
        if (is_closed_) return arrow::Status::OK();
        if (has_failed_ || sink_(context_, static_cast<const uint8_t *>(data), count) != 0) {
            has_failed_ = true;
            return arrow::Status::IOError("the output could not be written");
        }
        position_ += count;
        return arrow::Status::OK();
    }

    arrow::Status Close() override {
        is_closed_ = true;
        return arrow::Status::OK();
    }

    bool closed() const override { return is_closed_; }
    arrow::Result<int64_t> Tell() const override { return position_; }
    bool has_failed() const { return has_failed_; }
    void give_up() { is_closed_ = true; }

private:
    carrow_sink sink_;
    void *context_;
    int64_t position_ = 0;
    bool is_closed_ = false;
    bool has_failed_ = false;
};

carrow_writer::carrow_writer(carrow_file &source, carrow_sink sink, void *context, int64_t group_bytes)
    : source_(source), sink_(std::make_shared<Sink>(sink, context)), group_bytes_(group_bytes) {
    auto metadata = source.reader->parquet_reader()->metadata();
    auto root = std::static_pointer_cast<parquet::schema::GroupNode>(metadata->schema()->schema_root());
    writer_ = parquet::ParquetFileWriter::Open(
        sink_, root, properties_like(*metadata), metadata->key_value_metadata());
}

carrow_writer::~carrow_writer() {
    sink_->give_up();
    try {
        writer_.reset();
    } catch (...) {
        // Nothing is written any more, and the caller has had its error.
    }
}

bool carrow_writer::has_sink_failed() const { return sink_->has_failed(); }

void carrow_writer::copy(const uint8_t *keep, int64_t count) {
    while (count > 0) {
        if (rows_left_ == 0) open_group();
        const int64_t rows = std::min({count, rows_left_, step_rows_});
        step(keep, rows);
        keep += rows;
        count -= rows;
        rows_left_ -= rows;
        if (rows_left_ == 0) close_output_group();
    }
}

void carrow_writer::open_group() {
    auto *reader = source_.reader->parquet_reader();
    auto metadata = reader->metadata();
    while (rows_left_ == 0) {
        if (next_group_ == metadata->num_row_groups()) throw parquet::ParquetException("the file has no more rows");
        rows_left_ = metadata->RowGroup(next_group_)->num_rows();
        next_group_ += 1;
    }
    if (rows_left_ < 0) throw parquet::ParquetException("a row group has a negative number of rows");
    auto group = reader->RowGroup(next_group_ - 1);
    const int64_t row_bytes = std::max<int64_t>(1, group->metadata()->total_byte_size() / rows_left_);
    step_rows_ = std::clamp<int64_t>(kStepBytes / row_bytes, 1, kStepRows);
    columns_.clear();
    for (int i = 0; i < metadata->num_columns(); i += 1) {
        columns_.push_back(assay::ColumnCopy::make(group->Column(i)));
    }
}

void carrow_writer::step(const uint8_t *keep, int64_t count) {
    const bool has_rows = std::any_of(keep, keep + count, [](uint8_t byte) { return byte != 0; });
    if (has_rows && output_ == nullptr) output_ = writer_->AppendBufferedRowGroup();
    for (size_t i = 0; i < columns_.size(); i += 1) {
        columns_[i]->copy(keep, count, has_rows ? output_->column(int(i)) : nullptr);
    }
    if (output_ == nullptr) return;
    int64_t bytes = output_->total_bytes_written() + output_->total_compressed_bytes();
    for (size_t i = 0; i < columns_.size(); i += 1) {
        bytes += output_->column(int(i))->estimated_buffered_value_bytes();
    }
    if (bytes >= group_bytes_) close_output_group();
}

void carrow_writer::close_output_group() {
    if (output_ != nullptr) output_->Close();
    output_ = nullptr;
}

void carrow_writer::finish() {
    close_output_group();
    writer_->Close();
    columns_.clear();
}
