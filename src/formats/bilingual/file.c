/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>

#include "formats/bilingual/bilingual.h"

enum { MOST_BYTES = 256 << 20 };

/* ------------------------------------------------------------------------------------------ parts */

bool ty_bilingual_is_blank(ty_slice text)
{
    for (size_t at = 0; at < text.size;)
        if (!ty_char_is_space(ty_utf8_next(text, &at)))
            return false;
    return true;
}

bool ty_bilingual_add(ty_bilingual *file, const struct segment *segment)
{
    return ty_vector_push(&file->segments, *segment);
}

ty_status ty_bilingual_insert(ty_bilingual *file, size_t at, ty_slice text, ty_error *error)
{
    struct insertion insertion = {at, file->insertions.count, ty_arena_copy(&file->arena, text)};
    bool good = ty_vector_push(&file->insertions, insertion);
    return good && !file->arena.failed ? TY_OK : ty_error_nomem(error);
}

bool ty_bilingual_add_info(ty_bilingual *file, info_vector *infos, const char *type, ty_slice text)
{
    ty_info info = {.kind = type ? TY_INFO_PROP : TY_INFO_NOTE, .text = text};
    if (!text.size)
        return true;
    if (type) {
        ty_attribute *attribute = ty_arena_alloc(&file->arena, sizeof *attribute);
        if (!attribute)
            return false;
        *attribute = (ty_attribute){TY_SLICE("type"), ty_slice_of(type)};
        info.attributes = (ty_attributes){attribute, 1};
    }
    return ty_vector_push(infos, info);
}

ty_infos ty_bilingual_keep_infos(ty_bilingual *file, const info_vector *infos)
{
    ty_infos kept = {0};
    kept.items = infos->count ? ty_arena_array(&file->arena, infos->count, sizeof *kept.items) : NULL;
    if (kept.items) {
        memcpy(kept.items, infos->items, infos->count * sizeof *kept.items);
        kept.count = infos->count;
    }
    return kept;
}

ty_slice ty_bilingual_lang(ty_bilingual *file, ty_slice lang)
{
    ty_buffer tag = {0};
    for (size_t i = 0; i < lang.size; i++)
        ty_buffer_add_char(&tag, lang.data[i] == '_' ? '-' : lang.data[i]);
    ty_slice kept = ty_arena_copy(&file->arena, ty_buffer_slice(&tag));
    ty_buffer_release(&tag);
    return kept;
}

static bool is_utf8(const ty_bilingual *file)
{
    return strcmp(file->encoding, "UTF-8") == 0;
}

bool ty_bilingual_can_hold(const ty_bilingual *file, ty_slice text)
{
    ty_buffer scratch = {0};
    bool can = is_utf8(file) || ty_text_encode(text, file->encoding, &scratch, NULL) == TY_OK;
    ty_buffer_release(&scratch);
    return can;
}

void ty_bilingual_add_xml(ty_buffer *out, ty_slice text, bool attribute, bool narrow)
{
    for (size_t at = 0; at < text.size;) {
        size_t start = at;
        uint32_t c = ty_utf8_next(text, &at);
        bool forbidden = c == TY_CODE_POINT_NONE || c == 0xFFFE || c == 0xFFFF ||
                         (c < 0x20 && c != '\t' && c != '\n' && c != '\r');
        ty_slice one = forbidden ? TY_SLICE("\xEF\xBF\xBD") : ty_slice_sub(text, start, at);
        if (narrow && (forbidden || c >= 0x80))
            ty_buffer_add_format(out, "&#x%X;", forbidden ? 0xFFFDU : (unsigned)c);
        else if (attribute)
            ty_buffer_add_xml_attribute(out, one);
        else
            ty_buffer_add_xml(out, one);
    }
}

/* ------------------------------------------------------------------------------------------ open, close */

static ty_status read_bytes(ty_bilingual *file, const ty_source *source, ty_error *error)
{
    if (!source->bytes.data)
        return ty_file_read(source->path, MOST_BYTES, &file->original, error);
    ty_buffer_add(&file->original, source->bytes);
    return file->original.failed ? ty_error_nomem(error) : TY_OK;
}

static ty_status load(ty_bilingual *file, const ty_source *source, const char *encoding, ty_error *error)
{
    file->name = (char *)ty_arena_copy(&file->arena, ty_slice_of(source->path)).data;
    if (file->arena.failed)
        return ty_error_nomem(error);
    ty_status status = read_bytes(file, source, error);
    if (status == TY_OK)
        status = file->format == TY_FORMAT_XLIFF ? ty_xliff_load(file, encoding, error)
                 : file->format == TY_FORMAT_PO  ? ty_po_load(file, encoding, error)
                                                 : ty_tool_file_load(file, encoding, error);
    if (status == TY_OK && (file->arena.failed || file->text.failed))
        status = ty_error_nomem(error);
    return status;
}

ty_status ty_bilingual_open(const ty_source *source, ty_format format, const char *encoding,
                            const ty_listener *listener, ty_bilingual **out, ty_error *error)
{
    *out = NULL;
    ty_bilingual *file = calloc(1, sizeof *file);
    if (!file)
        return ty_error_nomem(error);
    file->listener = listener;
    file->format = format;
    ty_status status = load(file, source, encoding, error);
    if (status != TY_OK) {
        ty_error_locate(error, source->path ? source->path : "", 0, 0);
        ty_bilingual_close(file);
        return status;
    }
    *out = file;
    return TY_OK;
}

void ty_bilingual_close(ty_bilingual *file)
{
    if (!file)
        return;
    ty_buffer_release(&file->original);
    ty_buffer_release(&file->text);
    ty_vector_release(&file->segments);
    ty_vector_release(&file->insertions);
    ty_arena_release(&file->arena);
    free(file);
}

ty_format ty_bilingual_format(const ty_bilingual *file)
{
    return file->format;
}

size_t ty_bilingual_count(const ty_bilingual *file)
{
    return file->segments.count;
}

const ty_bilingual_segment *ty_bilingual_at(const ty_bilingual *file, size_t number)
{
    return &file->segments.items[number].shown;
}

void ty_bilingual_offer(ty_bilingual *file, size_t number, const ty_candidate *candidates, size_t count)
{
    file->segments.items[number].candidates = candidates;
    file->segments.items[number].candidate_count = count;
}

ty_code_fit ty_bilingual_fit(const ty_bilingual *file, size_t number, ty_slice source_content,
                             ty_slice target_content)
{
    ty_buffer source = {0}, target = {0};
    enum code_fit fit = ty_codes_fit(file->segments.items[number].passage, source_content, target_content,
                                     file->narrow, &source, &target);
    ty_buffer_release(&source);
    ty_buffer_release(&target);
    return fit == CODES_LOST ? TY_CODES_LOST : fit == CODES_ALIKE ? TY_CODES_ALIKE : TY_CODES_SAME;
}

int ty_candidate_worth(const ty_candidate *candidate)
{
    int most = candidate->capped ? 99 : 100;
    int worth = (candidate->score > 100 ? 100 : candidate->score) - candidate->penalty;
    return worth > most ? most : worth < 0 ? 0 : worth;
}

/* ------------------------------------------------------------------------------------------ writing */

static int by_place(const void *a, const void *b)
{
    const struct insertion *one = a, *other = b;
    if (one->at != other->at)
        return one->at < other->at ? -1 : 1;
    return one->order < other->order ? -1 : one->order > other->order;
}

static void splice(ty_bilingual *file, ty_buffer *out)
{
    ty_slice text = ty_buffer_slice(&file->text);
    size_t done = 0;
    if (file->insertions.count)
        qsort(file->insertions.items, file->insertions.count, sizeof *file->insertions.items, by_place);
    for (size_t i = 0; i < file->insertions.count; i++) {
        const struct insertion *insertion = &file->insertions.items[i];
        ty_buffer_add(out, ty_slice_sub(text, done, insertion->at));
        ty_buffer_add(out, insertion->text);
        done = insertion->at;
    }
    ty_buffer_add(out, ty_slice_sub(text, done, text.size));
}

/* The file is what stands before the text (a byte order mark), and the text; or it cannot be written back. */
static ty_status add_head(const ty_bilingual *file, ty_slice text, ty_buffer *out, ty_error *error)
{
    ty_slice original = ty_buffer_slice(&file->original);
    if (!ty_slice_ends(original, text))
        return ty_error_set(error, TY_ERR_ENCODING,
                            "the file cannot be written back in %s byte for byte; convert it to UTF-8 first",
                            file->encoding);
    ty_buffer_add(out, ty_slice_sub(original, 0, original.size - text.size));
    return TY_OK;
}

static ty_status encode(const ty_bilingual *file, ty_slice spliced, ty_buffer *out, ty_error *error)
{
    ty_buffer before = {0};
    ty_status status = ty_text_encode(ty_buffer_slice(&file->text), file->encoding, &before, error);
    if (status == TY_OK)
        status = add_head(file, ty_buffer_slice(&before), out, error);
    if (status == TY_OK)
        status = ty_text_encode(spliced, file->encoding, out, error);
    ty_buffer_release(&before);
    return status;
}

ty_status ty_bilingual_write(ty_bilingual *file, ty_buffer *out, ty_error *error)
{
    ty_buffer spliced = {0};
    ty_vector_clear(&file->insertions);
    ty_status status =
        file->format == TY_FORMAT_XLIFF ? ty_xliff_put_in(file, error) : ty_po_put_in(file, error);
    if (status == TY_OK && is_utf8(file)) {
        status = add_head(file, ty_buffer_slice(&file->text), out, error);
        splice(file, out);
    } else if (status == TY_OK) {
        splice(file, &spliced);
        status = encode(file, ty_buffer_slice(&spliced), out, error);
    }
    if (status == TY_OK && (out->failed || spliced.failed))
        status = ty_error_nomem(error);
    ty_buffer_release(&spliced);
    return status == TY_OK ? TY_OK : (ty_error_locate(error, file->name, 0, 0), status);
}
