/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Units as a file to work on: XLIFF 2.1 (a unit a segment; codes as sc, ec and ph with their original data)
 * and PO (codes as the text they stand for).
 */
#include <stdlib.h>

#include "formats/bilingual/bilingual.h"

struct ty_bilingual_writer {
    ty_format format;
    ty_buffer *out;
    ty_strings keys; /* of PO: entries that there are */
    uint64_t count;
};

static void add(ty_buffer *out, const char *before, ty_slice text, bool attribute, const char *behind)
{
    ty_buffer_add_string(out, before);
    ty_bilingual_add_xml(out, text, attribute, false);
    ty_buffer_add_string(out, behind);
}

static ty_slice info_of(const ty_unit *unit, const char *type)
{
    for (size_t i = 0; i < unit->infos.count; i++)
        if (unit->infos.items[i].kind == TY_INFO_PROP &&
            ty_slice_equal(ty_attribute_find(unit->infos.items[i].attributes, "type"), ty_slice_of(type)))
            return unit->infos.items[i].text;
    return (ty_slice){"", 0};
}

/* A draft that came in from a file, and that nobody has confirmed, does not go out as more. */
static bool is_draft(const ty_exported_unit *exported)
{
    return !exported->confirmed &&
           ty_slice_equal(info_of(exported->unit, "x-taiyaku:state"), TY_SLICE("outside"));
}

/* ------------------------------------------------------------------------------------------ XLIFF */

static bool is(ty_slice name, const char *wanted)
{
    return ty_slice_equal(name, ty_slice_of(wanted));
}

/* What is in a code, whose start tag was just taken, as plain text. */
static void pass_native(ty_slice *rest, const ty_token *token, ty_buffer *out)
{
    size_t depth = !token->empty;
    ty_token next;
    while (depth && ty_inline_next(rest, &next)) {
        depth += next.kind == TY_TOKEN_START && !next.empty;
        depth -= next.kind == TY_TOKEN_END;
        if (next.kind == TY_TOKEN_TEXT)
            ty_inline_unescape(next.text, out);
    }
}

/* The name of a code: by what links it to its fellow in the other language, else by its number. */
static void add_id(ty_buffer *out, const char *attribute, ty_slice content, ty_slice i, ty_slice x,
                   size_t number)
{
    ty_token token;
    while (!x.size && i.size && ty_inline_next(&content, &token)) /* of the second half: the first one's */
        if (token.kind == TY_TOKEN_START && is(token.name, "bpt") &&
            ty_slice_equal(ty_inline_attribute(token.attributes, "i"), i))
            x = ty_inline_attribute(token.attributes, "x");
    if (x.size)
        ty_buffer_add_format(out, " %s=\"x%.*s\"", attribute, TY_SLICE_FORMAT(x));
    else if (i.size)
        ty_buffer_add_format(out, " %s=\"i%.*s\"", attribute, TY_SLICE_FORMAT(i));
    else
        ty_buffer_add_format(out, " %s=\"n%zu\"", attribute, number);
}

static void add_code(ty_buffer *out, ty_slice content, const ty_token *token, size_t number, char side)
{
    ty_slice i = ty_inline_attribute(token->attributes, "i"), x = ty_inline_attribute(token->attributes, "x");
    bool half = is(token->name, "it");
    bool ends =
        is(token->name, "ept") || (half && !is(ty_inline_attribute(token->attributes, "pos"), "begin"));
    bool begins = is(token->name, "bpt") || (half && !ends);
    ty_buffer_add_string(out, begins ? "<sc" : ends ? "<ec" : "<ph");
    add_id(out, is(token->name, "ept") ? "startRef" : "id", content, i, x, number);
    if (half)
        ty_buffer_add_string(out, " isolated=\"yes\"");
    ty_buffer_add_format(out, " dataRef=\"%c%zu\"/>", side, number);
}

/* With `data`: what the codes stand for; else the text with them. */
static void add_content(ty_buffer *out, ty_slice content, char side, bool data)
{
    ty_buffer native = {0};
    ty_token token;
    size_t number = 0;
    for (ty_slice rest = content; ty_inline_next(&rest, &token);) {
        if (token.kind == TY_TOKEN_TEXT && !data)
            ty_buffer_add(out, token.text);
        if (token.kind != TY_TOKEN_START || !ty_inline_hides(token.name))
            continue;
        ty_buffer_clear(&native);
        pass_native(&rest, &token, &native);
        number++;
        if (data) {
            ty_buffer_add_format(out, "<data id=\"%c%zu\">", side, number);
            add(out, "", ty_buffer_slice(&native), false, "</data>");
        } else {
            add_code(out, content, &token, number, side);
        }
    }
    ty_buffer_release(&native);
}

static void add_text(ty_buffer *out, const char *name, const ty_variant *variant, char side)
{
    ty_buffer_add_format(out, "<%s xml:space=\"preserve\">", name);
    if (variant->content.data)
        add_content(out, variant->content, side, false);
    else
        ty_bilingual_add_xml(out, variant->text, false, false);
    ty_buffer_add_format(out, "</%s>", name);
}

static void add_notes(ty_buffer *out, const ty_unit *unit)
{
    bool any = false;
    for (size_t i = 0; i < unit->infos.count; i++) {
        if (unit->infos.items[i].kind != TY_INFO_NOTE || !unit->infos.items[i].text.size)
            continue;
        add(out, any ? "<note>" : "<notes><note>", unit->infos.items[i].text, false, "</note>");
        any = true;
    }
    ty_buffer_add_string(out, any ? "</notes>\n" : "");
}

static void add_xliff_unit(ty_bilingual_writer *writer, const ty_exported_unit *exported)
{
    ty_buffer *out = writer->out;
    ty_slice name = info_of(exported->unit, "id");
    ty_buffer_add_format(out, "<unit id=\"u%llu\"", (unsigned long long)writer->count);
    if (name.size)
        add(out, " name=\"", name, true, "\"");
    ty_buffer_add_string(out, ">\n");
    add_notes(out, exported->unit);
    if (exported->source->content.data || exported->target->content.data) {
        ty_buffer_add_string(out, "<originalData>");
        add_content(out, exported->source->content, 's', true);
        add_content(out, exported->target->content, 't', true);
        ty_buffer_add_string(out, "</originalData>\n");
    }
    ty_buffer_add_format(out, "<segment state=\"%s\">",
                         exported->confirmed  ? "final"
                         : is_draft(exported) ? "initial"
                                              : "translated");
    add_text(out, "source", exported->source, 's');
    add_text(out, "target", exported->target, 't');
    ty_buffer_add_string(out, "</segment>\n</unit>\n");
}

/* ------------------------------------------------------------------------------------------ PO */

static void add_po_string(ty_buffer *out, const char *keyword, ty_slice text)
{
    ty_buffer_add_format(out, "%s \"", keyword);
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        if (c == '\n' || c == '\t' || c == '\r')
            ty_buffer_add_string(out, c == '\n' ? "\\n" : c == '\t' ? "\\t" : "\\r");
        else if (c == '"' || c == '\\')
            ty_buffer_add_format(out, "\\%c", c);
        else if ((unsigned char)c >= ' ')
            ty_buffer_add_char(out, c);
    }
    ty_buffer_add_string(out, "\"\n");
}

static void add_po_comment(ty_buffer *out, const char *mark, ty_slice text)
{
    for (ty_slice line; text.size && ty_slice_next(&text, '\n', &line);)
        ty_buffer_add_format(out, "%s %.*s\n", mark, TY_SLICE_FORMAT(line));
}

/* The text with its codes as what they stand for. */
static void add_shown(ty_buffer *out, const ty_variant *variant)
{
    ty_token token;
    if (!variant->content.data)
        ty_buffer_add(out, variant->text);
    for (ty_slice rest = variant->content; rest.size && ty_inline_next(&rest, &token);)
        if (token.kind == TY_TOKEN_TEXT)
            ty_inline_unescape(token.text, out);
}

/* The flags that it came with; `fuzzy` says what it is now. */
static void add_flags(ty_buffer *out, ty_slice flags, bool draft)
{
    const char *before = "#, ";
    if (draft)
        ty_buffer_add_string(out, "#, fuzzy");
    before = draft ? ", " : before;
    bool any = draft;
    for (ty_slice flag; flags.size && ty_slice_next(&flags, ',', &flag);) {
        flag = ty_slice_trim(flag);
        if (!flag.size || ty_slice_equal(flag, TY_SLICE("fuzzy")))
            continue;
        ty_buffer_add_format(out, "%s%.*s", before, TY_SLICE_FORMAT(flag));
        before = ", ";
        any = true;
    }
    ty_buffer_add_string(out, any ? "\n" : "");
}

/* gettext wants a line end at either edge of both texts or of none: the msgid's stand. */
static void add_translation(ty_buffer *out, ty_slice source, ty_slice target)
{
    bool first = source.size && source.data[0] == '\n', last = ty_slice_ends(source, TY_SLICE("\n"));
    ty_buffer text = {0};
    while (target.size && target.data[0] == '\n')
        target = ty_slice_sub(target, 1, target.size);
    while (ty_slice_ends(target, TY_SLICE("\n")))
        target.size--;
    ty_buffer_add_string(&text, first && target.size ? "\n" : "");
    ty_buffer_add(&text, target);
    ty_buffer_add_string(&text, last && target.size ? "\n" : "");
    add_po_string(out, "msgstr", ty_buffer_slice(&text));
    out->failed |= text.failed;
    ty_buffer_release(&text);
}

/* An entry is told by its context and msgid: a second one of both gets a context of its own. */
static void add_context(ty_bilingual_writer *writer, ty_slice context, ty_slice source, ty_buffer *key)
{
    size_t before = writer->keys.list.count;
    ty_buffer_clear(key);
    ty_buffer_add(key, context);
    ty_buffer_add_char(key, '\4');
    ty_buffer_add(key, source);
    writer->out->failed |= ty_strings_add(&writer->keys, ty_buffer_slice(key)) == TY_STRINGS_NONE;
    bool again = writer->keys.list.count == before;
    ty_buffer_clear(key);
    ty_buffer_add(key, context);
    if (again)
        ty_buffer_add_format(key, "%s(%llu)", context.size ? " " : "", (unsigned long long)writer->count);
    if (key->size)
        add_po_string(writer->out, "msgctxt", ty_buffer_slice(key));
}

static void add_po_unit(ty_bilingual_writer *writer, const ty_exported_unit *exported)
{
    ty_buffer *out = writer->out, source = {0}, target = {0}, key = {0};
    const ty_unit *unit = exported->unit;
    add_shown(&source, exported->source);
    add_shown(&target, exported->target);
    ty_buffer_add_string(out, "\n");
    for (size_t i = 0; i < unit->infos.count; i++)
        if (unit->infos.items[i].kind == TY_INFO_NOTE)
            add_po_comment(out, "#", unit->infos.items[i].text);
    add_po_comment(out, "#.", info_of(unit, "x-comment"));
    add_po_comment(out, "#:", info_of(unit, "x-reference"));
    add_flags(out, info_of(unit, "x-flags"), is_draft(exported));
    add_context(writer, info_of(unit, "x-context"), ty_buffer_slice(&source), &key);
    add_po_string(out, "msgid", ty_buffer_slice(&source));
    add_translation(out, ty_buffer_slice(&source), ty_buffer_slice(&target));
    out->failed |= source.failed || target.failed || key.failed;
    ty_buffer_release(&source);
    ty_buffer_release(&target);
    ty_buffer_release(&key);
}

/* ------------------------------------------------------------------------------------------ the file */

ty_bilingual_writer *ty_bilingual_writer_new(ty_format format, ty_slice source_lang, ty_slice target_lang,
                                             ty_buffer *out)
{
    ty_bilingual_writer *writer = calloc(1, sizeof *writer);
    if (!writer)
        return NULL;
    *writer = (ty_bilingual_writer){.format = format, .out = out};
    if (format == TY_FORMAT_PO) {
        ty_buffer_add_string(out,
                             "msgid \"\"\nmsgstr \"\"\n\"Project-Id-Version: taiyaku\\n\"\n"
                             "\"Last-Translator: \\n\"\n\"Language-Team: \\n\"\n\"MIME-Version: 1.0\\n\"\n"
                             "\"Content-Type: text/plain; charset=UTF-8\\n\"\n"
                             "\"Content-Transfer-Encoding: 8bit\\n\"\n");
        ty_buffer_add_format(out, "\"X-Source-Language: %.*s\\n\"\n\"Language: %.*s\\n\"\n",
                             TY_SLICE_FORMAT(source_lang), TY_SLICE_FORMAT(target_lang));
        return writer;
    }
    ty_buffer_add_string(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    add(out, "<xliff xmlns=\"urn:oasis:names:tc:xliff:document:2.0\" version=\"2.1\" srcLang=\"", source_lang,
        true, "\"");
    add(out, " trgLang=\"", target_lang, true, "\">\n<file id=\"f1\">\n");
    return writer;
}

void ty_bilingual_writer_unit(ty_bilingual_writer *writer, const ty_exported_unit *exported)
{
    writer->count++;
    if (writer->format == TY_FORMAT_PO)
        add_po_unit(writer, exported);
    else
        add_xliff_unit(writer, exported);
}

void ty_bilingual_writer_end(ty_bilingual_writer *writer)
{
    if (!writer)
        return;
    if (writer->format != TY_FORMAT_PO)
        ty_buffer_add_string(writer->out, "</file>\n</xliff>\n");
    ty_strings_release(&writer->keys);
    free(writer);
}
