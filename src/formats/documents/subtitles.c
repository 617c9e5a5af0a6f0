/* SPDX-License-Identifier: Apache-2.0 */
/* Subtitles (SubRip, WebVTT): a cue is a paragraph; numbers, times, notes, styles and tags are no text. */
#include "formats/documents/reader.h"

static bool next_line(ty_slice *rest, ty_slice *line)
{
    bool more = rest->data && ty_slice_next(rest, '\n', line);
    if (more)
        *line = ty_slice_trim(*line);
    return more;
}

static bool is_time(ty_slice line)
{
    return line.size && line.data[0] >= '0' && line.data[0] <= '9' &&
           ty_slice_find(line, TY_SLICE("-->"), 0) != SIZE_MAX;
}

/* <i>, <c.loud>, <00:01.000>, {\an8}: up to its end, or 0. */
static size_t tag_length(ty_slice text)
{
    bool braces = ty_slice_starts(text, TY_SLICE("{\\")), angle = ty_slice_starts(text, TY_SLICE("<"));
    size_t end = braces ? ty_slice_find(text, TY_SLICE("}"), 0) : ty_slice_find(text, TY_SLICE(">"), 0);
    return (braces || angle) && end != SIZE_MAX ? end + 1 : 0;
}

static size_t entity_length(ty_slice text, const char **out)
{
    static const struct {
        const char *name, *text;
    } entities[] = {{"&amp;", "&"},  {"&lt;", "<"}, {"&gt;", ">"},
                    {"&nbsp;", " "}, {"&lrm;", ""}, {"&rlm;", ""}};
    for (size_t i = 0; i < sizeof entities / sizeof *entities; i++)
        if (ty_slice_starts(text, ty_slice_of(entities[i].name))) {
            *out = entities[i].text;
            return strlen(entities[i].name);
        }
    return 0;
}

static void add_untagged(ty_slice line, ty_buffer *out)
{
    for (size_t at = 0; at < line.size;) {
        ty_slice rest = ty_slice_sub(line, at, line.size);
        const char *entity = "";
        size_t skipped = tag_length(rest);
        if (!skipped)
            skipped = entity_length(rest, &entity);
        ty_buffer_add_string(out, entity);
        if (!skipped)
            ty_buffer_add_char(out, line.data[at]);
        at += skipped ? skipped : 1;
    }
}

/* Two speakers in one cue have a dash each. */
static bool begins_speech(ty_slice line)
{
    return ty_slice_starts(line, TY_SLICE("- ")) || ty_slice_starts(line, TY_SLICE("－")) ||
           ty_slice_starts(line, TY_SLICE("―"));
}

static void add_cue(struct reading *reading, ty_slice *rest)
{
    ty_buffer cue = {0}, line = {0};
    for (ty_slice raw; next_line(rest, &raw) && raw.size;) {
        ty_buffer_clear(&line);
        add_untagged(raw, &line);
        ty_slice text = ty_slice_trim(ty_buffer_slice(&line));
        if (begins_speech(text)) {
            ty_document_add_paragraph(reading->out, ty_buffer_slice(&cue));
            ty_buffer_clear(&cue);
        }
        if (text.size)
            ty_document_add_joined(&cue, text);
    }
    ty_document_add_paragraph(reading->out, ty_buffer_slice(&cue));
    reading->out->text.failed |= cue.failed || line.failed;
    ty_buffer_release(&cue);
    ty_buffer_release(&line);
}

static ty_status take_text(struct reading *reading, ty_buffer *buffer, ty_error *error)
{
    ty_slice text = ty_buffer_slice(buffer);
    for (ty_slice line; next_line(&text, &line);)
        if (is_time(line))
            add_cue(reading, &text);
    reading->out->blank_lines = true;
    return reading->out->text.failed ? ty_error_nomem(error) : TY_OK;
}

/* ------------------------------------------------------------------------------------------ the format */

static bool is_subtitles(ty_slice text)
{
    ty_slice line;
    if (ty_slice_starts(text, TY_SLICE("WEBVTT")))
        return true;
    for (unsigned i = 0; i < 4 && ty_slice_next(&text, '\n', &line); i++)
        if (ty_slice_find(line, TY_SLICE(" --> "), 0) != SIZE_MAX && line.data[0] >= '0' &&
            line.data[0] <= '9')
            return true;
    return false;
}

static int bid(const struct head *head)
{
    return is_subtitles(head->text) ? BID_WORDS + 6 : BID_NONE;
}

static ty_status read_document(struct reading *reading, ty_slice bytes, ty_error *error)
{
    return ty_document_read_text(reading, bytes, take_text, error);
}

const struct format ty_subtitles_format = {.name = "subtitles",
                                           .label = N_("subtitles"),
                                           .endings = ".srt .vtt",
                                           .gives = TY_GIVES_DOCUMENT,
                                           .bid = bid,
                                           .read = read_document};
