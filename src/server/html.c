/* SPDX-License-Identifier: Apache-2.0 */
#include "server/html.h"

#include <stdio.h>
#include <stdlib.h>

#include "server/request.h"

/* ------------------------------------------------------------------------------------------ labels */

static int compare(const void *key, const void *entry)
{
    return strcmp(key, ((const ty_label_entry *)entry)->english);
}

const char *ty_label(const char *ui, const char *english)
{
    if (strcmp(ui, "ja") != 0)
        return english;
    const ty_label_entry *found =
        bsearch(english, ty_label_table, ty_label_count, sizeof *ty_label_table, compare);
    return found && found->japanese[0] ? found->japanese : english;
}

/* ------------------------------------------------------------------------------------------ escapes */

/* Bytes at the beginning that XML 1.0 has no place for (section 2.2, production 2). */
static size_t no_xml(ty_slice text)
{
    unsigned char c = (unsigned char)text.data[0];
    if (c < 0x20)
        return c != '\t' && c != '\n' && c != '\r';
    return c == 0xEF && (ty_slice_starts(text, TY_SLICE("\xEF\xBF\xBE")) ||
                         ty_slice_starts(text, TY_SLICE("\xEF\xBF\xBF")))
               ? 3
               : 0;
}

void ty_xml_text(ty_buffer *out, ty_slice text)
{
    size_t from = 0, at = 0;
    while (at < text.size) {
        size_t length = no_xml(ty_slice_sub(text, at, text.size));
        if (length) {
            ty_buffer_add_xml(out, ty_slice_sub(text, from, at));
            from = at + length;
        }
        at += length ? length : 1;
    }
    ty_buffer_add_xml(out, ty_slice_sub(text, from, text.size));
}

static const char *escape_of(char c)
{
    switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\'': return "&#39;";
    case '\r': return "&#13;";
    case '\0': return "\xEF\xBF\xBD";
    }
    return NULL;
}

static void add_escaped(ty_buffer *out, ty_slice text)
{
    size_t done = 0;
    for (size_t i = 0; i < text.size; i++) {
        const char *escape = escape_of(text.data[i]);
        if (!escape)
            continue;
        ty_buffer_add(out, ty_slice_sub(text, done, i));
        ty_buffer_add_string(out, escape);
        done = i + 1;
    }
    ty_buffer_add(out, ty_slice_sub(text, done, text.size));
}

/* Broken bytes could swallow the quote behind them, so such a text goes through the JSON writer's repair. */
static void add_broken(ty_buffer *out, ty_slice text)
{
    for (size_t i = 0; i < text.size; i++) {
        size_t length = 1;
        while (length <= 4 && i + length <= text.size && !ty_is_text(ty_slice_sub(text, i, i + length)))
            length++;
        bool good = length <= 4 && i + length <= text.size;
        add_escaped(out, good ? ty_slice_sub(text, i, i + length) : TY_SLICE("\xEF\xBF\xBD"));
        i += good ? length - 1 : 0;
    }
}

void ty_html_text(const ty_page *page, ty_slice text)
{
    if (ty_is_text(text))
        add_escaped(page->out, text);
    else
        add_broken(page->out, text);
}

/* ------------------------------------------------------------------------------------------ template */

static void fill(const ty_page *page, char hole, va_list *arguments)
{
    switch (hole) {
    case 't': ty_html_text(page, va_arg(*arguments, ty_slice)); break;
    case 's': ty_html_text(page, ty_slice_of(va_arg(*arguments, const char *))); break;
    case 'r': ty_buffer_add_string(page->out, va_arg(*arguments, const char *)); break;
    case 'd': ty_buffer_add_format(page->out, "%lld", (long long)va_arg(*arguments, int64_t)); break;
    case 'p': ty_buffer_add_fixed(page->out, va_arg(*arguments, double), 1); break;
    default: ty_buffer_add_char(page->out, hole);
    }
}

/* A label is one of ours, so it may have markup and holes, but no label within. */
static void expand(const ty_page *page, const char *template, size_t size, bool labels, va_list *arguments)
{
    char key[1024];
    for (size_t i = 0; i < size; i++) {
        size_t end = i;
        if (template[i] == '{' && labels) {
            while (end < size && template[end] != '}')
                end++;
            snprintf(key, sizeof key, "%.*s", (int)(end - i - 1), template + i + 1);
            const char *label = ty_label(page->ui, key);
            expand(page, label, strlen(label), false, arguments);
        } else if (template[i] == '$' && i + 1 < size) {
            end = i + 1;
            fill(page, template[end], arguments);
        } else {
            while (end + 1 < size && template[end + 1] != '$' && (template[end + 1] != '{' || !labels))
                end++;
            ty_buffer_add(page->out, (ty_slice){template + i, end - i + 1});
        }
        i = end;
    }
}

void ty_html(const ty_page *page, const char *template, ...)
{
    va_list arguments;
    va_start(arguments, template);
    expand(page, template, strlen(template), true, &arguments);
    va_end(arguments);
}

/* ------------------------------------------------------------------------------------------ texts */

void ty_html_marked(const ty_page *page, ty_slice text, const ty_span *spans, size_t count, const char *mark)
{
    size_t done = 0;
    for (size_t i = 0; i < count; i++) {
        if (spans[i].start < done || spans[i].end <= spans[i].start)
            continue;
        ty_html_text(page, ty_slice_sub(text, done, spans[i].start));
        ty_html(page, mark ? "<mark class=\"$s\">" : "<mark>", mark);
        ty_html_text(page, ty_slice_sub(text, spans[i].start, spans[i].end));
        ty_html(page, "</mark>");
        done = spans[i].end;
    }
    ty_html_text(page, ty_slice_sub(text, done, text.size));
}

/* Scripts that run to the left, by their languages' first subtags (CLDR, and what BCP 47 writes with -Arab,
 * -Hebr or -Thaa). */
static bool runs_left(ty_slice lang)
{
    static const char *const left[] = {"ar",  "arc", "ckb", "dv",  "fa", "he", "iw", "ks",
                                       "nqo", "ps",  "sd",  "syr", "ug", "ur", "yi"};
    ty_slice first = ty_slice_sub(lang, 0, ty_slice_find(lang, TY_SLICE("-"), 0));
    first = ty_slice_sub(first, 0, ty_slice_find(first, TY_SLICE("_"), 0));
    for (size_t i = 0; i < sizeof left / sizeof *left; i++)
        if (ty_slice_equal_nocase(first, ty_slice_of(left[i])))
            return true;
    return ty_slice_find(lang, TY_SLICE("-Arab"), 0) != SIZE_MAX ||
           ty_slice_find(lang, TY_SLICE("-Hebr"), 0) != SIZE_MAX;
}

void ty_html_lang(const ty_page *page, ty_slice lang)
{
    if (lang.size)
        ty_html(page, " lang=\"$t\" dir=\"$s\"", lang, runs_left(lang) ? "rtl" : "ltr");
    else
        ty_html(page, " dir=\"auto\"");
}

void ty_html_in(const ty_page *page, const char *element, ty_slice lang, ty_slice text)
{
    ty_html(page, "<$s", element);
    ty_html_lang(page, lang);
    ty_html(page, ">$t</$s>", text, element);
}
