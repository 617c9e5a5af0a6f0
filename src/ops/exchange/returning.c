/* SPDX-License-Identifier: Apache-2.0 */
#include "ops/exchange/returning.h"

#include "version.h"

static const char status_property[] = "x-taiyaku:status", place_property[] = "x-taiyaku:place",
                  confirmed_property[] = "x-taiyaku:confirmed"; /* when, and behind a blank who */

/* A pair, and where its sides stand in the documents that are made anew. */
typedef struct pair {
    const ty_unit *unit;
    uint32_t place[2], numbers[2]; /* first sentence, as told and in the new document; how many follow */
    uint32_t count[2];
    float confidence;
    bool confirmed;
    ty_edit by; /* who confirmed it, and when; empty: not known */
} pair;

struct ty_returning_release {
    ty_slice name, title, date, url, langs[2];
    TY_VECTOR(pair) pairs;
    const ty_told_release *told; /* NULL: nothing */
    uint32_t *numbers;           /* of the sentences told, in the new documents */
};

/* What stands in a document: a side of a pair, or a sentence that was told. */
typedef struct piece {
    uint32_t place;
    pair *one; /* NULL: the sentence */
    size_t told;
} piece;

typedef TY_VECTOR(piece) pieces;

typedef TY_VECTOR(ty_document_sentence) sentence_list;

/* ------------------------------------------------------------------------------------------ properties */

static bool is_property(const ty_info *info, const char *type)
{
    return info->kind == TY_INFO_PROP &&
           ty_slice_equal(ty_attribute_find(info->attributes, "type"), ty_slice_of(type));
}

/* More properties than a unit goes out with, besides those it has. */
enum { MORE = 5 };

/* A copy of the unit's list of infos with room for more, without what is said of its status. */
static ty_status copy_infos(const ty_unit *unit, ty_arena *arena, ty_unit *out, ty_error *error)
{
    ty_infos infos = {ty_arena_array(arena, unit->infos.count + MORE, sizeof *unit->infos.items), 0};
    if (!infos.items)
        return ty_error_nomem(error);
    for (size_t i = 0; i < unit->infos.count; i++)
        if (!is_property(&unit->infos.items[i], status_property) &&
            !is_property(&unit->infos.items[i], confirmed_property))
            infos.items[infos.count++] = unit->infos.items[i];
    *out = *unit;
    out->infos = infos;
    return TY_OK;
}

static void add_property(ty_unit *unit, const char *type, ty_slice text, ty_arena *arena)
{
    ty_attribute *attribute = ty_arena_alloc(arena, sizeof *attribute);
    if (!attribute)
        return;
    *attribute = (ty_attribute){TY_SLICE("type"), ty_slice_of(type)};
    unit->infos.items[unit->infos.count++] =
        (ty_info){.kind = TY_INFO_PROP, .attributes = {attribute, 1}, .text = text};
}

/* Sets what the unit says by now, takes out what is empty by now, and adds what it did not say. */
static void set_property(ty_unit *unit, const char *type, ty_slice text, ty_arena *arena)
{
    for (size_t i = 0; i < unit->infos.count; i++) {
        if (!is_property(&unit->infos.items[i], type))
            continue;
        unit->infos.items[i].text = text;
        if (!text.size)
            memmove(&unit->infos.items[i], &unit->infos.items[i + 1],
                    (--unit->infos.count - i) * sizeof *unit->infos.items);
        return;
    }
    if (text.size)
        add_property(unit, type, text, arena);
}

static void say_confirmed(const ty_stored_unit *stored, ty_arena *arena, ty_unit *out)
{
    ty_buffer text = {0};
    add_property(out, status_property, TY_SLICE("confirmed"), arena);
    ty_buffer_add_format(&text, "%.*s%s%.*s", TY_SLICE_FORMAT(stored->at), stored->who.size ? " " : "",
                         TY_SLICE_FORMAT(stored->who));
    if (stored->aligned && stored->at.size)
        add_property(out, confirmed_property, ty_arena_copy(arena, ty_buffer_slice(&text)), arena);
    arena->failed |= text.failed;
    ty_buffer_release(&text);
}

/* Facts of its release may have been told by a person, and sentences before it cut or joined, since the unit
 * was made. */
static void say_place(const ty_stored_unit *stored, ty_arena *arena, ty_unit *out)
{
    ty_slice told = stored->origin_told, name;
    while (told.size && ty_slice_next(&told, ',', &name)) {
        if (ty_slice_equal(name, TY_SLICE("title")))
            set_property(out, "x-taiyaku:title", stored->origin_title, arena);
        else if (ty_slice_equal(name, TY_SLICE("date")))
            set_property(out, "x-taiyaku:date", stored->origin_date, arena);
        else if (ty_slice_equal(name, TY_SLICE("url")))
            set_property(out, "x-taiyaku:url", stored->origin_url, arena);
    }
    set_property(out, place_property, ty_pair_place(arena, stored->provenance.bead), arena);
}

ty_status ty_returning_mark(const ty_stored_unit *stored, ty_arena *arena, ty_unit *out, ty_error *error)
{
    bool confirmed = ty_slice_equal(stored->status, TY_SLICE("confirmed"));
    bool placed = stored->aligned && !stored->label && ty_unit_property(&stored->unit, place_property).size;
    *out = stored->unit;
    if (!confirmed && !placed)
        return TY_OK;
    ty_status status = copy_infos(&stored->unit, arena, out, error);
    if (status == TY_OK && placed)
        say_place(stored, arena, out);
    if (status == TY_OK && confirmed)
        say_confirmed(stored, arena, out);
    return status == TY_OK && arena->failed ? ty_error_nomem(error) : status;
}

/* What the property says of who confirmed the pair: behind a time a blank, and the name. */
static ty_edit read_confirmed(ty_slice text)
{
    ty_slice when = {"", 0};
    ty_slice_next(&text, ' ', &when);
    return when.size == strlen("20240301T101500Z") ? (ty_edit){.who = text, .when = when} : (ty_edit){0};
}

ty_status ty_returning_status(ty_returning *returning, const ty_unit *unit, ty_unit *out, bool *confirmed,
                              ty_error *error)
{
    *out = *unit;
    *confirmed =
        returning->store && ty_slice_equal(ty_unit_property(unit, status_property), TY_SLICE("confirmed"));
    returning->by = *confirmed ? read_confirmed(ty_unit_property(unit, confirmed_property)) : (ty_edit){0};
    return *confirmed ? copy_infos(unit, &returning->arena, out, error) : TY_OK;
}

/* "3-4:4" and the like: first sentences from 0, and how many. */
static bool read_side(ty_slice *rest, char end, uint32_t *first, uint32_t *count)
{
    uint64_t values[2] = {0}, at = 0;
    size_t i = 0;
    for (; i < rest->size && rest->data[i] != end; i++) {
        char c = rest->data[i];
        if (c == '-' && at == 0 && values[0])
            at = 1;
        else if (c >= '0' && c <= '9' && values[at] < 100000000)
            values[at] = values[at] * 10 + (unsigned)(c - '0');
        else
            return false;
    }
    *rest = ty_slice_sub(*rest, i + 1, rest->size);
    *first = (uint32_t)values[0] - 1;
    *count = at ? (uint32_t)(values[1] - values[0] + 1) : 1;
    return values[0] && (!at || values[1] >= values[0]);
}

static bool read_place(ty_slice text, pair *out)
{
    return text.size && read_side(&text, ':', &out->place[0], &out->count[0]) &&
           read_side(&text, ':', &out->place[1], &out->count[1]);
}

static bool read_confidence(ty_slice text, float *out)
{
    char number[24] = "";
    double value = 0;
    if (!text.size || text.size >= sizeof number)
        return false;
    memcpy(number, text.data, text.size);
    bool good = ty_decimal_parse(number, &value) && value >= 0 && value <= 1;
    *out = (float)value;
    return good;
}

/* ------------------------------------------------------------------------------------------ coming in */

ty_status ty_returning_begin(ty_returning *returning, ty_store *store, const ty_header *header,
                             ty_error *error)
{
    ty_origins origins = {0};
    ty_slice tool = ty_attribute_find(header->attributes, "creationtool");
    if (!ty_slice_equal(tool, TY_SLICE("taiyaku")))
        return TY_OK;
    returning->store = store;
    if (!ty_header_copy(header, &returning->arena, &returning->header))
        return ty_error_nomem(error);
    ty_status status = ty_header_hear(&returning->header, &returning->told, error);
    if (status == TY_OK)
        status = ty_store_origins(store, (ty_slice){"", 0}, &returning->arena, &origins, error);
    for (size_t i = 0; status == TY_OK && i < origins.count; i++)
        if (!ty_vector_push(&returning->here, origins.items[i].name))
            status = ty_error_nomem(error);
    ty_vector_release(&origins);
    return status;
}

static bool is_here(const ty_returning *returning, ty_slice name)
{
    for (size_t i = 0; i < returning->here.count; i++)
        if (ty_slice_equal(returning->here.items[i], name))
            return true;
    return false;
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
    size_t told = new.told ? new.told->sentences.count : 0;
    new.numbers = ty_arena_array(arena, told + 1, sizeof *new.numbers);
    return new.numbers &&ty_vector_push(&returning->releases, new)
               ? &returning->releases.items[returning->releases.count - 1]
               : NULL;
}

/* The sentence that was told for that place; SIZE_MAX for none. */
static size_t told_at(const ty_told_release *told, int side, uint32_t place)
{
    for (size_t i = 0; i < told->sentences.count; i++)
        if (told->sentences.items[i].side == side && told->sentences.items[i].place == place)
            return i;
    return SIZE_MAX;
}

static bool has_label(const ty_told_release *told, const ty_unit *unit)
{
    for (size_t i = 0; i < told->labels.count; i++) {
        const ty_told_label *label = &told->labels.items[i];
        size_t source = told_at(told, 0, label->place[0]), target = told_at(told, 1, label->place[1]);
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
        if (!is_here(returning, told->name) && has_label(told, unit))
            return true;
    }
    return false;
}

bool ty_returning_takes(ty_returning *returning, const ty_unit *unit, bool confirmed)
{
    pair new = {.confirmed = confirmed, .by = returning->by};
    if (takes_label(returning, unit))
        return true;
    ty_slice name = returning->store ? ty_unit_property(unit, "x-taiyaku:origin") : (ty_slice){"", 0};
    if (!name.size || unit->variant_count != 2 || is_here(returning, name) ||
        !read_place(ty_unit_property(unit, place_property), &new) ||
        !read_confidence(ty_unit_property(unit, "x-taiyaku:confidence"), &new.confidence))
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

/* ------------------------------------------------------------------------------------------ documents */

static int by_source(const void *a, const void *b)
{
    const pair *one = a, *other = b;
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
        pair *one = &release->pairs.items[i];
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
static ty_status add_side(ty_returning *returning, pair *one, int side, sentence_list *list, ty_error *error)
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

static ty_status put_documents(ty_returning *returning, struct ty_returning_release *release,
                               ty_intake *intake, int64_t ids[2], ty_error *error)
{
    qsort(release->pairs.items, release->pairs.count, sizeof *release->pairs.items, by_source);
    ty_status status = put_document(returning, release, 0, intake, &ids[0], error);
    return status == TY_OK ? put_document(returning, release, 1, intake, &ids[1], error) : status;
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
        told[side] = told_at(release->told, side, label->place[side]);
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

static ty_status put_pair(const pair *one, ty_intake *intake, ty_provenance place, confirmations *confirmed,
                          ty_error *error)
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
        const pair *one = &release->pairs.items[i];
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
        size_t alone = told_at(release->told, side, place);
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
                        .digest = {"", 0}};
    ty_status status = ty_intake_open(returning->store, &origin, flags, &intake, error);
    if (status == TY_OK)
        status = put_documents(returning, release, intake, documents, error);
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

uint64_t ty_returning_count(const ty_returning *returning)
{
    uint64_t count = 0;
    for (size_t i = 0; i < returning->releases.count; i++)
        count += returning->releases.items[i].pairs.count;
    return count;
}

ty_status ty_returning_settle(ty_returning *returning, unsigned flags, ty_slice file,
                              ty_intake_counts *counts, ty_error *error)
{
    ty_status status = ty_told_steps_note(returning->store, &returning->told.steps, file, error);
    for (size_t i = 0; status == TY_OK && i < returning->releases.count; i++)
        status = put_release(returning, &returning->releases.items[i], flags, counts, error);
    for (size_t i = 0; status == TY_OK && i < returning->told.accepted.count; i++)
        status = ty_store_accept(returning->store, &returning->told.accepted.items[i], error);
    return status;
}

void ty_returning_release(ty_returning *returning)
{
    for (size_t i = 0; i < returning->releases.count; i++)
        ty_vector_release(&returning->releases.items[i].pairs);
    ty_vector_release(&returning->releases);
    ty_vector_release(&returning->here);
    ty_told_releases_release(&returning->told);
    ty_arena_release(&returning->arena);
}
