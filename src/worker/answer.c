/* SPDX-License-Identifier: Apache-2.0 */
#include "present/present.h"
#include "worker/internal.h"

static const char *const names[] = {[TY_ANSWER_OK] = "ok",
                                    [TY_ANSWER_REFUSED] = "refused",
                                    [TY_ANSWER_BAD_RECORD] = "bad-record",
                                    [TY_ANSWER_TIMEOUT] = "timeout",
                                    [TY_ANSWER_CRASH] = "crash"};

/* ------------------------------------------------------------------------------------------ parts */

static void add_id(ty_buffer *out, const ty_record *record)
{
    char *text = json_dumps(json_object_get(record->root, "id"), JSON_ENCODE_ANY | JSON_COMPACT);
    ty_buffer_add_string(out, text ? text : "null");
    free(text);
}

static void begin(ty_buffer *out, const ty_record *record, ty_answer_status status)
{
    ty_buffer_add_string(out, "{\"id\":");
    add_id(out, record);
    ty_buffer_add_format(out, ",\"status\":\"%s\"", names[status]);
}

void ty_answer_begin(ty_buffer *out, ty_slice line, ty_answer_status status)
{
    ty_record record;
    ty_error error = {0};
    (void)ty_record_read(line, &record, &error);
    begin(out, &record, status);
    ty_record_release(&record);
}

static void end_failure(ty_buffer *out, const char *reason)
{
    ty_buffer_add_string(out, ",\"reason\":");
    ty_buffer_add_json(out, ty_slice_of(reason));
    ty_buffer_add_string(out, "}\n");
}

void ty_answer_failure(ty_buffer *out, ty_slice line, ty_answer_status status, const char *reason)
{
    ty_answer_begin(out, line, status);
    end_failure(out, reason);
}

/* What present/ says is a line; as an element of a list it is without its end. */
static void end_element(ty_buffer *out)
{
    if (out->size && out->data[out->size - 1] == '\n')
        out->data[--out->size] = '\0';
}

static void begin_element(ty_buffer *out, size_t number)
{
    if (number)
        ty_buffer_add_char(out, ',');
}

/* ------------------------------------------------------------------------------------------ align */

static void add_lang(ty_buffer *out, const ty_text *text)
{
    ty_buffer_add_json(out, ty_text_lang(text));
}

static void add_units(ty_buffer *out, ty_bitext *bitext)
{
    size_t count = 0;
    ty_buffer_add_string(out, ",\"units\":[");
    for (size_t i = 0; i < ty_bitext_count(bitext); i++) {
        ty_bead bead = ty_bitext_bead(bitext, i);
        if (!bead.source_count || !bead.target_count)
            continue;
        begin_element(out, count++);
        ty_buffer_add_string(out, "{\"source\":");
        ty_buffer_add_json(out, ty_bitext_bead_source(bitext, i));
        ty_buffer_add_string(out, ",\"target\":");
        ty_buffer_add_json(out, ty_bitext_bead_target(bitext, i));
        ty_buffer_add_string(out, ",\"confidence\":");
        ty_buffer_add_fixed(out, (double)bead.confidence, 3);
        ty_buffer_add_char(out, '}');
    }
    ty_buffer_add_char(out, ']');
}

/* Beads by the numbers of their sentences, from 0; units are those that have both sides. */
static void add_bitext(ty_buffer *out, ty_bitext *bitext)
{
    ty_present numbers = {.out = out};
    ty_buffer_add_string(out, ",\"langs\":[");
    add_lang(out, ty_bitext_source(bitext));
    ty_buffer_add_char(out, ',');
    add_lang(out, ty_bitext_target(bitext));
    ty_buffer_add_string(out, "],\"confidence\":");
    ty_buffer_add_fixed(out, (double)ty_bitext_confidence(bitext), 3);
    ty_buffer_add_string(out, ",\"beads\":[");
    for (size_t i = 0; i < ty_bitext_count(bitext); i++) {
        begin_element(out, i);
        ty_buffer_add_char(out, '"');
        ty_present_bead_numbers(&numbers, bitext, i);
        end_element(out);
        ty_buffer_add_char(out, '"');
    }
    ty_buffer_add_char(out, ']');
    add_units(out, bitext);
}

static const char *first_of(const char *said, const char *fallback)
{
    return said ? said : fallback;
}

static ty_status align(const ty_worker_settings *settings, ty_memory *memory, ty_record *record,
                       ty_buffer *out, ty_error *error)
{
    ty_source source, target;
    ty_bitext *bitext = NULL;
    ty_bitext_settings how = {.source_lang = first_of(ty_record_lang(record, 0), settings->source_lang),
                              .target_lang = first_of(ty_record_lang(record, 1), settings->target_lang),
                              .dictionary = settings->dictionary,
                              .no_dictionary = settings->no_dictionary,
                              .memory = memory};
    ty_status status = ty_record_source(record, "source", 0, &source, error);
    if (status == TY_OK)
        status = ty_record_source(record, "target", 1, &target, error);
    if (status == TY_OK)
        status = ty_bitext_open(&source, &target, &how, NULL, &bitext, error);
    if (status == TY_OK) {
        begin(out, record, TY_ANSWER_OK);
        add_bitext(out, bitext);
    }
    ty_bitext_close(bitext);
    return status;
}

/* ------------------------------------------------------------------------------------------ the others */

static ty_status segment(const ty_worker_settings *settings, ty_memory *memory, ty_record *record,
                         ty_buffer *out, ty_error *error)
{
    ty_source source;
    ty_text *text = NULL;
    ty_text_settings how = {.lang = first_of(ty_record_text(record, "lang"), settings->source_lang)};
    ty_status status = ty_record_source(record, "text", 0, &source, error);
    (void)memory;
    if (status == TY_OK)
        status = ty_text_open(&source, &how, NULL, &text, error);
    if (status == TY_OK) {
        begin(out, record, TY_ANSWER_OK);
        ty_buffer_add_string(out, ",\"lang\":");
        add_lang(out, text);
        ty_buffer_add_string(out, ",\"sentences\":[");
        for (size_t i = 0; i < ty_text_count(text); i++) {
            begin_element(out, i);
            ty_buffer_add_json(out, ty_text_line(text, i));
        }
        ty_buffer_add_char(out, ']');
    }
    ty_text_close(text);
    return status;
}

/* A list that a look-up fills. */
typedef struct ty_listing {
    ty_buffer *out;
    ty_slice query;
    size_t count;
} ty_listing;

static ty_status text_of(const ty_record *record, ty_slice *out, ty_error *error)
{
    json_t *text = json_object_get(record->root, "text");
    if (!json_is_string(text))
        return ty_error_set(error, TY_ERR_FORMAT, "the record has no \"text\"");
    *out = (ty_slice){json_string_value(text), json_string_length(text)};
    return TY_OK;
}

static ty_status add_term(void *payload, const ty_term_hit *hit)
{
    ty_listing *list = payload;
    begin_element(list->out, list->count++);
    ty_present_term_hit(&(ty_present){.out = list->out, .json = true}, list->query, NULL, hit);
    end_element(list->out);
    return TY_OK;
}

static ty_status scan(const ty_worker_settings *settings, ty_memory *memory, ty_record *record,
                      ty_buffer *out, ty_error *error)
{
    ty_listing list = {.out = out};
    ty_status status = text_of(record, &list.query, error);
    if (status != TY_OK)
        return status;
    begin(out, record, TY_ANSWER_OK);
    ty_buffer_add_string(out, ",\"terms\":[");
    status = ty_memory_term_scan(memory, list.query,
                                 first_of(ty_record_text(record, "lang"), settings->source_lang), add_term,
                                 &list, error);
    ty_buffer_add_char(out, ']');
    return status == TY_NO ? TY_OK : status;
}

static ty_status add_match(void *payload, const ty_match *match)
{
    ty_listing *list = payload;
    begin_element(list->out, list->count++);
    ty_buffer_add_format(list->out, "{\"unit\":%lld,\"score\":%d,\"similarity\":", (long long)match->unit,
                         match->score);
    ty_buffer_add_fixed(list->out, match->similarity, 3);
    ty_buffer_add_string(list->out, ",\"source\":");
    ty_buffer_add_json(list->out, match->source);
    ty_buffer_add_string(list->out, ",\"target\":");
    ty_buffer_add_json(list->out, match->target);
    ty_buffer_add_char(list->out, '}');
    return TY_OK;
}

static ty_status match(const ty_worker_settings *settings, ty_memory *memory, ty_record *record,
                       ty_buffer *out, ty_error *error)
{
    ty_listing list = {.out = out};
    ty_match_settings how = {.source_lang = first_of(ty_record_lang(record, 0), settings->source_lang),
                             .target_lang = first_of(ty_record_lang(record, 1), settings->target_lang)};
    ty_status status = text_of(record, &list.query, error);
    if (status != TY_OK)
        return status;
    begin(out, record, TY_ANSWER_OK);
    ty_buffer_add_string(out, ",\"matches\":[");
    status = ty_memory_match(memory, list.query, &how, add_match, &list, error);
    ty_buffer_add_char(out, ']');
    return status == TY_NO ? TY_OK : status;
}

/* ------------------------------------------------------------------------------------------ the whole */

static bool is_bad_record(const ty_record *record, ty_status status, const ty_error *error)
{
    /* what the record says of itself has no file; what its documents are has */
    return status == TY_ERR_FORMAT && (!record->root || !json_is_object(record->root) || !error->file[0]);
}

ty_status ty_answer_record(const ty_worker_settings *settings, ty_memory *memory, ty_slice line,
                           ty_buffer *out)
{
    static ty_status (*const tasks[])(const ty_worker_settings *, ty_memory *, ty_record *, ty_buffer *,
                                      ty_error *) = {[TY_WORKER_ALIGN] = align,
                                                     [TY_WORKER_SEGMENT] = segment,
                                                     [TY_WORKER_SCAN] = scan,
                                                     [TY_WORKER_MATCH] = match};
    ty_record record;
    ty_error error = {0};
    ty_status status = ty_record_read(line, &record, &error);
    if (status == TY_OK)
        status = tasks[settings->task](settings, memory, &record, out, &error);
    if (status == TY_OK) {
        ty_buffer_add_string(out, "}\n");
    } else if (status != TY_ERR_NOMEM) {
        ty_buffer_clear(out);
        begin(out, &record,
              is_bad_record(&record, status, &error) ? TY_ANSWER_BAD_RECORD : TY_ANSWER_REFUSED);
        end_failure(out, error.message[0] ? error.message : ty_status_name(status));
    }
    ty_record_release(&record);
    return status == TY_ERR_NOMEM || out->failed ? TY_ERR_NOMEM : TY_OK;
}
