/* SPDX-License-Identifier: Apache-2.0 */
/*
 * SRX rules at work. What stands before the breaks of all rules of a language becomes one machine, and
 * another of the rules that break, which finds candidates; what stands behind is a machine for each
 * expression there is. At a candidate the first rule that matches both ways decides. Expressions that are too
 * much for machines run as regular expressions.
 */
#include "segment/machine.h"

#include <stdlib.h>

/* What stands behind a break, for all rules that say the same. */
typedef struct behind {
    ty_slice pattern; /* the rules' own */
    ty_machine machine;
    ty_regex *regex; /* NULL: the machine has it */
    size_t at;       /* where it was tried last, + 1 */
    bool matched;    /* and whether it matched */
} behind;

typedef struct program_rule {
    uint32_t behind;
    bool breaks;
    ty_regex *before;     /* NULL: the machine has it */
    ty_numbers_list ends; /* where `before` matches end in the paragraph, less its start */
} program_rule;

struct ty_srx_program {
    ty_charsets sets;
    ty_machine before, breaks; /* of all rules, of those that break and have something before */
    ty_machine bare;           /* what stands behind those that break and have nothing before */
    TY_VECTOR(program_rule) rules;
    TY_VECTOR(behind *) behinds;
    ty_strings patterns;                   /* of the behinds, by number */
    uint64_t *bits;                        /* of rules */
    size_t words;                          /* of the bits */
    bool hot_before[128], hot_behind[128]; /* may a break stand next to this character? */
    bool odd;                              /* a rule has a regular expression before */
    bool everywhere;                       /* and it breaks */
};

/* ------------------------------------------------------------------------------------------ compiling */

/*
 * A regular expression of a rule. ICU wants look-behind bounded and other tools do not: where it refuses one,
 * repeats without end are bounded, as the SRX engine of Miłkowski and Lipski does.
 */
static ty_status new_regex(ty_slice pattern, ty_regex **out, ty_error *error)
{
    if (ty_slice_find(pattern, TY_SLICE("(?<"), 0) == SIZE_MAX || ty_regex_new(pattern, out, NULL) == TY_OK)
        return *out ? TY_OK : ty_regex_new(pattern, out, error);
    ty_buffer bounded = {0};
    bool class = false;
    for (size_t i = 0; i < pattern.size; i++) {
        char c = pattern.data[i];
        class = class ? c != ']' : c == '[';
        if (c == '\\' && i + 1 < pattern.size)
            ty_buffer_add(&bounded, (ty_slice){pattern.data + i++, 2});
        else if (!class && (c == '*' || c == '+'))
            ty_buffer_add_string(&bounded, c == '*' ? "{0,50}" : "{1,50}");
        else
            ty_buffer_add_char(&bounded, c);
    }
    ty_status status = ty_regex_new(ty_buffer_slice(&bounded), out, error);
    ty_buffer_release(&bounded);
    return status;
}

static ty_status add_behind(ty_srx_program *program, ty_slice pattern, uint32_t *number, ty_error *error)
{
    *number = ty_strings_find(&program->patterns, pattern);
    if (*number != TY_STRINGS_NONE)
        return TY_OK;
    if (ty_strings_add(&program->patterns, pattern) == TY_STRINGS_NONE)
        return ty_error_nomem(error);
    behind *side = calloc(1, sizeof *side);
    if (!side || !ty_vector_push(&program->behinds, side)) {
        free(side);
        return ty_error_nomem(error);
    }
    *number = (uint32_t)program->behinds.count - 1;
    side->pattern = pattern;
    ty_machine_init(&side->machine, &program->sets, false);
    if (ty_machine_add(&side->machine, pattern, 0))
        return TY_OK;
    return new_regex(pattern, &side->regex, error);
}

static ty_status add_before(ty_srx_program *program, program_rule *rule, ty_slice pattern, ty_slice behind,
                            uint32_t number, ty_error *error)
{
    bool plain = ty_machine_add(&program->before, pattern, number);
    if (plain && rule->breaks && pattern.size > 0)
        plain = ty_machine_add(&program->breaks, pattern, number);
    else if (plain && rule->breaks)
        program->everywhere |= !ty_machine_add(&program->bare, behind, number);
    if (plain)
        return TY_OK;
    program->odd = true;
    program->everywhere |= rule->breaks;
    return new_regex(pattern, &rule->before, error);
}

static ty_status add_rule(ty_srx_program *program, const ty_srx_rule *given, ty_error *error)
{
    uint32_t number = (uint32_t)program->rules.count;
    program_rule rule = {.breaks = given->breaks};
    ty_status status = add_before(program, &rule, given->before, given->after, number, error);
    if (status == TY_OK)
        status = add_behind(program, given->after, &rule.behind, error);
    if (status == TY_OK && !ty_vector_push(&program->rules, rule))
        status = ty_error_nomem(error);
    if (status != TY_OK)
        ty_regex_free(rule.before);
    return status;
}

static const ty_srx_list *find_list(const ty_srx *srx, ty_slice name)
{
    for (size_t i = 0; i < srx->lists.count; i++)
        if (ty_slice_equal(srx->lists.items[i].name, name))
            return &srx->lists.items[i];
    return NULL;
}

/* Is the map one for the language? Case aside, as tags are. */
static ty_status map_matches(const ty_srx_map *map, ty_slice lang, bool *matches, ty_error *error)
{
    ty_buffer pattern = {0};
    ty_regex *regex = NULL;
    ty_buffer_add_string(&pattern, "(?i)(?:");
    ty_buffer_add(&pattern, map->pattern);
    ty_buffer_add_char(&pattern, ')');
    ty_status status = ty_regex_new(ty_buffer_slice(&pattern), &regex, error);
    size_t end = 0;
    *matches = status == TY_OK && ty_regex_set_text(regex, lang, NULL) == TY_OK &&
               ty_regex_matches_at(regex, 0, &end) && end == lang.size;
    ty_regex_free(regex);
    ty_buffer_release(&pattern);
    return status;
}

/* A fault of the rules is one of their file, whatever text is cut by them. */
static ty_status at_line(const ty_srx *srx, size_t line, ty_status status, ty_error *error)
{
    if (status != TY_OK && srx->name.size)
        ty_error_locate(error, srx->name.data, line, 0);
    return status;
}

static ty_status add_lists(ty_srx_program *program, const ty_srx *srx, ty_slice lang, ty_error *error)
{
    ty_status status = TY_OK;
    bool matches = false;
    for (size_t i = 0; i < srx->maps.count && status == TY_OK && (srx->cascade || !matches); i++) {
        bool found;
        status = at_line(srx, srx->maps.items[i].line, map_matches(&srx->maps.items[i], lang, &found, error),
                         error);
        const ty_srx_list *list = found ? find_list(srx, srx->maps.items[i].list) : NULL;
        matches = matches || found;
        for (size_t k = 0; list && k < list->rules.count && status == TY_OK; k++)
            status = at_line(srx, list->rules.items[k].line, add_rule(program, &list->rules.items[k], error),
                             error);
    }
    return status;
}

/* Which ASCII characters may stand before and behind a break? */
static void find_hot(ty_srx_program *program)
{
    for (int c = 0; c < 128; c++) {
        char before[2][2] = {{(char)c, 'a'}, {(char)c, ' '}}, behind[2][2] = {{'a', (char)c}, {' ', (char)c}};
        for (int i = 0; i < 2; i++) {
            program->hot_before[c] |= ty_machine_alive(&program->breaks, before[i], 0, 1, 2);
            program->hot_behind[c] |= ty_machine_alive(&program->bare, behind[i], 0, 1, 2);
        }
    }
}

ty_status ty_srx_compile(const ty_srx *srx, ty_slice lang, ty_srx_program **out, ty_error *error)
{
    *out = NULL;
    ty_srx_program *program = calloc(1, sizeof *program);
    if (!program)
        return ty_error_nomem(error);
    ty_machine_init(&program->before, &program->sets, true);
    ty_machine_init(&program->breaks, &program->sets, true);
    ty_machine_init(&program->bare, &program->sets, false);
    ty_status status = add_lists(program, srx, lang, error);
    program->words = program->rules.count / 64 + 1;
    program->bits = calloc(program->words, sizeof *program->bits);
    if (status == TY_OK && (!program->bits || program->before.failed))
        status = ty_error_nomem(error);
    if (status == TY_OK)
        find_hot(program);
    if (status == TY_OK)
        *out = program;
    else
        ty_srx_program_free(program);
    return status;
}

void ty_srx_program_free(ty_srx_program *program)
{
    if (!program)
        return;
    for (size_t i = 0; i < program->rules.count; i++) {
        ty_regex_free(program->rules.items[i].before);
        ty_vector_release(&program->rules.items[i].ends);
    }
    for (size_t i = 0; i < program->behinds.count; i++) {
        ty_machine_release(&program->behinds.items[i]->machine);
        ty_regex_free(program->behinds.items[i]->regex);
        free(program->behinds.items[i]);
    }
    ty_vector_release(&program->rules);
    ty_vector_release(&program->behinds);
    ty_strings_release(&program->patterns);
    ty_machine_release(&program->before);
    ty_machine_release(&program->breaks);
    ty_machine_release(&program->bare);
    ty_charsets_release(&program->sets);
    free(program->bits);
    free(program);
}

/* ------------------------------------------------------------------------------------------ running */

/* Where does the expression match in this paragraph? One after the other, as other tools look for them. */
static bool find_ends(program_rule *rule, ty_slice paragraph)
{
    size_t start, end, at = 0;
    ty_vector_clear(&rule->ends);
    if (ty_regex_set_text(rule->before, paragraph, NULL) != TY_OK)
        return false;
    while (at <= paragraph.size && ty_regex_find(rule->before, at, &start, &end)) {
        if (!ty_vector_push(&rule->ends, (uint32_t)end))
            return false;
        at = end > at ? end : at + 1;
    }
    return true;
}

bool ty_srx_prepare(ty_srx_program *program, ty_slice text, size_t start, size_t end)
{
    ty_slice paragraph = ty_slice_sub(text, start, end);
    for (size_t i = 0; i < program->behinds.count; i++) {
        behind *side = program->behinds.items[i];
        side->at = 0;
        if (side->regex && ty_regex_set_text(side->regex, paragraph, NULL) != TY_OK)
            return false;
    }
    for (size_t i = 0; program->odd && i < program->rules.count; i++)
        if (program->rules.items[i].before && !find_ends(&program->rules.items[i], paragraph))
            return false;
    return true;
}

static bool ends_at(const program_rule *rule, size_t at)
{
    size_t low = 0, high = rule->ends.count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (rule->ends.items[middle] < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low < rule->ends.count && rule->ends.items[low] == at;
}

static bool matches_behind(behind *side, const char *text, size_t start, size_t at, size_t end)
{
    size_t matched;
    if (side->at == at + 1)
        return side->matched;
    side->at = at + 1;
    if (side->pattern.size == 0)
        side->matched = true;
    else if (side->regex)
        side->matched = ty_regex_matches_at(side->regex, at - start, &matched);
    else
        side->matched = ty_machine_run(&side->machine, text, start, at, end, NULL);
    return side->matched;
}

/* Does the first rule that matches at `at` break? */
static bool breaks_at(ty_srx_program *program, const char *text, size_t start, size_t at, size_t end)
{
    memset(program->bits, 0, program->words * sizeof *program->bits);
    ty_machine_run(&program->before, text, start, at, end, program->bits);
    for (size_t i = 0; program->odd && i < program->rules.count; i++)
        if (program->rules.items[i].before && ends_at(&program->rules.items[i], at - start))
            program->bits[i / 64] |= (uint64_t)1 << i % 64;
    for (size_t i = 0; i < program->words; i++) {
        size_t number = i * 64;
        for (uint64_t bits = program->bits[i]; bits; bits >>= 1, number++) {
            const program_rule *rule = &program->rules.items[number];
            if ((bits & 1) && matches_behind(program->behinds.items[rule->behind], text, start, at, end))
                return rule->breaks;
        }
    }
    return false;
}

static bool is_candidate(ty_srx_program *program, const char *text, size_t start, size_t at, size_t end)
{
    unsigned char before = (unsigned char)text[at - 1], behind = (unsigned char)text[at];
    if ((behind & 0xC0) == 0x80)
        return false;
    if (program->everywhere)
        return true;
    if ((before >= 0x80 || program->hot_before[before]) &&
        ty_machine_run(&program->breaks, text, start, at, end, NULL))
        return true;
    return (behind >= 0x80 || program->hot_behind[behind]) &&
           ty_machine_run(&program->bare, text, start, at, end, NULL);
}

size_t ty_srx_next(ty_srx_program *program, ty_slice text, size_t start, size_t at, size_t end)
{
    for (at++; at < end; at++)
        if (is_candidate(program, text.data, start, at, end) && breaks_at(program, text.data, start, at, end))
            return at;
    return end;
}
