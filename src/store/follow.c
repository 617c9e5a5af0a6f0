/* SPDX-License-Identifier: Apache-2.0 */
/* Beads follow what is done to their units by number: state, and text sentence by sentence. */
#include "store/internal.h"

#include <stdlib.h>

#include "text/text.h"

ty_status ty_beads_say(ty_store *store, int64_t unit, ty_slice state, const ty_edit *edit, ty_error *error)
{
    char now[17];
    ty_slice who = edit && edit->who.size ? edit->who : ty_buffer_slice(&store->who);
    return ty_sql_run(store, SQL_BEAD_SAY, error, "isos", unit, state, who,
                      ty_store_date(edit ? edit->when : (ty_slice){0}, now));
}

/* Sentences of one side of a bead. */
typedef struct stretch {
    int64_t document;
    uint32_t first, count;
} stretch;

typedef TY_VECTOR(stretch) stretches;

static ty_status find_stretches(ty_store *store, int64_t unit, ty_slice lang, stretches *out, ty_error *error)
{
    ty_status status;
    ty_row *row = ty_sql(store, SQL_BEAD_SIDE, error, "i", unit);
    while ((status = ty_sql_step(store, row, error)) == TY_OK) {
        ty_slice document = ty_row_text(row, 1);
        stretch one = {ty_row_int(row, 0), (uint32_t)ty_row_int(row, 2), (uint32_t)ty_row_int(row, 3)};
        if (!ty_lang_same(lang, document))
            continue;
        if (!ty_vector_push(out, one)) {
            ty_row_end(row);
            return ty_error_nomem(error);
        }
    }
    return status == TY_NO ? TY_OK : status;
}

static ty_slice shown(const ty_stored_sentence *sentence)
{
    return sentence->edited.data ? sentence->edited : sentence->text;
}

static ty_slice trimmed(ty_slice text)
{
    size_t start = 0, end = text.size;
    while (start < end && text.data[start] == ' ')
        start++;
    while (end > start && text.data[end - 1] == ' ')
        end--;
    return ty_slice_sub(text, start, end);
}

static ty_status set_text(ty_store *store, const stretch *at, uint32_t number,
                          const ty_stored_sentence *sentence, ty_slice text, ty_error *error)
{
    if (ty_slice_equal(shown(sentence), text))
        return TY_OK;
    if (ty_slice_equal(sentence->text, text))
        text = (ty_slice){0};
    else if (!text.data)
        text = TY_SLICE("");
    return ty_store_sentence_edit(store, at->document, number, text, error);
}

/* Sentences that the text begins and ends with stay as they are; the first of the others takes what is left.
 */
static ty_status spread(ty_store *store, const stretch *at, const ty_stored_sentence *sentences,
                        ty_slice text, ty_error *error)
{
    uint32_t from = 0, to = at->count;
    ty_status status = TY_OK;
    while (from + 1 < to && ty_slice_starts(text, shown(&sentences[from]))) {
        text = trimmed(ty_slice_sub(text, shown(&sentences[from]).size, text.size));
        from++;
    }
    while (to > from + 1 && ty_slice_ends(text, shown(&sentences[to - 1]))) {
        text = trimmed(ty_slice_sub(text, 0, text.size - shown(&sentences[to - 1]).size));
        to--;
    }
    for (uint32_t i = from; i < to && status == TY_OK; i++)
        status = set_text(store, at, at->first + i, &sentences[i], i == from ? text : TY_SLICE(""), error);
    return status;
}

static ty_status follow(ty_store *store, const stretch *at, ty_slice text, ty_error *error)
{
    ty_arena arena = {0};
    ty_stored_sentences list = {0};
    if (at->count && !ty_text_is_one_line(text)) /* the review shows a sentence a line */
        return ty_error_set(error, TY_ERR_USAGE, "a sentence of a release stands on one line");
    ty_status status = ty_store_sentences(store, at->document, &arena, &list, error);
    if (status == TY_OK && at->count && (size_t)at->first + at->count <= list.count)
        status = spread(store, at, list.items + at->first, text, error);
    ty_vector_release(&list);
    ty_arena_release(&arena);
    return status;
}

ty_status ty_beads_follow(ty_store *store, int64_t unit, ty_slice lang, ty_slice text, const ty_edit *edit,
                          ty_error *error)
{
    stretches found = {0};
    ty_status status = find_stretches(store, unit, lang, &found, error);
    for (size_t i = 0; i < found.count && status == TY_OK; i++)
        status = follow(store, &found.items[i], text, error);
    if (status == TY_OK && found.count)
        status = ty_beads_say(store, unit, TY_SLICE("hand"), edit, error);
    ty_vector_release(&found);
    return status;
}
