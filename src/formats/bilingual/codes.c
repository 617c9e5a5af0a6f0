/* SPDX-License-Identifier: Apache-2.0 */
/* A pair of the memory, with the codes of a segment in the place of its own. */
#include "formats/bilingual/codes.h"

enum { MOST = 200, NONE = -1 }; /* codes of a segment; with more it is offered without */

/* A code of the memory: of its source, or of its target and then also which one of the source it is. */
struct stored {
    enum code_kind kind;
    ty_slice i, x, type, native; /* as written */
    int pair;                    /* the other half, NONE where there is none */
    int fellow;
};

struct stored_codes {
    struct stored items[MOST];
    int count;
    bool unfit; /* too many, or markup that is none of pairs and placeholders */
};

/* ------------------------------------------------------------------------------------------ reading */

static bool is(ty_slice name, const char *wanted)
{
    return ty_slice_equal(name, ty_slice_of(wanted));
}

static bool kind_of(const ty_token *token, enum code_kind *out)
{
    bool begins = is(ty_inline_attribute(token->attributes, "pos"), "begin");
    *out = is(token->name, "bpt") || (is(token->name, "it") && begins) ? CODE_OPEN
           : is(token->name, "ept") || is(token->name, "it")           ? CODE_CLOSE
                                                                       : CODE_ALONE;
    return *out != CODE_ALONE || is(token->name, "ph") || is(token->name, "ut");
}

/* Passes what is in the code whose start tag was just taken; its markup. */
static ty_slice pass_native(ty_slice *rest, const ty_token *token)
{
    ty_slice native = {rest->data, 0};
    size_t depth = !token->empty;
    ty_token next;
    while (depth) {
        native.size = (size_t)(rest->data - native.data);
        if (!ty_inline_next(rest, &next))
            break;
        depth += next.kind == TY_TOKEN_START && !next.empty;
        depth -= next.kind == TY_TOKEN_END;
    }
    return native;
}

static void pair_up(struct stored_codes *codes, int at)
{
    struct stored *code = &codes->items[at];
    code->pair = NONE;
    for (int k = at - 1; code->kind == CODE_CLOSE && code->i.size && k >= 0; k--)
        if (codes->items[k].kind == CODE_OPEN && codes->items[k].pair == NONE &&
            ty_slice_equal(codes->items[k].i, code->i)) {
            code->pair = k;
            codes->items[k].pair = at;
            return;
        }
}

/* `hi` is a mark, and no code: its text is the segment's. */
static bool take(struct stored_codes *codes, ty_slice *rest, const ty_token *token)
{
    enum code_kind kind;
    if (is(token->name, "hi"))
        return true;
    if (codes->count == MOST || !kind_of(token, &kind))
        return false;
    codes->items[codes->count] = (struct stored){.kind = kind,
                                                 .i = ty_inline_attribute(token->attributes, "i"),
                                                 .x = ty_inline_attribute(token->attributes, "x"),
                                                 .type = ty_inline_attribute(token->attributes, "type"),
                                                 .native = pass_native(rest, token),
                                                 .fellow = NONE};
    pair_up(codes, codes->count++);
    return true;
}

static void read_codes(ty_slice content, struct stored_codes *out)
{
    ty_token token;
    *out = (struct stored_codes){0};
    while (!out->unfit && ty_inline_next(&content, &token))
        if (token.kind == TY_TOKEN_START)
            out->unfit = !take(out, &content, &token);
}

/* ------------------------------------------------------------------------------------------ comparing */

/* What a code is about, as far as its type or what it stands for says: "b" of bold, <b>, <strong>. */
static ty_slice topic_of(ty_slice type, ty_slice native)
{
    static const char *const topics[][4] = {
        {"bold", "b", "strong", NULL}, {"italic", "i", "em", NULL}, {"underlined", "u", "ulined", NULL},
        {"link", "a", NULL},           {"image", "img", NULL},      {"lb", "br", "linebreak", NULL}};
    ty_slice name = type;
    if (ty_slice_starts(native, TY_SLICE("&lt;")) && !type.size) {
        size_t start = native.size > 4 && native.data[4] == '/' ? 5 : 4, end = start;
        while (end < native.size && ((native.data[end] | 32) >= 'a' && (native.data[end] | 32) <= 'z'))
            end++;
        name = ty_slice_sub(native, start, end);
    }
    if (ty_slice_starts(name, TY_SLICE("x-")))
        name = ty_slice_sub(name, 2, name.size);
    for (size_t i = 0; i < sizeof topics / sizeof *topics; i++)
        for (size_t k = 0; k < 4 && topics[i][k]; k++)
            if (ty_slice_equal_nocase(name, ty_slice_of(topics[i][k])))
                return ty_slice_of(topics[i][0]);
    return (ty_slice){"", 0};
}

static enum code_fit compare(struct passage segment, const struct stored_codes *source)
{
    enum code_fit fit = CODES_THE_SAME;
    int at = 0;
    for (size_t i = 0; i < segment.code_count; i++) {
        const struct code *code = &segment.codes[i];
        if (code->kind == CODE_TEXT)
            continue;
        if (at == source->count || source->items[at].kind != code->kind)
            return CODES_LOST;
        ty_slice one = topic_of(code->type, code->native);
        ty_slice other = topic_of(source->items[at].type, source->items[at].native);
        if (one.size && other.size && !ty_slice_equal(one, other))
            fit = CODES_ALIKE;
        at++;
    }
    return at == source->count ? fit : CODES_LOST;
}

/* ------------------------------------------------------------------------------------------ fellows */

static bool may_be(const struct stored *target, const struct stored *source)
{
    return source->fellow == NONE && source->kind == target->kind &&
           (source->pair == NONE) == (target->pair == NONE);
}

/* By the number that links them, else by what they stand for, else the first that is left. */
static int fellow_of(const struct stored_codes *source, const struct stored *target)
{
    for (int round = 0; round < 3; round++)
        for (int i = 0; i < source->count; i++) {
            const struct stored *one = &source->items[i];
            bool linked = round == 0   ? target->x.size && ty_slice_equal(target->x, one->x)
                          : round == 1 ? ty_slice_equal(target->native, one->native)
                                       : true;
            if (linked && may_be(target, one))
                return i;
        }
    return NONE;
}

static bool find_fellows(struct stored_codes *source, struct stored_codes *target)
{
    for (int i = 0; i < target->count; i++) {
        struct stored *one = &target->items[i];
        bool second = one->kind == CODE_CLOSE && one->pair != NONE;
        one->fellow = second ? source->items[target->items[one->pair].fellow].pair : fellow_of(source, one);
        if (one->fellow == NONE)
            return false;
        source->items[one->fellow].fellow = i;
    }
    return source->count == target->count;
}

/* ------------------------------------------------------------------------------------------ writing */

static void add_text(ty_buffer *out, ty_slice text, bool narrow)
{
    for (size_t at = 0; at < text.size;) {
        size_t start = at;
        uint32_t c = ty_utf8_next(text, &at);
        if (narrow && c >= 0x80)
            ty_buffer_add_format(out, "&#x%X;", (unsigned)c);
        else
            ty_buffer_add(out, ty_slice_sub(text, start, at));
    }
}

/* The n-th code of the segment that is one. */
static const struct code *code_at(struct passage segment, int number)
{
    size_t i = 0;
    while (segment.codes[i].kind == CODE_TEXT || number-- > 0)
        i++;
    return &segment.codes[i];
}

/* Elements around text must end in the order they began. */
struct nesting {
    ty_slice open[MOST];
    int depth;
};

static bool nests(struct nesting *nesting, const struct code *code)
{
    if (!code->element || code->kind == CODE_ALONE)
        return true;
    if (code->kind == CODE_OPEN) {
        nesting->open[nesting->depth++] = code->id;
        return true;
    }
    return nesting->depth > 0 && ty_slice_equal(nesting->open[--nesting->depth], code->id);
}

/* `codes` NULL: the segment's in their own order. */
static bool write_content(struct passage segment, ty_slice content, const struct stored_codes *codes,
                          bool narrow, ty_buffer *out)
{
    struct nesting nesting = {.depth = 0};
    ty_token token;
    int number = 0;
    while (ty_inline_next(&content, &token)) {
        if (token.kind == TY_TOKEN_TEXT)
            add_text(out, token.text, narrow);
        if (token.kind != TY_TOKEN_START || is(token.name, "hi"))
            continue;
        const struct code *code = code_at(segment, codes ? codes->items[number].fellow : number);
        number++;
        pass_native(&content, &token);
        if (!code->raw.data || !nests(&nesting, code))
            return false;
        ty_buffer_add(out, code->raw);
    }
    return nesting.depth == 0;
}

enum code_fit ty_codes_fit(struct passage segment, ty_slice source, ty_slice target, bool narrow,
                           ty_buffer *out_source, ty_buffer *out_target)
{
    struct stored_codes before, behind;
    size_t source_start = out_source->size, target_start = out_target->size;
    read_codes(source, &before);
    read_codes(target, &behind);
    enum code_fit fit = before.unfit || behind.unfit ? CODES_LOST : compare(segment, &before);
    if (fit != CODES_LOST && find_fellows(&before, &behind) &&
        write_content(segment, source, NULL, narrow, out_source) &&
        write_content(segment, target, &behind, narrow, out_target))
        return fit;
    out_source->size = source_start;
    out_target->size = target_start;
    return CODES_LOST;
}
