/* SPDX-License-Identifier: Apache-2.0 */
/* What comes with a request: fields, and files, which go to the disk as they come. */
#include <stdlib.h>

#include "base/sys.h"
#include "server/connection.h"
#include "server/staging.h"

enum { FIELD_LIMIT = 65536, FILES_LIMIT = 200, REFUSED_LIMIT = 1 << 20 };

/* What speaks against one more; 0: nothing. */
static int begin_file(ty_http *http, const char *field, const char *name)
{
    ty_slice shown = ty_arena_copy(&http->arena, ty_slice_of(name));
    ty_upload upload = {ty_arena_copy(&http->arena, ty_slice_of(field)), shown, -1, 0};
    if (!ty_is_text(shown) ||
        !http->route->body) /* files are taken where they may be sent, by whom may send */
        return 400;
    if (http->uploads.count >= FILES_LIMIT)
        return 413;
    upload.file = ty_staging_make(http->server->staging);
    if (upload.file < 0)
        return upload.file == -1 ? 507 : 503;
    if (ty_vector_push(&http->uploads, upload))
        return 0;
    ty_staging_close(http->server->staging, upload.file);
    return 503;
}

static enum MHD_Result add_file(ty_http *http, const char *field, const char *name, const char *data,
                                uint64_t at, size_t size)
{
    if (at == 0) {
        http->status = begin_file(http, field, name);
        if (http->status)
            return MHD_NO;
    }
    ty_upload *last = &http->uploads.items[http->uploads.count - 1];
    if (!ty_sys_write(last->file, (ty_slice){data, size})) {
        http->status = 507;
        return MHD_NO;
    }
    last->size += size;
    return MHD_YES;
}

/* Room for what the value is and as much again: pieces of one byte cost what they hold, not its square. */
static bool make_room(ty_http *http, ty_slice *value, size_t size)
{
    if (value->size + size <= http->form_room)
        return true;
    char *room = ty_arena_alloc(&http->arena, 2 * (value->size + size));
    if (!room)
        return false;
    memcpy(room, value->data, value->size);
    value->data = room;
    http->form_room = 2 * (value->size + size);
    return true;
}

/* A field may come in pieces. */
static enum MHD_Result add_field(ty_http *http, const char *name, const char *data, uint64_t at, size_t size)
{
    if (at + size > FIELD_LIMIT)
        return MHD_NO;
    if (!at || !http->form.count) {
        ty_param param = {ty_arena_copy(&http->arena, ty_slice_of(name)), {"", 0}};
        if (http->form.count >= TY_PARAMS_LIMIT || !ty_vector_push(&http->form, param))
            return MHD_NO;
        http->form_room = 0;
    }
    ty_slice *value = &http->form.items[http->form.count - 1].value;
    if (!make_room(http, value, size))
        return MHD_NO;
    memcpy((char *)value->data + value->size, data, size);
    value->size += size;
    return MHD_YES;
}

static enum MHD_Result part(void *payload, enum MHD_ValueKind kind, const char *name, const char *file_name,
                            const char *type, const char *coding, const char *data, uint64_t at, size_t size)
{
    (void)kind;
    (void)type;
    (void)coding;
    ty_http *http = payload;
    if (!name)
        return MHD_YES;
    if (!file_name)
        return add_field(http, name, data, at, size);
    return file_name[0] || size ? add_file(http, name, file_name, data, at, size) : MHD_YES;
}

static bool is_multipart(const char *type)
{
    ty_slice kind = ty_slice_sub(ty_slice_of(type ? type : ""), 0, 19);
    return ty_slice_equal_nocase(kind, TY_SLICE("multipart/form-data"));
}

void ty_body_begin(ty_http *http)
{
    const char *type = ty_http_header(http, "Content-Type"), *length = ty_http_header(http, "Content-Length");
    uint64_t limit = http->route->body ? http->route->body : FIELD_LIMIT;
    http->begun_body = true;
    if (is_multipart(type))
        http->multipart = ty_mhd_functions()->MHD_create_post_processor(http->connection, 65536, part, http);
    if (http->route->body && !http->multipart) /* else it would lie in memory, all of it */
        ty_reply_error(http, 415, "Files are taken as a form, multipart/form-data.");
    else if (length && strtoull(length, NULL, 10) > limit)
        ty_reply_error(http, 413, "That is more than is taken here.");
}

/* A reply can be sent behind the whole body only; a body whose length nobody told may have no end. */
bool ty_body_more(ty_http *http, const char *data, size_t size)
{
    uint64_t limit = http->route->body ? http->route->body : FIELD_LIMIT;
    http->received += size;
    if (http->received > limit)
        http->status = 413;
    else if (http->multipart && http->status == 0 &&
             ty_mhd_functions()->MHD_post_process(http->multipart, data, size) != MHD_YES)
        http->status = http->status ? http->status : 400;
    else if (!http->multipart)
        ty_buffer_add(&http->body, (ty_slice){data, size});
    return http->received <= limit + REFUSED_LIMIT;
}

static const char *why_not(int status)
{
    switch (status) {
    case 413: return N_("That is more than is taken here.");
    case 503: return N_("Too many files wait to be taken in; take some in, or try again in half an hour.");
    case 507: return N_("The server cannot read or write one of its own files.");
    default: return N_("The form cannot be read.");
    }
}

/* The whole body is here: its fields, and whether they may be believed. */
bool ty_body_end(ty_http *http)
{
    const char *type = ty_http_header(http, "Content-Type");
    ty_status status = TY_OK;
    if (http->status) {
        ty_reply_error(http, http->status, why_not(http->status));
        return false;
    }
    if (type && strncmp(type, "application/x-www-form-urlencoded", 33) == 0)
        status = ty_params_decode(&http->form, ty_buffer_slice(&http->body), &http->arena);
    else if (!http->multipart && http->body.size && http->body.data[0] == '{')
        status = ty_params_json(&http->form, ty_buffer_slice(&http->body), &http->arena);
    for (size_t i = 0; i < http->form.count && status == TY_OK; i++)
        if (!ty_is_text(http->form.items[i].value) || !ty_is_text(http->form.items[i].name))
            status = TY_ERR_ENCODING;
    if (status != TY_OK)
        ty_reply_error(http, 400, "The form cannot be read.");
    return status == TY_OK && ty_guard_form(http);
}
