/* SPDX-License-Identifier: Apache-2.0 */
/* What was uploaded and looked at is taken in. */
#include "server/import.h"

#include "server/pages.h"
#include "server/releases.h"

enum { NOTICES = 20, DIFFERENCES = 200 };

/* ------------------------------------------------------------------------------------------ notices */

void ty_import_hear(void *payload, const ty_notice *notice)
{
    ty_import_notices *n = payload;
    if (n->count++ < NOTICES)
        ty_buffer_add_format(&n->text, "%s\n", notice->message);
}

void ty_import_hear_difference(void *payload, const ty_notice *notice)
{
    ty_import_notices *n = payload;
    if (n->difference_count++ < DIFFERENCES)
        ty_buffer_add_format(&n->differences, "%s: %s\n", notice->file, notice->message);
}

/* What one text has alone, or elsewhere: folded up, since a release may have much of it. */
static void put_differences(ty_http *http, ty_import_notices *heard)
{
    ty_slice rest = ty_buffer_slice(&heard->differences), line;
    if (heard->difference_count)
        ty_html(&http->page, "<details><summary>{What one text has alone, or elsewhere: $d}</summary><ul>",
                (int64_t)heard->difference_count);
    while (rest.size && ty_slice_next(&rest, '\n', &line))
        if (line.size)
            ty_html(&http->page, "<li lang=\"en\">$t</li>", line);
    if (heard->difference_count)
        ty_html(&http->page, "</ul></details>\n");
    ty_buffer_release(&heard->differences);
    heard->difference_count = 0;
}

void ty_import_put_notices(ty_http *http, ty_import_notices *heard, const ty_error *error)
{
    ty_slice rest = ty_buffer_slice(&heard->text), line;
    if (error->message[0])
        ty_html(&http->page, "<p class=\"notice bad\" lang=\"en\">$s</p>", ty_reply_words(error));
    while (rest.size && ty_slice_next(&rest, '\n', &line))
        if (line.size)
            ty_html(&http->page, "<p class=\"notice\" lang=\"en\">$t</p>", line);
    ty_buffer_release(&heard->text);
}

/* ------------------------------------------------------------------------------------------ what is asked */

void ty_import_begin_form(ty_http *http, const ty_staged *staged)
{
    ty_html(&http->page,
            "<form method=\"post\" action=\"/import/$s\"><input type=\"hidden\" name=\"key\" value=\"$s\">\n",
            staged->id, http->who.form_key);
}

static const char *fact(ty_http *http, const char *name, size_t number)
{
    char field[48];
    snprintf(field, sizeof field, "%s%zu", name, number);
    return ty_http_string(http, field);
}

static void put_fact(ty_http *http, const char *label, const char *name, size_t number, const char *kind)
{
    const char *typed = fact(http, name, number);
    ty_html(&http->page, "<label>$s <input name=\"$s$d\" $r value=\"$s\"></label>",
            ty_label(http->taste.ui, label), name, (int64_t)number, kind, typed ? typed : "");
}

void ty_import_put_facts(ty_http *http, size_t number)
{
    ty_html(&http->page, "<div class=\"row facts\">");
    put_fact(http, N_("Title"), "title", number, "size=\"30\"");
    put_fact(http, N_("Date"), "date", number, "type=\"date\"");
    put_fact(http, N_("Source"), "url", number, "type=\"url\" size=\"24\"");
    put_fact(http, N_("Agency"), "agency", number, "size=\"14\"");
    ty_html(&http->page, "</div>");
}

void ty_import_put_take(ty_http *http, size_t number, const char *label, bool chosen)
{
    ty_html(&http->page, "<p><label><input type=\"checkbox\" name=\"take$d\" value=\"1\"$r> $s</label></p>",
            (int64_t)number, chosen ? " checked" : "", ty_label(http->taste.ui, label));
}

/* ------------------------------------------------------------------------------------------ taking */

static bool is_taken(ty_http *http, size_t number)
{
    const char *take = fact(http, "take", number);
    return take && strcmp(take, "0") != 0;
}

static ty_status take_release(ty_http *http, ty_memory *memory, const ty_source *first,
                              const ty_source *second, size_t number, ty_counts *counts)
{
    ty_bitext_settings bitext = {.force = true};
    ty_release release = {.source = first,
                          .target = second,
                          .title = fact(http, "title", number),
                          .date = fact(http, "date", number),
                          .url = fact(http, "url", number),
                          .agency = fact(http, "agency", number),
                          .bitext = &bitext};
    return ty_memory_import_release(memory, &release, counts, &http->error);
}

static ty_status take_group(ty_http *http, ty_memory *memory, const ty_staged *staged,
                            const ty_staged_group *g, size_t number, ty_counts *counts)
{
    ty_staged_view one = {0}, two = {0};
    ty_import_settings how = {0};
    ty_status status = TY_OK;
    if (!ty_staged_open(&staged->files.items[g->first], &one) ||
        (g->second >= 0 && !ty_staged_open(&staged->files.items[g->second], &two)))
        status = ty_error_errno(&http->error, "a file cannot be read");
    else if (g->document)
        status = take_release(http, memory, &one.source, g->second >= 0 ? &two.source : NULL, number, counts);
    else
        status = ty_memory_import_file(memory, &one.source, &how, counts, &http->error);
    ty_staged_close(&one);
    ty_staged_close(&two);
    return status;
}

/* What became of one file, or of two that are one release. */
static void put_counts(ty_http *http, const char *name, const ty_counts *counts, ty_import_notices *heard)
{
    const ty_page *page = &http->page;
    ty_html(page, "<section class=\"card\"><h2 class=\"file\">$s</h2>", name);
    if (counts->langs[0][0])
        ty_html(page, "<p class=\"num\">{$d pairs, $d sentences without partner, $d doubtful}</p>\n",
                (int64_t)counts->pairs, (int64_t)counts->without_partner, (int64_t)counts->doubtful);
    ty_html(page, "<p class=\"num\">{$d read: $d new, $d updated, $d unchanged, $d rejected}</p>",
            (int64_t)counts->read, (int64_t)counts->created, (int64_t)counts->updated,
            (int64_t)counts->unchanged, (int64_t)counts->rejected);
    put_differences(http, heard);
    ty_html(page, "</section>\n");
}

/* It is asked for once more, as it was filled in. */
static void put_failed(ty_http *http, const ty_staged *staged, size_t number, const ty_error *error)
{
    const ty_staged_group *group = &staged->groups.items[number];
    ty_html(&http->page, "<section class=\"card\"><h2 class=\"file\">$s</h2>",
            staged->files.items[group->first].name);
    ty_html(&http->page, "<p class=\"notice bad\" lang=\"en\">$s</p>", ty_reply_words(error));
    if (group->document)
        ty_import_put_facts(http, number);
    ty_import_put_take(http, number, group->document ? N_("take this release") : N_("take this file"), true);
    ty_html(&http->page, "</section>\n");
}

/* Each by itself: what one cannot do, the others do all the same. */
static size_t take_groups(ty_http *http, ty_memory *memory, const ty_staged *staged, ty_import_notices *heard,
                          ty_error *errors)
{
    size_t failed = 0;
    for (size_t i = 0; i < staged->groups.count; i++) {
        const ty_staged_group *group = &staged->groups.items[i];
        ty_counts counts = {0};
        if (!is_taken(http, i))
            continue;
        if (take_group(http, memory, staged, group, i, &counts) == TY_OK)
            put_counts(http, staged->files.items[group->first].name, &counts, heard);
        else
            failed++;
        errors[i] = http->error;
        http->error = (ty_error){0};
    }
    return failed;
}

/* What failed, in a form of its own; the answer's status is that of the first. */
static void put_all_failed(ty_http *http, const ty_staged *staged, const ty_error *errors)
{
    ty_import_begin_form(http, staged);
    for (size_t i = 0; i < staged->groups.count; i++) {
        if (errors[i].status == TY_OK)
            continue;
        put_failed(http, staged, i, &errors[i]);
        if (http->error.status == TY_OK)
            http->error = errors[i];
    }
    ty_html(&http->page, "<p><button class=\"pri\">{Take them in}</button></p></form>\n");
}

/* A memory of its own, since notices of an import go to who opened it. */
static void take(ty_http *http, const ty_staged *staged)
{
    ty_import_notices heard = {0};
    ty_memory *memory = NULL;
    ty_listener listener = {
        .payload = &heard, .notice = ty_import_hear, .difference = ty_import_hear_difference};
    ty_error *errors = ty_arena_array(&http->arena, staged->groups.count, sizeof *errors);
    ty_status status =
        errors ? ty_memory_open(http->server->set.memory, TY_MEMORY_WRITE, &listener, &memory, &http->error)
               : ty_error_nomem(&http->error);
    if (status == TY_OK)
        status = ty_http_sign(http, memory, &http->error);
    ty_page_begin(http, ty_slice_of(ty_label(http->taste.ui, "Import")), "desk-import");
    ty_html(&http->page, "<h1>{Import}: {what came in}</h1>\n");
    if (status == TY_OK && take_groups(http, memory, staged, &heard, errors))
        put_all_failed(http, staged, errors);
    ty_import_put_notices(http, &heard, status == TY_OK ? &(ty_error){0} : &http->error);
    ty_html(&http->page, "<p><a class=\"btn pri\" href=\"/release\">{Review}</a> <a class=\"btn\" "
                         "href=\"/import\">{Import more}</a></p>\n");
    ty_page_end(http);
    if (http->error.status != TY_OK)
        http->status = ty_reply_code(&http->error, http->error.status);
    ty_memory_close(memory);
}

static bool takes_any(ty_http *http, const ty_staged *staged)
{
    bool any = false;
    for (size_t i = 0; i < staged->groups.count; i++)
        any = any || is_taken(http, i);
    return any;
}

/* What was not taken stays here. */
void ty_answer_import_take(ty_http *http)
{
    ty_staged *staged = ty_staging_take(http->server->staging, http->arguments[0]);
    if (!staged) {
        ty_reply_error(http, 404, "These files are no longer here; please choose them anew.");
        return;
    }
    bool any = takes_any(http, staged);
    if (any) {
        take(http, staged);
    } else {
        http->status = 422;
        ty_import_preview(http, staged, N_("Nothing is ticked, so nothing was taken in."));
    }
    ty_staging_return(http->server->staging, staged, any && http->error.status == TY_OK);
}
