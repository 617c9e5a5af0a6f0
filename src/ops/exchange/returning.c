/* SPDX-License-Identifier: Apache-2.0 */
#include "ops/exchange/returning_forms.h"

#include "version.h"

/* ------------------------------------------------------------------------------------------ coming in */

ty_status ty_returning_begin(ty_returning *returning, ty_store *store, const ty_header *header,
                             ty_error *error)
{
    ty_slice tool = ty_attribute_find(header->attributes, "creationtool");
    if (!ty_slice_equal(tool, TY_SLICE("taiyaku")))
        return TY_OK;
    returning->store = store;
    if (!ty_header_copy(header, &returning->arena, &returning->header))
        return ty_error_nomem(error);
    ty_status status = ty_header_hear(&returning->header, &returning->told, error);
    if (status == TY_OK)
        status = ty_store_origins(store, (ty_slice){"", 0}, &returning->arena, &returning->here, error);
    return status == TY_OK ? ty_returning_load_forms(returning, error) : status;
}

/* The origin here that has the same texts, else the same name; 0: none. */
static int64_t find_here(const ty_returning *returning, ty_slice name, const ty_told_release *told)
{
    int64_t named = 0;
    for (size_t i = 0; i < returning->here.count; i++) {
        const ty_origin *origin = &returning->here.items[i];
        if (told && told->texts.size && ty_slice_equal(origin->digest, told->texts))
            return origin->id;
        if (ty_slice_equal(origin->name, name))
            named = origin->id;
    }
    return named;
}

/* The release of the unit; the newest is looked at first, as most pairs follow others of theirs. */
static struct ty_returning_release *release_of(ty_returning *returning, const ty_unit *unit, ty_slice name)
{
    ty_arena *arena = &returning->arena;
    for (size_t i = returning->releases.count; i-- > 0;)
        if (ty_slice_equal(returning->releases.items[i].name, name))
            return &returning->releases.items[i];
    struct ty_returning_release new = {
        .name = ty_arena_copy(arena, name),
        .title = ty_arena_copy(arena, ty_unit_property(unit, "x-taiyaku:title")),
        .date = ty_arena_copy(arena, ty_unit_property(unit, "x-taiyaku:date")),
        .url = ty_arena_copy(arena, ty_unit_property(unit, "x-taiyaku:url")),
        .langs = {ty_arena_copy(arena, unit->variants[0].lang), ty_arena_copy(arena, unit->variants[1].lang)},
        .told = ty_told_release_named(&returning->told, name)};
    new.here = find_here(returning, name, new.told);
    size_t told = new.told ? new.told->sentences.count : 0;
    new.numbers = ty_arena_array(arena, told + 1, sizeof *new.numbers);
    return new.numbers &&ty_vector_push(&returning->releases, new)
               ? &returning->releases.items[returning->releases.count - 1]
               : NULL;
}

static bool has_label(const ty_told_release *told, const ty_unit *unit)
{
    for (size_t i = 0; i < told->labels.count; i++) {
        const ty_told_label *label = &told->labels.items[i];
        size_t source = ty_returned_told_at(told, 0, label->place[0]),
               target = ty_returned_told_at(told, 1, label->place[1]);
        for (int side = 0; side < 2 && source != SIZE_MAX && target != SIZE_MAX; side++)
            if (ty_slice_equal(unit->variants[side].text, told->sentences.items[source].text) &&
                ty_slice_equal(unit->variants[1 - side].text, told->sentences.items[target].text))
                return true;
    }
    return false;
}

/* A label that stands in a release which is made again comes with that. */
static bool takes_label(const ty_returning *returning, const ty_unit *unit)
{
    if (!returning->store || unit->variant_count != 2 || !ty_unit_is_label(unit))
        return false;
    for (size_t i = 0; i < returning->told.releases.count; i++) {
        const ty_told_release *told = &returning->told.releases.items[i];
        if (!find_here(returning, told->name, told) && has_label(told, unit))
            return true;
    }
    return false;
}

bool ty_returning_takes(ty_returning *returning, const ty_unit *unit, bool confirmed)
{
    ty_returned_pair new = {.confirmed = confirmed, .by = returning->by};
    if (takes_label(returning, unit))
        return true;
    ty_slice name = returning->store ? ty_unit_property(unit, "x-taiyaku:origin") : (ty_slice){"", 0};
    if (!name.size || unit->variant_count != 2 || !ty_returned_read(unit, &new))
        return false;
    struct ty_returning_release *release = release_of(returning, unit, name);
    ty_unit *copy = ty_arena_alloc(&returning->arena, sizeof *copy);
    new.unit = copy;
    new.by.who = ty_arena_copy(&returning->arena, new.by.who);
    new.by.when = ty_arena_copy(&returning->arena, new.by.when);
    return release && copy && ty_slice_equal(unit->variants[0].lang, release->langs[0]) &&
           ty_slice_equal(unit->variants[1].lang, release->langs[1]) &&
           ty_unit_copy(unit, &returning->arena, copy) && ty_vector_push(&release->pairs, new);
}

/* ------------------------------------------------------------------------------------------ releases */

/* Labels are units of their own, which stand wherever they are told to. */
static ty_status put_label(ty_returning *returning, const struct ty_returning_release *release,
                           const ty_told_label *label, ty_intake *intake, ty_provenance place,
                           ty_error *error)
{
    ty_unit unit;
    ty_variant variants[2];
    size_t told[2];
    for (int side = 0; side < 2; side++) {
        told[side] = ty_returned_told_at(release->told, side, label->place[side]);
        if (told[side] == SIZE_MAX)
            return TY_OK;
        variants[side] = (ty_variant){.lang = release->langs[side],
                                      .text = release->told->sentences.items[told[side]].text};
    }
    place.bead = (ty_bead){release->numbers[told[0]], 1, release->numbers[told[1]], 1, label->confidence};
    ty_status status = ty_label_unit(&returning->arena, variants, &unit, error);
    return status == TY_OK ? ty_intake_unit(intake, &unit, &place, NULL, NULL, error) : status;
}

/* Those that stand before the sentence of the source, from *next on. */
static ty_status put_labels(ty_returning *returning, const struct ty_returning_release *release,
                            uint32_t before, size_t *next, ty_intake *intake, ty_provenance place,
                            ty_error *error)
{
    ty_status status = TY_OK;
    for (; release->told && status == TY_OK && *next < release->told->labels.count; ++*next) {
        const ty_told_label *label = &release->told->labels.items[*next];
        if (label->place[0] >= before)
            break;
        status = put_label(returning, release, label, intake, place, error);
    }
    return status;
}

/* A unit that is confirmed, and by whom. */
typedef struct confirmation {
    int64_t unit;
    ty_edit by;
} confirmation;

typedef TY_VECTOR(confirmation) confirmations;

static ty_status put_pair(const ty_returned_pair *one, ty_intake *intake, ty_provenance place,
                          confirmations *confirmed, ty_error *error)
{
    int64_t id = 0;
    place.bead = (ty_bead){one->numbers[0], one->count[0], one->numbers[1], one->count[1], one->confidence};
    ty_status status = ty_intake_unit(intake, one->unit, &place, &id, NULL, error);
    if (status == TY_OK && one->confirmed && id && !ty_vector_push(confirmed, ((confirmation){id, one->by})))
        status = ty_error_nomem(error);
    return status;
}

static ty_status put_pairs(ty_returning *returning, const struct ty_returning_release *release,
                           ty_intake *intake, const int64_t documents[2], confirmations *confirmed,
                           ty_error *error)
{
    char now[24];
    size_t label = 0;
    ty_status status = TY_OK;
    ty_origin_now(now);
    ty_provenance place = {.source_document = documents[0],
                           .target_document = documents[1],
                           .aligned_at = ty_slice_of(now),
                           .tool = TY_SLICE("taiyaku " TAIYAKU_VERSION)};
    for (size_t i = 0; status == TY_OK && i < release->pairs.count; i++) {
        const ty_returned_pair *one = &release->pairs.items[i];
        status = put_labels(returning, release, one->place[0], &label, intake, place, error);
        if (status == TY_OK)
            status = put_pair(one, intake, place, confirmed, error);
    }
    return status == TY_OK ? put_labels(returning, release, UINT32_MAX, &label, intake, place, error)
                           : status;
}

static ty_status confirm(ty_store *store, const confirmations *list, ty_error *error)
{
    ty_status status = TY_OK;
    for (size_t i = 0; status == TY_OK && i < list->count; i++)
        status =
            ty_store_set_status(store, list->items[i].unit, TY_SLICE("confirmed"), &list->items[i].by, error);
    return status;
}

static void add_counts(ty_intake_counts *sum, const ty_intake_counts *more)
{
    sum->created += more->created;
    sum->updated += more->updated;
    sum->unchanged += more->unchanged;
    sum->skipped += more->skipped;
}

/* Where sentences stand now that stood there: those of pairs, or told ones. False where they are not here. */
static bool find_sentences(const struct ty_returning_release *release, int side, const ty_stored_bead *told,
                           ty_stored_bead *out)
{
    uint32_t first = UINT32_MAX, count = 0;
    for (uint32_t place = told->first[side]; place < told->first[side] + told->count[side]; place++) {
        size_t alone = ty_returned_told_at(release->told, side, place);
        uint32_t at = alone != SIZE_MAX ? release->numbers[alone] : UINT32_MAX, more = alone != SIZE_MAX;
        for (size_t i = 0; i < release->pairs.count && !more; i++)
            if (release->pairs.items[i].place[side] == place) {
                at = release->pairs.items[i].numbers[side];
                more = release->pairs.items[i].count[side];
            }
        first = at < first ? at : first;
        count += more;
    }
    out->first[side] = count ? first : 0;
    out->count[side] = count;
    return count || !told->count[side];
}

/* What people said of beads, behind all else. */
static ty_status put_beads(ty_returning *returning, const struct ty_returning_release *release,
                           int64_t origin, const int64_t documents[2], ty_error *error)
{
    ty_stored_beads beads = {0};
    if (!release->told || !release->told->beads.count)
        return TY_OK;
    ty_status status =
        ty_store_beads(returning->store, documents[0], documents[1], &returning->arena, &beads, error);
    for (size_t i = 0; status == TY_OK && beads.count && i < release->told->beads.count; i++) {
        ty_stored_bead told = release->told->beads.items[i];
        if (find_sentences(release, 0, &release->told->beads.items[i], &told) &&
            find_sentences(release, 1, &release->told->beads.items[i], &told))
            status = ty_told_bead_put(returning->store, &beads, told, error);
    }
    ty_vector_release(&beads);
    return status == TY_OK ? ty_store_whole_release(returning->store, origin, error) : status;
}

static ty_status put_release(ty_returning *returning, struct ty_returning_release *release, unsigned flags,
                             ty_intake_counts *counts, ty_error *error)
{
    ty_intake *intake = NULL;
    ty_intake_counts own = {0};
    confirmations confirmed = {0};
    int64_t documents[2];
    ty_origin origin = {.name = release->name,
                        .kind = TY_SLICE("documents"),
                        .title = release->title,
                        .date = release->date,
                        .url = release->url,
                        .digest = release->told ? release->told->texts : (ty_slice){"", 0}};
    ty_status status = ty_intake_open(returning->store, &origin, flags, &intake, error);
    if (status == TY_OK)
        status = ty_returned_documents(returning, release, intake, documents, error);
    if (status == TY_OK)
        status = put_pairs(returning, release, intake, documents, &confirmed, error);
    int64_t id = intake ? ty_intake_origin(intake) : 0;
    if (status == TY_OK)
        status = ty_intake_commit(intake, &own, error);
    else if (intake)
        ty_intake_rollback(intake, NULL);
    if (status == TY_OK)
        status = confirm(returning->store, &confirmed, error);
    if (status == TY_OK && release->told && release->told->agency.size)
        status = ty_store_note_agency(returning->store, id, release->told->agency, error);
    if (status == TY_OK)
        status = put_beads(returning, release, id, documents, error);
    add_counts(counts, &own);
    ty_vector_release(&confirmed);
    return status;
}

ty_status ty_returning_settle(ty_returning *returning, unsigned flags, ty_slice file,
                              ty_intake_counts *counts, ty_error *error)
{
    ty_status status = ty_told_steps_note(returning->store, &returning->told.steps, file, error);
    for (size_t i = 0; status == TY_OK && i < returning->releases.count; i++)
        status = returning->releases.items[i].here
                     ? TY_OK
                     : put_release(returning, &returning->releases.items[i], flags, counts, error);
    for (size_t i = 0; status == TY_OK && i < returning->told.accepted.count; i++)
        status = ty_store_accept(returning->store, &returning->told.accepted.items[i], error);
    return status;
}

void ty_returning_release(ty_returning *returning)
{
    for (size_t i = 0; i < returning->releases.count; i++)
        ty_vector_release(&returning->releases.items[i].pairs);
    ty_vector_release(&returning->releases);
    ty_vector_release(&returning->changed);
    ty_vector_release(&returning->ours);
    ty_vector_release(&returning->left);
    ty_vector_release(&returning->here);
    ty_told_releases_release(&returning->told);
    ty_arena_release(&returning->arena);
}
