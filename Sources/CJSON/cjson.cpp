#include "cjson.h"

#include <new>
#include <simdjson.h>

namespace dom = simdjson::dom;

static_assert(CJSON_SUCCESS == int(simdjson::SUCCESS), "code");
static_assert(CJSON_CAPACITY == int(simdjson::CAPACITY), "code");
static_assert(CJSON_MEMALLOC == int(simdjson::MEMALLOC), "code");
static_assert(CJSON_TAPE_ERROR == int(simdjson::TAPE_ERROR), "code");
static_assert(CJSON_DEPTH_ERROR == int(simdjson::DEPTH_ERROR), "code");
static_assert(CJSON_STRING_ERROR == int(simdjson::STRING_ERROR), "code");
static_assert(CJSON_NUMBER_ERROR == int(simdjson::NUMBER_ERROR), "code");
static_assert(CJSON_UTF8_ERROR == int(simdjson::UTF8_ERROR), "code");
static_assert(CJSON_EMPTY == int(simdjson::EMPTY), "code");
static_assert(CJSON_UNESCAPED_CHARS == int(simdjson::UNESCAPED_CHARS), "code");
static_assert(CJSON_UNCLOSED_STRING == int(simdjson::UNCLOSED_STRING), "code");
static_assert(CJSON_UNEXPECTED_ERROR == int(simdjson::UNEXPECTED_ERROR), "code");

struct cjson_parser {
    dom::parser parser;
    size_t maximum_depth;
};

extern "C" cjson_parser *cjson_parser_new(size_t maximum_depth) {
    cjson_parser *self = new (std::nothrow) cjson_parser;
    if (self) self->maximum_depth = maximum_depth;
    return self;
}

extern "C" void cjson_parser_free(cjson_parser *parser) { delete parser; }

extern "C" int cjson_parse(cjson_parser *self, const uint8_t *bytes, size_t length, cjson_document *document) {
    dom::parser &parser = self->parser;
    if (parser.capacity() < length || parser.max_depth() != self->maximum_depth) {
        size_t capacity = length < 65536 ? 65536 : length;
        auto error = parser.allocate(capacity, self->maximum_depth);
        if (error) return int(error);
    }
    dom::element element;
    auto error = parser.parse(bytes, length, false).get(element);
    if (error) return int(error);
    document->tape = parser.doc.tape.get();
    document->strings = parser.doc.string_buf.get();
    return CJSON_SUCCESS;
}

extern "C" int cjson_validate_utf8(const uint8_t *bytes, size_t length) {
    return simdjson::validate_utf8(reinterpret_cast<const char *>(bytes), length) ? 1 : 0;
}

extern "C" const char *cjson_error_message(int code) {
    return simdjson::error_message(simdjson::error_code(code));
}
