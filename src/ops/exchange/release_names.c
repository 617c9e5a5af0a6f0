/* SPDX-License-Identifier: Apache-2.0 */
/* What a release is called, what is known of it, and its digest. */
#include <stdio.h>

#include "ops/exchange/release.h"

/* The folder a path is in, without the folders above it; empty where the path does not say. */
static ty_slice folder_of(const char *path, ty_slice base)
{
    size_t end = (size_t)(base.data - path);
    if (end < 2)
        return (ty_slice){"", 0};
    size_t start = --end;
    while (start > 0 && path[start - 1] != '/')
        start--;
    ty_slice folder = {path + start, end - start};
    return folder.data[0] == '.' ? (ty_slice){"", 0} : folder;
}

/* The folder's name where the file is called after its language (`2026-07-28-statement/en.txt`), else its
 * own. */
static ty_slice name_of_files(const char *path, ty_slice lang)
{
    ty_slice base = ty_path_base(path);
    ty_slice stem = ty_slice_sub(base, 0, ty_slice_find(base, TY_SLICE("."), 1));
    ty_slice folder = folder_of(path, base);
    return folder.size && ty_lang_matches(lang, stem) ? folder : stem;
}

static ty_slice first_of(const char *told, ty_slice one, ty_slice other)
{
    return told ? ty_slice_of(told) : one.size ? one : other;
}

/* What was given now, or by a person before; else what the documents say. */
static ty_slice fact(const char *given, const ty_release_job *j, const char *name, ty_slice old, ty_slice one,
                     ty_slice other)
{
    bool told = !given && j->old && ty_slice_find(j->old->told, ty_slice_of(name), 0) != SIZE_MAX;
    return told ? old : first_of(given, one, other);
}

void ty_release_describe(ty_release_job *j)
{
    static const ty_origin none;
    const ty_text *source = j->bitext->source, *target = j->bitext->target;
    const ty_document *one = &source->document, *other = &target->document;
    const ty_origin *old = j->old ? j->old : &none;
    const char *told = j->release->origin;
    j->origin.name = j->identity.origin ? j->identity.name
                     : told             ? ty_slice_of(told)
                                        : name_of_files(source->path, source->lang);
    j->origin.title = fact(j->release->title, j, "title", old->title, one->title, other->title);
    j->origin.date = fact(j->release->date, j, "date", old->date, one->date, other->date);
    j->origin.url = fact(j->release->url, j, "url", old->url, one->url, other->url);
    if (!j->origin.name.size)
        j->origin.name = j->origin.title.size ? j->origin.title : TY_SLICE("unnamed");
    ty_origin_now(j->origin.now);
}

static ty_status digest_text(const ty_text *text, ty_digest *out, ty_error *error)
{
    ty_buffer whole = {0};
    ty_buffer_add(&whole, text->lang);
    ty_buffer_add_char(&whole, '\n');
    ty_buffer_add(&whole, ty_text_content(text));
    ty_origin_digest_bytes(ty_buffer_slice(&whole), out);
    ty_status status = whole.failed ? ty_error_nomem(error) : TY_OK;
    ty_buffer_release(&whole);
    return status;
}

ty_status ty_release_digest(ty_release_job *j, ty_error *error)
{
    ty_digest source, target;
    char both[sizeof source.text + sizeof target.text];
    ty_status status = digest_text(j->bitext->source, &source, error);
    if (status == TY_OK)
        status = digest_text(j->bitext->target, &target, error);
    if (status != TY_OK)
        return status;
    bool in_order = strcmp(source.text, target.text) <= 0;
    snprintf(both, sizeof both, "%s%s", in_order ? source.text : target.text,
             in_order ? target.text : source.text);
    ty_origin_digest_bytes(ty_slice_of(both), &j->digest);
    return TY_OK;
}
