/* SPDX-License-Identifier: Apache-2.0 */
/* Inline codes of a query and of what matches it: the same ones, by kind and place? */
#include "ops/lookup/penalties.h"

/* The codes of a markup, one after the other. */
typedef struct walk {
    ty_slice rest;
    size_t place; /* bytes of escaped text before the code */
    ty_slice kind;
} walk;

/* Halves of pairs and placeholders, whatever element they are. */
static ty_slice kind_of(const ty_token *token)
{
    bool begins = ty_slice_equal(ty_inline_attribute(token->attributes, "pos"), TY_SLICE("begin"));
    if (ty_slice_equal(token->name, TY_SLICE("it")))
        return begins ? TY_SLICE("bpt") : TY_SLICE("ept");
    return ty_slice_equal(token->name, TY_SLICE("ut")) ? TY_SLICE("ph") : token->name;
}

static bool is_code(const ty_token *token)
{
    return token->kind == TY_TOKEN_START && !ty_slice_equal(token->name, TY_SLICE("sub")) &&
           !ty_slice_equal(token->name, TY_SLICE("hi"));
}

/* Past what the code stands for, which is no text. */
static void skip_native(ty_slice *rest, const ty_token *start)
{
    ty_token token;
    for (size_t depth = !start->empty; depth && ty_inline_next(rest, &token);) {
        depth += token.kind == TY_TOKEN_START && !token.empty;
        depth -= token.kind == TY_TOKEN_END;
    }
}

static bool next_code(walk *w)
{
    ty_token token;
    while (w->rest.size && ty_inline_next(&w->rest, &token)) {
        w->place += token.kind == TY_TOKEN_TEXT ? token.text.size : 0;
        if (!is_code(&token))
            continue;
        w->kind = kind_of(&token);
        skip_native(&w->rest, &token);
        return true;
    }
    return false;
}

bool ty_codes_are_same(ty_slice one, ty_slice other, bool in_place)
{
    walk a = {.rest = one}, b = {.rest = other};
    for (;;) {
        bool more = next_code(&a);
        if (next_code(&b) != more)
            return false;
        if (!more)
            return true;
        if (!ty_slice_equal(a.kind, b.kind) || (in_place && a.place != b.place))
            return false;
    }
}
