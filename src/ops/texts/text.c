/* SPDX-License-Identifier: Apache-2.0 */
#include "ops/internal.h"

/* ------------------------------------------------------------------------------------------ lines */

/* The sentence on one line; one that stands on one as it is is not copied. */
static ty_slice make_line(ty_text *text, ty_slice raw, bool broken, ty_buffer *line)
{
    if (!broken || ty_text_is_one_line(raw))
        return raw;
    ty_buffer_clear(line);
    ty_text_one_line(raw, line);
    return ty_arena_copy(&text->arena, ty_buffer_slice(line));
}

static ty_status make_lines(ty_text *text, ty_error *error)
{
    ty_slice content = ty_text_content(text);
    ty_buffer line = {0};
    bool good = true;
    for (size_t i = 0; good && i < text->sentences.count; i++) {
        ty_sentence s = text->sentences.items[i];
        ty_slice made = make_line(text, ty_slice_sub(content, s.start, s.end), s.broken, &line);
        good = !line.failed && ty_vector_push(&text->lines, made);
    }
    ty_buffer_release(&line);
    return good && !text->arena.failed ? TY_OK : ty_error_nomem(error);
}

void ty_text_join(const ty_text *text, size_t start, size_t count, ty_buffer *out)
{
    bool spaced = !ty_lang_is_unspaced(text->lang);
    ty_buffer_clear(out);
    for (size_t i = start; i < start + count; i++) {
        if (i > start && spaced)
            ty_buffer_add_char(out, ' ');
        ty_buffer_add(out, text->lines.items[i]);
    }
}

/* ------------------------------------------------------------------------------------------ reading */

/* What the text looks like counts for more than what a page declares: English pages with lang="ja" abound. */
static ty_slice find_language(const ty_text *text)
{
    const char *guess = ty_lang_guess(ty_buffer_slice(&text->document.text));
    return guess[0] ? ty_slice_of(guess) : text->document.lang;
}

/* Blanks stand for such characters, as many as these have bytes: all places stay. */
static void blank_out(ty_text *text, const ty_listener *listener)
{
    size_t count = 0;
    char *data = text->document.text.data;
    for (size_t i = 0, length; i < text->document.text.size; i += length) {
        length = ty_xml_outside((ty_slice){data + i, text->document.text.size - i});
        memset(data + i, ' ', length);
        count += length > 0;
        length += !length;
    }
    if (count)
        ty_warn(listener, text->path, 0, 0, "control-characters",
                "%zu control characters, or others that exchange files cannot hold, are read as blanks",
                count);
}

ty_status ty_text_load(const ty_source *source, const ty_text_settings *settings, const ty_listener *listener,
                       ty_text **out, ty_error *error)
{
    *out = NULL;
    const char *name = ty_source_name(source);
    ty_text *text = calloc(1, sizeof *text);
    if (!text)
        return ty_error_nomem(error);
    ty_document_options options = {.encoding = settings->encoding,
                                   .lang = settings->lang,
                                   .keep_lines =
                                       settings->segmented || settings->paragraphs != TY_PARAGRAPHS_AUTO,
                                   .as_text = settings->segmented};
    ty_status status = ty_document_read(source, &options, &text->document, listener, error);
    if (status == TY_OK) {
        text->path = ty_arena_copy(&text->arena, ty_slice_of(name)).data;
        text->file = ty_source_file(source) ? text->path : NULL;
        if (!text->document.clean &&
            (ty_text_kinds(ty_text_content(text)) & (TY_TEXT_CONTROLS | TY_TEXT_RARE)))
            blank_out(text, listener);
        status = text->arena.failed ? ty_error_nomem(error) : TY_OK;
    }
    if (status != TY_OK) {
        ty_error_locate(error, name, 0, 0);
        ty_text_close(text);
        return status;
    }
    *out = text;
    return TY_OK;
}

ty_status ty_text_read(const ty_source *source, const ty_text_settings *settings, const ty_listener *listener,
                       ty_text **out, ty_error *error)
{
    ty_text *text;
    *out = NULL;
    ty_status status = ty_text_load(source, settings, listener, &text, error);
    if (status != TY_OK)
        return status;
    text->lang = ty_arena_copy(&text->arena, find_language(text));
    status = text->arena.failed ? ty_error_nomem(error) : ty_text_find_date(text, error);
    if (status != TY_OK) {
        ty_error_locate(error, text->path, 0, 0);
        ty_text_close(text);
        return status;
    }
    *out = text;
    return TY_OK;
}

/* One sentence a line; a blank line ends a paragraph. */
static ty_status cut_lines(ty_text *text, ty_error *error)
{
    ty_slice content = ty_text_content(text), rest = content, line;
    uint32_t paragraph = 0;
    while (rest.size && ty_slice_next(&rest, '\n', &line)) {
        line = ty_slice_trim(line);
        if (line.size == 0) {
            paragraph += text->sentences.count > 0;
            continue;
        }
        size_t start = (size_t)(line.data - content.data);
        ty_sentence sentence = {start, start + line.size, paragraph, .broken = true}; /* CR, U+2028 */
        if (!ty_vector_push(&text->sentences, sentence))
            return ty_error_nomem(error);
    }
    return TY_OK;
}

ty_status ty_text_cutter_open(const ty_text *text, const ty_text_settings *settings,
                              const ty_listener *listener, ty_text_cutter *out, ty_error *error)
{
    *out = (ty_text_cutter){0};
    if (settings->srx) {
        ty_status status = ty_srx_read(settings->srx, listener, &out->srx, error);
        if (status != TY_OK)
            return status;
    }
    ty_segment_options options = {.lang = text->lang,
                                  .paragraphs = settings->paragraphs,
                                  .keep_quotations = settings->keep_quotations,
                                  .inline_lists = settings->inline_lists,
                                  .srx = out->srx};
    if (options.paragraphs == TY_PARAGRAPHS_AUTO)
        options.paragraphs = text->document.blank_lines ? TY_PARAGRAPHS_BLANK : TY_PARAGRAPHS_LINE;
    return ty_segmenter_new(&options, &out->segmenter, error);
}

void ty_text_cutter_close(ty_text_cutter *cutter)
{
    ty_segmenter_free(cutter->segmenter);
    ty_srx_free(cutter->srx);
}

static ty_status cut_sentences(ty_text *text, const ty_text_settings *settings, const ty_listener *listener,
                               ty_error *error)
{
    ty_text_cutter cutter;
    ty_status status = ty_text_cutter_open(text, settings, listener, &cutter, error);
    if (status == TY_OK)
        status = ty_segmenter_cut(cutter.segmenter, ty_text_content(text), &text->sentences, error);
    ty_text_cutter_close(&cutter);
    return status;
}

ty_status ty_text_cut(ty_text *text, ty_slice lang, const ty_text_settings *settings,
                      const ty_listener *listener, ty_error *error)
{
    text->lang = ty_arena_copy(&text->arena, lang);
    ty_status status =
        settings->segmented ? cut_lines(text, error) : cut_sentences(text, settings, listener, error);
    if (status == TY_OK)
        status = make_lines(text, error);
    if (status == TY_OK && text->sentences.count == 0)
        status = ty_error_set(error, TY_ERR_FORMAT, "there is no text in it");
    if (status != TY_OK)
        ty_error_locate(error, text->path, 0, 0);
    return status;
}

static void join_paragraphs(ty_text *text, const ty_slice *lines, const uint32_t *paragraphs, size_t count)
{
    bool spaced = !ty_lang_is_unspaced(text->lang);
    ty_buffer *out = &text->document.text;
    for (size_t i = 0; i < count; i++) {
        bool same = i > 0 && paragraphs[i] == paragraphs[i - 1];
        if (i > 0 && (spaced || !same))
            ty_buffer_add_char(out, same ? ' ' : '\n');
        ty_buffer_add(out, lines[i]);
    }
}

static void restore_facts(ty_text *text, const ty_stored_document *document)
{
    ty_arena *arena = &text->arena;
    text->path = ty_arena_copy(arena, document->file_name).data;
    text->lang = ty_arena_copy(arena, document->lang);
    text->document.title = ty_arena_copy(arena, document->title);
    text->document.date = ty_arena_copy(arena, document->date);
    text->document.url = ty_arena_copy(arena, document->url);
    size_t size = document->encoding.size;
    size = size < sizeof text->document.encoding ? size : sizeof text->document.encoding - 1;
    memcpy(text->document.encoding, document->encoding.data ? document->encoding.data : "", size);
}

ty_status ty_text_restore(const ty_stored_document *document, const ty_slice *lines,
                          const uint32_t *paragraphs, size_t count, const ty_text_settings *settings,
                          ty_text **out, ty_error *error)
{
    ty_text_settings own;
    ty_settings_take(&own, sizeof own, settings);
    own.paragraphs = TY_PARAGRAPHS_LINE;
    *out = calloc(1, sizeof **out);
    if (!*out)
        return ty_error_nomem(error);
    restore_facts(*out, document);
    join_paragraphs(*out, lines, paragraphs, count);
    if ((*out)->document.text.failed || (*out)->arena.failed)
        return ty_error_nomem(error);
    return ty_text_cut(*out, (*out)->lang, &own, NULL, error);
}

ty_status ty_text_open(const ty_source *source, const ty_text_settings *settings, const ty_listener *listener,
                       ty_text **out, ty_error *error)
{
    ty_text_settings own;
    ty_settings_take(&own, sizeof own, settings);
    ty_status status = ty_text_read(source, &own, listener, out, error);
    if (status != TY_OK)
        return status;
    ty_slice lang = own.lang ? ty_slice_of(own.lang) : (*out)->lang;
    status = ty_text_cut(*out, lang, &own, listener, error);
    if (status != TY_OK) {
        ty_text_close(*out);
        *out = NULL;
    }
    return status;
}

void ty_text_close(ty_text *text)
{
    if (!text)
        return;
    ty_document_release(&text->document);
    ty_vector_release(&text->sentences);
    ty_vector_release(&text->lines);
    ty_vector_release(&text->rows);
    ty_arena_release(&text->arena);
    free(text);
}

ty_slice ty_text_content(const ty_text *text)
{
    return ty_buffer_slice(&text->document.text);
}

ty_slice ty_text_lang(const ty_text *text)
{
    return text->lang;
}

size_t ty_text_count(const ty_text *text)
{
    return text->sentences.count;
}

ty_sentence ty_text_sentence(const ty_text *text, size_t number)
{
    return text->sentences.items[number];
}

ty_slice ty_text_line(const ty_text *text, size_t number)
{
    return text->lines.items[number];
}

ty_status ty_srx_write(const char *lang, const ty_sink *sink, ty_error *error)
{
    ty_buffer rules = {0};
    ty_output *output = NULL;
    ty_status status = ty_segment_srx(ty_slice_of(lang), &rules, error);
    if (status == TY_OK && rules.failed)
        status = ty_error_nomem(error);
    if (status == TY_OK)
        status = ty_output_open_sink(sink, &output, error);
    if (status == TY_OK) {
        ty_output_write(output, ty_buffer_slice(&rules));
        status = ty_output_commit(output, error);
    }
    ty_buffer_release(&rules);
    return status;
}
