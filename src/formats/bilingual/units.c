/* SPDX-License-Identifier: Apache-2.0 */
/* What is translated in a bilingual file, as units. */
#include <stdio.h>
#include <stdlib.h>

#include "formats/bilingual/bilingual.h"

enum { MOST_REASONS = 64 };

/* Translations that stayed outside, by the word that kept them there. */
struct reason {
    ty_state_mark mark;
    uint64_t count;
};

struct unit_reader {
    const ty_source *source;
    const ty_bilingual_options *options;
    const ty_unit_sink *sink;
    const ty_listener *listener;
    ty_read_counts *counts;
    ty_bilingual *file;
    char source_lang[16], target_lang[16]; /* told from the texts; "" where that was not asked for */
    struct reason reasons[MOST_REASONS];
    size_t reason_count;
    struct reason strange[MOST_REASONS]; /* words that are none of ours */
    size_t strange_count;
    ty_arena arena; /* of one unit */
};

/* ------------------------------------------------------------------------------------------ reasons */

static void count_reason(struct reason *reasons, size_t *count, ty_state_mark mark)
{
    size_t i = 0;
    while (i < *count && !(ty_slice_equal(reasons[i].mark.value, mark.value) &&
                           strcmp(reasons[i].mark.name, mark.name) == 0))
        i++;
    if (i == MOST_REASONS)
        return;
    *count += i == *count;
    reasons[i].mark = mark;
    reasons[i].count++;
}

static void add_reason(ty_buffer *out, const struct reason *reason)
{
    bool named = reason->mark.name[0] != '\0';
    ty_buffer_add_format(out, "%s%llu ", out->size ? ", " : "", (unsigned long long)reason->count);
    ty_buffer_add_format(out, "%s%s", reason->mark.name, named ? "=" : "");
    ty_buffer_add_format(out, "%.*s", (int)(reason->mark.value.size < 60 ? reason->mark.value.size : 60),
                         reason->mark.value.data);
}

static void list_reasons(const struct reason *reasons, size_t count, ty_buffer *out)
{
    for (size_t i = 0; i < count; i++)
        add_reason(out, &reasons[i]);
}

static void tell_reasons(struct unit_reader *reader)
{
    ty_buffer list = {0};
    if (reader->counts->outside) {
        list_reasons(reader->reasons, reader->reason_count, &list);
        ty_notify(reader->listener,
                  &(ty_notice){
                      .file = reader->source->path, .remark = true, .rule = "outside", .message = list.data});
    }
    ty_buffer_clear(&list);
    list_reasons(reader->strange, reader->strange_count, &list);
    if (reader->strange_count) {
        reader->counts->warnings++;
        ty_warn(reader->listener, reader->source->path, 0, 0, "state-unknown",
                "states that are not known, taken as not confirmed: %s", list.data);
    }
    ty_buffer_release(&list);
}

/* ------------------------------------------------------------------------------------------ languages */

/* The language that one side of the file seems to be in, "" where it cannot be told. */
static const char *guess(const struct unit_reader *reader, bool target)
{
    enum { ENOUGH = 16384 };
    ty_buffer sample = {0};
    for (size_t i = 0; i < ty_bilingual_count(reader->file) && sample.size < ENOUGH; i++) {
        const ty_bilingual_segment *segment = ty_bilingual_at(reader->file, i);
        if (ty_bilingual_is_blank(segment->target) || ty_slice_equal(segment->source, segment->target))
            continue;
        ty_buffer_add(&sample, target ? segment->target : segment->source);
        ty_buffer_add_char(&sample, '\n');
    }
    const char *found = ty_lang_guess(ty_buffer_slice(&sample));
    ty_buffer_release(&sample);
    return found;
}

static bool is_silent(const struct unit_reader *reader, bool target)
{
    for (size_t i = 0; i < ty_bilingual_count(reader->file); i++) {
        const ty_bilingual_segment *segment = ty_bilingual_at(reader->file, i);
        if (!(target ? segment->target_lang : segment->source_lang).size &&
            !ty_bilingual_is_blank(segment->target))
            return true;
    }
    return false;
}

static void tell_language(const struct unit_reader *reader, bool target, const char *lang)
{
    char message[240];
    snprintf(message, sizeof message,
             target ? ty_words("the file does not say which language its translations are in: taken for %s")
                    : ty_words("the file does not say which language its originals are in: taken for %s"),
             lang);
    ty_notify(reader->listener, &(ty_notice){.file = reader->source->path,
                                             .remark = true,
                                             .rule = "language-guessed",
                                             .message = message});
}

static bool is_latin(const char *lang)
{
    static const char *const others[] = {"ja", "zh", "ko", "ru", "uk", "el", "ar", "he", "th", NULL};
    for (size_t i = 0; others[i]; i++)
        if (strcmp(lang, others[i]) == 0)
            return false;
    return true;
}

/* gettext's originals are English unless their file or its characters say otherwise. */
static ty_status settle(struct unit_reader *reader, bool target, ty_error *error)
{
    char *out = target ? reader->target_lang : reader->source_lang;
    ty_slice told = target ? reader->options->target_lang : reader->options->source_lang;
    if (told.size || !is_silent(reader, target))
        return TY_OK;
    const char *found = guess(reader, target);
    if (!target && reader->options->format == TY_FORMAT_PO && is_latin(found))
        found = "en";
    snprintf(out, sizeof reader->source_lang, "%s", found);
    bool usual = !target && reader->options->format == TY_FORMAT_PO && strcmp(found, "en") == 0;
    if (found[0]) {
        if (!usual)
            tell_language(reader, target, found);
        return TY_OK;
    }
    return ty_error_set(error, TY_ERR_USAGE,
                        "the file does not say which language its %s are in; name it with %s",
                        target ? "translations" : "originals", target ? "-t" : "-s");
}

static ty_slice lang_of(const struct unit_reader *reader, const ty_bilingual_segment *segment, bool target)
{
    ty_slice own = target ? segment->target_lang : segment->source_lang;
    ty_slice told = target ? reader->options->target_lang : reader->options->source_lang;
    if (own.size)
        return own;
    return told.size ? told : ty_slice_of(target ? reader->target_lang : reader->source_lang);
}

/* ------------------------------------------------------------------------------------------ units */

/* The file's context, and how far it can be trusted where that is not all the way. */
static ty_infos infos_of(struct unit_reader *reader, const ty_bilingual_segment *segment)
{
    size_t count = segment->infos.count;
    ty_infos infos = segment->infos;
    ty_info *items = ty_arena_array(&reader->arena, count + 1, sizeof *items);
    ty_attribute *type = ty_arena_alloc(&reader->arena, sizeof *type);
    if (segment->trust == TY_STATE_CONFIRMED || !items || !type)
        return infos;
    *type = (ty_attribute){TY_SLICE("type"), TY_SLICE("x-taiyaku:state")};
    if (count)
        memcpy(items, infos.items, count * sizeof *items);
    items[count] =
        (ty_info){.kind = TY_INFO_PROP,
                  .attributes = {type, 1},
                  .text = segment->trust == TY_STATE_OUTSIDE ? TY_SLICE("outside") : TY_SLICE("unconfirmed")};
    return (ty_infos){items, count + 1};
}

static ty_variant variant(ty_slice lang, ty_slice text, ty_slice content)
{
    return (ty_variant){.lang = lang, .text = content.data ? text : ty_slice_trim(text), .content = content};
}

static ty_status tell_unit(struct unit_reader *reader, const ty_bilingual_segment *segment, ty_error *error)
{
    ty_variant variants[2] = {
        variant(lang_of(reader, segment, false), segment->source, segment->source_content),
        variant(lang_of(reader, segment, true), segment->target, segment->target_content)};
    ty_arena_clear(&reader->arena);
    ty_unit unit = {
        .variants = variants, .variant_count = 2, .infos = infos_of(reader, segment), .line = segment->line};
    if (reader->arena.failed)
        return ty_error_nomem(error);
    reader->counts->read++;
    if (segment->trust == TY_STATE_CONFIRMED && reader->sink->confirmed)
        reader->sink->confirmed(reader->sink->payload);
    return reader->sink->unit(reader->sink->payload, &unit, error);
}

static ty_status read_segment(struct unit_reader *reader, const ty_bilingual_segment *segment,
                              ty_error *error)
{
    if (ty_bilingual_is_blank(segment->source) || ty_bilingual_is_blank(segment->target))
        return TY_OK;
    bool outside = segment->trust == TY_STATE_OUTSIDE, copy = outside && !segment->why.name;
    if (segment->unfamiliar)
        count_reason(reader->strange, &reader->strange_count, segment->why);
    if (outside && (!reader->options->all_states || copy)) {
        count_reason(reader->reasons, &reader->reason_count,
                     copy ? (ty_state_mark){"", ty_slice_of(ty_words("like the source"))} : segment->why);
        reader->counts->outside++;
        return TY_OK;
    }
    return tell_unit(reader, segment, error);
}

static ty_status read_all(struct unit_reader *reader, ty_error *error)
{
    ty_status status = settle(reader, false, error);
    if (status == TY_OK)
        status = settle(reader, true, error);
    if (status != TY_OK)
        return ty_error_locate(error, reader->source->path, 0, 0);
    if (reader->sink->header)
        status = reader->sink->header(reader->sink->payload, &(ty_header){0}, error);
    for (size_t i = 0; status == TY_OK && i < ty_bilingual_count(reader->file); i++)
        status = read_segment(reader, ty_bilingual_at(reader->file, i), error);
    return status;
}

ty_status ty_bilingual_units(const ty_source *source, const ty_bilingual_options *options,
                             const ty_unit_sink *sink, const ty_listener *listener, ty_read_counts *counts,
                             ty_error *error)
{
    struct unit_reader reader = {
        .source = source, .options = options, .sink = sink, .listener = listener, .counts = counts};
    ty_status status =
        ty_bilingual_open(source, options->format, options->encoding, listener, &reader.file, error);
    if (status == TY_OK)
        status = read_all(&reader, error);
    if (status == TY_OK)
        tell_reasons(&reader);
    ty_bilingual_close(reader.file);
    ty_arena_release(&reader.arena);
    return status;
}
