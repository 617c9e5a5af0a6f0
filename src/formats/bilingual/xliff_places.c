/* SPDX-License-Identifier: Apache-2.0 */
/* Where things stand in the text of an XLIFF. */
#include <stdio.h>

#include "formats/bilingual/xliff_reader.h"

size_t ty_xliff_position(const struct xliff_reader *reader)
{
    const xmlParserInput *input = reader->xml.context->input;
    return (size_t)input->consumed + (size_t)(input->cur - input->base);
}

ty_slice ty_xliff_text_of(const struct xliff_reader *reader)
{
    return ty_buffer_slice(&reader->file->text);
}

/* No "<" stands within a tag. */
size_t ty_xliff_tag_start(const struct xliff_reader *reader, size_t end)
{
    while (end > 0 && reader->file->text.data[end - 1] != '<')
        end--;
    return end ? end - 1 : 0;
}

/* Not in an attribute's value: there a ">" may stand. */
size_t ty_xliff_tag_end(const struct xliff_reader *reader, size_t start)
{
    ty_slice text = ty_xliff_text_of(reader);
    char quote = '\0';
    for (size_t at = start; at < text.size; at++) {
        char c = text.data[at];
        if (quote ? c == quote : c == '"' || c == '\'')
            quote = quote ? '\0' : c;
        else if (!quote && c == '>')
            return at + 1;
    }
    return text.size;
}

void ty_xliff_check_tag(struct xliff_reader *reader, size_t start, const char *prefix, const char *name)
{
    ty_slice rest = ty_slice_sub(ty_xliff_text_of(reader), start, ty_xliff_text_of(reader).size);
    char tag[300];
    bool end_tag = ty_slice_starts(rest, TY_SLICE("</"));
    int size = snprintf(tag, sizeof tag, "<%s%s%s%s", end_tag ? "/" : "", prefix ? prefix : "",
                        prefix ? ":" : "", name);
    size_t shown = (size_t)size < sizeof tag ? (size_t)size : sizeof tag - 1;
    if (!ty_slice_starts(rest, (ty_slice){tag, shown}))
        ty_xml_fail(&reader->xml, TY_ERR_FORMAT, "the place of <%.80s> in the file cannot be told", name);
}

ty_slice ty_xliff_space_before(ty_slice text, size_t at)
{
    enum { MOST_SPACE = 256 };
    size_t start = at;
    while (start > 0 && strchr(" \t\r\n", text.data[start - 1]) && text.data[start - 1])
        start--;
    ty_slice space = ty_slice_sub(text, start, at);
    bool lays_out = space.size <= MOST_SPACE && ty_slice_find(space, TY_SLICE("\n"), 0) != SIZE_MAX;
    return lays_out ? space : (ty_slice){"", 0};
}

ty_slice ty_xliff_space_after(ty_slice text, size_t at)
{
    size_t end = at;
    while (end < text.size && strchr(" \t\r\n", text.data[end]) && text.data[end])
        end++;
    return ty_xliff_space_before(text, end);
}
