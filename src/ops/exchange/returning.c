/* SPDX-License-Identifier: Apache-2.0 */
#include "ops/exchange/returning.h"

#include "version.h"

static const char status_property[] = "x-taiyaku:status";

/* A pair, and where its sides stand in the documents that are made anew. */
typedef struct pair {
    const ty_unit *unit;
    uint32_t place[2], numbers[2]; /* first sentence, as told and in the new document; how many follow */
    uint32_t count[2];
    float confidence;
    bool confirmed;
} pair;

struct ty_returning_release {
    ty_slice name, title, date, url, langs[2];
    TY_VECTOR(pair) pairs;
};

typedef TY_VECTOR(ty_document_sentence) sentence_list;

/* ------------------------------------------------------------------------------------------ properties */

static bool is_status(const ty_info *info)
{
    return info->kind == TY_INFO_PROP &&
           ty_slice_equal(ty_attribute_find(info->attributes, "type"), ty_slice_of(status_property));
}

/* A copy of the unit's list of infos with room for one more, without its status. */
static ty_status copy_infos(const ty_unit *unit, ty_arena *arena, ty_unit *out, ty_error *error)
{
    *out = *unit;
    out->infos = (ty_infos){ty_arena_array(arena, unit->infos.count + 1, sizeof *unit->infos.items), 0};
    if (!out->infos.items)
        return ty_error_nomem(error);
    for (size_t i = 0; i < unit->infos.count; i++)
        if (!is_status(&unit->infos.items[i]))
            out->infos.items[out->infos.count++] = unit->infos.items[i];
    return TY_OK;
}

ty_status ty_returning_mark(const ty_unit *unit, bool confirmed, ty_arena *arena, ty_unit *out,
                            ty_error *error)
{
    *out = *unit;
    if (!confirmed)
        return TY_OK;
    ty_attribute *type = ty_arena_alloc(arena, sizeof *type);
    ty_status status = type ? copy_infos(unit, arena, out, error) : ty_error_nomem(error);
    if (status != TY_OK)
        return status;
    *type = (ty_attribute){TY_SLICE("type"), ty_slice_of(status_property)};
    out->infos.items[out->infos.count++] =
        (ty_info){.kind = TY_INFO_PROP, .attributes = {type, 1}, .text = TY_SLICE("confirmed")};
    return TY_OK;
}

ty_status ty_returning_status(ty_returning *returning, const ty_unit *unit, ty_unit *out, bool *confirmed,
                              ty_error *error)
{
    *out = *unit;
    *confirmed =
        returning->store && ty_slice_equal(ty_unit_property(unit, status_property), TY_SLICE("confirmed"));
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
    ty_status status = ty_store_origins(store, (ty_slice){"", 0}, &returning->arena, &origins, error);
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
    struct ty_returning_release new = {.name = ty_arena_copy(arena, name),
                                       .title =
                                           ty_arena_copy(arena, ty_unit_property(unit, "x-taiyaku:title")),
                                       .date = ty_arena_copy(arena, ty_unit_property(unit, "x-taiyaku:date")),
                                       .url = ty_arena_copy(arena, ty_unit_property(unit, "x-taiyaku:url")),
                                       .langs = {ty_arena_copy(arena, unit->variants[0].lang),
                                                 ty_arena_copy(arena, unit->variants[1].lang)}};
    return ty_vector_push(&returning->releases, new)
               ? &returning->releases.items[returning->releases.count - 1]
               : NULL;
}

bool ty_returning_takes(ty_returning *returning, const ty_unit *unit, bool confirmed)
{
    pair new = {.confirmed = confirmed};
    ty_slice name = returning->store ? ty_unit_property(unit, "x-taiyaku:origin") : (ty_slice){"", 0};
    if (!name.size || unit->variant_count != 2 || is_here(returning, name) ||
        !read_place(ty_unit_property(unit, "x-taiyaku:place"), &new) ||
        !read_confidence(ty_unit_property(unit, "x-taiyaku:confidence"), &new.confidence))
        return false;
    struct ty_returning_release *release = release_of(returning, unit, name);
    ty_unit *copy = ty_arena_alloc(&returning->arena, sizeof *copy);
    new.unit = copy;
    return release && copy && ty_slice_equal(unit->variants[0].lang, release->langs[0]) &&
           ty_slice_equal(unit->variants[1].lang, release->langs[1]) &&
           ty_unit_copy(unit, &returning->arena, copy) && ty_vector_push(&release->pairs, new);
}

/* ------------------------------------------------------------------------------------------ documents */

/* Of which side the pairs are sorted. */
static int by_place(const pair *a, const pair *b, int side)
{
    return a->place[side] != b->place[side] ? (a->place[side] < b->place[side] ? -1 : 1) : 0;
}

static int by_source(const void *a, const void *b)
{
    return by_place(a, b, 0);
}

static int by_target(const void *a, const void *b)
{
    return by_place(*(pair *const *)a, *(pair *const *)b, 1);
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

static ty_status put_document(ty_returning *returning, const struct ty_returning_release *release, int side,
                              pair **order, ty_intake *intake, int64_t *id, ty_error *error)
{
    sentence_list list = {0};
    ty_status status = TY_OK;
    for (size_t i = 0; status == TY_OK && i < release->pairs.count; i++)
        status = add_side(returning, order[i], side, &list, error);
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
    ty_vector_release(&list);
    return status;
}

static ty_status put_documents(ty_returning *returning, struct ty_returning_release *release,
                               ty_intake *intake, int64_t ids[2], ty_error *error)
{
    size_t count = release->pairs.count;
    pair **order = ty_arena_array(&returning->arena, count, sizeof(pair *));
    if (!order)
        return ty_error_nomem(error);
    qsort(release->pairs.items, count, sizeof *release->pairs.items, by_source);
    for (size_t i = 0; i < count; i++)
        order[i] = &release->pairs.items[i];
    ty_status status = put_document(returning, release, 0, order, intake, &ids[0], error);
    qsort(order, count, sizeof *order, by_target);
    return status == TY_OK ? put_document(returning, release, 1, order, intake, &ids[1], error) : status;
}

/* ------------------------------------------------------------------------------------------ releases */

static ty_status put_pairs(const struct ty_returning_release *release, ty_intake *intake,
                           const int64_t documents[2], ty_ids *confirmed, ty_error *error)
{
    char now[24];
    ty_status status = TY_OK;
    ty_origin_now(now);
    for (size_t i = 0; status == TY_OK && i < release->pairs.count; i++) {
        const pair *one = &release->pairs.items[i];
        int64_t id = 0;
        ty_provenance place = {
            .source_document = documents[0],
            .target_document = documents[1],
            .bead = {one->numbers[0], one->count[0], one->numbers[1], one->count[1], one->confidence},
            .aligned_at = ty_slice_of(now),
            .tool = TY_SLICE("taiyaku " TAIYAKU_VERSION)};
        status = ty_intake_unit(intake, one->unit, &place, &id, NULL, error);
        if (status == TY_OK && one->confirmed && id && !ty_vector_push(confirmed, id))
            status = ty_error_nomem(error);
    }
    return status;
}

static ty_status confirm(ty_store *store, const ty_ids *ids, ty_error *error)
{
    ty_status status = TY_OK;
    for (size_t i = 0; status == TY_OK && i < ids->count; i++)
        status = ty_store_set_status(store, ids->items[i], TY_SLICE("confirmed"), NULL, error);
    return status;
}

static void add_counts(ty_intake_counts *sum, const ty_intake_counts *more)
{
    sum->created += more->created;
    sum->updated += more->updated;
    sum->unchanged += more->unchanged;
    sum->skipped += more->skipped;
}

static ty_status put_release(ty_returning *returning, struct ty_returning_release *release, unsigned flags,
                             ty_intake_counts *counts, ty_error *error)
{
    ty_intake *intake = NULL;
    ty_intake_counts own = {0};
    ty_ids confirmed = {0};
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
        status = put_pairs(release, intake, documents, &confirmed, error);
    if (status == TY_OK)
        status = ty_intake_commit(intake, &own, error);
    else if (intake)
        ty_intake_rollback(intake, NULL);
    if (status == TY_OK)
        status = confirm(returning->store, &confirmed, error);
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

ty_status ty_returning_settle(ty_returning *returning, unsigned flags, ty_intake_counts *counts,
                              ty_error *error)
{
    ty_status status = TY_OK;
    for (size_t i = 0; status == TY_OK && i < returning->releases.count; i++)
        status = put_release(returning, &returning->releases.items[i], flags, counts, error);
    return status;
}

void ty_returning_release(ty_returning *returning)
{
    for (size_t i = 0; i < returning->releases.count; i++)
        ty_vector_release(&returning->releases.items[i].pairs);
    ty_vector_release(&returning->releases);
    ty_vector_release(&returning->here);
    ty_arena_release(&returning->arena);
}
