/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What parameters may hold, all of them in one place: a number in its range, a word of a list, the tag of a
 * language, a day. What is none of these is refused, so that a misspelled filter never shows everything, and
 * a wrong number never does what another one would have done. Texts are for the pages to judge.
 */
#include "server/parameters.h"

#include "server/releases.h"

typedef enum kind { NUMBER, WORD, TAG, DAY, TRUST } kind;

typedef struct rule {
    const char *route; /* its name; NULL: of every one */
    const char *name;  /* '#' at its end: any digits, as rows of a form have them */
    kind kind;
    const char *words;   /* of a WORD, a blank between two */
    int64_t least, most; /* of a NUMBER */
} rule;

enum { ZONE = 15 * 60 }; /* minutes from Greenwich */

#define STATUSES "approved provisional non-standard forbidden"

/* The first rule that fits counts. */
static const rule rules[] = {
    {NULL, "ui", WORD, "en ja", 0, 0},
    {NULL, "part", WORD, "0 1", 0, 0},
    {NULL, "why", WORD, "0 1", 0, 0},
    {NULL, "whole", WORD, "1", 0, 0},
    {NULL, "s", TAG, NULL, 0, 0},
    {NULL, "t", TAG, NULL, 0, 0},
    {NULL, "l", TAG, NULL, 0, 0},
    {NULL, "lang", TAG, NULL, 0, 0},
    {NULL, "since", DAY, NULL, 0, 0},
    {NULL, "page", NUMBER, NULL, 1, 100000},
    {NULL, "bead", NUMBER, NULL, 1, INT64_MAX},
    {NULL, "unit", NUMBER, NULL, 1, INT64_MAX},
    {NULL, "version", NUMBER, NULL, 0, INT64_MAX},
    {NULL, "least", NUMBER, NULL, 1, 100},
    {NULL, "accepted", WORD, "0 1", 0, 0},
    {NULL, "markup", WORD, "0 1", 0, 0},
    {"concordance", "sort", WORD, "date left right rendering", 0, 0},
    {"concordance", "view", WORD, "kwic full", 0, 0},
    {"concordance", "deep", WORD, "0 1", 0, 0},
    {"concordance", "not", WORD, "0 1", 0, 0},
    {"concordance", "for-spreadsheet", WORD, "0 1", 0, 0},
    {"concordance", "from", NUMBER, NULL, 1, 9999},
    {"concordance", "to", NUMBER, NULL, 1, 9999},
    {"terms", "status", WORD, STATUSES, 0, 0},
    {"concept-change", "status#", WORD, STATUSES, 0, 0},
    {"concept-change", "lang#", TAG, NULL, 0, 0},
    {"concept-change", "part#", WORD, "0 1", 0, 0},
    {"import-take", "take#", WORD, "0 1", 0, 0},
    {"unit-change", "seen", NUMBER, NULL, 0, INT64_MAX},
    {"concept-change", "seen", NUMBER, NULL, 0, INT64_MAX},
    {"concept-change", "seen-with", NUMBER, NULL, 0, INT64_MAX},
    {"facts-change", "seen", NUMBER, NULL, 0, INT64_MAX},
    {"candidates", "min", NUMBER, NULL, 1, 1000},
    {"check", "fault", WORD, "forbidden number organisation inconsistent non-standard missing", 0, 0},
    {"releases", "state", WORD, "all waiting", 0, 0},
    {"releases", "sort", WORD, "date doubtful", 0, 0},
    {"releases", "from", DAY, NULL, 0, 0},
    {"releases", "to", DAY, NULL, 0, 0},
    {"review", "from", NUMBER, NULL, 0, INT32_MAX},
    {"change", "seen", NUMBER, NULL, 0, INT64_MAX},
    {"change", "side", WORD, "source target", 0, 0},
    {"change", "by", WORD, "-1 1", 0, 0},
    {"change", "with", NUMBER, NULL, 1, INT64_MAX},
    {"change", "sentence", NUMBER, NULL, 0, INT32_MAX},
    {"change", "at", NUMBER, NULL, 0, INT32_MAX},
    {"changes", "before", NUMBER, NULL, 1, INT64_MAX},
    {"changes", "concept", NUMBER, NULL, 1, INT64_MAX},
    {"changes", "zone", NUMBER, NULL, -ZONE, ZONE},
    {"take-back", "concept", NUMBER, NULL, 1, INT64_MAX},
    {"take-back", "step", NUMBER, NULL, 1, INT64_MAX},
    {"settings-change", "theme", WORD, "light dark", 0, 0},
    {"settings-change", "letters", WORD, "on off", 0, 0},
    {"settings-change", "doubtful", WORD, "98 95 90 75", 0, 0},
    {"settings-change", "role", WORD, "read edit admin", 0, 0},
    {"settings-change", "days", NUMBER, NULL, 1, 3650},
    {"tmserver", "min_similarity", NUMBER, NULL, 0, 100},
    {"tmserver", "max_candidates", NUMBER, NULL, 1, 1000000},
    {"export", "status", TRUST, NULL, 0, 0},
    {"export", "bom", WORD, "0 1", 0, 0},
    {"export", "crlf", WORD, "0 1", 0, 0},
    {"export", "for-spreadsheet", WORD, "0 1", 0, 0},
    {"export", "names", WORD, "utf8 shift_jis", 0, 0},
};

/* ------------------------------------------------------------------------------------------ values */

static bool is_one_of(ty_slice value, const char *words)
{
    ty_slice rest = ty_slice_of(words), word;
    while (rest.size && ty_slice_next(&rest, ' ', &word))
        if (ty_slice_equal(word, value))
            return true;
    return false;
}

/* Letters, digits and hyphens, the letters first (BCP 47); CAT tools write "en_us" as well. */
static bool is_tag(ty_slice value)
{
    size_t letters = 0;
    for (size_t i = 0; i < value.size; i++) {
        char c = value.data[i], lower = (char)(c | 0x20);
        bool letter = lower >= 'a' && lower <= 'z';
        if (!letter && (i < 2 || !strchr("-_0123456789", c)))
            return false;
        letters += letter && letters == i;
    }
    return letters >= 2 && value.size <= 35;
}

static bool is_number(const ty_params *params, const rule *r)
{
    int64_t none = r->least - 1; /* to be told from those in the range */
    return ty_params_integer(params, r->name, r->least, r->most, none) != none;
}

static bool fits(const rule *r, const ty_param *param)
{
    ty_param alone = {ty_slice_of(r->name), param->value};
    switch (r->kind) {
    case NUMBER: return is_number(&(ty_params){.items = &alone, .count = 1}, r);
    case WORD: return is_one_of(param->value, r->words);
    case TAG: return is_tag(param->value);
    case TRUST: return ty_present_trust_of(param->value, &(ty_trust){TY_TRUST_ALL});
    default: return ty_is_day_or_empty(param->value);
    }
}

/* ------------------------------------------------------------------------------------------ rules */

static bool is_named(const rule *r, ty_slice name)
{
    ty_slice known = ty_slice_of(r->name);
    if (!ty_slice_ends(known, TY_SLICE("#")))
        return ty_slice_equal(known, name);
    while (name.size && name.data[name.size - 1] >= '0' && name.data[name.size - 1] <= '9')
        name.size--;
    return ty_slice_equal(ty_slice_sub(known, 0, known.size - 1), name);
}

static const rule *rule_of(const char *route, ty_slice name)
{
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        if ((!rules[i].route || strcmp(rules[i].route, route) == 0) && is_named(&rules[i], name))
            return &rules[i];
    return NULL;
}

void ty_parameters_refuse(ty_http *http, ty_slice name)
{
    const char *ui = ty_http_wants_data(http) ? "en" : http->taste.ui;
    ty_buffer said = {0};
    ty_buffer_add_format(&said, ty_label(ui, "This parameter cannot have that value: %s"),
                         ty_http_copy(http, name));
    ty_reply_error(http, 400, ty_http_copy(http, ty_buffer_slice(&said)));
    ty_buffer_release(&said);
}

static bool check(ty_http *http, const ty_params *params)
{
    for (size_t i = 0; i < params->count; i++) {
        const ty_param *param = &params->items[i];
        const rule *r = param->value.size ? rule_of(http->route->name, param->name) : NULL;
        if (r && !fits(r, param)) {
            ty_parameters_refuse(http, param->name);
            return false;
        }
    }
    return true;
}

/* CAT tools write "en_us", of which no file with xml:lang may have anything. */
static void hyphenate(ty_http *http, ty_param *param)
{
    const rule *r = rule_of(http->route->name, param->name);
    if (!r || r->kind != TAG || !param->value.size || !memchr(param->value.data, '_', param->value.size))
        return;
    char *tag = ty_http_copy(http, param->value);
    for (size_t i = 0; tag && i < param->value.size; i++)
        if (tag[i] == '_')
            tag[i] = '-';
    param->value = (ty_slice){tag, tag ? param->value.size : 0};
}

static void hyphenate_all(ty_http *http, ty_params *params)
{
    for (size_t i = 0; i < params->count; i++)
        hyphenate(http, &params->items[i]);
}

/* What nobody sees is nothing, in whatever field: no term is a zero-width space, no title a blank. */
static void empty_blanks(ty_params *params)
{
    for (size_t i = 0; i < params->count; i++)
        if (ty_text_is_blank(params->items[i].value))
            params->items[i].value = TY_SLICE("");
}

bool ty_parameters_check(ty_http *http)
{
    empty_blanks(&http->target.query);
    empty_blanks(&http->form);
    hyphenate_all(http, &http->target.query);
    hyphenate_all(http, &http->form);
    return check(http, &http->target.query) && check(http, &http->form);
}
