/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Automata: from trees to nodes, from sets of nodes to states.
 */
#include "segment/machine.h"

#include <stdlib.h>

#define MOST_NODES 200000 /* of a machine */
#define MOST_STATES 4096  /* then all are thrown away and made again */
#define FARTHEST 400      /* characters that are looked at from a place: keeps endless expressions linear */
#define LIMIT TY_CLASSES  /* what follows the last character */

struct ty_machine_state {
    struct ty_machine_state *next[TY_CLASSES + 1]; /* by class of the next character */
    uint32_t *nodes, *accepts;                     /* sorted */
    uint32_t node_count, accept_count;
    bool word_behind, limit_behind;
};

void ty_machine_init(ty_machine *machine, ty_charsets *sets, bool backwards)
{
    memset(machine, 0, sizeof *machine);
    machine->sets = sets;
    machine->backwards = backwards;
    machine->word = ty_charsets_add(sets, TY_CODE_POINT_NONE, TY_SLICE("\\w"));
    machine->failed = machine->word == UINT32_MAX;
}

static void drop_states(ty_machine *machine)
{
    for (size_t i = 0; i < machine->states.count; i++) {
        free(machine->states.items[i]->nodes);
        free(machine->states.items[i]->accepts);
        free(machine->states.items[i]);
    }
    ty_vector_clear(&machine->states);
    memset(machine->initial, 0, sizeof machine->initial);
}

void ty_machine_release(ty_machine *machine)
{
    drop_states(machine);
    ty_vector_release(&machine->states);
    ty_vector_release(&machine->nodes);
    ty_vector_release(&machine->starts);
    ty_vector_release(&machine->stack);
    ty_vector_release(&machine->found);
    ty_vector_release(&machine->accepted);
    free(machine->marks);
    machine->marks = NULL;
}

/* ------------------------------------------------------------------------------------------ from trees */

static uint32_t add_node(ty_machine *machine, ty_node_kind kind, uint32_t value, uint32_t next,
                         uint32_t other)
{
    ty_node node = {.kind = kind, .value = value, .next = next, .other = other};
    if (machine->nodes.count >= MOST_NODES || !ty_vector_push(&machine->nodes, node)) {
        machine->failed = true;
        return 0;
    }
    return (uint32_t)machine->nodes.count - 1;
}

static uint32_t build(ty_machine *machine, const ty_tree *tree, uint32_t next);

/* A sequence is built from its end: from the first part when the machine reads backwards. */
static uint32_t build_sequence(ty_machine *machine, const ty_tree *tree, uint32_t next)
{
    const ty_tree **parts = malloc((tree->value + 1) * sizeof *parts);
    if (!parts) {
        machine->failed = true;
        return next;
    }
    uint32_t count = 0;
    for (const ty_tree *part = tree->first; part; part = part->sibling)
        parts[count++] = part;
    for (uint32_t i = 0; i < count && !machine->failed; i++)
        next = build(machine, parts[machine->backwards ? i : count - 1 - i], next);
    free(parts);
    return next;
}

static uint32_t build_alternatives(ty_machine *machine, const ty_tree *tree, uint32_t next)
{
    uint32_t start = build(machine, tree->first, next);
    for (const ty_tree *part = tree->first->sibling; part && !machine->failed; part = part->sibling)
        start = add_node(machine, TY_NODE_SPLIT, 0, build(machine, part, next), start);
    return start;
}

static uint32_t build_repeat(ty_machine *machine, const ty_tree *tree, uint32_t next)
{
    const ty_tree *part = tree->first;
    if (tree->most < 0) {
        uint32_t loop = add_node(machine, TY_NODE_SPLIT, 0, next, next);
        uint32_t body = build(machine, part, loop);
        if (machine->failed)
            return 0;
        machine->nodes.items[loop].next = body;
        next = loop;
    }
    for (int i = tree->least; i < tree->most && !machine->failed; i++)
        next = add_node(machine, TY_NODE_SPLIT, 0, build(machine, part, next), next);
    for (int i = 0; i < tree->least && !machine->failed; i++)
        next = build(machine, part, next);
    return next;
}

static uint32_t build_assertion(ty_machine *machine, const ty_tree *tree, uint32_t next)
{
    if (tree->value == TY_ASSERT_EDGE)
        return add_node(machine, TY_NODE_EDGE, 0, next, 0);
    if (tree->value == TY_ASSERT_NO_EDGE)
        return add_node(machine, TY_NODE_NO_EDGE, 0, next, 0);
    bool ahead = (tree->value == TY_ASSERT_BEGIN) == machine->backwards;
    return add_node(machine, ahead ? TY_NODE_AHEAD : TY_NODE_BEHIND, 0, next, 0);
}

static uint32_t build(ty_machine *machine, const ty_tree *tree, uint32_t next)
{
    if (machine->failed)
        return 0;
    switch (tree->kind) {
    case TY_TREE_SET: return add_node(machine, TY_NODE_SET, tree->value, next, 0);
    case TY_TREE_ASSERT: return build_assertion(machine, tree, next);
    case TY_TREE_CAT: return build_sequence(machine, tree, next);
    case TY_TREE_ALT: return build_alternatives(machine, tree, next);
    case TY_TREE_REPEAT: return build_repeat(machine, tree, next);
    }
    return next;
}

bool ty_machine_add(ty_machine *machine, ty_slice pattern, uint32_t number)
{
    ty_arena arena = {0};
    size_t before = machine->nodes.count;
    ty_tree *tree = ty_tree_parse(pattern, machine->sets, &arena);
    bool good = tree && !machine->failed;
    if (good) {
        uint32_t accept = add_node(machine, TY_NODE_ACCEPT, number, 0, 0);
        uint32_t start = build(machine, tree, accept);
        good = !machine->failed && ty_vector_push(&machine->starts, start);
        if (!good)
            machine->nodes.count = before;
        machine->failed = false;
    }
    ty_arena_release(&arena);
    return good;
}

/* ------------------------------------------------------------------------------------------ states */

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

static void sort_unique(ty_numbers_list *list)
{
    if (list->count < 2)
        return;
    qsort(list->items, list->count, sizeof *list->items, by_number);
    size_t kept = 1;
    for (size_t i = 1; i < list->count; i++)
        if (list->items[i] != list->items[kept - 1])
            list->items[kept++] = list->items[i];
    list->count = kept;
}

static bool same(const uint32_t *a, uint32_t count, const ty_numbers_list *b)
{
    return count == b->count && (count == 0 || memcmp(a, b->items, count * sizeof *a) == 0);
}

static uint32_t *copy(const ty_numbers_list *list)
{
    uint32_t *items = malloc((list->count + 1) * sizeof *items);
    if (items && list->count)
        memcpy(items, list->items, list->count * sizeof *items);
    return items;
}

/* The state of the nodes in `found` and what is in `accepted`. */
static ty_machine_state *find_state(ty_machine *machine, bool word, bool limit)
{
    sort_unique(&machine->found);
    sort_unique(&machine->accepted);
    for (size_t i = machine->states.count; i-- > 0;) {
        ty_machine_state *state = machine->states.items[i];
        if (state->word_behind == word && state->limit_behind == limit &&
            same(state->nodes, state->node_count, &machine->found) &&
            same(state->accepts, state->accept_count, &machine->accepted))
            return state;
    }
    ty_machine_state *state = calloc(1, sizeof *state);
    if (!state || !ty_vector_push(&machine->states, state)) {
        free(state);
        machine->failed = true;
        return NULL;
    }
    state->nodes = copy(&machine->found);
    state->accepts = copy(&machine->accepted);
    state->node_count = (uint32_t)machine->found.count;
    state->accept_count = (uint32_t)machine->accepted.count;
    state->word_behind = word;
    state->limit_behind = limit;
    machine->failed = machine->failed || !state->nodes || !state->accepts;
    return machine->failed ? NULL : state;
}

static void visit(ty_machine *machine, uint32_t node)
{
    if (machine->marks[node] == machine->mark)
        return;
    machine->marks[node] = machine->mark;
    if (!ty_vector_push(&machine->stack, node))
        machine->failed = true;
}

static void keep(ty_machine *machine, ty_numbers_list *list, uint32_t number)
{
    if (!ty_vector_push(list, number))
        machine->failed = true;
}

/* Follows splits from what is on the stack: other nodes go to `found`, expressions to `accepted`. */
static void close_over(ty_machine *machine)
{
    while (machine->stack.count > 0) {
        uint32_t number = machine->stack.items[--machine->stack.count];
        const ty_node *node = &machine->nodes.items[number];
        if (node->kind == TY_NODE_SPLIT) {
            visit(machine, node->next);
            visit(machine, node->other);
        } else if (node->kind == TY_NODE_ACCEPT) {
            keep(machine, &machine->accepted, node->value);
        } else {
            keep(machine, &machine->found, number);
        }
    }
}

static bool begin(ty_machine *machine)
{
    if (!machine->marks)
        machine->marks = calloc(machine->nodes.count + 1, sizeof *machine->marks);
    if (!machine->marks)
        machine->failed = true;
    machine->mark++;
    ty_vector_clear(&machine->stack);
    ty_vector_clear(&machine->found);
    return !machine->failed;
}

static ty_machine_state *initial_state(ty_machine *machine, bool word, bool limit)
{
    ty_machine_state **slot = &machine->initial[limit * 2 + word];
    if (*slot || !begin(machine))
        return *slot;
    ty_vector_clear(&machine->accepted);
    for (size_t i = 0; i < machine->starts.count; i++)
        visit(machine, machine->starts.items[i]);
    close_over(machine);
    return *slot = find_state(machine, word, limit);
}

/* Which assertions hold between what is behind the state and what comes? Adds their successors to the stack.
 */
static void assert_nodes(ty_machine *machine, const ty_machine_state *state, bool word, bool limit)
{
    for (uint32_t i = 0; i < state->node_count; i++)
        visit(machine, state->nodes[i]);
    while (machine->stack.count > 0) {
        uint32_t number = machine->stack.items[--machine->stack.count];
        const ty_node *node = &machine->nodes.items[number];
        switch (node->kind) {
        case TY_NODE_SET: keep(machine, &machine->found, number); break;
        case TY_NODE_ACCEPT: keep(machine, &machine->accepted, node->value); break;
        case TY_NODE_SPLIT:
            visit(machine, node->next);
            visit(machine, node->other);
            break;
        case TY_NODE_EDGE:
            if (state->word_behind != word)
                visit(machine, node->next);
            break;
        case TY_NODE_NO_EDGE:
            if (state->word_behind == word)
                visit(machine, node->next);
            break;
        case TY_NODE_AHEAD:
            if (limit)
                visit(machine, node->next);
            break;
        case TY_NODE_BEHIND:
            if (state->limit_behind)
                visit(machine, node->next);
            break;
        }
    }
}

/* The state behind a character of a class, or behind the limit. */
static ty_machine_state *step(ty_machine *machine, const ty_machine_state *state, unsigned class)
{
    bool limit = class == LIMIT, word = !limit && ty_charsets_has(machine->sets, class, machine->word);
    if (!begin(machine))
        return NULL;
    ty_vector_clear(&machine->accepted);
    assert_nodes(machine, state, word, limit);
    size_t readers = machine->found.count;
    machine->mark++;
    for (size_t i = 0; i < readers && !limit; i++) {
        const ty_node *node = &machine->nodes.items[machine->found.items[i]];
        if (ty_charsets_has(machine->sets, class, node->value))
            visit(machine, node->next);
    }
    ty_vector_clear(&machine->found);
    close_over(machine);
    return machine->failed ? NULL : find_state(machine, word, false);
}

/* ------------------------------------------------------------------------------------------ running */

static bool accept(const ty_machine_state *state, uint64_t *bits)
{
    if (bits)
        for (uint32_t i = 0; i < state->accept_count; i++)
            bits[state->accepts[i] / 64] |= (uint64_t)1 << state->accepts[i] % 64;
    return state->accept_count > 0;
}

static unsigned next_class(ty_machine *machine, const char *text, size_t start, size_t *at, size_t end)
{
    if (*at == (machine->backwards ? start : end))
        return LIMIT;
    uint32_t c = machine->backwards ? ty_char_previous(text, at, start) : ty_char_next(text, at, end);
    return ty_charsets_class(machine->sets, c);
}

/* Is the character behind the place where reading begins one of words? */
static bool word_behind(ty_machine *machine, const char *text, size_t start, size_t at, size_t end)
{
    if (at == (machine->backwards ? end : start))
        return false;
    uint32_t c = machine->backwards ? ty_char_next(text, &at, end) : ty_char_previous(text, &at, start);
    return ty_charsets_has(machine->sets, ty_charsets_class(machine->sets, c), machine->word);
}

bool ty_machine_run(ty_machine *machine, const char *text, size_t start, size_t at, size_t end,
                    uint64_t *bits)
{
    if (machine->starts.count == 0)
        return false;
    if (machine->states.count > MOST_STATES)
        drop_states(machine);
    bool limit = at == (machine->backwards ? end : start);
    ty_machine_state *state = initial_state(machine, word_behind(machine, text, start, at, end), limit);
    bool any = false;
    for (unsigned count = 0; state; count++) {
        any |= accept(state, bits);
        if (state->node_count == 0 || count == FARTHEST || (any && !bits))
            break;
        unsigned class = next_class(machine, text, start, &at, end);
        ty_machine_state *next = class == TY_CLASSES - 1 ? NULL : state->next[class];
        if (!next) {
            next = step(machine, state, class);
            if (class != TY_CLASSES - 1)
                state->next[class] = next;
        }
        if (class == LIMIT && next) {
            any |= accept(next, bits);
            break;
        }
        state = next;
    }
    return any;
}

bool ty_machine_alive(ty_machine *machine, const char *text, size_t start, size_t at, size_t end)
{
    if (machine->starts.count == 0)
        return false;
    ty_machine_state *state = initial_state(machine, word_behind(machine, text, start, at, end), false);
    if (!state || state->accept_count > 0)
        return true;
    state = step(machine, state, next_class(machine, text, start, &at, end));
    return !state || state->node_count > 0 || state->accept_count > 0;
}
