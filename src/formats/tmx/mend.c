/* SPDX-License-Identifier: Apache-2.0 */
/* Inline codes of XLIFF 1.2 and 2 in a TMX seg, as the elements of TMX that do the same. */
#include <stdlib.h>

#include "formats/tmx/tmx.h"

enum { OPEN_SPANS = 64 };

struct mender {
    ty_buffer *out;
    unsigned next;              /* number for a pair */
    unsigned spans[OPEN_SPANS]; /* numbers of <g> that are open */
    size_t depth;
    ty_strings halves; /* ids of <bx>, with the numbers of their pairs: */
    TY_VECTOR(unsigned) numbers;
};

static bool is(ty_slice name, const char *wanted)
{
    return ty_slice_equal(name, ty_slice_of(wanted));
}

/* What the codes of XLIFF do; `ph` is one of TMX, too. */
static const struct {
    const char *name;
    enum deed { SPAN, SINGLE, FIRST_HALF, SECOND_HALF } deed;
} codes[] = {{"g", SPAN},         {"pc", SPAN},       {"x", SINGLE},      {"cp", SINGLE},
             {"bx", FIRST_HALF},  {"sc", FIRST_HALF}, {"sm", FIRST_HALF}, {"ex", SECOND_HALF},
             {"ec", SECOND_HALF}, {"em", SECOND_HALF}};

static int deed_of(ty_slice name)
{
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (is(name, codes[i].name))
            return (int)codes[i].deed;
    return -1;
}

bool ty_tmx_is_xliff_code(const char *name)
{
    return deed_of(ty_slice_of(name)) >= 0;
}

/* The code says what it was: its own tag. */
static void add_native(struct mender *m, const ty_token *token)
{
    ty_buffer tag = {0};
    ty_buffer_add_format(&tag, "<%.*s", TY_SLICE_FORMAT(token->name));
    if (token->attributes.size) {
        ty_buffer_add_char(&tag, ' ');
        ty_inline_unescape(token->attributes, &tag);
    }
    ty_buffer_add_string(&tag, token->empty ? "/>" : ">");
    ty_buffer_add_xml(m->out, ty_buffer_slice(&tag));
    ty_buffer_release(&tag);
}

static bool is_number(ty_slice text)
{
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] < '0' || text.data[i] > '9')
            return false;
    return text.size > 0 && text.size < 9;
}

/* Attributes that both have: x links languages as id does, type is ctype. */
static void add_common(struct mender *m, const ty_token *token)
{
    ty_slice id = ty_inline_attribute(token->attributes, "id");
    ty_slice type = ty_inline_attribute(token->attributes, "ctype");
    if (is_number(id))
        ty_buffer_add_format(m->out, " x=\"%.*s\"", TY_SLICE_FORMAT(id));
    if (type.size)
        ty_buffer_add_format(m->out, " type=\"%.*s\"", TY_SLICE_FORMAT(type));
}

static void add_first_half(struct mender *m, const ty_token *token, unsigned number)
{
    ty_buffer_add_format(m->out, "<bpt i=\"%u\"", number);
    add_common(m, token);
    ty_buffer_add_char(m->out, '>');
    add_native(m, token);
    ty_buffer_add_string(m->out, "</bpt>");
}

static ty_slice half_id(const ty_token *token)
{
    static const char *const names[] = {"rid", "startRef", "id"};
    ty_slice id = {NULL, 0};
    for (size_t i = 0; i < sizeof names / sizeof *names && !id.size; i++)
        id = ty_inline_attribute(token->attributes, names[i]);
    return id;
}

static bool begin_half(struct mender *m, const ty_token *token)
{
    size_t before = m->halves.list.count;
    uint32_t at = ty_strings_add(&m->halves, half_id(token));
    if (at == TY_STRINGS_NONE || (m->halves.list.count > before && !ty_vector_push(&m->numbers, m->next)))
        return false;
    m->numbers.items[at] = m->next;
    add_first_half(m, token, m->next++);
    return true;
}

static void end_half(struct mender *m, const ty_token *token)
{
    uint32_t at = ty_strings_find(&m->halves, half_id(token));
    if (at == TY_STRINGS_NONE)
        ty_buffer_add_string(m->out, "<it pos=\"end\">");
    else
        ty_buffer_add_format(m->out, "<ept i=\"%u\">", m->numbers.items[at]);
    add_native(m, token);
    ty_buffer_add_string(m->out, at == TY_STRINGS_NONE ? "</it>" : "</ept>");
}

static void add_single(struct mender *m, const ty_token *token)
{
    ty_buffer_add_string(m->out, "<ph");
    add_common(m, token);
    ty_buffer_add_char(m->out, '>');
    add_native(m, token);
    ty_buffer_add_string(m->out, "</ph>");
}

static bool open_span(struct mender *m, const ty_token *token)
{
    if (m->depth == OPEN_SPANS)
        return false;
    m->spans[m->depth++] = m->next;
    add_first_half(m, token, m->next++);
    return true;
}

static bool mend_start(struct mender *m, const ty_token *token)
{
    switch (deed_of(token->name)) {
    case SPAN:
        if (!token->empty)
            return open_span(m, token);
        add_single(m, token);
        return true;
    case SINGLE: add_single(m, token); return true;
    case FIRST_HALF: return begin_half(m, token);
    case SECOND_HALF: end_half(m, token); return true;
    default: return false;
    }
}

/* An end tag of what was a code by itself is nothing. */
static bool mend_end(struct mender *m, const ty_token *token)
{
    int deed = deed_of(token->name);
    if (deed != SPAN)
        return deed >= 0;
    if (!m->depth)
        return false;
    ty_buffer_add_format(m->out, "<ept i=\"%u\">&lt;/%.*s&gt;</ept>", m->spans[--m->depth],
                         TY_SLICE_FORMAT(token->name));
    return true;
}

/* False where the token is none of XLIFF's, or nests too deep to be told. */
static bool mend_token(struct mender *m, const ty_token *token)
{
    if (token->kind == TY_TOKEN_START)
        return mend_start(m, token);
    return token->kind == TY_TOKEN_END && mend_end(m, token);
}

void ty_tmx_mend_codes(ty_slice content, ty_buffer *out)
{
    struct mender m = {.out = out, .next = ty_inline_highest(content) + 1};
    ty_token token;
    for (ty_slice rest = content; ty_inline_next(&rest, &token); content = rest)
        if (!mend_token(&m, &token))
            ty_buffer_add(out, (ty_slice){content.data, content.size - rest.size});
    ty_strings_release(&m.halves);
    ty_vector_release(&m.numbers);
}
