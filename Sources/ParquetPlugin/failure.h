// Arrow's errors and exceptions as the border's codes.
#pragma once

#include <arrow/status.h>
#include <parquet/exception.h>

#include <cstdio>
#include <exception>
#include <new>
#include <string>

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

inline bool is_about_encryption(const std::string &message) {
    return message.find("ncrypt") != std::string::npos || message.find("ecrypt") != std::string::npos;
}

inline int code_of(const arrow::Status &status) {
    if (status.ok()) return CARROW_OK;
    if (status.IsOutOfMemory() || status.IsCapacityError()) return CARROW_MEMORY;
    if (is_about_encryption(status.message())) return CARROW_ENCRYPTED;
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
