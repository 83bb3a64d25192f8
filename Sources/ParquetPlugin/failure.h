// Arrow's errors and exceptions as the border's codes.
#pragma once

#include <arrow/status.h>
#include <parquet/exception.h>
#include <parquet/metadata.h>

#include <cstdio>
#include <exception>
#include <memory>
#include <new>
#include <string>
#include <utility>

#include "carrow.h"

namespace assay {

// The status of what a call threw.
inline arrow::Status status_of_exception() {
    try {
        throw;
    } catch (const parquet::ParquetStatusException &error) {
        return error.status();
    } catch (const parquet::ParquetException &error) {
        return arrow::Status::IOError(error.what());
    } catch (const std::bad_alloc &) {
        return arrow::Status::OutOfMemory("no memory");
    } catch (const std::exception &error) {
        return arrow::Status::IOError(error.what());
    } catch (...) {
        return arrow::Status::IOError("unknown exception");
    }
}

// The border's code of an error, where Arrow has none for it.
class CodeDetail : public arrow::StatusDetail {
public:
    explicit CodeDetail(int code) : code_(code) {}

    const char *type_id() const override { return "assay"; }
    std::string ToString() const override { return std::to_string(code_); }
    int code() const { return code_; }

private:
    const int code_;
};

template <typename... Words>
arrow::Status coded(int code, Words &&...words) {
    return arrow::Status::FromDetailAndArgs(
        arrow::StatusCode::IOError, std::make_shared<CodeDetail>(code), std::forward<Words>(words)...);
}

// Runs a function over a file's content. An error of Arrow that speaks of encryption is one where the footer names an
// algorithm: else it is a column that bears such a name.
template <typename Function>
arrow::Status over_content(const parquet::FileMetaData &metadata, Function &&function) {
    arrow::Status status;
    try {
        status = function();
    } catch (...) {
        status = status_of_exception();
    }
    const bool is_spoken_of = status.message().find("crypt") != std::string::npos;
    if (status.ok() || !is_spoken_of || !metadata.is_encryption_algorithm_set()) return status;
    return status.WithDetail(std::make_shared<CodeDetail>(CARROW_ENCRYPTED));
}

inline int code_of(const arrow::Status &status) {
    if (status.ok()) return CARROW_OK;
    if (const auto *detail = dynamic_cast<const CodeDetail *>(status.detail().get())) return detail->code();
    if (status.IsOutOfMemory() || status.IsCapacityError()) return CARROW_MEMORY;
    if (status.IsNotImplemented()) return CARROW_UNSUPPORTED;
    return CARROW_CORRUPT;
}

inline int report(const arrow::Status &status, carrow_error *error) {
    error->code = code_of(status);
    std::snprintf(error->message, sizeof error->message, "%s", status.message().c_str());
    return error->code;
}

// Runs a function that returns a status and may throw.
template <typename Function>
int guarded(carrow_error *error, Function &&function) {
    arrow::Status status;
    try {
        status = function();
    } catch (...) {
        status = status_of_exception();
    }
    return status.ok() ? int(CARROW_OK) : report(status, error);
}

}  // namespace assay
