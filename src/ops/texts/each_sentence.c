/* SPDX-License-Identifier: Apache-2.0 */
/* The sentences of a document one by one: none is kept, which of a long text is most of the time and memory.
 */
#include "ops/internal.h"

typedef struct teller {
    ty_sentence_taker take;
    void *payload;
    ty_buffer line;
    bool any, failed;
} teller;

static bool tell(void *payload, ty_slice sentence, ty_sentence place)
{
    teller *t = payload;
    ty_slice line = sentence;
    t->any = true;
    if (place.broken && !ty_text_is_one_line(sentence)) {
        ty_buffer_clear(&t->line);
        ty_text_one_line(sentence, &t->line);
        line = ty_buffer_slice(&t->line);
        t->failed = t->line.failed;
    }
    return !t->failed && t->take(t->payload, line, sentence, place);
}

static ty_status tell_sentences(ty_text *text, const ty_text_settings *settings, const ty_listener *listener,
                                teller *t, ty_error *error)
{
    ty_text_cutter cutter;
    ty_status status = ty_text_cutter_open(text, settings, listener, &cutter, error);
    if (status == TY_OK)
        status = ty_segmenter_each(cutter.segmenter, ty_text_content(text), tell, t, error);
    ty_text_cutter_close(&cutter);
    if (t->failed)
        return ty_error_nomem(error);
    return status == TY_OK && !t->any ? ty_error_set(error, TY_ERR_FORMAT, "there is no text in it") : status;
}

/* Of a document with a sentence a line. */
static ty_status tell_lines(ty_text *text, const ty_text_settings *settings, const ty_listener *listener,
                            teller *t, ty_error *error)
{
    ty_status status = ty_text_cut(text, text->lang, settings, listener, error);
    for (size_t i = 0; status == TY_OK && i < text->sentences.count; i++) {
        ty_sentence place = text->sentences.items[i];
        ty_slice sentence = ty_slice_sub(ty_text_content(text), place.start, place.end);
        status = t->take(t->payload, text->lines.items[i], sentence, place) ? TY_OK : TY_STOP;
    }
    return status;
}

ty_status ty_text_each(const ty_source *source, const ty_text_settings *settings, const ty_listener *listener,
                       ty_sentence_taker take, void *payload, ty_error *error)
{
    ty_text_settings own;
    ty_text *text;
    teller t = {.take = take, .payload = payload};
    ty_settings_take(&own, sizeof own, settings);
    ty_status status = (own.lang ? ty_text_load : ty_text_read)(source, &own, listener, &text, error);
    if (status != TY_OK)
        return status;
    if (own.lang)
        text->lang = ty_arena_copy(&text->arena, ty_slice_of(own.lang));
    status = (own.segmented ? tell_lines : tell_sentences)(text, &own, listener, &t, error);
    if (status != TY_OK && status != TY_STOP)
        ty_error_locate(error, text->path, 0, 0);
    ty_buffer_release(&t.line);
    ty_text_close(text);
    return status;
}
