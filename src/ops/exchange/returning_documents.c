/* SPDX-License-Identifier: Apache-2.0 */
/* The two documents of a release that comes back, of the sentences of its pairs and those that are told. */
#include "ops/exchange/returning_parts.h"

/* What stands in a document: a side of a pair, or a sentence that was told. */
typedef struct piece {
    uint32_t place;
    ty_returned_pair *one; /* NULL: the sentence */
    size_t told;
} piece;

typedef TY_VECTOR(piece) pieces;

typedef TY_VECTOR(ty_document_sentence) sentence_list;

static int by_source(const void *a, const void *b)
{
    const ty_returned_pair *one = a, *other = b;
    return one->place[0] < other->place[0] ? -1 : one->place[0] > other->place[0];
}

static int by_place(const void *a, const void *b)
{
    const piece *one = a, *other = b;
    if (one->place != other->place)
        return one->place < other->place ? -1 : 1;
    return one->told < other->told ? -1 : one->told > other->told;
}

/* All that stands on a side, in order. */
static bool list_pieces(struct ty_returning_release *release, int side, pieces *out)
{
    bool good = true;
    for (size_t i = 0; i < release->pairs.count && good; i++) {
        ty_returned_pair *one = &release->pairs.items[i];
        good = ty_vector_push(out, ((piece){one->place[side], one, i}));
    }
    for (size_t i = 0; release->told && i < release->told->sentences.count && good; i++) {
        const ty_told_sentence *sentence = &release->told->sentences.items[i];
        if (sentence->side == side)
            good = ty_vector_push(out, ((piece){sentence->place, NULL, i}));
    }
    if (out->count)
        qsort(out->items, out->count, sizeof *out->items, by_place);
    return good;
}

static bool add_sentence(ty_returning *returning, sentence_list *list, ty_slice text)
{
    ty_document_sentence sentence = {ty_arena_copy(&returning->arena, text), (uint32_t)list->count};
    return ty_vector_push(list, sentence);
}

/* A side of several sentences is cut again; what is cut otherwise now has another number of them. */
static ty_status add_side(ty_returning *returning, ty_returned_pair *one, int side, sentence_list *list,
                          ty_error *error)
{
    const ty_variant *variant = &one->unit->variants[side];
    size_t before = list->count;
    ty_text *text = NULL;
    ty_source source = {.path = "", .bytes = variant->text};
    ty_text_settings settings = {.size = sizeof settings,
                                 .lang = variant->lang.data,
                                 .encoding = "UTF-8",
                                 .paragraphs = TY_PARAGRAPHS_LINE};
    ty_status status = one->count[side] > 1 ? ty_text_open(&source, &settings, NULL, &text, NULL) : TY_NO;
    bool good = true;
    for (size_t i = 0; status == TY_OK && good && i < ty_text_count(text); i++)
        good = add_sentence(returning, list, ty_text_line(text, i));
    if (list->count == before && good)
        good = add_sentence(returning, list, variant->text);
    ty_text_close(text);
    one->numbers[side] = (uint32_t)before;
    one->count[side] = (uint32_t)(list->count - before);
    return good && !returning->arena.failed ? TY_OK : ty_error_nomem(error);
}

static ty_status add_piece(ty_returning *returning, struct ty_returning_release *release, const piece *one,
                           int side, sentence_list *list, ty_error *error)
{
    if (one->one)
        return add_side(returning, one->one, side, list, error);
    release->numbers[one->told] = (uint32_t)list->count;
    return add_sentence(returning, list, release->told->sentences.items[one->told].text)
               ? TY_OK
               : ty_error_nomem(error);
}

static ty_status put_document(ty_returning *returning, struct ty_returning_release *release, int side,
                              ty_intake *intake, int64_t *id, ty_error *error)
{
    sentence_list list = {0};
    pieces all = {0};
    ty_status status = list_pieces(release, side, &all) ? TY_OK : ty_error_nomem(error);
    for (size_t i = 0; status == TY_OK && i < all.count; i++)
        status = add_piece(returning, release, &all.items[i], side, &list, error);
    ty_slice none = {"", 0};
    ty_stored_document document = {.lang = release->langs[side],
                                   .title = side ? none : release->title,
                                   .date = release->date,
                                   .url = side ? none : release->url,
                                   .file_name = release->name,
                                   .encoding = TY_SLICE("UTF-8"),
                                   .sentences = list.items,
                                   .sentence_count = list.count};
    if (status == TY_OK)
        status = ty_intake_document(intake, &document, id, error);
    ty_vector_release(&all);
    ty_vector_release(&list);
    return status;
}

ty_status ty_returned_documents(ty_returning *returning, struct ty_returning_release *release,
                                ty_intake *intake, int64_t ids[2], ty_error *error)
{
    qsort(release->pairs.items, release->pairs.count, sizeof *release->pairs.items, by_source);
    ty_status status = put_document(returning, release, 0, intake, &ids[0], error);
    return status == TY_OK ? put_document(returning, release, 1, intake, &ids[1], error) : status;
}

size_t ty_returned_told_at(const ty_told_release *told, int side, uint32_t place)
{
    for (size_t i = 0; i < told->sentences.count; i++)
        if (told->sentences.items[i].side == side && told->sentences.items[i].place == place)
            return i;
    return SIZE_MAX;
}
