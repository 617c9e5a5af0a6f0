/* SPDX-License-Identifier: Apache-2.0 */
/* Inline codes of XLIFF 1.2 in a TMX seg, as the elements of TMX that do the same. */
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

bool ty_tmx_is_xliff_code(const char *name)
{
    return strcmp(name, "g") == 0 || strcmp(name, "x") == 0 || strcmp(name, "bx") == 0 ||
           strcmp(name, "ex") == 0;
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
    ty_slice rid = ty_inline_attribute(token->attributes, "rid");
    return rid.size ? rid : ty_inline_attribute(token->attributes, "id");
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

/* False where the token is none of XLIFF's, or nests too deep to be told. */
static bool mend_token(struct mender *m, const ty_token *token)
{
    bool starts = token->kind == TY_TOKEN_START;
    if (starts && (is(token->name, "x") || (is(token->name, "g") && token->empty))) {
        add_single(m, token);
    } else if (starts && is(token->name, "bx")) {
        return begin_half(m, token);
    } else if (starts && is(token->name, "ex")) {
        end_half(m, token);
    } else if (starts && is(token->name, "g") && m->depth < OPEN_SPANS) {
        m->spans[m->depth++] = m->next;
        add_first_half(m, token, m->next++);
    } else if (token->kind == TY_TOKEN_END && is(token->name, "g") && m->depth) {
        ty_buffer_add_format(m->out, "<ept i=\"%u\">&lt;/g&gt;</ept>", m->spans[--m->depth]);
    } else {
        return (token->kind == TY_TOKEN_END || starts) &&
               (is(token->name, "bx") || is(token->name, "ex") || is(token->name, "x"));
    }
    return true;
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
