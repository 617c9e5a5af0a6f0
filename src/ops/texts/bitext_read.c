/* SPDX-License-Identifier: Apache-2.0 */
/* The two texts of a release as they are read, and which language each is in. */
#include <stdio.h>

#include "ops/texts/sides.h"

static void swap_slices(ty_slice both[2])
{
    ty_slice first = both[0];
    both[0] = both[1];
    both[1] = first;
}

static void swap_texts(ty_bitext *bitext)
{
    ty_text *source = bitext->source;
    bitext->source = bitext->target;
    bitext->target = source;
}

/* Documents given the other way round than the languages told. */
static bool come_swapped(const ty_bitext *bitext, ty_slice source_lang, ty_slice target_lang)
{
    ty_slice first = bitext->source->lang, second = bitext->target->lang;
    if (ty_lang_same(first, second))
        return false;
    bool first_is_target = ty_lang_same(first, target_lang),
         second_is_source = ty_lang_same(second, source_lang);
    return (first_is_target && (second_is_source || !source_lang.size)) ||
           (second_is_source && !target_lang.size);
}

static ty_slice settle(ty_slice told, ty_slice found, ty_slice other)
{
    if (told.size)
        return told;
    if (found.size)
        return found;
    const char *usual = ty_lang_usual_other(other);
    return ty_slice_of(usual && strcmp(usual, ty_lang_usual_target(NULL)) == 0 ? usual
                                                                               : ty_lang_usual_source(NULL));
}

/* What was told is believed, unless the text clearly is another language's. */
static ty_status believe(const ty_text *text, const char *told, bool force, ty_error *error)
{
    ty_slice content = ty_text_content(text), lang = ty_slice_of(told);
    if (!told || force || !ty_lang_contradicts(content, lang) || ty_text_has_both(text, lang, text->lang))
        return TY_OK;
    ty_slice found = text->lang.size ? text->lang : ty_slice_of(ty_words("another language"));
    ty_error_set(error, TY_ERR_USAGE,
                 "the text is not in the language that was told, %s: it seems to be %.*s", told,
                 TY_SLICE_FORMAT(found));
    ty_error_locate(error, text->path, 0, 0);
    return ty_error_rule(error, "language-contradicted");
}

/* Of two texts that seem to be in one language, one may have a translation into it behind the original. */
static void tell_again(ty_bitext *bitext)
{
    ty_text *const texts[] = {bitext->target, bitext->source};
    ty_slice found[2];
    if (!ty_lang_same(bitext->source->lang, bitext->target->lang))
        return;
    for (int i = 0; i < 2; i++) {
        ty_text *text = texts[i];
        ty_side_languages(text, text->lang, found);
        if (found[1].size && ty_text_has_both(text, found[0], found[1])) {
            text->lang = ty_arena_copy(&text->arena, found[1]);
            return;
        }
    }
}

static ty_status settle_languages(ty_bitext *bitext, const ty_bitext_settings *settings,
                                  const ty_listener *listener, ty_slice *source_lang, ty_slice *target_lang,
                                  ty_error *error)
{
    ty_slice source_told = ty_slice_of(settings->source_lang),
             target_told = ty_slice_of(settings->target_lang);
    tell_again(bitext);
    if (come_swapped(bitext, source_told, target_told)) {
        ty_warn(listener, bitext->source->path, 0, 0, "swapped",
                "this is the %s text and %s the %s one: taken the other way round",
                (const char *)bitext->source->lang.data, bitext->target->path,
                (const char *)bitext->target->lang.data);
        swap_texts(bitext);
    }
    ty_status status = believe(bitext->source, settings->source_lang, settings->force, error);
    if (status == TY_OK)
        status = believe(bitext->target, settings->target_lang, settings->force, error);
    if (status != TY_OK)
        return status;
    ty_slice first = bitext->source->lang, second = bitext->target->lang;
    *source_lang = settle(source_told, first, target_told.size ? target_told : second);
    *target_lang = settle(target_told, second, *source_lang);
    bool both_told = source_told.size && target_told.size;
    if (ty_lang_same(*source_lang, *target_lang) || (ty_lang_same(first, second) && !both_told))
        return ty_error_set(error, TY_ERR_USAGE, "both documents are in one language (%.*s): %s and %s",
                            TY_SLICE_FORMAT(first.size ? first : *source_lang), bitext->source->path,
                            bitext->target->path);
    if (ty_lang_same(first, second) && !settings->force)
        return ty_error_set(error, TY_ERR_USAGE,
                            "both documents seem to be in one language (%.*s): %s and %s",
                            TY_SLICE_FORMAT(first), bitext->source->path, bitext->target->path);
    return TY_OK;
}

/* `lang` only helps to tell encodings apart: the sides may have been given the wrong way round. */
static ty_status read_side(const ty_source *source, const ty_text_settings *both, const char *lang,
                           const char *encoding, const ty_listener *listener, ty_text **out, ty_error *error)
{
    ty_text_settings own = *both;
    own.lang = lang;
    own.encoding = encoding ? encoding : both->encoding;
    return ty_text_read(source, &own, listener, out, error);
}

/* The two that are told, or that the text is in; of those of the desk, its source language comes first. */
static void find_both(const ty_bitext *bitext, const ty_bitext_settings *settings, ty_slice out[2])
{
    ty_slice source = ty_slice_of(settings->source_lang), target = ty_slice_of(settings->target_lang);
    out[0] = source;
    out[1] = target;
    if (source.size && target.size)
        return;
    ty_side_languages(bitext->source, source.size ? source : target, out);
    bool usual = ty_lang_same(out[1], ty_slice_of(ty_lang_usual_source(NULL))) &&
                 ty_lang_same(out[0], ty_slice_of(ty_lang_usual_target(NULL)));
    if (!source.size && (target.size || usual))
        swap_slices(out);
}

/* One document that has both languages. */
static ty_status split_one(ty_bitext *bitext, const ty_bitext_settings *settings, ty_error *error)
{
    ty_slice langs[2];
    find_both(bitext, settings, langs);
    if (!langs[0].size || !langs[1].size || !ty_text_has_both(bitext->source, langs[0], langs[1]))
        return ty_error_set(
            error, TY_ERR_USAGE,
            "%s is a document in one language, and no exchange file; a release is two, SOURCE and "
            "TARGET, or one that has both languages",
            bitext->source->path);
    return ty_text_split(bitext->source, langs[0], langs[1], &bitext->target, error);
}

static ty_status drop_others(ty_bitext *bitext, ty_slice source_lang, ty_slice target_lang,
                             const ty_listener *listener, ty_error *error)
{
    ty_status status = ty_text_drop_other(bitext->source, source_lang, target_lang, listener, error);
    return status == TY_OK ? ty_text_drop_other(bitext->target, target_lang, source_lang, listener, error)
                           : status;
}

ty_status ty_bitext_read(const ty_source *source, const ty_source *target, const ty_bitext_settings *settings,
                         const ty_listener *listener, ty_bitext **out, ty_error *error)
{
    *out = NULL;
    ty_bitext *bitext = calloc(1, sizeof *bitext);
    if (!bitext)
        return ty_error_nomem(error);
    ty_slice source_lang = {0}, target_lang = {0};
    ty_text_settings text;
    ty_settings_take(&text, sizeof text, settings->text);
    ty_status status = read_side(source, &text, settings->source_lang, settings->source_encoding, listener,
                                 &bitext->source, error);
    if (status == TY_OK && target)
        status = read_side(target, &text, settings->target_lang, settings->target_encoding, listener,
                           &bitext->target, error);
    else if (status == TY_OK)
        status = split_one(bitext, settings, error);
    if (status == TY_OK)
        status = settle_languages(bitext, settings, listener, &source_lang, &target_lang, error);
    if (status == TY_OK && target && !text.segmented)
        status = drop_others(bitext, source_lang, target_lang, listener, error);
    if (status == TY_OK)
        status = ty_text_cut(bitext->source, source_lang, &text, listener, error);
    if (status == TY_OK)
        status = ty_text_cut(bitext->target, target_lang, &text, listener, error);
    if (status != TY_OK) {
        ty_bitext_close(bitext);
        return status;
    }
    *out = bitext;
    return TY_OK;
}
