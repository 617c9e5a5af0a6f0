/* SPDX-License-Identifier: Apache-2.0 */
/* Pairs of a bitext as units, and the header that units of ours go under. */
#include <stdio.h>

#include "ops/internal.h"

static ty_slice format_into(ty_arena *arena, const char *format, ...) TY_PRINTF(2, 3);

static ty_slice format_into(ty_arena *arena, const char *format, ...)
{
    char text[160];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    return ty_arena_copy(arena, ty_slice_of(text));
}

/* Room for what a pair says of itself: attributes and properties are filled in one by one. */
typedef struct builder {
    ty_arena *arena;
    ty_attributes attributes;
    ty_infos infos;
} builder;

enum { MOST = 8 };

static void add_attribute(builder *b, const char *name, ty_slice value)
{
    if (b->attributes.items && b->attributes.count < MOST)
        b->attributes.items[b->attributes.count++] =
            (ty_attribute){ty_slice_of(name), ty_arena_copy(b->arena, value)};
}

static void add_property(builder *b, const char *type, ty_slice text)
{
    ty_attribute *attribute = text.size ? ty_arena_alloc(b->arena, sizeof *attribute) : NULL;
    if (!attribute || !b->infos.items || b->infos.count == MOST)
        return;
    *attribute = (ty_attribute){TY_SLICE("type"), ty_slice_of(type)};
    b->infos.items[b->infos.count++] =
        (ty_info){.kind = TY_INFO_PROP, .attributes = {attribute, 1}, .text = ty_arena_copy(b->arena, text)};
}

static builder make_builder(ty_arena *arena)
{
    return (builder){.arena = arena,
                     .attributes = {ty_arena_array(arena, MOST, sizeof(ty_attribute)), 0},
                     .infos = {ty_arena_array(arena, MOST, sizeof(ty_info)), 0}};
}

/* Sentence numbers for people, from 1: "3" or "3-4". */
static ty_slice place(ty_arena *arena, uint32_t start, uint32_t count)
{
    return count == 1 ? format_into(arena, "%u", start + 1)
                      : format_into(arena, "%u-%u", start + 1, start + count);
}

static ty_slice confidence(ty_arena *arena, ty_bead bead)
{
    char text[16];
    size_t size = ty_decimal_print(text, sizeof text, TY_DECIMAL_FIXED, 3, (double)bead.confidence);
    return ty_arena_copy(arena, (ty_slice){text, size});
}

ty_slice ty_pair_place(ty_arena *arena, ty_bead bead)
{
    ty_slice source = place(arena, bead.source_start, bead.source_count);
    ty_slice target = place(arena, bead.target_start, bead.target_count);
    return format_into(arena, "%s:%s", source.data, target.data);
}

/* Types begin with x-taiyaku: because OmegaT takes plain names like `file` for a context of its own. */
static void describe_pair(builder *b, ty_bead bead, const ty_pair_origin *origin)
{
    add_property(b, "x-taiyaku:origin", origin->name);
    add_property(b, "x-taiyaku:title", origin->title);
    add_property(b, "x-taiyaku:date", origin->date);
    add_property(b, "x-taiyaku:url", origin->url);
    add_property(b, "x-taiyaku:place", ty_pair_place(b->arena, bead));
    add_property(b, "x-taiyaku:confidence", confidence(b->arena, bead));
}

static ty_variant make_variant(ty_arena *arena, ty_slice lang, ty_slice text)
{
    return (ty_variant){.lang = ty_arena_copy(arena, lang), .text = ty_arena_copy(arena, text)};
}

/* Says who speaks in both languages, and nothing else? */
static bool is_label(const ty_bitext *bitext, ty_bead bead)
{
    return bead.source_count == 1 && bead.target_count == 1 &&
           bitext->source->sentences.items[bead.source_start].label &&
           bitext->target->sentences.items[bead.target_start].label;
}

ty_status ty_label_unit(ty_arena *arena, const ty_variant variants[2], ty_unit *out, ty_error *error)
{
    builder b = make_builder(arena);
    add_property(&b, TY_LABEL_PROPERTY, TY_SLICE("speaker"));
    ty_variant *own = ty_arena_array(arena, 2, sizeof *own);
    if (!own)
        return ty_error_nomem(error);
    bool swapped = ty_slice_compare(variants[0].lang, variants[1].lang) > 0;
    own[swapped] = variants[0];
    own[!swapped] = variants[1];
    *out = (ty_unit){.infos = b.infos, .variants = own, .variant_count = 2};
    return arena->failed ? ty_error_nomem(error) : TY_OK;
}

ty_status ty_bitext_unit(ty_bitext *bitext, size_t number, const ty_pair_origin *origin, ty_arena *arena,
                         ty_unit *out, ty_error *error)
{
    builder b = make_builder(arena);
    add_attribute(&b, "creationdate", ty_slice_of(origin->now));
    add_attribute(&b, "creationtool", TY_SLICE("taiyaku"));
    add_attribute(&b, "creationtoolversion", ty_slice_of(ty_version()));
    add_attribute(&b, "srclang", bitext->source->lang);
    describe_pair(&b, ty_bitext_bead(bitext, number), origin);
    ty_variant *variants = ty_arena_array(arena, 2, sizeof *variants);
    if (!variants)
        return ty_error_nomem(error);
    variants[0] = make_variant(arena, bitext->source->lang, ty_bitext_bead_source(bitext, number));
    variants[1] = make_variant(arena, bitext->target->lang, ty_bitext_bead_target(bitext, number));
    if (is_label(bitext, ty_bitext_bead(bitext, number)))
        return ty_label_unit(arena, variants, out, error);
    *out = (ty_unit){.attributes = b.attributes, .infos = b.infos, .variants = variants, .variant_count = 2};
    return arena->failed ? ty_error_nomem(error) : TY_OK;
}

ty_status ty_header_make(ty_slice source_lang, ty_arena *arena, ty_header *out, ty_error *error)
{
    builder b = make_builder(arena);
    add_attribute(&b, "creationtool", TY_SLICE("taiyaku"));
    add_attribute(&b, "creationtoolversion", ty_slice_of(ty_version()));
    add_attribute(&b, "segtype", TY_SLICE("sentence"));
    add_attribute(&b, "o-tmf", TY_SLICE("taiyaku"));
    add_attribute(&b, "adminlang", TY_SLICE("en"));
    add_attribute(&b, "srclang", source_lang.size ? source_lang : TY_SLICE("*all*"));
    add_attribute(&b, "datatype", TY_SLICE("plaintext"));
    *out = (ty_header){.version = TY_SLICE("1.4"), .attributes = b.attributes};
    return arena->failed ? ty_error_nomem(error) : TY_OK;
}

static ty_status write_pairs(ty_bitext *bitext, ty_tmx_writer *writer, ty_error *error)
{
    ty_arena arena = {0};
    ty_status status = TY_OK;
    ty_unit unit;
    ty_pair_origin origin = {.name = ty_path_base(bitext->source->path),
                             .date = bitext->source->document.date};
    ty_origin_now(origin.now);
    for (size_t i = 0; status == TY_OK && i < ty_bitext_count(bitext); i++) {
        ty_bead bead = ty_bitext_bead(bitext, i);
        if (!bead.source_count || !bead.target_count)
            continue;
        ty_arena_clear(&arena);
        status = ty_bitext_unit(bitext, i, &origin, &arena, &unit, error);
        if (status == TY_OK)
            status = ty_tmx_writer_unit(writer, &unit, error);
    }
    ty_arena_release(&arena);
    return status;
}

ty_status ty_tmx_finish(ty_tmx_writer *writer, ty_output *output, ty_status status, ty_error *error)
{
    ty_status closed = writer ? ty_tmx_writer_close(writer, NULL, error) : TY_OK;
    if (status == TY_OK)
        status = closed;
    if (status == TY_OK)
        return ty_output_commit(output, error);
    ty_output_discard(output);
    return status;
}

ty_status ty_bitext_check_output(const ty_bitext *bitext, const ty_sink *sink, ty_error *error)
{
    const char *const inputs[] = {bitext->source->file, bitext->target->file};
    return ty_output_check_sink(sink, inputs, sizeof inputs / sizeof *inputs, error);
}

ty_status ty_bitext_write_tmx(ty_bitext *bitext, const ty_sink *sink, ty_error *error)
{
    ty_arena arena = {0};
    ty_output *output = NULL;
    ty_tmx_writer *writer = NULL;
    ty_header header;
    ty_status status = ty_header_make(bitext->source->lang, &arena, &header, error);
    if (status == TY_OK)
        status = ty_bitext_check_output(bitext, sink, error);
    if (status == TY_OK)
        status = ty_output_open_sink(sink, &output, error);
    if (status == TY_OK)
        status = ty_tmx_writer_open(output, NULL, &header, &writer, error);
    if (status == TY_OK)
        status = write_pairs(bitext, writer, error);
    status = ty_tmx_finish(writer, output, status, error);
    ty_arena_release(&arena);
    return status;
}

/* What wants a look in a review is what is doubtful in an export. */
static const float sure = TY_DOUBTFUL;

void ty_trust_narrow(ty_trust trust, ty_unit_filter *filter)
{
    if (trust == TY_TRUST_CONFIRMED)
        filter->status = TY_SLICE("confirmed");
    if (trust == TY_TRUST_DOUBTFUL)
        filter->doubtful_below = sure;
}

bool ty_unit_is_doubtful(const ty_stored_unit *stored)
{
    return stored->conflict || (stored->aligned && stored->provenance.bead.confidence < sure);
}
