#include "footer.h"

#include <arrow/buffer.h>
#include <arrow/status.h>

#include <algorithm>
#include <cstring>

#include "failure.h"

namespace assay {
namespace {

// Types of Thrift's compact protocol (github.com/apache/thrift, doc/specs/thrift-compact-protocol.md).
enum Wire : uint8_t {
    kStop = 0, kTrue = 1, kFalse = 2, kByte = 3, kI16 = 4, kI32 = 5, kI64 = 6, kDouble = 7, kBinary = 8, kList = 9,
    kSet = 10, kMap = 11, kStruct = 12, kUUID = 13
};

// Structures of parquet.thrift below which lists stand. `kOther` is any other.
enum class Place : uint8_t { kFile, kGroup, kChunk, kMeta, kCrypto, kColumnKey, kSizes, kGeospatial, kOther };

struct Field {
    Place in;
    int16_t id;
    // Of the field, and of its elements where it is a list.
    Wire type;
    Wire element;
    // Of the structure that it is, or that its elements are.
    Place below;
    // Bytes that one element takes.
    int64_t bytes;
};

// An element of a list that is not below, and what a string takes besides its bytes.
constexpr int64_t kOtherBytes = 128;
constexpr int64_t kTextBytes = 64;
// Measured, with what each stands for elsewhere: 50,000 columns of a row took 11 kB each, of which 4 are buffers that
// the pool counts; 220,000 chunks and 800,000 row groups without content took 670 and 90 bytes each.
constexpr int64_t kColumnBytes = 6144;
constexpr int64_t kGroupBytes = 128;
constexpr int64_t kChunkBytes = 768;

// Numbers and types of parquet.thrift (github.com/apache/parquet-format).
constexpr Field kFields[] = {
    {Place::kFile, 2, kList, kStruct, Place::kOther, kColumnBytes},
    {Place::kFile, 4, kList, kStruct, Place::kGroup, kGroupBytes},
    {Place::kFile, 5, kList, kStruct, Place::kOther, kOtherBytes},
    {Place::kFile, 7, kList, kStruct, Place::kOther, kOtherBytes},
    {Place::kGroup, 1, kList, kStruct, Place::kChunk, kChunkBytes},
    {Place::kGroup, 4, kList, kStruct, Place::kOther, kOtherBytes},
    {Place::kChunk, 3, kStruct, kStop, Place::kMeta, 0},
    {Place::kChunk, 8, kStruct, kStop, Place::kCrypto, 0},
    {Place::kMeta, 2, kList, kI32, Place::kOther, 8},
    {Place::kMeta, 3, kList, kBinary, Place::kOther, 0},
    {Place::kMeta, 8, kList, kStruct, Place::kOther, kOtherBytes},
    {Place::kMeta, 13, kList, kStruct, Place::kOther, 32},
    {Place::kMeta, 16, kStruct, kStop, Place::kSizes, 0},
    {Place::kMeta, 17, kStruct, kStop, Place::kGeospatial, 0},
    {Place::kCrypto, 2, kStruct, kStop, Place::kColumnKey, 0},
    {Place::kColumnKey, 1, kList, kBinary, Place::kOther, 0},
    {Place::kSizes, 2, kList, kI64, Place::kOther, 16},
    {Place::kSizes, 3, kList, kI64, Place::kOther, 16},
    {Place::kGeospatial, 2, kList, kI32, Place::kOther, 16},
};

// Whole numbers look alike on the wire, whatever their width.
Wire alike(Wire type) { return type == kI16 || type == kI64 ? kI32 : type; }

// Walks a footer as Arrow's parser does. A walk that ends early has counted what Arrow allocates up to there: a list
// is counted when its head is read.
class Walk {
public:
    Walk(const uint8_t *bytes, int64_t count) : at_(bytes), end_(bytes + count) {}

    // False where the bytes are no footer, or more than the limit.
    bool structure(Place place, int depth = 0) {
        if (depth > kDepth) return false;
        int16_t id = 0;
        while (true) {
            uint8_t head = 0;
            if (!byte(head)) return false;
            const Wire type = Wire(head & 15);
            if (type == kStop) return true;
            if (head >> 4 != 0) {
                id = int16_t(id + (head >> 4));
            } else {
                uint64_t number = 0;
                if (!varint(number)) return false;
                id = int16_t((number >> 1) ^ (0 - (number & 1)));
            }
            const Field *field = std::find_if(
                std::begin(kFields), std::end(kFields),
                [&](const Field &field) { return field.in == place && field.id == id && field.type == type; });
            if (field == std::end(kFields)) field = nullptr;
            // The values of booleans stand in the head.
            if (type == kTrue || type == kFalse) continue;
            if (!value(type, field, depth + 1)) return false;
        }
    }

    int64_t columns() const { return columns_; }
    int64_t groups() const { return groups_; }
    int64_t chunks() const { return chunks_; }
    int64_t bytes() const { return bytes_; }
    bool is_over() const { return bytes_ > kFooterBytes; }

private:
    // As Thrift's own recursion limit.
    static constexpr int kDepth = 64;

    bool value(Wire type, const Field *field, int depth) {
        uint64_t number = 0;
        switch (type) {
        case kTrue:
        case kFalse:
        case kByte: return skip(1);
        case kI16:
        case kI32:
        case kI64: return varint(number);
        case kDouble: return skip(8);
        case kUUID: return skip(16);
        case kBinary: return varint(number) && add(1, kTextBytes + int64_t(number & INT32_MAX) * 2) && skip(number);
        case kList:
        case kSet: return list(field, depth);
        case kMap: return map(depth);
        case kStruct: return structure(field == nullptr ? Place::kOther : field->below, depth);
        default: return false;
        }
    }

    bool list(const Field *field, int depth) {
        uint8_t head = 0;
        if (depth > kDepth || !byte(head)) return false;
        uint64_t count = head >> 4;
        const Wire element = Wire(head & 15);
        if (count == 15 && !varint(count)) return false;
        // Arrow reads a known list by the type that it should have.
        if (field != nullptr && count > 0 && alike(element) != alike(field->element)) return false;
        if (!add(count, field == nullptr ? kOtherBytes : field->bytes)) return false;
        if (field != nullptr && field->in == Place::kFile && field->id == 2) columns_ += int64_t(count);
        if (field != nullptr && field->in == Place::kFile && field->id == 4) groups_ += int64_t(count);
        if (field != nullptr && field->in == Place::kGroup && field->id == 1) chunks_ += int64_t(count);
        if (is_over()) return false;
        for (uint64_t i = 0; i < count; i += 1) {
            if (element == kStruct) {
                if (!structure(field == nullptr ? Place::kOther : field->below, depth + 1)) return false;
            } else if (!value(element, nullptr, depth + 1)) {
                return false;
            }
        }
        return true;
    }

    bool map(int depth) {
        uint64_t count = 0;
        if (depth > kDepth || !varint(count)) return false;
        if (count == 0) return true;
        uint8_t types = 0;
        if (!byte(types) || !add(count, kOtherBytes)) return false;
        for (uint64_t i = 0; i < count; i += 1) {
            if (!value(Wire(types >> 4), nullptr, depth + 1)) return false;
            if (!value(Wire(types & 15), nullptr, depth + 1)) return false;
        }
        return true;
    }

    // Counts elements; false where their number passes what a list may have.
    bool add(uint64_t count, int64_t bytes) {
        if (count > uint64_t(INT32_MAX)) return false;
        bytes_ += int64_t(count) * bytes;
        return true;
    }

    bool byte(uint8_t &value) {
        if (at_ == end_) return false;
        value = *at_++;
        return true;
    }

    bool varint(uint64_t &value) {
        value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            uint8_t next = 0;
            if (!byte(next)) return false;
            value |= uint64_t(next & 127) << shift;
            if (next < 128) return true;
        }
        return false;
    }

    bool skip(uint64_t count) {
        if (count > uint64_t(end_ - at_)) return false;
        at_ += count;
        return true;
    }

    const uint8_t *at_;
    const uint8_t *end_;
    int64_t columns_ = 0;
    int64_t groups_ = 0;
    int64_t chunks_ = 0;
    int64_t bytes_ = 0;
};

// The length that stands before the last magic, and that magic.
constexpr int64_t kTailBytes = 8;

}  // namespace

arrow::Result<int64_t> footer_bytes(arrow::io::RandomAccessFile &file, arrow::MemoryPool *pool) {
    ARROW_ASSIGN_OR_RAISE(const int64_t size, file.GetSize());
    if (size < kTailBytes) return 0;
    uint8_t tail[kTailBytes];
    ARROW_ASSIGN_OR_RAISE(const int64_t read, file.ReadAt(size - kTailBytes, kTailBytes, tail));
    if (read != kTailBytes) return 0;
    if (std::memcmp(tail + 4, "PARE", 4) == 0) return coded(CARROW_ENCRYPTED, "its footer is encrypted");
    const int64_t count = int64_t(tail[0]) | int64_t(tail[1]) << 8 | int64_t(tail[2]) << 16 | int64_t(tail[3]) << 24;
    if (std::memcmp(tail + 4, "PAR1", 4) != 0 || count > size - kTailBytes) return 0;
    // Strings are held twice at least.
    if (count > kFooterBytes / 2) return coded(CARROW_FOOTER, "it has ", count, " bytes");
    ARROW_ASSIGN_OR_RAISE(auto buffer, arrow::AllocateBuffer(count, pool));
    ARROW_ASSIGN_OR_RAISE(
        const int64_t found, file.ReadAt(size - kTailBytes - count, count, buffer->mutable_data()));
    Walk walk(buffer->data(), found);
    const bool is_whole = walk.structure(Place::kFile);
    if (walk.is_over()) {
        return coded(
            CARROW_FOOTER, "it describes ", walk.columns(), " schema elements, ", walk.groups(), " row groups and ",
            walk.chunks(), " column chunks at least; about ", kFooterBytes / kColumnBytes, " of those, or ",
            kFooterBytes / (2 * kChunkBytes), " columns times row groups, are read");
    }
    if (!is_whole) return arrow::Status::IOError("the footer's lists contradict the format");
    return walk.bytes();
}

}  // namespace assay
