/* SPDX-License-Identifier: Apache-2.0 */
/* A request, taken apart: path, parameters, form fields. Everything in it is UTF-8 without U+0000. */
#ifndef TY_SERVER_REQUEST_H
#define TY_SERVER_REQUEST_H

#include "base/base.h"

typedef enum ty_method { TY_GET, TY_HEAD, TY_POST, TY_PUT, TY_OTHER_METHOD } ty_method;

typedef struct ty_param {
    ty_slice name, value;
} ty_param;

typedef TY_VECTOR(ty_param) ty_params;

/* A file that came with a form, in a temporary file without a name. */
typedef struct ty_upload {
    ty_slice field, name; /* the name is for showing, never a path */
    int file;
    uint64_t size;
} ty_upload;

typedef TY_VECTOR(ty_upload) ty_uploads;

enum { TY_PATH_LIMIT = 8192, TY_PARAMS_LIMIT = 4096 };

/* An address, decoded: of its path the segments, of its query the parameters. */
typedef struct ty_target {
    ty_slice raw;      /* the path as it came, without the query */
    ty_slices encoded; /* its segments as they came: a segment may hold an encoded '/' */
    ty_slices path;    /* and decoded */
    ty_params query;
} ty_target;

/*
 * Takes an address apart ("/concordance?q=%E9%98%B2"). TY_ERR_LIMIT where it is too long, TY_ERR_ENCODING
 * where something in it is no UTF-8, a broken escape, %00, a blank or a control character. Slices live in the
 * arena.
 */
ty_status ty_target_parse(ty_target *target, ty_slice address, ty_arena *arena);
void ty_target_release(ty_target *target);

/* Adds the fields of an application/x-www-form-urlencoded text; failures as above. */
ty_status ty_params_decode(ty_params *params, ty_slice text, ty_arena *arena);
/* Adds the members of a JSON object that has texts and numbers only; failures as above. */
ty_status ty_params_json(ty_params *params, ty_slice text, ty_arena *arena);
/* Decodes percent escapes, and '+' as a blank where `form`; failures as above. */
ty_status ty_percent_decode(ty_slice text, bool form, ty_arena *arena, ty_slice *out);
/* Appends text with all but unreserved characters escaped (RFC 3986, 2.3). */
void ty_percent_encode(ty_buffer *out, ty_slice text);

/* The first of that name, or the empty slice with data NULL. */
ty_slice ty_params_get(const ty_params *params, const char *name);
/* Its value as a number in [least, most], or `otherwise`. */
int64_t ty_params_integer(const ty_params *params, const char *name, int64_t least, int64_t most,
                          int64_t otherwise);

/* A number written as digits and nothing else; -1: it is none, or more than INT64_MAX. */
int64_t ty_decimal(ty_slice text);

/* Well-formed UTF-8 without U+0000? */
bool ty_is_text(ty_slice text);

#endif
