/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "ops/lookup/penalties.h"

static const struct {
    const char *name;
    int points; /* unless told */
} kinds[TY_PENALTY_KINDS] = {
    [TY_PENALTY_CONFIDENCE] = {"confidence", 10},
    [TY_PENALTY_MACHINE] = {"machine", 10},
    [TY_PENALTY_TAGS] = {"tags", 1},
    [TY_PENALTY_AGE] = {"age", 0},
    [TY_PENALTY_ORIGIN] = {"origin", 0},
    [TY_PENALTY_UNCONFIRMED] = {"unconfirmed", 5},
    [TY_PENALTY_OUTSIDE] = {"outside", 25},
    [TY_PENALTY_ADAPTED] = {"adapted", 1},
};

const char *ty_penalty_kind_name(ty_penalty_kind kind)
{
    return (unsigned)kind < TY_PENALTY_KINDS ? kinds[kind].name : "";
}

/* ------------------------------------------------------------------------------------------ reading */

/* A whole number from 0 to 100; false for anything else. */
static bool read_number(ty_slice digits, int *out)
{
    *out = 0;
    if (!digits.size || digits.size > 3)
        return false;
    for (size_t i = 0; i < digits.size; i++) {
        if (digits.data[i] < '0' || digits.data[i] > '9')
            return false;
        *out = *out * 10 + (digits.data[i] - '0');
    }
    return *out <= 100;
}

/* KIND=POINTS, age:YEARS=POINTS or origin:PATTERN=POINTS */
static bool read_rule(ty_slice text, ty_penalty_rule *out)
{
    size_t equals = text.size;
    while (equals > 0 && text.data[equals - 1] != '=')
        equals--;
    if (!equals || !read_number(ty_slice_sub(text, equals, text.size), &out->points))
        return false;
    ty_slice name = ty_slice_sub(text, 0, equals - 1), rest = {NULL, 0};
    size_t colon = ty_slice_find(name, TY_SLICE(":"), 0);
    if (colon != SIZE_MAX) {
        rest = ty_slice_sub(name, colon + 1, name.size);
        name = ty_slice_sub(name, 0, colon);
    }
    int kind = 0;
    while (kind < TY_PENALTY_KINDS && !ty_slice_equal(name, ty_slice_of(kinds[kind].name)))
        kind++;
    out->kind = (ty_penalty_kind)kind;
    out->pattern = rest;
    if (kind == TY_PENALTY_AGE)
        return read_number(rest, &out->years);
    return kind == TY_PENALTY_ORIGIN ? rest.size > 0 : kind < TY_PENALTY_KINDS && !rest.data;
}

static ty_status add_rules(const char *text, ty_penalty_rules *out, ty_error *error)
{
    ty_slice left = ty_slice_of(text), one;
    while (left.size && ty_slice_next(&left, ',', &one)) {
        ty_penalty_rule rule = {0};
        if (!read_rule(ty_slice_trim(one), &rule))
            return ty_error_set(
                error, TY_ERR_USAGE,
                "\"%.*s\" is no penalty; one is confidence=N, machine=N, tags=N, unconfirmed=N, "
                "outside=N, adapted=N, age:YEARS=N or origin:PATTERN=N, with N up to 100",
                TY_SLICE_FORMAT(one));
        if (!ty_vector_push(&out->list, rule))
            return ty_error_nomem(error);
    }
    return TY_OK;
}

/* Our own come first, so that those told count rather than they. */
ty_status ty_penalty_rules_read(const char *text, ty_penalty_rules *out, ty_error *error)
{
    *out = (ty_penalty_rules){0};
    ty_origin_now(out->today);
    for (int kind = 0; kind < TY_PENALTY_KINDS; kind++) {
        ty_penalty_rule rule = {.kind = (ty_penalty_kind)kind, .points = kinds[kind].points};
        if (rule.points && !ty_vector_push(&out->list, rule))
            return ty_error_nomem(error);
    }
    return add_rules(text, out, error);
}

void ty_penalty_rules_release(ty_penalty_rules *rules)
{
    ty_vector_release(&rules->list);
}

/* ------------------------------------------------------------------------------------------ machines */

/* Names that machine translation goes by where TMX writers put it: as the tool or the person that made a
 * pair, or in a property of the match's origin. Words in small letters, blanks at both ends. */
static const char machines[] =
    " mt nmt smt machine machinetranslation automatic googletranslate google deepl bing systran yandex "
    "papago "
    "baidu modernmt apertium moses argos globalese kantanmt tmxmt gpt chatgpt llm ";

static bool is_alphanumeric(char c)
{
    return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
}

/* Is one of the words of the name that of a machine? */
static bool names_machine(ty_slice name)
{
    char word[34] = " ";
    size_t size = 1;
    for (size_t i = 0; i <= name.size; i++) {
        char c = i < name.size ? name.data[i] : ' ';
        if (is_alphanumeric(c)) {
            if (size < 32)
                word[size++] = c >= 'A' && c <= 'Z' ? (char)(c | 32) : c;
            continue;
        }
        word[size] = ' ';
        if (size > 1 && ty_slice_find(ty_slice_of(machines), (ty_slice){word, size + 1}, 0) != SIZE_MAX)
            return true;
        size = 1;
    }
    return false;
}

static bool has_word(ty_slice text, const char *word)
{
    ty_slice wanted = ty_slice_of(word);
    for (size_t i = 0; i + wanted.size <= text.size; i++)
        if (ty_slice_equal_nocase(ty_slice_sub(text, i, i + wanted.size), wanted))
            return true;
    return false;
}

/* A property that says where a match came from, such as Trados' x-Origin; not our own, which names a file. */
static bool has_machine_property(ty_infos infos)
{
    for (size_t i = 0; i < infos.count; i++) {
        ty_slice type = ty_attribute_find(infos.items[i].attributes, "type");
        if (infos.items[i].kind == TY_INFO_PROP && has_word(type, "origin") && !has_word(type, "taiyaku") &&
            names_machine(infos.items[i].text))
            return true;
    }
    return false;
}

/* OmegaT keeps what machines translated in tm/mt. */
static bool is_machine_folder(ty_slice path)
{
    ty_slice part;
    while (ty_slice_next(&path, '/', &part))
        if (path.data && ty_slice_equal_nocase(part, TY_SLICE("mt")))
            return true;
    return false;
}

static bool made_by_machine(ty_attributes attributes, ty_infos infos)
{
    return names_machine(ty_attribute_find(attributes, "creationid")) ||
           names_machine(ty_attribute_find(attributes, "creationtool")) || has_machine_property(infos);
}

/* What a machine made and a person changed is the person's. */
static bool is_of_machine(const ty_penalised *pair)
{
    const ty_stored_unit *unit = pair->unit;
    const ty_variant nothing = {0}, *target = pair->target ? pair->target : &nothing;
    ty_slice changed = ty_attribute_find(target->attributes, "changeid");
    if (!changed.size)
        changed = ty_attribute_find(unit->unit.attributes, "changeid");
    if (ty_slice_equal(unit->status, TY_SLICE("confirmed")))
        return false;
    if (changed.size)
        return names_machine(changed);
    return is_machine_folder(unit->origin_name) || made_by_machine(unit->unit.attributes, unit->unit.infos) ||
           made_by_machine(target->attributes, target->infos);
}

/* ------------------------------------------------------------------------------------------ the others */

/* All of them at 0.5 and below, in proportion above. */
static int points_for(float confidence, int most)
{
    float doubt = 2.0F * (1.0F - confidence);
    return (int)((doubt > 1.0F ? 1.0F : doubt) * (float)most + 0.5F);
}

static bool has_other_codes(const ty_penalised *pair)
{
    if (pair->query_content.data && pair->source->content.data)
        return !ty_codes_are_same(pair->query_content, pair->source->content, pair->same_text);
    size_t codes = 0;
    ty_slice rest = pair->source->content;
    ty_token token;
    while (rest.size && ty_inline_next(&rest, &token))
        codes += token.kind == TY_TOKEN_START && !ty_slice_equal(token.name, TY_SLICE("sub")) &&
                 !ty_slice_equal(token.name, TY_SLICE("hi"));
    return codes != pair->query_codes;
}

static ty_slice changed_at(const ty_stored_unit *unit, const ty_variant *target)
{
    ty_slice date = ty_attribute_find(unit->unit.attributes, "changedate");
    if (!target)
        return date;
    ty_slice other = ty_attribute_find(target->attributes, "changedate");
    return ty_slice_compare(date, other) > 0 ? date : other;
}

void ty_stored_pair_date(const ty_stored_unit *unit, const ty_variant *target, char out[24])
{
    ty_told_pair_date(unit, target, out);
    if (!out[0])
        ty_origin_date_compact(ty_stored_unit_date(unit), out);
}

/* When we made a pair of a release says nothing of the pair. */
void ty_told_pair_date(const ty_stored_unit *unit, const ty_variant *target, char out[24])
{
    ty_slice date = changed_at(unit, target);
    if (!date.size)
        date = unit->origin_date;
    if (!date.size && !unit->aligned)
        date = ty_attribute_find(unit->unit.attributes, "creationdate");
    ty_origin_date_compact(date, out);
}

static bool is_older(const ty_penalised *pair, const char *today, int years)
{
    char date[24], limit[32];
    int year = 0;
    ty_stored_pair_date(pair->unit, pair->target, date);
    sscanf(today, "%4d", &year);
    snprintf(limit, sizeof limit, "%04d%.12s", year - years, today + 4);
    return date[0] && strcmp(date, limit) < 0;
}

/* What an import of a bilingual file noted, unless a person has confirmed it or changed it since. */
static bool has_state(const ty_penalised *pair, const char *state)
{
    const ty_stored_unit *unit = pair->unit;
    ty_infos infos = unit->unit.infos;
    if (ty_slice_equal(unit->status, TY_SLICE("confirmed")) || changed_at(unit, pair->target).size)
        return false;
    for (size_t i = 0; i < infos.count; i++)
        if (ty_slice_equal(ty_attribute_find(infos.items[i].attributes, "type"), TY_SLICE("x-taiyaku:state")))
            return ty_slice_equal(infos.items[i].text, ty_slice_of(state));
    return false;
}

static bool applies(const ty_penalty_rules *rules, const ty_penalty_rule *rule, const ty_penalised *pair)
{
    switch (rule->kind) {
    case TY_PENALTY_CONFIDENCE: return true;
    case TY_PENALTY_MACHINE: return is_of_machine(pair);
    case TY_PENALTY_TAGS: return has_other_codes(pair);
    case TY_PENALTY_AGE: return is_older(pair, rules->today, rule->years);
    case TY_PENALTY_ORIGIN: return ty_store_glob(rule->pattern, pair->unit->origin_name);
    case TY_PENALTY_UNCONFIRMED: return has_state(pair, "unconfirmed");
    case TY_PENALTY_OUTSIDE: return has_state(pair, "outside");
    case TY_PENALTY_ADAPTED: return pair->adapted;
    default: return false;
    }
}

/* By the last rule of the kind that applies. */
static int points_of(const ty_penalty_rules *rules, ty_penalty_kind kind, const ty_penalised *pair)
{
    for (size_t i = rules->list.count; i-- > 0;) {
        const ty_penalty_rule *rule = &rules->list.items[i];
        if (rule->kind != kind || !applies(rules, rule, pair))
            continue;
        return kind == TY_PENALTY_CONFIDENCE ? points_for(pair->confidence, rule->points) : rule->points;
    }
    return 0;
}

size_t ty_penalties_find(const ty_penalty_rules *rules, const ty_penalised *pair, ty_penalty *out)
{
    size_t count = 0;
    for (int kind = 0; kind < TY_PENALTY_KINDS; kind++) {
        int points = points_of(rules, (ty_penalty_kind)kind, pair);
        if (points)
            out[count++] = (ty_penalty){(ty_penalty_kind)kind, points};
    }
    return count;
}
