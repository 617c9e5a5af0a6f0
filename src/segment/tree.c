/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Regular expressions as trees: what of ICU's dialect automata can do. Classes and properties are not looked
 * into, their text becomes a set; so what [ ... ] may hold is ICU's affair.
 */
#include "segment/machine.h"

#include <stdio.h>

#define MOST_REPEATS 64 /* counted repeats are written out */
#define DEEPEST 100     /* groups in groups */
#define LONGEST 65536   /* bytes of an expression */

typedef struct parser {
    const char *text;
    size_t at, end;
    bool nocase, quoted; /* inside \Q ... \E */
    ty_charsets *sets;
    ty_arena *arena;
    unsigned depth;
    bool failed;
} parser;

static ty_tree *parse_alternatives(parser *p);

static ty_tree *new_tree(parser *p, ty_tree_kind kind)
{
    ty_tree *tree = ty_arena_alloc(p->arena, sizeof *tree);
    p->failed = p->failed || !tree;
    if (tree)
        tree->kind = kind;
    return tree;
}

static void add_part(ty_tree *tree, ty_tree *part)
{
    if (!tree || !part)
        return;
    *(tree->last ? &tree->last->sibling : &tree->first) = part;
    tree->last = part;
    tree->value++;
}

static ty_tree *fail(parser *p)
{
    p->failed = true;
    return NULL;
}

static ty_tree *new_value(parser *p, ty_tree_kind kind, uint32_t value)
{
    ty_tree *tree = new_tree(p, kind);
    if (tree)
        tree->value = value;
    return tree;
}

/* The set of characters that a piece of expression stands for. */
static ty_tree *set_of_source(parser *p, ty_slice source)
{
    ty_buffer full = {0};
    ty_buffer_add_string(&full, p->nocase ? "(?i)" : "");
    ty_buffer_add(&full, source);
    uint32_t set = ty_charsets_add(p->sets, TY_CODE_POINT_NONE, ty_buffer_slice(&full));
    bool failed = full.failed;
    ty_buffer_release(&full);
    return set == UINT32_MAX || failed ? fail(p) : new_value(p, TY_TREE_SET, set);
}

static ty_tree *literal(parser *p, uint32_t c)
{
    if (p->nocase) {
        char source[16];
        int size = snprintf(source, sizeof source, "\\x{%x}", (unsigned)c);
        return set_of_source(p, (ty_slice){source, (size_t)size});
    }
    uint32_t set = ty_charsets_add(p->sets, c, (ty_slice){0});
    return set == UINT32_MAX ? fail(p) : new_value(p, TY_TREE_SET, set);
}

/* ------------------------------------------------------------------------------------------ atoms */

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static ty_tree *hex_literal(parser *p, size_t digits)
{
    bool braces = p->at < p->end && p->text[p->at] == '{';
    uint32_t c = 0;
    size_t count = 0;
    p->at += braces;
    while (p->at < p->end && (braces ? count < 6 : count < digits) && hex_digit(p->text[p->at]) >= 0) {
        c = c * 16 + (uint32_t)hex_digit(p->text[p->at++]);
        count++;
    }
    if (braces && (p->at >= p->end || p->text[p->at++] != '}'))
        return fail(p);
    return count ? literal(p, c) : fail(p);
}

/* \p{Lu}, \pL, \N{...}: up to the closing brace. `start` is where the backslash stands. */
static ty_tree *property(parser *p, size_t start)
{
    if (p->at < p->end && p->text[p->at] == '{') {
        while (p->at < p->end && p->text[p->at] != '}')
            p->at++;
        if (p->at == p->end)
            return fail(p);
    }
    if (p->at == p->end)
        return fail(p);
    p->at++;
    return set_of_source(p, (ty_slice){p->text + start, p->at - start});
}

static ty_tree *escape(parser *p)
{
    size_t start = p->at - 1;
    if (p->at >= p->end)
        return fail(p);
    uint32_t c = ty_char_next(p->text, &p->at, p->end);
    switch (c) {
    case 'Q': p->quoted = true; return new_tree(p, TY_TREE_CAT);
    case 'b': return new_value(p, TY_TREE_ASSERT, TY_ASSERT_EDGE);
    case 'B': return new_value(p, TY_TREE_ASSERT, TY_ASSERT_NO_EDGE);
    case 'A': return new_value(p, TY_TREE_ASSERT, TY_ASSERT_BEGIN);
    case 'z':
    case 'Z': return new_value(p, TY_TREE_ASSERT, TY_ASSERT_END);
    case 'p':
    case 'P': return property(p, start);
    case 'u': return hex_literal(p, 4);
    case 'U': return hex_literal(p, 8);
    case 'x': return hex_literal(p, 2);
    case 't': return literal(p, '\t');
    case 'n': return literal(p, '\n');
    case 'r': return literal(p, '\r');
    case 'f': return literal(p, '\f');
    case 'e': return literal(p, 0x1B);
    case 'a': return literal(p, 0x07);
    default: break;
    }
    if (c < 0x80 && strchr("sSdDwWhHvV", (int)c))
        return set_of_source(p, (ty_slice){p->text + start, 2});
    bool letter = ty_kind_of(c) == TY_KIND_UPPER || ty_kind_of(c) == TY_KIND_LOWER;
    return letter || ty_kind_of(c) == TY_KIND_DIGIT ? fail(p) : literal(p, c);
}

/* [ ... ] with classes nested in it; the opening bracket has been read. */
static ty_tree *class(parser *p)
{
    size_t start = p->at - 1;
    unsigned depth = 1;
    bool first = true;
    while (p->at < p->end && depth > 0) {
        char c = p->text[p->at++];
        if (c == '\\' && p->at < p->end)
            p->at++;
        else if (c == '[')
            depth++;
        else if (c == ']' && !first)
            depth--;
        first = c == '[' || (first && c == '^');
    }
    return depth ? fail(p) : set_of_source(p, (ty_slice){p->text + start, p->at - start});
}

/* Behind "(?": flags for the rest of the group, or for a group of their own. 0 when it is look-around. */
static bool flags(parser *p, bool *group)
{
    bool on = true;
    *group = false;
    for (; p->at < p->end; p->at++) {
        switch (p->text[p->at]) {
        case 'i': p->nocase = on; break;
        case 'u':
        case 'm':
        case 's': break;
        case '-': on = false; break;
        case ':':
            *group = true;
            p->at++;
            return true;
        case ')': p->at++; return true;
        default: return false;
        }
    }
    return false;
}

static ty_tree *group(parser *p)
{
    bool nocase = p->nocase, own = true;
    if (p->at < p->end && p->text[p->at] == '?') {
        p->at++;
        if (!flags(p, &own))
            return fail(p);
        if (!own)
            return new_tree(p, TY_TREE_CAT);
    }
    ty_tree *inner = parse_alternatives(p);
    if (p->at >= p->end || p->text[p->at] != ')')
        return fail(p);
    p->at++;
    p->nocase = nocase;
    return inner;
}

static ty_tree *atom(parser *p)
{
    if (p->quoted && p->end - p->at >= 2 && memcmp(p->text + p->at, "\\E", 2) == 0) {
        p->at += 2;
        p->quoted = false;
        return new_tree(p, TY_TREE_CAT);
    }
    uint32_t c = ty_char_next(p->text, &p->at, p->end);
    if (p->quoted)
        return literal(p, c);
    switch (c) {
    case '\\': return escape(p);
    case '[': return class(p);
    case '(': return group(p);
    case '.': return set_of_source(p, TY_SLICE("."));
    case '^': return new_value(p, TY_TREE_ASSERT, TY_ASSERT_BEGIN);
    case '$': return new_value(p, TY_TREE_ASSERT, TY_ASSERT_END);
    case '*':
    case '+':
    case '?':
    case '{': return fail(p);
    default: return literal(p, c);
    }
}

/* ------------------------------------------------------------------------------------------ structure */

static int number(parser *p)
{
    int value = -1;
    while (p->at < p->end && p->text[p->at] >= '0' && p->text[p->at] <= '9' && value < 10000)
        value = (value < 0 ? 0 : value) * 10 + (p->text[p->at++] - '0');
    return value;
}

/* {n}, {n,}, {n,m}; the brace has been read. */
static bool counted(parser *p, int *least, int *most)
{
    *least = *most = number(p);
    if (p->at < p->end && p->text[p->at] == ',') {
        p->at++;
        *most = number(p);
    }
    bool good = *least >= 0 && *least <= MOST_REPEATS && *most <= MOST_REPEATS;
    return good && p->at < p->end && p->text[p->at++] == '}';
}

static ty_tree *repeated(parser *p)
{
    ty_tree *tree = atom(p);
    while (!p->failed && !p->quoted && p->at < p->end && strchr("*+?{", p->text[p->at])) {
        char sign = p->text[p->at++];
        int least = sign == '+', most = sign == '?' ? 1 : -1;
        if (sign == '{' && !counted(p, &least, &most))
            return fail(p);
        if (p->at < p->end && p->text[p->at] == '+')
            return fail(p); /* possessive */
        if (p->at < p->end && p->text[p->at] == '?')
            p->at++; /* greedy or not: the same language */
        ty_tree *repeat = new_tree(p, TY_TREE_REPEAT);
        if (!repeat)
            return NULL;
        add_part(repeat, tree);
        repeat->least = least;
        repeat->most = most;
        tree = repeat;
    }
    return tree;
}

static ty_tree *parse_sequence(parser *p)
{
    ty_tree *tree = new_tree(p, TY_TREE_CAT);
    while (!p->failed && p->at < p->end && (p->quoted || (p->text[p->at] != '|' && p->text[p->at] != ')')))
        add_part(tree, repeated(p));
    return tree;
}

static ty_tree *parse_alternatives(parser *p)
{
    if (++p->depth > DEEPEST)
        return fail(p);
    ty_tree *tree = new_tree(p, TY_TREE_ALT);
    add_part(tree, parse_sequence(p));
    while (!p->failed && p->at < p->end && p->text[p->at] == '|') {
        p->at++;
        add_part(tree, parse_sequence(p));
    }
    p->depth--;
    return tree;
}

ty_tree *ty_tree_parse(ty_slice pattern, ty_charsets *sets, ty_arena *arena)
{
    parser p = {.text = pattern.data, .end = pattern.size, .sets = sets, .arena = arena};
    if (pattern.size > LONGEST)
        return NULL;
    ty_tree *tree = parse_alternatives(&p);
    return p.failed || p.at < p.end ? NULL : tree;
}
