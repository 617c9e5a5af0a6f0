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

ty_status ty_subtitles_to_document(struct reading *reading, ty_slice text, ty_error *error)
{
    for (ty_slice line; next_line(&text, &line);)
        if (is_time(line))
            add_cue(reading, &text);
    reading->out->blank_lines = true;
    return reading->out->text.failed ? ty_error_nomem(error) : TY_OK;
}
