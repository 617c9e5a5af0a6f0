/* SPDX-License-Identifier: Apache-2.0 */
/* What is done to concepts: each one POST, one step. */
#include <stdlib.h>

#include "server/concepts.h"
#include "server/pages.h"

enum { TERMS = 200 };

typedef struct form {
    ty_http *http;
    ty_concept_info old, new, apart; /* as it is, as it is to be, and what is set apart */
    ty_concept_info other;           /* to be joined with it; id 0: none */
    bool stale;                      /* one of them is not as the form showed it */
    ty_term_info *terms, *others;
    bool parts; /* those marked are set apart */
} form;

static ty_slice field(ty_http *http, const char *name, size_t row)
{
    char full[32];
    snprintf(full, sizeof full, "%s%zu", name, row);
    ty_slice value = ty_slice_trim(ty_params_get(&http->form, full));
    return value.data ? value : (ty_slice){"", 0};
}

static ty_term_status status_of(ty_slice name)
{
    static const char *const names[] = {"", "approved", "provisional", "non-standard", "forbidden"};
    for (int i = 1; i < 5; i++)
        if (ty_slice_equal(name, ty_slice_of(names[i])))
            return (ty_term_status)i;
    return TY_TERM_UNKNOWN;
}

/* The term as it was: by its word, since rows move where somebody else put one in, else by its row. */
static ty_term_info old_term(const form *f, size_t row, ty_slice lang, ty_slice text)
{
    const ty_concept_info *old = &f->old;
    for (size_t i = 0; i < old->term_count; i++) {
        const ty_term_info *t = &old->terms[(row + i) % old->term_count]; /* its own row first */
        if (ty_slice_equal(t->lang, lang) && ty_slice_equal(t->text, text))
            return *t;
    }
    return row < old->term_count ? old->terms[row] : (ty_term_info){0};
}

static bool is_apart(ty_http *http, size_t row)
{
    ty_slice part = field(http, "part", row);
    return part.size && !ty_slice_equal(part, TY_SLICE("0"));
}

/* The rows of the form; a term that was there keeps what the form does not show. */
static void read_terms(form *f)
{
    ty_http *http = f->http;
    for (size_t row = 0; row < f->old.term_count + TERMS; row++) {
        ty_slice lang = field(http, "lang", row), text = field(http, "text", row);
        ty_term_info term = old_term(f, row, lang, text);
        term.text = text;
        term.lang = lang;
        term.status = status_of(field(http, "status", row));
        term.organisation = field(http, "org", row);
        term.note = field(http, "note", row);
        if (!term.text.size)
            continue;
        if (f->parts && is_apart(http, row))
            f->others[f->apart.term_count++] = term;
        else
            f->terms[f->new.term_count++] = term;
    }
}

static ty_slice fact(ty_http *http, const char *name, ty_slice otherwise)
{
    ty_slice value = ty_params_get(&http->form, name);
    return value.data ? ty_slice_trim(value) : otherwise;
}

static bool read_form(form *f)
{
    ty_http *http = f->http;
    size_t most = f->old.term_count + TERMS;
    f->terms = ty_arena_array(&http->arena, most, sizeof *f->terms);
    f->others = ty_arena_array(&http->arena, most, sizeof *f->others);
    if (!f->terms || !f->others)
        return false;
    f->new = f->old;
    f->new.terms = f->terms;
    f->new.term_count = 0;
    f->new.subject = fact(http, "subject", f->old.subject);
    f->new.definition = fact(http, "definition", f->old.definition);
    f->new.note = fact(http, "note", f->old.note);
    f->new.source = fact(http, "source", f->old.source);
    f->apart = (ty_concept_info){.subject = f->new.subject, .terms = f->others};
    read_terms(f);
    return true;
}

static ty_status change(ty_http *http, const ty_concept_change *changes, size_t count, const char *what)
{
    return ty_memory_change_concepts(http->memory, changes, count, what, ty_http_who(http), &http->error);
}

/* ------------------------------------------------------------------------------------------ operations */

static ty_status save(form *f)
{
    ty_concept_change one = {f->old.id, &f->new};
    return change(f->http, &one, 1, "edit term");
}

static ty_status split(form *f)
{
    ty_concept_change two[] = {{f->old.id, &f->new}, {0, &f->apart}};
    if (!f->apart.term_count || !f->new.term_count)
        return ty_error_set(&f->http->error, TY_ERR_USAGE, "both concepts need a term");
    return change(f->http, two, 2, "split terms");
}

/* The one whose page it is keeps its name and takes over what the other has beside; the other is out of use.
 */
static ty_status merge(form *f)
{
    if (!f->other.id)
        return TY_NO;
    return ty_memory_concepts_merge(f->http->memory, (const int64_t[]){f->old.id, f->other.id}, 2,
                                    ty_http_who(f->http), &f->http->error);
}

static ty_status take_out(form *f)
{
    return ty_memory_concepts_remove(f->http->memory, &f->old.id, 1, ty_http_who(f->http), &f->http->error);
}

/* ------------------------------------------------------------------------------------------ the answers */

static bool is_fresh(const form *f, const char *field, const ty_concept_info *concept)
{
    int64_t seen = ty_params_integer(&f->http->form, field, 0, INT64_MAX, -1);
    return seen < 0 || (uint64_t)seen == ty_concept_seen(concept);
}

static ty_status look(form *f)
{
    ty_http *http = f->http;
    ty_slice with = ty_http_param(http, "with");
    ty_status status = ty_concept_find(http, http->arguments[0], &f->old);
    if (status == TY_OK && with.size)
        status = ty_concept_find(http, with, &f->other);
    f->stale = status == TY_OK &&
               (!is_fresh(f, "seen", &f->old) || (with.size && !is_fresh(f, "seen-with", &f->other)));
    return status == TY_OK && f->stale ? TY_ERR_BUSY : status;
}

static uint64_t seen_of(const form *f)
{
    return ty_concept_seen(&f->old) ^ (f->other.id ? ty_concept_seen(&f->other) : 0);
}

/* In the transaction of the change: both are still what was read of them, which is what the form showed. */
static ty_status still(void *payload, ty_error *error)
{
    form *f = payload;
    uint64_t before = seen_of(f);
    ty_status status = look(f);
    if (status == TY_OK)
        f->stale = before != seen_of(f);
    return f->stale ? ty_error_set(error, TY_ERR_BUSY, "this was changed meanwhile") : status;
}

/* 409: what stands there now, and the form as it was filled in. */
static void refuse(form *f)
{
    ty_http *http = f->http;
    f->parts = false;
    if (ty_http_wants_data(http) || !f->old.term_count || !read_form(f)) {
        ty_reply_error(http, 409, N_("Somebody changed this concept meanwhile; here it is as it is now."));
        return;
    }
    ty_buffer_clear(&http->reply);
    http->status = 409;
    ty_concept_put_page(http, &f->old, f->new.term_count ? &f->new : &f->old);
}

void ty_answer_concept_change(ty_http *http)
{
    ty_slice op = ty_http_param(http, "op");
    form f = {.http = http, .parts = ty_slice_equal(op, TY_SLICE("split"))};
    ty_status status = look(&f);
    if (status == TY_OK && (f.old.went_to.size || f.other.went_to.size)) {
        ty_reply_error(http, 409, N_("This concept is out of use."));
        return;
    }
    if (status == TY_OK && !read_form(&f))
        status = ty_error_nomem(&http->error);
    ty_memory_set_premise(http->memory, still, &f);
    if (status == TY_OK)
        status = ty_slice_equal(op, TY_SLICE("save"))     ? save(&f)
                 : ty_slice_equal(op, TY_SLICE("split"))  ? split(&f)
                 : ty_slice_equal(op, TY_SLICE("merge"))  ? merge(&f)
                 : ty_slice_equal(op, TY_SLICE("remove")) ? take_out(&f)
                                                          : TY_ERR_USAGE;
    if (status == TY_OK)
        ty_reply_done(http, ty_concept_address(http, f.old.id));
    else if (f.stale)
        refuse(&f);
    else
        ty_reply_failure(http, status);
}

/* A new one, from the page of all terms. */
void ty_answer_terms_change(ty_http *http)
{
    const char *langs[2] = {ty_http_string(http, "s"), ty_http_string(http, "t")};
    ty_slice source = ty_slice_trim(ty_http_param(http, "source"));
    ty_term_info terms[] = {
        {.lang = ty_slice_of(langs[0] ? langs[0] : "en"), .text = source, .status = TY_TERM_APPROVED},
        {.lang = ty_slice_of(langs[1] ? langs[1] : "ja"),
         .text = ty_slice_trim(ty_http_param(http, "target")),
         .status = TY_TERM_APPROVED}};
    ty_concept_info concept = {.terms = terms, .term_count = 2};
    ty_concept_change one = {0, &concept};
    int64_t known = ty_concept_of_pair(http, terms, NULL);
    if (known) { /* nothing is to be done: she sees what is there */
        ty_reply_done(http, ty_concept_address(http, known));
        return;
    }
    ty_status status = change(http, &one, 1, "add term");
    ty_buffer address = {0};
    ty_buffer_add_string(&address, "/terms?q=");
    ty_percent_encode(&address, source);
    if (status == TY_OK)
        ty_reply_done(http, ty_http_copy(http, ty_buffer_slice(&address)));
    else
        ty_reply_failure(http, status);
    ty_buffer_release(&address);
}
