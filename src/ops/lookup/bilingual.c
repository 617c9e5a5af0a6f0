/* SPDX-License-Identifier: Apache-2.0 */
/* Files to be translated: XLIFF and PO as they are, documents as an XLIFF that is made of them. */
#include "ops/internal.h"

ty_status ty_bilingual_no_target_lang(ty_error *error)
{
    ty_error_set(error, TY_ERR_USAGE, "the file does not say into which language");
    ty_error_rule(error, "no-target-language");
    return TY_ERR_USAGE;
}

static void write_xliff(const ty_text *text, ty_slice name, const ty_pretranslate_settings *asked,
                        const char *target, ty_buffer *out)
{
    ty_xliff_from_text(&(ty_xliff_text){.version_2 = asked->xliff_2,
                                        .name = name,
                                        .source_lang = text->lang.size ? text->lang : TY_SLICE("und"),
                                        .target_lang = ty_slice_of(target),
                                        .format = text->document.format,
                                        .sentences = text->sentences.items,
                                        .lines = text->lines.items,
                                        .count = text->sentences.count},
                       out);
}

/* The sentences of a document, as an XLIFF to be read like any other. */
static ty_status make_xliff(const ty_source *source, const ty_pretranslate_settings *asked,
                            const ty_listener *listener, ty_buffer *out, ty_error *error)
{
    ty_text_settings reading = {.encoding = asked->encoding};
    ty_text *text = NULL;
    ty_status status = ty_text_read(source, &reading, listener, &text, error);
    if (status != TY_OK)
        return status;
    ty_slice lang = asked->source_lang ? ty_slice_of(asked->source_lang) : text->lang;
    const char *target = asked->target_lang ? asked->target_lang : ty_lang_usual_other(lang);
    status = target ? ty_text_cut(text, lang, &reading, listener, error) : ty_bilingual_no_target_lang(error);
    if (status == TY_OK)
        write_xliff(text, ty_path_base(source->path), asked, target, out);
    ty_text_close(text);
    return status == TY_OK && out->failed ? ty_error_nomem(error) : status;
}

static ty_status open_source(ty_source source, const ty_pretranslate_settings *asked,
                             const ty_listener *listener, ty_bilingual **out, ty_error *error)
{
    ty_buffer made = {0};
    ty_sniffed kind = {0};
    const char *encoding = asked->encoding;
    ty_status status = ty_format_sniff(&source, &kind, error);
    if (status == TY_OK && ty_format_is_document(kind.format)) {
        status = make_xliff(&source, asked, listener, &made, error);
        source.bytes = ty_buffer_slice(&made);
        encoding = NULL;
        if (status == TY_OK)
            status = ty_format_sniff(&source, &kind, error);
    } else if (status == TY_OK && !(ty_format_gives(kind.format) & TY_TAKES_TARGETS)) {
        status = ty_error_set(error, TY_ERR_FORMAT, "this is %s; XLIFF, PO, text and HTML are pretranslated",
                              kind.name);
    }
    if (status == TY_OK)
        status = ty_bilingual_open(&source, kind.format, encoding, listener, out, error);
    ty_buffer_release(&made);
    return status;
}

ty_status ty_bilingual_read(const ty_source *source, const ty_pretranslate_settings *settings,
                            const ty_listener *listener, ty_bilingual **out, ty_error *error)
{
    const char *name = ty_source_name(source);
    ty_buffer input = {0};
    *out = NULL;
    ty_status status = ty_source_read(source, 0, &input, error);
    if (status == TY_OK)
        status = open_source((ty_source){.path = name, .bytes = ty_buffer_slice(&input)}, settings, listener,
                             out, error);
    ty_buffer_release(&input);
    if (status != TY_OK)
        ty_error_locate(error, name, 0, 0);
    return status;
}
