#include "pages.h"

#include <arrow/buffer.h>
#include <parquet/column_page.h>
#include <parquet/exception.h>
#include <parquet/metadata.h>
#include <parquet/schema.h>

#include <algorithm>
#include <cstring>
#include <utility>

namespace assay {
namespace {

using parquet::Encoding;
using parquet::PageType;

uint32_t little_endian(const uint8_t *bytes) {
    return uint32_t(bytes[0]) | uint32_t(bytes[1]) << 8 | uint32_t(bytes[2]) << 16 | uint32_t(bytes[3]) << 24;
}

// Bytes of one run of levels in a V1 page; -1 where the page is damaged.
int64_t level_bytes(const uint8_t *bytes, int64_t count, int16_t max_level, Encoding::type encoding, int32_t values) {
    if (max_level == 0) return 0;
    if (encoding == Encoding::RLE) return count < 4 ? -1 : 4 + int64_t(little_endian(bytes));
    int bits = 0;
    while (max_level >> bits != 0) bits += 1;
    return (int64_t(values) * bits + 7) / 8;
}

// Cuts the cells of PLAIN bytes; an empty buffer where none is too long or the bytes are damaged, which the decoder
// will say.
std::shared_ptr<arrow::Buffer> cut(
    const uint8_t *bytes, int64_t head, int64_t count, int64_t limit, arrow::MemoryPool *pool) {
    int64_t cut_bytes = head;
    bool is_long = false;
    for (int64_t at = head; at < count;) {
        if (count - at < 4) return nullptr;
        const int64_t length = little_endian(bytes + at);
        if (length > count - at - 4) return nullptr;
        is_long = is_long || length > limit;
        cut_bytes += 4 + std::min(length, limit + 1);
        at += 4 + length;
    }
    if (!is_long) return nullptr;
    PARQUET_ASSIGN_OR_THROW(std::shared_ptr<arrow::Buffer> target, arrow::AllocateBuffer(cut_bytes, pool));
    uint8_t *out = target->mutable_data();
    std::memcpy(out, bytes, head);
    out += head;
    for (int64_t at = head; at < count;) {
        const int64_t length = little_endian(bytes + at);
        const uint32_t kept = uint32_t(std::min(length, limit + 1));
        for (int byte = 0; byte < 4; byte += 1) out[byte] = uint8_t(kept >> (8 * byte));
        std::memcpy(out + 4, bytes + at + 4, kept);
        out += 4 + kept;
        at += 4 + length;
    }
    return target;
}

class BoundedPages : public parquet::PageReader {
public:
    BoundedPages(
        std::unique_ptr<PageReader> inner, const parquet::ColumnDescriptor *column, arrow::MemoryPool *pool,
        int64_t limit)
        : inner_(std::move(inner)), column_(column), pool_(pool), limit_(limit) {}

    std::shared_ptr<parquet::Page> NextPage() override {
        std::shared_ptr<parquet::Page> page = inner_->NextPage();
        if (page == nullptr || page->size() <= limit_) return page;
        switch (page->type()) {
        case PageType::DICTIONARY_PAGE: return cut(std::static_pointer_cast<parquet::DictionaryPage>(page));
        case PageType::DATA_PAGE: return cut(std::static_pointer_cast<parquet::DataPageV1>(page));
        case PageType::DATA_PAGE_V2: return cut(std::static_pointer_cast<parquet::DataPageV2>(page));
        default: return page;
        }
    }

    void set_max_page_header_size(uint32_t size) override { inner_->set_max_page_header_size(size); }

private:
    std::shared_ptr<parquet::Page> cut(std::shared_ptr<parquet::DictionaryPage> page) {
        if (page->encoding() != Encoding::PLAIN && page->encoding() != Encoding::PLAIN_DICTIONARY) return page;
        auto buffer = assay::cut(page->data(), 0, page->size(), limit_, pool_);
        if (buffer == nullptr) return page;
        return std::make_shared<parquet::DictionaryPage>(
            buffer, page->num_values(), page->encoding(), page->is_sorted());
    }

    std::shared_ptr<parquet::Page> cut(std::shared_ptr<parquet::DataPageV1> page) {
        if (page->encoding() != Encoding::PLAIN) return page;
        int64_t head = 0;
        for (int level = 0; level < 2; level += 1) {
            const int16_t max = level == 0 ? column_->max_repetition_level() : column_->max_definition_level();
            const auto encoding =
                level == 0 ? page->repetition_level_encoding() : page->definition_level_encoding();
            const int64_t more =
                level_bytes(page->data() + head, page->size() - head, max, encoding, page->num_values());
            if (more < 0 || more > page->size() - head) return page;
            head += more;
        }
        auto buffer = assay::cut(page->data(), head, page->size(), limit_, pool_);
        if (buffer == nullptr) return page;
        return std::make_shared<parquet::DataPageV1>(
            buffer, page->num_values(), page->encoding(), page->definition_level_encoding(),
            page->repetition_level_encoding(), buffer->size());
    }

    std::shared_ptr<parquet::Page> cut(std::shared_ptr<parquet::DataPageV2> page) {
        if (page->encoding() != Encoding::PLAIN) return page;
        const int64_t head =
            int64_t(page->definition_levels_byte_length()) + page->repetition_levels_byte_length();
        if (head < 0 || head > page->size()) return page;
        auto buffer = assay::cut(page->data(), head, page->size(), limit_, pool_);
        if (buffer == nullptr) return page;
        return std::make_shared<parquet::DataPageV2>(
            buffer, page->num_values(), page->num_nulls(), page->num_rows(), page->encoding(),
            page->definition_levels_byte_length(), page->repetition_levels_byte_length(), buffer->size(), false);
    }

    std::unique_ptr<PageReader> inner_;
    const parquet::ColumnDescriptor *column_;
    arrow::MemoryPool *pool_;
    const int64_t limit_;
};

struct BoundedRowGroup : parquet::RowGroupReader::Contents {
    std::shared_ptr<parquet::RowGroupReader> inner;
    const parquet::ReaderProperties *reader_properties;
    int64_t limit;

    std::unique_ptr<parquet::PageReader> GetColumnPageReader(int i) override {
        auto pages = inner->GetColumnPageReader(i);
        const parquet::ColumnDescriptor *column = inner->metadata()->schema()->Column(i);
        if (column->physical_type() != parquet::Type::BYTE_ARRAY) return pages;
        return std::make_unique<BoundedPages>(std::move(pages), column, reader_properties->memory_pool(), limit);
    }

    const parquet::RowGroupMetaData *metadata() const override { return inner->metadata(); }
    const parquet::ReaderProperties *properties() const override { return reader_properties; }
};

// Arrow's newer versions ask for two methods more than its older ones, so they are not marked as overriding.
struct BoundedContents : parquet::ParquetFileReader::Contents {
    std::unique_ptr<Contents> inner;
    parquet::ReaderProperties reader_properties;
    int64_t limit;

    void Close() override { inner->Close(); }

    std::shared_ptr<parquet::RowGroupReader> GetRowGroup(int i) override {
        auto group = std::make_unique<BoundedRowGroup>();
        group->inner = inner->GetRowGroup(i);
        group->reader_properties = &reader_properties;
        group->limit = limit;
        return std::make_shared<parquet::RowGroupReader>(std::move(group));
    }

    std::shared_ptr<parquet::FileMetaData> metadata() const override { return inner->metadata(); }

    std::shared_ptr<parquet::PageIndexReader> GetPageIndexReader() { return nullptr; }

    parquet::BloomFilterReader &GetBloomFilterReader() {
        throw parquet::ParquetException("bloom filters are not read");
    }
};

}  // namespace

std::unique_ptr<parquet::ParquetFileReader::Contents> bounded_contents(
    std::unique_ptr<parquet::ParquetFileReader::Contents> inner, const parquet::ReaderProperties &properties,
    int64_t cell_bytes) {
    auto contents = std::make_unique<BoundedContents>();
    contents->inner = std::move(inner);
    contents->reader_properties = properties;
    contents->limit = cell_bytes;
    return contents;
}

}  // namespace assay
