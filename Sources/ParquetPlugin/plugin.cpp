// The plug-in's entry: C functions over Arrow, none of which throws.

#include <arrow/c/bridge.h>
#include <arrow/config.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <utility>

#include "carrow.h"
#include "failure.h"
#include "file.h"
#include "writer.h"

namespace {

const parquet::FileMetaData &metadata_of(const carrow_file *file) {
    return *file->reader->parquet_reader()->metadata();
}

int open_file(int descriptor, carrow_limits limits, carrow_file **file, carrow_error *error) {
    return assay::guarded(error, [&]() -> arrow::Status {
        ARROW_ASSIGN_OR_RAISE(auto opened, assay::open_file(descriptor, limits));
        *file = opened.release();
        return arrow::Status::OK();
    });
}

void close_file(carrow_file *file) {
    try {
        delete file;
    } catch (...) {
        // Nothing was written, so nothing is lost.
    }
}

carrow_info info(const carrow_file *file) { return file->info; }

int64_t group_rows(const carrow_file *file, int32_t group) {
    try {
        return metadata_of(file).RowGroup(group)->num_rows();
    } catch (...) {
        return -1;
    }
}

int64_t group_bytes(const carrow_file *file, int32_t group) {
    try {
        return metadata_of(file).RowGroup(group)->total_byte_size();
    } catch (...) {
        return -1;
    }
}

int schema(carrow_file *file, struct ArrowSchema *target, carrow_error *error) {
    return assay::guarded(error, [&]() -> arrow::Status {
        std::shared_ptr<arrow::Schema> found;
        ARROW_RETURN_NOT_OK(file->reader->GetSchema(&found));
        return arrow::ExportSchema(*found, target);
    });
}

int stream(
    carrow_file *file, int32_t group, const int32_t *fields, int32_t field_count, int64_t batch_rows,
    int64_t memory_bytes, struct ArrowArrayStream *target, carrow_error *error) {
    return assay::guarded(error, [&]() -> arrow::Status {
        file->pool->set_limit(std::min(memory_bytes, file->decoding_bytes));
        return assay::export_group(*file, group, file->leaves(fields, field_count), batch_rows, target);
    });
}

int writer_open(
    carrow_file *source, carrow_sink sink, void *context, int64_t bytes, carrow_writer **writer,
    carrow_error *error) {
    return assay::guarded(error, [&]() -> arrow::Status {
        *writer = std::make_unique<carrow_writer>(*source, sink, context, bytes).release();
        return arrow::Status::OK();
    });
}

// An error of the sink is told apart: the caller knows its reason.
template <typename Function>
int written(carrow_writer *writer, carrow_error *error, Function &&function) {
    const int code = assay::guarded(error, [&]() -> arrow::Status {
        try {
            function();
            return arrow::Status::OK();
        } catch (...) {
            const arrow::Status status = assay::status_of_exception();
            return status.WithMessage("row group ", writer->group(), ": ", status.message());
        }
    });
    if (code != CARROW_OK && writer->has_sink_failed()) error->code = CARROW_UNWRITABLE;
    return code == CARROW_OK ? code : error->code;
}

int writer_copy(carrow_writer *writer, const uint8_t *keep, int64_t count, carrow_error *error) {
    return written(writer, error, [&] { writer->copy(keep, count); });
}

int writer_finish(carrow_writer *writer, carrow_error *error) {
    return written(writer, error, [&] { writer->finish(); });
}

void writer_close(carrow_writer *writer) { delete writer; }

const carrow_api kApi = {
    CARROW_VERSION, ARROW_VERSION_STRING, open_file,   close_file,    info,
    group_rows,     group_bytes,          schema,      stream,        writer_open,
    writer_copy,    writer_finish,        writer_close};

}  // namespace

extern "C" __attribute__((visibility("default"))) const carrow_api *assay_parquet_entry(void) { return &kApi; }
