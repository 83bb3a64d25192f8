/* The border between Assay and its Parquet plug-in: the Arrow C data and stream interfaces, whose layout is a
   published binary contract (arrow.apache.org/docs/format/CDataInterface.html, CStreamInterface.html), and the
   plug-in's functions. No C++ exception and no C++ type crosses it. */
#ifndef ASSAY_CARROW_H
#define ASSAY_CARROW_H

#include <stddef.h>
#include <stdint.h>

#include "carrow_text.h"

#ifdef __cplusplus
extern "C" {
#endif

#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4

struct ArrowSchema {
    const char *format;
    const char *name;
    const char *metadata;
    int64_t flags;
    int64_t n_children;
    struct ArrowSchema **children;
    struct ArrowSchema *dictionary;
    void (*release)(struct ArrowSchema *);
    void *private_data;
};

struct ArrowArray {
    int64_t length;
    int64_t null_count;
    int64_t offset;
    int64_t n_buffers;
    int64_t n_children;
    const void **buffers;
    struct ArrowArray **children;
    struct ArrowArray *dictionary;
    void (*release)(struct ArrowArray *);
    void *private_data;
};

#endif

#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE

struct ArrowArrayStream {
    int (*get_schema)(struct ArrowArrayStream *, struct ArrowSchema *out);
    int (*get_next)(struct ArrowArrayStream *, struct ArrowArray *out);
    const char *(*get_last_error)(struct ArrowArrayStream *);
    void (*release)(struct ArrowArrayStream *);
    void *private_data;
};

#endif

/* Raised with any change of this header: a plug-in of another number is refused. */
#define CARROW_VERSION 2

enum {
    CARROW_OK = 0,
    CARROW_UNREADABLE = 1,  /* the system refused */
    CARROW_CORRUPT = 2,     /* the bytes contradict the format or a checksum */
    CARROW_ENCRYPTED = 3,   /* the file or a column is encrypted */
    CARROW_UNSUPPORTED = 4, /* a codec, an encoding or a type that Arrow does not read */
    CARROW_MEMORY = 5,      /* over `memory_bytes` */
    CARROW_UNWRITABLE = 6,  /* the sink refused */
    CARROW_FOOTER = 7       /* the footer describes more columns or row groups than are read */
};

typedef struct {
    int32_t code;
    char message[508];
} carrow_error;

typedef struct {
    /* A string or binary cell longer than this may come cut to one byte more. */
    int64_t cell_bytes;
    /* Bytes that one open file may hold for decoding, what its footer takes among them. */
    int64_t memory_bytes;
} carrow_limits;

typedef struct {
    int64_t rows;
    int32_t row_groups;
    /* Leaf columns, and fields at the top of the schema. */
    int32_t columns;
    int32_t fields;
    /* No column is marked as text, so that the plain BYTE_ARRAY ones are: old writers leave the mark out. */
    int32_t unmarked_is_text;
    /* The codec of the first column; static storage. */
    const char *codec;
} carrow_info;

typedef struct carrow_file carrow_file;
typedef struct carrow_writer carrow_writer;

/* Takes all bytes; returns 0, or another value where they could not be written. */
typedef int (*carrow_sink)(void *context, const uint8_t *bytes, int64_t count);

/* Functions that return int give CARROW_OK or fill `error` and return its code. None is thread-safe for one
   file; several files may be used at once. */
typedef struct {
    uint32_t version;
    /* Of Arrow; static storage. */
    const char *arrow_version;

    /* Takes the descriptor over, also where it fails. */
    int (*open)(int descriptor, carrow_limits limits, carrow_file **file, carrow_error *error);
    void (*close)(carrow_file *file);
    carrow_info (*info)(const carrow_file *file);
    int64_t (*group_rows)(const carrow_file *file, int32_t group);
    /* Uncompressed, as the footer has it. */
    int64_t (*group_bytes)(const carrow_file *file, int32_t group);
    int (*schema)(carrow_file *file, struct ArrowSchema *schema, carrow_error *error);
    /* The rows of one row group in batches of at most `batch_rows`, holding at most `memory_bytes` instead of the
       file's limit. `fields`: numbers of top-level fields, ascending; NULL for all. The stream must be released
       before the file is closed. Its get_next returns ENOMEM over the limit, ENOSYS for what Arrow does not read,
       ECANCELED for an encrypted column, and any other number for damage. */
    int (*stream)(
        carrow_file *file, int32_t group, const int32_t *fields, int32_t field_count, int64_t batch_rows,
        int64_t memory_bytes, struct ArrowArrayStream *stream, carrow_error *error);

    /* Writes rows of `source` as another file of the same schema, metadata and codecs. A row group ends at
       `group_bytes` (uncompressed), or with that of the source. `source` must stay open. */
    int (*writer_open)(
        carrow_file *source, carrow_sink sink, void *context, int64_t group_bytes, carrow_writer **writer,
        carrow_error *error);
    /* Takes the next `count` rows of the source: those whose byte in `keep` is not 0 are written. */
    int (*writer_copy)(carrow_writer *writer, const uint8_t *keep, int64_t count, carrow_error *error);
    /* Writes the footer. */
    int (*writer_finish)(carrow_writer *writer, carrow_error *error);
    void (*writer_close)(carrow_writer *writer);
} carrow_api;

/* The plug-in's one symbol. */
#define CARROW_ENTRY "assay_parquet_entry"
typedef const carrow_api *(*carrow_entry)(void);

/* Loads a plug-in for the rest of the process.

   Returns NULL and writes why, NUL at its end, where the library cannot be loaded or is of another version. */
const carrow_api *carrow_load(const char *path, char *why, size_t why_bytes);

#ifdef __cplusplus
}
#endif
#endif
