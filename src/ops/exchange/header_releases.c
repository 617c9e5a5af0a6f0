/* SPDX-License-Identifier: Apache-2.0 */
#include "ops/exchange/header_properties.h"
#include "ops/exchange/header_releases.h"

/* A label's sentence is not longer, bytes. */
enum { LABEL_SIZE = 200 };

/* ------------------------------------------------------------------------------------------ telling */

typedef struct telling {
    ty_store *store;
    ty_arena *arena;
    TY_VECTOR(ty_info) infos;
    ty_buffer text;
} telling;

/* A property of what is in `text`. */
static ty_status tell(telling *t, const char *type, ty_slice lang, ty_error *error)
{
    ty_attribute *attributes = ty_arena_array(t->arena, 2, sizeof *attributes);
    ty_info info = {.kind = TY_INFO_PROP,
                    .attributes = {attributes, 1 + (lang.size > 0)},
                    .text = ty_arena_copy(t->arena, ty_buffer_slice(&t->text))};
    if (!attributes || t->text.failed || t->arena->failed)
        return ty_error_nomem(error);
    attributes[0] = (ty_attribute){TY_SLICE("type"), ty_slice_of(type)};
    attributes[1] = (ty_attribute){TY_SLICE("xml:lang"), ty_arena_copy(t->arena, lang)};
    ty_buffer_clear(&t->text);
    return ty_vector_push(&t->infos, info) ? TY_OK : ty_error_nomem(error);
}

static ty_status tell_text(telling *t, const char *type, ty_slice text, ty_error *error)
{
    ty_buffer_add(&t->text, text);
    return tell(t, type, (ty_slice){"", 0}, error);
}

/* The two documents of a release as it is now: in a file of an older version, which does not say so, the last
 * ones. False where there are none. */
static bool choose_documents(const ty_stored_documents *list, const ty_stored_document *sides[2])
{
    size_t count = 0;
    for (size_t i = list->count; i-- > 0 && count < 2;)
        if (!list->items[i].older)
            sides[count++] = &list->items[i];
    return count == 2;
}

/* Which of them is the source is said by the beads between them. */
static ty_status choose_sides(telling *t, const ty_stored_documents *list, const ty_stored_document *sides[2],
                              ty_stored_beads *beads, ty_error *error)
{
    if (!choose_documents(list, sides))
        return TY_NO;
    ty_status status = ty_store_beads(t->store, sides[0]->id, sides[1]->id, t->arena, beads, error);
    if (status == TY_OK && beads->count && beads->items[0].documents[0] != sides[0]->id) {
        const ty_stored_document *source = sides[1];
        sides[1] = sides[0];
        sides[0] = source;
    }
    return status == TY_OK && !beads->count ? TY_NO : status;
}

static ty_status is_label(telling *t, const ty_stored_bead *bead, const ty_stored_document *const sides[2],
                          bool *out, ty_error *error)
{
    ty_stored_unit unit = {0};
    *out = false;
    for (int side = 0; side < 2; side++)
        if (bead->count[side] != 1 || bead->first[side] >= sides[side]->sentence_count ||
            sides[side]->sentences[bead->first[side]].text.size > LABEL_SIZE)
            return TY_OK;
    ty_status status = ty_store_unit(t->store, bead->unit, t->arena, &unit, error);
    *out = status == TY_OK && unit.label;
    return status == TY_NO ? TY_OK : status;
}

static ty_status tell_label(telling *t, const ty_stored_bead *bead, ty_error *error)
{
    ty_buffer_add_format(&t->text, "%u:%u ", bead->first[0] + 1, bead->first[1] + 1);
    ty_buffer_add_fixed(&t->text, bead->confidence, 3);
    return tell(t, TY_TOLD_LABEL, (ty_slice){"", 0}, error);
}

/* Marks the sentences that units have, and tells of labels, which have none of their own. */
static ty_status tell_beads(telling *t, const ty_stored_document *const sides[2],
                            const ty_stored_beads *beads, char *covered[2], ty_error *error)
{
    bool label;
    ty_status status = TY_OK;
    for (size_t i = 0; i < beads->count && status == TY_OK; i++) {
        const ty_stored_bead *bead = &beads->items[i];
        if (!bead->unit || (status = is_label(t, bead, sides, &label, error)) != TY_OK)
            continue;
        if (label)
            status = tell_label(t, bead, error);
        for (int side = 0; side < 2 && !label; side++)
            for (size_t k = bead->first[side]; k < (size_t)bead->first[side] + bead->count[side]; k++)
                if (k < sides[side]->sentence_count)
                    covered[side][k] = 1;
    }
    return status;
}

static ty_status tell_said(telling *t, const ty_stored_beads *beads, ty_error *error)
{
    ty_status status = TY_OK;
    for (size_t i = 0; i < beads->count && status == TY_OK; i++)
        if (ty_told_bead_is_needed(&beads->items[i])) {
            ty_told_bead_write(&beads->items[i], &t->text);
            status = tell(t, TY_TOLD_BEAD, (ty_slice){"", 0}, error);
        }
    return status;
}

static ty_status tell_alone(telling *t, const ty_stored_document *document, int side, const char *covered,
                            ty_error *error)
{
    ty_status status = TY_OK;
    for (size_t i = 0; i < document->sentence_count && status == TY_OK; i++) {
        if (covered[i])
            continue;
        ty_buffer_add_format(&t->text, side ? ":%zu " : "%zu: ", i + 1);
        ty_buffer_add(&t->text, document->sentences[i].text);
        status = tell(t, TY_TOLD_SENTENCE, document->lang, error);
    }
    return status;
}

static ty_status tell_between(telling *t, const ty_stored_document *const sides[2],
                              const ty_stored_beads *beads, ty_error *error)
{
    char *covered[2];
    for (int side = 0; side < 2; side++) {
        covered[side] = ty_arena_array(t->arena, sides[side]->sentence_count + 1, 1);
        if (!covered[side])
            return ty_error_nomem(error);
        memset(covered[side], 0, sides[side]->sentence_count + 1);
    }
    ty_status status = tell_beads(t, sides, beads, covered, error);
    for (int side = 0; side < 2 && status == TY_OK; side++)
        status = tell_alone(t, sides[side], side, covered[side], error);
    return status == TY_OK ? tell_said(t, beads, error) : status;
}

static ty_status tell_sentences(telling *t, int64_t origin, ty_error *error)
{
    ty_stored_documents list = {0};
    ty_stored_beads beads = {0};
    const ty_stored_document *sides[2];
    ty_status status = ty_store_documents(t->store, origin, t->arena, &list, error);
    if (status == TY_OK)
        status = choose_sides(t, &list, sides, &beads, error);
    if (status == TY_OK)
        status = tell_between(t, sides, &beads, error);
    ty_vector_release(&beads);
    ty_vector_release(&list);
    return status == TY_NO ? TY_OK : status;
}

/* A release of which its units say all is not spoken of. */
static ty_status tell_release(telling *t, const ty_origin *origin, ty_error *error)
{
    ty_release_infos list = {0};
    size_t before = t->infos.count;
    ty_status status = ty_store_releases(t->store, origin->id, t->arena, &list, error);
    bool release = status == TY_OK && list.count;
    if (release)
        status = tell_text(t, TY_TOLD_RELEASE, origin->name, error);
    if (release && status == TY_OK && origin->digest.size)
        status = tell_text(t, TY_TOLD_TEXTS, origin->digest, error);
    if (release && status == TY_OK && list.items[0].agency.size)
        status = tell_text(t, TY_TOLD_AGENCY, list.items[0].agency, error);
    if (release && status == TY_OK)
        status = tell_sentences(t, origin->id, error);
    if (t->infos.count == before + 1)
        t->infos.count = before;
    ty_vector_release(&list);
    return status == TY_NO ? TY_OK : status;
}

static ty_status tell_form(telling *t, const ty_former *former, ty_error *error)
{
    ty_told_form form = {.former = former->digest, .now = former->now, .gone = former->gone};
    ty_status status =
        form.gone ? ty_store_unit_removed_at(t->store, former->unit, t->arena, &form.date, error) : TY_OK;
    if (status != TY_OK)
        return status;
    ty_told_form_write(&form, &t->text);
    return tell(t, TY_TOLD_FORM, (ty_slice){"", 0}, error);
}

/* What people changed of units that are of no release, whose pairs are told by their places. */
static ty_status tell_forms(telling *t, const ty_origin *origin, ty_error *error)
{
    ty_formers formers = {0};
    ty_status status = ty_slice_equal(origin->kind, TY_SLICE("documents"))
                           ? TY_OK
                           : ty_store_formers(t->store, origin->id, &formers, error);
    for (size_t i = 0; i < formers.count && status == TY_OK; i++)
        status = tell_form(t, &formers.items[i], error);
    ty_vector_release(&formers);
    return status;
}

static ty_status tell_accepted(telling *t, ty_error *error)
{
    ty_accepted_list list = {0};
    ty_status status = ty_store_accepted(t->store, t->arena, &list, error);
    for (size_t i = 0; i < list.count && status == TY_OK; i++) {
        const ty_accepted *one = &list.items[i];
        const ty_slice fields[] = {one->id, one->fault, one->words, one->source, one->target, one->who};
        for (size_t k = 0; k < sizeof fields / sizeof *fields; k++) {
            ty_buffer_add_string(&t->text, k ? "\t" : "");
            ty_buffer_add(&t->text, fields[k]);
        }
        status = tell(t, TY_TOLD_ACCEPTED, (ty_slice){"", 0}, error);
    }
    ty_vector_release(&list);
    return status;
}

/* The last come first. */
static ty_status tell_steps(telling *t, ty_error *error)
{
    ty_steps list = {0};
    size_t begin = 0;
    ty_status status = ty_store_steps(t->store, NULL, t->arena, &list, error);
    for (size_t count = 0; begin < list.count && count < TY_TOLD_STEPS; begin++)
        count += ty_told_step_is_needed(&list.items[begin]);
    for (size_t i = begin; i-- > 0 && status == TY_OK;)
        if (ty_told_step_is_needed(&list.items[i])) {
            ty_told_step_write(&list.items[i], &t->text);
            status = tell(t, TY_TOLD_STEP, (ty_slice){"", 0}, error);
        }
    ty_vector_release(&list);
    return status == TY_NO ? TY_OK : status;
}

/* Behind what the header says already. */
static ty_status add_infos(telling *t, ty_header *header, ty_error *error)
{
    size_t count = header->infos.count + t->infos.count;
    ty_info *all = ty_arena_array(t->arena, count + 1, sizeof *all);
    if (!all)
        return ty_error_nomem(error);
    for (size_t i = 0; i < count; i++)
        all[i] = i < header->infos.count ? header->infos.items[i] : t->infos.items[i - header->infos.count];
    header->infos = (ty_infos){all, count};
    return TY_OK;
}

ty_status ty_header_tell(ty_store *store, const char *origin, int64_t origin_id, bool history,
                         ty_arena *arena, ty_header *header, ty_error *error)
{
    telling t = {.store = store, .arena = arena};
    ty_origins origins = {0};
    ty_told_releases old = {0}; /* of a file that came in under another name */
    ty_status status = ty_header_hear(header, &old, error);
    ty_told_releases_release(&old);
    if (status == TY_OK)
        status = ty_store_origins(store, ty_slice_of(origin), arena, &origins, error);
    for (size_t i = 0; i < origins.count && status == TY_OK; i++)
        if (!origin_id || origins.items[i].id == origin_id)
            status = tell_release(&t, &origins.items[i], error);
    for (size_t i = 0; i < origins.count && status == TY_OK; i++)
        if (!origin_id || origins.items[i].id == origin_id)
            status = tell_forms(&t, &origins.items[i], error);
    if (status == TY_OK && !origin && !origin_id)
        status = tell_accepted(&t, error);
    if (status == TY_OK && !origin && !origin_id && history)
        status = tell_steps(&t, error);
    if (status == TY_OK)
        status = add_infos(&t, header, error);
    ty_vector_release(&origins);
    ty_vector_release(&t.infos);
    ty_buffer_release(&t.text);
    return status;
}
