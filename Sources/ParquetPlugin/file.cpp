#include "file.h"

#include <arrow/c/bridge.h>
#include <arrow/record_batch.h>
#include <arrow/util/compression.h>
#include <parquet/metadata.h>
#include <parquet/schema.h>

#include <algorithm>
#include <numeric>
#include <string>
#include <utility>

#include "failure.h"
#include "footer.h"
#include "pages.h"

namespace assay {
namespace {

// Bytes that the buffers of one row group's columns may take, and those of one column. Chosen: 256 KiB reads a
// column chunk as fast as a MiB, and 5,000 columns stay below 32 MiB.
constexpr int64_t kBufferBytes = 16 << 20;
constexpr int64_t kMostColumnBytes = 256 << 10;
constexpr int64_t kLeastColumnBytes = 4 << 10;

// Elements of one list, and bytes of one string, of the footer and of a page's head: all that a footer within its
// limit can hold.
constexpr int32_t kMostElements = 1 << 20;
constexpr int32_t kMostTextBytes = 64 << 20;

bool is_text(const parquet::ColumnDescriptor &column) {
    const auto &type = column.logical_type();
    const bool is_marked =
        type != nullptr && (type->is_string() || type->is_enum() || type->is_JSON());
    return column.physical_type() == parquet::Type::BYTE_ARRAY && is_marked;
}

carrow_info info_of(const parquet::FileMetaData &metadata) {
    carrow_info info{};
    info.rows = metadata.num_rows();
    info.row_groups = metadata.num_row_groups();
    info.columns = metadata.num_columns();
    info.fields = metadata.schema()->group_node()->field_count();
    info.unmarked_is_text = 1;
    for (int column = 0; column < info.columns; column += 1) {
        if (is_text(*metadata.schema()->Column(column))) info.unmarked_is_text = 0;
    }
    info.codec = "";
    return info;
}

// Codec names in static storage.
const char *codec_name(arrow::Compression::type codec) {
    switch (codec) {
    case arrow::Compression::UNCOMPRESSED: return "uncompressed";
    case arrow::Compression::SNAPPY: return "snappy";
    case arrow::Compression::GZIP: return "gzip";
    case arrow::Compression::BROTLI: return "brotli";
    case arrow::Compression::ZSTD: return "zstd";
    case arrow::Compression::LZ4:
    case arrow::Compression::LZ4_FRAME:
    case arrow::Compression::LZ4_HADOOP: return "lz4";
    case arrow::Compression::LZO: return "lzo";
    case arrow::Compression::BZ2: return "bz2";
    default: return "";
    }
}

// The batches of one row group. The file outlives it.
class GroupReader : public arrow::RecordBatchReader {
public:
    GroupReader(
        std::unique_ptr<arrow::RecordBatchReader> inner, int64_t rows,
        std::shared_ptr<parquet::FileMetaData> metadata)
        : inner_(std::move(inner)), missing_(rows), metadata_(std::move(metadata)) {}

    std::shared_ptr<arrow::Schema> schema() const override { return inner_->schema(); }

    arrow::Status ReadNext(std::shared_ptr<arrow::RecordBatch> *batch) override {
        const auto status = over_content(*metadata_, [&] { return next(batch); });
        // The border has no code for encryption: `Cancelled` stands for it.
        if (code_of(status) == CARROW_ENCRYPTED) return arrow::Status::Cancelled(status.message());
        return status.IsCapacityError() ? arrow::Status::OutOfMemory(status.message()) : status;
    }

private:
    arrow::Status next(std::shared_ptr<arrow::RecordBatch> *batch) {
        ARROW_RETURN_NOT_OK(inner_->ReadNext(batch));
        if (*batch == nullptr) {
            if (missing_ == 0) return arrow::Status::OK();
            return arrow::Status::IOError(missing_, " rows fewer than the footer says");
        }
        missing_ -= (*batch)->num_rows();
        if (missing_ < 0) return arrow::Status::IOError("more rows than the footer says");
        return (*batch)->Validate();
    }

    std::unique_ptr<arrow::RecordBatchReader> inner_;
    int64_t missing_;
    std::shared_ptr<parquet::FileMetaData> metadata_;
};

// The rest of opening, once the footer is known.
arrow::Status open_content(
    carrow_file &file, std::shared_ptr<arrow::io::ReadableFile> source, parquet::ReaderProperties properties,
    std::shared_ptr<parquet::FileMetaData> metadata, int64_t cell_bytes) {
    const int64_t share = kBufferBytes / std::max(1, metadata->num_columns());
    properties.set_buffer_size(std::clamp(share, kLeastColumnBytes, kMostColumnBytes));
    auto contents = parquet::ParquetFileReader::Contents::Open(source, properties, metadata);
    file.info = info_of(*metadata);
    if (metadata->num_row_groups() > 0 && metadata->num_columns() > 0) {
        file.info.codec = codec_name(metadata->RowGroup(0)->ColumnChunk(0)->compression());
    }
    auto raw = std::make_unique<parquet::ParquetFileReader>();
    raw->Open(bounded_contents(std::move(contents), properties, cell_bytes));
    parquet::ArrowReaderProperties arrow_properties(false);
    arrow_properties.set_pre_buffer(false);
    return parquet::arrow::FileReader::Make(file.pool.get(), std::move(raw), arrow_properties)
        .Value(&file.reader);
}

}  // namespace

arrow::Result<std::unique_ptr<carrow_file>> open_file(int descriptor, carrow_limits limits) {
    auto file = std::make_unique<carrow_file>();
    file->pool = std::make_unique<LimitedPool>(limits.memory_bytes);
    ARROW_ASSIGN_OR_RAISE(auto source, arrow::io::ReadableFile::Open(descriptor, file->pool.get()));
    ARROW_ASSIGN_OR_RAISE(const int64_t footer, footer_bytes(*source, file->pool.get()));
    file->decoding_bytes = limits.memory_bytes - footer;
    // The footer is read once, for the number of columns, before the buffers are chosen.
    parquet::ReaderProperties properties(file->pool.get());
    properties.enable_buffered_stream();
    properties.set_page_checksum_verification(true);
    properties.set_thrift_container_size_limit(kMostElements);
    properties.set_thrift_string_size_limit(kMostTextBytes);
    auto metadata = parquet::ParquetFileReader::Contents::Open(source, properties)->metadata();
    ARROW_RETURN_NOT_OK(over_content(*metadata, [&] {
        return open_content(*file, source, properties, metadata, limits.cell_bytes);
    }));
    file->pool->set_limit(file->decoding_bytes);
    return file;
}

arrow::Status export_group(
    carrow_file &file, int group, const std::vector<int> &leaves, int64_t batch_rows,
    struct ArrowArrayStream *stream) {
    file.reader->set_batch_size(batch_rows);
    auto metadata = file.reader->parquet_reader()->metadata();
    return over_content(*metadata, [&]() -> arrow::Status {
        ARROW_ASSIGN_OR_RAISE(auto batches, file.reader->GetRecordBatchReader({group}, leaves));
        const int64_t rows = metadata->RowGroup(group)->num_rows();
        return arrow::ExportRecordBatchReader(
            std::make_shared<GroupReader>(std::move(batches), rows, metadata), stream);
    });
}

}  // namespace assay

std::vector<int> carrow_file::leaves(const int32_t *fields, int32_t count) const {
    std::vector<int> leaves;
    const parquet::SchemaDescriptor *schema = reader->parquet_reader()->metadata()->schema();
    const auto *root = schema->group_node();
    for (int leaf = 0; leaf < schema->num_columns(); leaf += 1) {
        if (fields == nullptr) {
            leaves.push_back(leaf);
            continue;
        }
        const int field = root->FieldIndex(*schema->GetColumnRoot(leaf));
        if (std::find(fields, fields + count, field) != fields + count) leaves.push_back(leaf);
    }
    return leaves;
}
