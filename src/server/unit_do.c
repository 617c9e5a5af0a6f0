/* SPDX-License-Identifier: Apache-2.0 */
/* A pair of the memory changed by its page: each one POST, one step. A form says what it saw. */
#include "server/conflict.h"
#include "server/pages.h"
#include "server/units.h"

typedef struct doing {
    ty_http *http;
    int64_t id;
    ty_slice op, text;
    const char *lang;
    bool found, stale;
    uint64_t seen;     /* of the pair now, */
    ty_slice now, who; /* its text in the language, and who changed it last */
} doing;

int64_t ty_http_unit(const ty_http *http)
{
    int64_t number = ty_decimal(http->arguments[0]);
    return number > 0 ? number : 0;
}

uint64_t ty_http_unit_seen(const ty_unit_info *unit)
{
    uint64_t hash = (uint64_t)unit->id + unit->confirmed;
    for (size_t i = 0; i < unit->variant_count; i++) {
        hash = ty_hash(unit->variants[i].lang, hash + 1);
        hash = ty_hash(unit->variants[i].text, hash + 1);
        hash = ty_hash(unit->variants[i].content, hash + 1);
    }
    return hash >> 1; /* as a form has it: no sign */
}

static ty_status look(void *payload, const ty_unit_info *unit)
{
    doing *d = payload;
    int64_t seen = ty_params_integer(&d->http->form, "seen", 0, INT64_MAX, -1);
    d->found = true;
    d->seen = ty_http_unit_seen(unit);
    d->stale = seen >= 0 && (uint64_t)seen != d->seen;
    d->who = ty_arena_copy(&d->http->arena, unit->changed_by);
    for (size_t i = 0; i < unit->variant_count; i++) {
        const ty_variant_info *one = &unit->variants[i];
        if (!d->lang ? i == 0 : ty_slice_equal_nocase(one->lang, ty_slice_of(d->lang)))
            d->now = ty_arena_copy(&d->http->arena, one->content.data ? one->content : one->text);
    }
    return TY_STOP;
}

static ty_status take_seen(void *payload, const ty_unit_info *unit)
{
    ty_unit_premise *premise = payload;
    premise->now = ty_http_unit_seen(unit);
    return TY_STOP;
}

static ty_status read_seen(ty_unit_premise *premise, ty_error *error)
{
    ty_unit_query query = {.ids = &premise->id, .id_count = 1};
    ty_status status = ty_memory_units(premise->http->memory, &query, take_seen, premise, error);
    return status == TY_STOP ? TY_OK : status == TY_OK ? TY_NO : status;
}

static ty_status is_as_read(void *payload, ty_error *error)
{
    ty_unit_premise *premise = payload;
    ty_status status = read_seen(premise, error);
    premise->stale = status == TY_NO || (status == TY_OK && premise->now != premise->seen);
    return premise->stale ? ty_error_set(error, TY_ERR_BUSY, "this was changed meanwhile") : status;
}

ty_status ty_unit_premise_set(ty_http *http, int64_t id, ty_unit_premise *out)
{
    *out = (ty_unit_premise){.http = http, .id = id};
    ty_status status = read_seen(out, &http->error);
    out->seen = out->now;
    if (status == TY_OK)
        ty_memory_set_premise(http->memory, is_as_read, out);
    return status;
}

/* ------------------------------------------------------------------------------------------ refusals */

static void add_field(ty_conflict *c, const char *name, const char *value)
{
    if (value)
        c->fields[c->field_count++] = (ty_conflict_field){name, value};
}

static void refuse(const doing *d, const char *why)
{
    char seen[24], address[40];
    ty_http *http = d->http;
    snprintf(address, sizeof address, "/unit/%lld", (long long)d->id);
    snprintf(seen, sizeof seen, "%lld", (long long)d->seen);
    ty_conflict c = {.why = why,
                     .action = d->found ? address : NULL,
                     .back = address,
                     .lang = ty_slice_of(d->lang ? d->lang : ""),
                     .mine = d->text,
                     .now = d->now,
                     .who = d->who};
    add_field(&c, "op", "edit");
    add_field(&c, "seen", seen);
    add_field(&c, "lang", d->lang);
    add_field(&c, "markup", ty_http_string(http, "markup"));
    ty_reply_conflict(http, &c);
}

/* ------------------------------------------------------------------------------------------ what was typed
 */

static bool is_blank_at(ty_slice text, bool end)
{
    return text.size && strchr(" \t\r\n", text.data[end ? text.size - 1 : 0]);
}

/* A field's lines, which browsers send with CR and LF (HTML, section 4.10.22.4), end as those of a file. */
static ty_slice with_line_feeds(ty_http *http, ty_slice text)
{
    char *out = ty_arena_array(&http->arena, text.size + 1, 1);
    size_t size = 0;
    for (size_t i = 0; out && i < text.size; i++)
        if (text.data[i] != '\r')
            out[size++] = text.data[i];
        else if (i + 1 == text.size || text.data[i + 1] != '\n')
            out[size++] = '\n';
    return out ? (ty_slice){out, size} : text;
}

/* What was typed, in the manner of what was there: white space at the ends stays where that has some, and
 * what differs by line ends only is what was there. */
static ty_slice typed(ty_http *http, ty_slice now)
{
    ty_slice text = with_line_feeds(http, ty_http_param(http, "text"));
    if (now.data && ty_slice_equal(text, with_line_feeds(http, now)))
        return now;
    ty_slice trimmed = ty_slice_trim(text);
    const char *start = is_blank_at(now, false) ? text.data : trimmed.data;
    const char *end = is_blank_at(now, true) ? text.data + text.size : trimmed.data + trimmed.size;
    return trimmed.size ? (ty_slice){start, (size_t)(end - start)} : trimmed;
}

/* ------------------------------------------------------------------------------------------ changes */

static ty_status change(doing *d)
{
    ty_http *http = d->http;
    const char *who = ty_http_who(http);
    if (ty_slice_equal(d->op, TY_SLICE("edit")) && d->lang && d->text.size)
        return ty_memory_edit(http->memory, d->id, d->lang, d->text, ty_http_asks(http, "markup"), who,
                              &http->error);
    if (ty_slice_equal(d->op, TY_SLICE("confirm")))
        return ty_memory_confirm(http->memory, &d->id, 1, who, &http->error);
    if (ty_slice_equal(d->op, TY_SLICE("remove")))
        return ty_memory_remove(http->memory, &d->id, 1, who, &http->error);
    return TY_ERR_USAGE;
}

static void answer(const doing *d)
{
    char address[40];
    bool removed = ty_slice_equal(d->op, TY_SLICE("remove"));
    snprintf(address, sizeof address, "/unit/%lld", (long long)d->id);
    ty_reply_done(d->http, removed ? "/changes" : ty_http_copy(d->http, ty_slice_of(address)));
}

/* In the transaction of the change: is the pair still as the form showed it? */
static ty_status still(void *payload, ty_error *error)
{
    doing *d = payload;
    ty_unit_query query = {.ids = &d->id, .id_count = 1};
    d->found = false;
    ty_status status = ty_memory_units(d->http->memory, &query, look, d, error);
    if (status == TY_STOP)
        status = d->stale ? TY_ERR_BUSY : TY_OK;
    return status == TY_OK && !d->found ? TY_NO : status;
}

void ty_answer_unit_change(ty_http *http)
{
    doing d = {.http = http,
               .id = ty_http_unit(http),
               .op = ty_http_param(http, "op"),
               .lang = ty_http_string(http, "lang")};
    ty_status status = d.id ? still(&d, &http->error) : TY_NO;
    d.text = typed(http, d.now);
    if (status == TY_OK) {
        ty_memory_set_premise(http->memory, still, &d);
        status = change(&d);
        if (status == TY_NO && d.found && d.now.data && ty_slice_equal(d.op, TY_SLICE("edit")))
            status = TY_OK; /* it says so already */
    }
    if (status == TY_OK)
        answer(&d);
    else if (!d.found && d.text.size && status == TY_NO)
        refuse(&d, N_("Somebody took this pair out meanwhile."));
    else if (d.stale)
        refuse(&d, N_("Somebody changed this pair meanwhile; here it is as it is now."));
    else if (ty_reply_is_held(&http->error))
        refuse(&d, N_("Somebody is editing this pair."));
    else
        ty_reply_failure(http, status);
}
