/* SPDX-License-Identifier: Apache-2.0 */
#include "base/base.h"

const char *ty_source_name(const ty_source *source)
{
    if (source->path && strcmp(source->path, "-") == 0)
        return "standard input";
    return source->path ? source->path : "";
}

const char *ty_source_file(const ty_source *source)
{
    bool file = !source->read && !source->bytes.data && source->path && strcmp(source->path, "-") != 0;
    return file ? source->path : NULL;
}

const char *ty_sink_file(const ty_sink *sink)
{
    bool file = sink && !sink->write && !sink->buffer && sink->path && strcmp(sink->path, "-") != 0;
    return file ? sink->path : NULL;
}

/* A file that can be read twice needs not be held. */
static bool is_held(const ty_source *source)
{
    return source->read || (!source->bytes.data && source->path && strcmp(source->path, "-") == 0);
}

static ty_status read_callback(const ty_source *source, size_t limit, ty_buffer *out, ty_error *error)
{
    enum { CHUNK = 1 << 16 };
    size_t begin = out->size;
    for (;;) {
        if (!ty_buffer_reserve(out, CHUNK))
            return ty_error_nomem(error);
        int64_t count = source->read(source->payload, out->data + out->size, CHUNK);
        if (count < 0 || count > CHUNK)
            return ty_error_set(error, TY_ERR_IO, "cannot read %s", ty_source_name(source));
        out->size += (size_t)count;
        out->data[out->size] = '\0';
        if (count == 0)
            return TY_OK;
        if (out->size - begin > limit)
            return ty_error_set(error, TY_ERR_LIMIT, "%s is larger than %zu bytes", ty_source_name(source),
                                limit);
    }
}

ty_status ty_source_read(const ty_source *source, size_t limit, ty_buffer *out, ty_error *error)
{
    limit = limit ? limit : TY_FILE_LIMIT;
    if (source->read)
        return read_callback(source, limit, out, error);
    if (!source->bytes.data)
        return ty_file_read(source->path ? source->path : "", limit, out, error);
    if (source->bytes.size > limit)
        return ty_error_set(error, TY_ERR_LIMIT, "%s is larger than %zu bytes", ty_source_name(source),
                            limit);
    ty_buffer_add(out, source->bytes);
    return out->failed ? ty_error_nomem(error) : TY_OK;
}

ty_status ty_source_hold(const ty_source *source, ty_buffer *held, ty_source *out, ty_error *error)
{
    *out = *source;
    if (!is_held(source))
        return TY_OK;
    ty_status status = ty_source_read(source, 0, held, error);
    *out = (ty_source){.path = ty_source_name(source), .bytes = ty_buffer_slice(held)};
    return status;
}

void ty_settings_take(void *own, size_t own_size, const void *given)
{
    size_t size = 0;
    memset(own, 0, own_size);
    if (!given)
        return;
    memcpy(&size, given, sizeof size);
    memcpy(own, given, size && size < own_size ? size : own_size);
}
