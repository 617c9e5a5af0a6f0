/* SPDX-License-Identifier: Apache-2.0 */
/* Changes of a release by a page: each one POST, one transaction, one step. */
#include <stdlib.h>

#include "server/conflict.h"
#include "server/pages.h"
#include "server/releases.h"
#include "server/review_op.h"
#include "server/watch.h"

typedef struct doing {
    ty_http *http;
    ty_review_rows rows; /* as they are before */
    uint64_t version;    /* that the page saw; 0: it does not say */
    uint64_t since;      /* that it knows of, which may be later than what the key answered to */
    int64_t bead, current;
    const char *said; /* a label */
    bool stale;       /* changed by somebody while it was read */
} doing;

typedef struct operation {
    const char *name;
    ty_review_action action;
    const char *said;
} operation;

static const operation operations[] = {
    {"up", TY_REVIEW_UP, N_("moved up")},
    {"down", TY_REVIEW_DOWN, N_("moved down")},
    {"fetch_up", TY_REVIEW_FETCH_UP, N_("fetched from above")},
    {"fetch_down", TY_REVIEW_FETCH_DOWN, N_("fetched from below")},
    {"merge", TY_REVIEW_MERGE, N_("merged")},
    {"split", TY_REVIEW_SPLIT, N_("cut in two")},
    {"cut", TY_REVIEW_CUT, N_("sentence cut")},
    {"join", TY_REVIEW_JOIN, N_("joined again")},
    {"unlink", TY_REVIEW_UNLINK, N_("unlinked")},
    {"swap", TY_REVIEW_SWAP, N_("exchanged")},
    {"link", TY_REVIEW_LINK, N_("linked")},
    {"edit", TY_REVIEW_EDIT, N_("saved")},
    {"confirm", TY_REVIEW_CONFIRM, N_("confirmed")},
    {"question", TY_REVIEW_QUESTION, N_("to be looked at")},
    {"omit", TY_REVIEW_OMIT, N_("left out, or taken back in")},
    {"flag", TY_REVIEW_FLAG, N_("marked, or the mark taken off")},
};

static const operation *find(ty_slice name)
{
    for (size_t i = 0; i < sizeof operations / sizeof *operations; i++)
        if (ty_slice_equal(name, ty_slice_of(operations[i].name)))
            return &operations[i];
    return NULL;
}

/* ------------------------------------------------------------------------------------------ replies */

/* Did nobody change the memory between the look before the operation and the one behind it, but for the
 * operation? Steps are numbered without gaps. */
static bool was_alone(const doing *d, const ty_review_rows *now)
{
    bool made = ty_memory_own_step(d->http->memory) != d->http->step_before;
    return now->step == d->rows.step + made;
}

/* Is it somebody else's? What was otherwise before this operation is; where others were at it meanwhile, who
 * may have no name, what is neither its bead nor bears the name of who asked. */
static bool is_theirs(const doing *d, const ty_review_row *row, bool alone)
{
    const ty_review_row *before = ty_rows_find(&d->rows, row->bead);
    if (before && before->altered > d->since)
        return true;
    bool mine = row->bead == d->bead || row->bead == d->current ||
                (row->who.size && ty_slice_equal(row->who, ty_slice_of(d->http->who.name)));
    return !alone && !mine;
}

/* The rows that others changed since: keys that wait behind this one were not meant for these. */
static void put_theirs(const doing *d, const ty_review_rows *rows, bool done)
{
    ty_buffer *reply = &d->http->reply;
    bool alone = was_alone(d, rows);
    ty_json_open(reply, "theirs", '[');
    for (size_t i = 0; d->since && i < rows->count; i++)
        if (rows->items[i].altered > d->since && (!done || is_theirs(d, &rows->items[i], alone)))
            ty_json_integer(reply, NULL, rows->items[i].bead);
    ty_json_close(reply, ']');
}

/* What has changed for who asked; without scripts the page again, at the bead. */
static void answer(doing *d)
{
    ty_http *http = d->http;
    ty_review_rows rows = {0};
    char address[64];
    ty_status status = ty_release_rows(http, http->arguments[0], &rows);
    if (status != TY_OK) {
        ty_reply_failure(http, status);
    } else if (ty_http_wants_data(http)) {
        http->type = "application/json";
        ty_json_begin(&http->reply);
        ty_review_put_changes(http, &rows, d->version, d->current);
        put_theirs(d, &rows, true);
        if (d->said)
            ty_json_string(&http->reply, "said", ty_label(http->taste.ui, d->said));
        ty_json_end(&http->reply);
    } else {
        snprintf(address, sizeof address, "#b%lld", (long long)d->current);
        ty_buffer place = {0};
        ty_buffer_add_string(&place, ty_release_address(http, &rows));
        ty_buffer_add_string(&place, d->current ? address : "");
        ty_reply_see(http, ty_http_copy(http, ty_buffer_slice(&place)));
        ty_buffer_release(&place);
    }
}

static ty_slice text_of(ty_http *http, const ty_review_row *row, int side)
{
    ty_buffer text = {0};
    for (uint32_t i = 0; row && i < row->counts[side]; i++) {
        ty_buffer_add_string(&text, i ? "\n" : "");
        ty_buffer_add(&text, row->lines[side][i].text);
    }
    ty_slice kept = ty_arena_copy(&http->arena, ty_buffer_slice(&text));
    ty_buffer_release(&text);
    return kept;
}

/* Without scripts: a text that was typed is shown beside the one that is there, to be sent again. */
static void refuse_page(doing *d, const ty_review_rows *rows, const char *why)
{
    ty_http *http = d->http;
    char bead[24], version[24], back[40], *action = NULL;
    const ty_review_row *row = ty_rows_find(rows, d->bead);
    int side = ty_slice_equal(ty_http_param(http, "side"), TY_SLICE("target"));
    bool edit = ty_slice_equal(ty_http_param(http, "op"), TY_SLICE("edit"));
    snprintf(bead, sizeof bead, "%lld", (long long)d->bead);
    snprintf(version, sizeof version, "%lld", (long long)rows->version);
    snprintf(back, sizeof back, "/bead/%s", bead);
    if (row)
        action = ty_http_copy(http, ty_slice_of(ty_release_address(http, rows)));
    ty_buffer to = {0};
    ty_buffer_add_format(&to, "%s/do", action ? action : "");
    ty_conflict c = {.why = why,
                     .action = action ? ty_http_copy(http, ty_buffer_slice(&to)) : NULL,
                     .back = row ? back : ty_release_address(http, rows),
                     .lang = rows->langs[side],
                     .mine = edit ? ty_http_param(http, "text") : (ty_slice){0},
                     .now = text_of(http, row, side),
                     .who = row ? row->who : (ty_slice){0},
                     .fields = {{"op", "edit"},
                                {"side", side ? "target" : "source"},
                                {"bead", bead},
                                {"version", version}},
                     .field_count = 4};
    ty_buffer_release(&to);
    ty_reply_conflict(http, &c);
}

/* What could not be done, with the rows as they are now, so that the page shows them. */
static void refuse(doing *d, int status, const char *why)
{
    ty_http *http = d->http;
    ty_review_rows rows = {0};
    if (ty_release_rows(http, http->arguments[0], &rows) != TY_OK ||
        (!ty_http_wants_data(http) && status != 409)) {
        ty_reply_error(http, status, why);
        return;
    }
    if (!ty_http_wants_data(http)) {
        refuse_page(d, &rows, why);
        return;
    }
    http->status = status;
    http->type = "application/json";
    ty_json_begin(&http->reply);
    ty_review_put_changes(http, &rows, d->version, d->bead);
    put_theirs(d, &rows, false);
    ty_json_string(&http->reply, "error", ty_label(http->taste.ui, why));
    ty_json_end(&http->reply);
}

static void refuse_failure(doing *d, ty_status status)
{
    bool stands = status == TY_ERR_USAGE || status == TY_NO || status == TY_ERR_ENCODING;
    const char *why =
        d->http->error.message[0] ? ty_reply_words(&d->http->error) : N_("That is not here (any more).");
    if (stands)
        refuse(d, status == TY_NO || ty_reply_is_held(&d->http->error) ? 409 : 422,
               ty_http_copy(d->http, ty_slice_of(why)));
    else
        ty_reply_failure(d->http, status);
}

static void refuse_review(doing *d, ty_status status, const ty_review_result *result)
{
    if (status == TY_ERR_BUSY && result->conflict)
        refuse(d, 409, N_("Somebody changed this pair meanwhile; here it is as it is now."));
    else
        refuse_failure(d, status);
}

/* ------------------------------------------------------------------------------------------ who was first */

/* Changes elsewhere in the release do not matter; those of this bead do. What was before this server first
 * looked at the release the memory knows, by the step that the page saw. */
static bool is_fresh(const doing *d, const ty_review_row *row)
{
    bool by_memory = row && row->altered == d->rows.first && d->version > TY_VERSION_OLDEST;
    return row && (!d->version || row->altered <= d->version || by_memory);
}

/* What the page saw, where that was before this server looked; else what is seen here. What another process
 * does from there on is noticed in the transaction. */
static uint64_t step_seen(const doing *d)
{
    return d->version && d->version < d->rows.first ? d->version >> TY_VERSION_BITS : (uint64_t)d->rows.step;
}

/* The other bead that an operation changes: the one above or below, or one that is named; NULL: none. */
static const ty_review_row *beside(const doing *d, const ty_review_row *row, const ty_review_op *op)
{
    const ty_review_row *items = d->rows.items;
    size_t at = row ? (size_t)(row - items) : 0;
    int direction = op->direction < 0 ? -1 : 1;
    switch (op->action) {
    case TY_REVIEW_UP:
    case TY_REVIEW_FETCH_UP: direction = -1; break;
    case TY_REVIEW_DOWN:
    case TY_REVIEW_FETCH_DOWN: direction = 1; break;
    case TY_REVIEW_MERGE:
    case TY_REVIEW_SWAP: break;
    case TY_REVIEW_LINK: return ty_rows_find(&d->rows, op->other);
    default: return NULL;
    }
    if (!row || (direction < 0 ? at == 0 : at + 1 >= d->rows.count))
        return NULL;
    return &items[direction < 0 ? at - 1 : at + 1];
}

/* What one changed oneself meanwhile is no surprise there. */
static bool may_touch(const doing *d, const ty_review_row *row)
{
    ty_slice me = ty_slice_of(d->http->who.name);
    return is_fresh(d, row) || (row->who.size && ty_slice_equal(row->who, me));
}

static bool may_change(doing *d, const ty_review_op *op)
{
    ty_watch *watch = d->http->server->watch;
    const char *who = d->http->who.name;
    const ty_review_row *row = ty_rows_find(&d->rows, d->bead), *other = beside(d, row, op);
    if (!is_fresh(d, row) || (other && !may_touch(d, other))) {
        refuse(d, 409, N_("Somebody changed this pair meanwhile; here it is as it is now."));
        return false;
    }
    if (ty_watch_is_locked(watch, d->bead, who) || (other && ty_watch_is_locked(watch, other->bead, who))) {
        refuse(d, 409, N_("Somebody is editing this pair."));
        return false;
    }
    return true;
}

/* ------------------------------------------------------------------------------------------ operations */

static void change(doing *d, const operation *op)
{
    ty_http *http = d->http;
    ty_review_op how;
    ty_review_result result;
    const ty_review_row *row = ty_rows_find(&d->rows, d->bead);
    if (row)
        ty_review_op_read(http, row, op->action, &how);
    if (!may_change(d, row ? &how : &(ty_review_op){.action = op->action}))
        return;
    if (how.action == TY_REVIEW_EDIT && !ty_review_op_has_texts(&how)) {
        refuse(d, 422, N_("A sentence cannot be empty; leave the pair out instead."));
        return;
    }
    const ty_review_row *other = beside(d, row, &how);
    if (other && how.action != TY_REVIEW_LINK) { /* which names it itself */
        how.beads = &other->bead;
        how.bead_count = 1;
    }
    d->said = op->said;
    how.version = step_seen(d);
    ty_status status = ty_memory_review(http->memory, d->rows.origin, &how, &result, &http->error);
    d->current = result.current;
    if (status == TY_OK) /* else the editor is open still */
        ty_watch_unlock(http->server->watch, d->bead, http->who.name);
    if (status == TY_OK)
        answer(d);
    else
        refuse_review(d, status, &result);
}

static void confirm_above(doing *d)
{
    ty_http *http = d->http;
    int64_t percent = ty_params_integer(&http->form, "least", 1, 100, 95);
    double least = (double)percent / 100;
    size_t left = 0;
    int64_t *beads = ty_arena_array(&http->arena, d->rows.count, sizeof *beads);
    ty_review_op how = {.action = TY_REVIEW_CONFIRM,
                        .beads = beads,
                        .who = ty_http_who(http),
                        .version = (uint64_t)d->rows.step};
    ty_review_result result = {0};
    for (size_t i = 0; beads && i < d->rows.count; i++)
        if (ty_row_bulk(http, &d->rows, i, least) == TY_BULK_TAKEN) {
            bool seen = may_touch(d, &d->rows.items[i]); /* else its text is not the one that is confirmed */
            left += !seen;
            if (seen)
                beads[how.bead_count++] = d->rows.items[i].bead;
        }
    if (left && !how.bead_count) {
        refuse(d, 409, N_("Somebody changed this pair meanwhile; here it is as it is now."));
        return;
    }
    ty_status status =
        how.bead_count ? ty_memory_review(http->memory, d->rows.origin, &how, &result, &http->error) : TY_OK;
    d->current = d->bead;
    d->said = N_("confirmed in bulk");
    if (status == TY_OK)
        answer(d);
    else
        refuse_review(d, status, &result);
}

/* What is confirmed or locked stays as it is; all else is as the page showed it, or one's own doing. */
static bool may_realign(const doing *d)
{
    bool may = true;
    for (size_t i = 0; i < d->rows.count; i++) {
        const ty_review_row *row = &d->rows.items[i];
        may = may && (row->state == TY_BEAD_OK || row->locked || may_touch(d, row));
    }
    return may;
}

/* In its transaction: what another process did since the rows were read. */
static ty_status is_as_read(void *payload, ty_error *error)
{
    doing *d = payload;
    ty_review_rows now = {0};
    ty_status status = ty_release_rows(d->http, d->http->arguments[0], &now);
    bool same = status == TY_OK && now.count == d->rows.count;
    for (size_t i = 0; same && i < now.count; i++)
        same = now.items[i].altered <= d->rows.version;
    d->stale = status == TY_OK && !same;
    return d->stale ? ty_error_set(error, TY_ERR_BUSY, "this was changed meanwhile") : status;
}

static const char *say_realigned(ty_http *http, uint64_t changed)
{
    ty_buffer said = {0};
    if (!changed)
        return N_("realigned: nothing changed");
    ty_buffer_add_format(&said, ty_label(http->taste.ui, N_("realigned: changed and to be looked at: %d")),
                         (int)changed);
    char *kept = ty_http_copy(http, ty_buffer_slice(&said));
    ty_buffer_release(&said);
    return kept;
}

/* Few changes by hand are kept where they are; many would leave nothing to align. */
static void realign(doing *d)
{
    ty_http *http = d->http;
    uint64_t changed = 0;
    size_t by_hand = 0;
    for (size_t i = 0; i < d->rows.count; i++)
        by_hand += d->rows.items[i].state == TY_BEAD_HAND;
    ty_status status = TY_OK;
    d->stale = !may_realign(d);
    ty_memory_set_premise(http->memory, is_as_read, d);
    if (!d->stale)
        status = ty_memory_realign(http->memory, d->rows.origin, by_hand < 20, ty_http_who(http), &changed,
                                   &http->error);
    d->current = d->bead;
    d->said = say_realigned(http, changed);
    if (d->stale)
        refuse(d, 409,
               N_("Somebody changed pairs of this release meanwhile; here they are as they are now."));
    else if (status == TY_OK || status == TY_NO)
        answer(d);
    else
        refuse_failure(d, status);
}

static void take_back(doing *d, bool redo)
{
    ty_http *http = d->http;
    ty_step step, later;
    ty_review_rows before = {0};
    if (d->since && ty_release_rows(http, http->arguments[0], &before) == TY_OK)
        d->rows = before; /* for what others did; the past says what is taken back */
    ty_undo which = {
        .who = ty_http_undoes(http), .origin = ty_release_number(http->arguments[0]), .redo = redo};
    ty_status status = ty_memory_undo(http->memory, &which, &step, &later, &http->error);
    d->current = d->bead;
    d->said = redo ? N_("done again") : N_("taken back");
    if (status == TY_OK)
        answer(d);
    else if (status == TY_NO)
        refuse(d, 409,
               redo ? N_("There is nothing to do again.")
                    : N_("There is nothing of yours to take back here."));
    else if (later.id)
        refuse(d, 409, ty_http_copy(http, ty_slice_of(http->error.message))); /* names both */
    else
        refuse_failure(d, status);
}

static void lock(doing *d, bool on)
{
    ty_watch *watch = d->http->server->watch;
    const char *who = d->http->who.name;
    bool there = ty_rows_find(&d->rows, d->bead) != NULL, good = there;
    if (on && there)
        good = ty_watch_lock(watch, d->bead, who);
    else
        ty_watch_unlock(watch, d->bead, who);
    if (there && !good && !ty_watch_is_locked(watch, d->bead, who)) {
        refuse(d, 503, N_("Too much to do at once; please try again."));
        return;
    }
    if (!good) {
        refuse(d, 409, N_("Somebody is editing this pair."));
        return;
    }
    d->http->type = "application/json";
    ty_json_begin(&d->http->reply);
    ty_json_bool(&d->http->reply, "done", true);
    ty_json_end(&d->http->reply);
}

static void answer_change(ty_http *http)
{
    doing d = {.http = http,
               .version = (uint64_t)ty_params_integer(&http->form, "version", 0, INT64_MAX, 0),
               .bead = ty_params_integer(&http->form, "bead", 1, INT64_MAX, 0)};
    ty_slice op = ty_http_param(http, "op");
    const operation *found = find(op);
    bool redo = ty_slice_equal(op, TY_SLICE("redo"));
    d.since = ty_release_version_of(
        http, (uint64_t)ty_params_integer(&http->form, "seen", 0, INT64_MAX, (int64_t)d.version));
    if (redo || ty_slice_equal(op, TY_SLICE("undo"))) {
        take_back(&d, redo);
        return;
    }
    d.version = ty_release_version_of(http, d.version);
    ty_status status = ty_release_rows(http, http->arguments[0], &d.rows);
    if (status != TY_OK)
        ty_reply_failure(http, status);
    else if (found)
        change(&d, found);
    else if (ty_slice_equal(op, TY_SLICE("confirm_above")))
        confirm_above(&d);
    else if (ty_slice_equal(op, TY_SLICE("realign")))
        realign(&d);
    else if (ty_slice_equal(op, TY_SLICE("lock")) || ty_slice_equal(op, TY_SLICE("unlock")))
        lock(&d, ty_slice_equal(op, TY_SLICE("lock")));
    else
        ty_reply_error(http, 400, "The form cannot be read.");
}

/* The release is as the key before left it, nearly always: it is not read again. */
void ty_answer_release_do(ty_http *http)
{
    http->review = http->server->review;
    http->server->review = NULL;
    answer_change(http);
    http->server->review = http->review;
    http->review = NULL;
}
