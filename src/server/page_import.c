/* SPDX-License-Identifier: Apache-2.0 */
/* Import by browser: files are dropped, what they are taken for is shown, and then they are taken. */
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "server/pages.h"
#include "server/pairing.h"
#include "server/releases.h"
#include "server/staging.h"

enum { DOCUMENT_LIMIT = 20 << 20, SHOWN_LINES = 3, NOTICES = 20 };

/* A file's bytes, mapped. */
typedef struct view {
    ty_source source;
    void *data;
    size_t size;
} view;

static bool open_view(const ty_staged_file *file, view *out)
{
    *out = (view){.source = {.path = file->name, .bytes = {"", 0}}};
    if (file->size == 0)
        return true;
    out->data = mmap(NULL, file->size, PROT_READ, MAP_PRIVATE, file->file, 0);
    if (out->data == MAP_FAILED)
        return false;
    out->size = file->size;
    out->source.bytes = (ty_slice){out->data, out->size};
    return true;
}

static void close_view(view *v)
{
    if (v->size)
        munmap(v->data, v->size);
}

/* ------------------------------------------------------------------------------------------ what goes
 * together */

/* A release to be, or an exchange file (second -1). */
typedef struct group {
    int first, second;
    bool document;
} group;

typedef TY_VECTOR(group) groups;

static bool is_document(const ty_staged_file *file)
{
    view v;
    bool yes = false;
    if (!open_view(file, &v))
        return false;
    ty_source_is_document(&v.source, &yes, NULL);
    close_view(&v);
    return yes;
}

static bool same_key(const ty_staged_file *a, const ty_staged_file *b)
{
    ty_buffer one = {0}, two = {0};
    ty_pairing_key(ty_slice_of(a->name), &one);
    ty_pairing_key(ty_slice_of(b->name), &two);
    bool same = ty_slice_equal(ty_buffer_slice(&one), ty_buffer_slice(&two));
    ty_buffer_release(&one);
    ty_buffer_release(&two);
    return same;
}

/* The document that an open group waits for: by name, or, of two alone, simply the other. */
static group *waiting(const ty_staged *staged, groups *all, int number)
{
    for (size_t i = 0; i < all->count; i++) {
        group *g = &all->items[i];
        bool alone = staged->files.count == 2;
        if (g->document && g->second < 0 &&
            (alone || same_key(&staged->files.items[g->first], &staged->files.items[number])))
            return g;
    }
    return NULL;
}

static bool make_groups(const ty_staged *staged, groups *out)
{
    for (int i = 0; i < (int)staged->files.count; i++) {
        group new = {i, -1, is_document(&staged->files.items[i])};
        group *open = new.document ? waiting(staged, out, i) : NULL;
        if (open)
            open->second = i;
        else if (!ty_vector_push(out, new))
            return false;
    }
    return true;
}

/* ------------------------------------------------------------------------------------------ form */

static void put_form(ty_http *http)
{
    ty_html(
        &http->page,
        "<form class=\"drop\" id=\"drop\" method=\"post\" action=\"/import\" enctype=\"multipart/form-data\">"
        "<input type=\"hidden\" name=\"key\" value=\"$s\"><b>{Drop two files or a folder here}</b>"
        "<p class=\"small mute\">{Languages, and which file belongs to which, are told from texts and names. "
        "Nothing is taken in "
        "before you have seen what it is taken for.}</p><p><label>{Choose files…} <input type=\"file\" "
        "name=\"files\" multiple "
        "required></label> <label id=\"folder\" hidden>{Choose a folder…} <input type=\"file\" "
        "name=\"files\" webkitdirectory disabled></label></p><p><button class=\"pri\">{Look at "
        "them}</button></p></form>\n",
        http->who.form_key);
}

void ty_show_drop(ty_http *http)
{
    if (http->who.role >= TY_ROLE_EDIT)
        put_form(http);
}

void ty_answer_import(ty_http *http)
{
    ty_page_begin(http, ty_slice_of(ty_label(http->taste.ui, "Import")), "desk-import");
    ty_html(&http->page, "<h1>{Import}</h1>\n");
    put_form(http);
    ty_page_end(http);
}

/* ------------------------------------------------------------------------------------------ notices */

typedef struct notices {
    ty_buffer text;
    size_t count;
} notices;

static void hear(void *payload, const ty_notice *notice)
{
    notices *n = payload;
    if (n->count++ < NOTICES)
        ty_buffer_add_format(&n->text, "%s\n", notice->message);
}

static void put_notices(ty_http *http, notices *heard, const ty_error *error)
{
    ty_slice rest = ty_buffer_slice(&heard->text), line;
    if (error->message[0])
        ty_html(&http->page, "<p class=\"notice bad\" lang=\"en\">$s</p>", error->message);
    while (rest.size && ty_slice_next(&rest, '\n', &line))
        if (line.size)
            ty_html(&http->page, "<p class=\"notice\" lang=\"en\">$t</p>", line);
    ty_buffer_release(&heard->text);
}

/* ------------------------------------------------------------------------------------------ preview */

static void put_side(ty_http *http, const ty_text *text, const char *name)
{
    const ty_page *page = &http->page;
    ty_html(page, "<td><b>$s</b><br><span class=\"small mute\">$t · {$d sentences}</span>", name,
            ty_text_lang(text), (int64_t)ty_text_count(text));
    for (size_t i = 0; i < ty_text_count(text) && i < SHOWN_LINES; i++) {
        ty_html(page, "<p class=\"small\"");
        ty_html_lang(page, ty_text_lang(text));
        ty_html(page, ">$t</p>", ty_text_line(text, i));
    }
    ty_html(page, "</td>");
}

static int64_t count_doubtful(ty_bitext *bitext, double below)
{
    int64_t count = 0;
    for (size_t i = 0; i < ty_bitext_count(bitext); i++) {
        ty_bead bead = ty_bitext_bead(bitext, i);
        count += ty_bead_is_doubtful(&bead, ty_bitext_bead_source(bitext, i),
                                     ty_bitext_bead_target(bitext, i), below);
    }
    return count;
}

static void put_facts(ty_http *http, size_t number)
{
    ty_html(&http->page,
            "<div class=\"row facts\"><label>{Title} <input name=\"title$d\" "
            "size=\"30\"></label><label>{Date} <input "
            "name=\"date$d\" type=\"date\"></label><label>{Source} <input name=\"url$d\" type=\"url\" "
            "size=\"24\"></label></div>",
            (int64_t)number, (int64_t)number, (int64_t)number);
}

static void put_take(ty_http *http, size_t number, const char *label, bool chosen)
{
    ty_html(&http->page, "<p><label><input type=\"checkbox\" name=\"take$d\" value=\"1\"$r> $s</label></p>",
            (int64_t)number, chosen ? " checked" : "", ty_label(http->taste.ui, label));
}

/* What seems to be no translation is a question, with both beginnings side by side. */
static void preview_pair(ty_http *http, const ty_staged *staged, const group *g, size_t number)
{
    view one, two;
    notices heard = {0};
    ty_error error = {0};
    ty_bitext *bitext = NULL;
    const ty_staged_file *first = &staged->files.items[g->first], *second = &staged->files.items[g->second];
    if (!open_view(first, &one))
        return;
    if (!open_view(second, &two)) {
        close_view(&one);
        return;
    }
    ty_listener listener = {.payload = &heard, .notice = hear};
    ty_bitext_settings how = {.memory = http->memory};
    ty_status status = ty_bitext_open(&one.source, &two.source, &how, &listener, &bitext, &error);
    bool doubted = status == TY_NO;
    if (doubted) {
        how.force = true;
        status = ty_bitext_open(&one.source, &two.source, &how, NULL, &bitext, NULL);
    }
    ty_html(&http->page, "<section class=\"card\">");
    if (status == TY_OK) {
        ty_html(&http->page,
                "<p class=\"num\">{$d pairs, $d doubtful; translations of each other: $d %}</p><table><tr>",
                (int64_t)ty_bitext_count(bitext), count_doubtful(bitext, http->taste.doubtful),
                (int64_t)(ty_bitext_confidence(bitext) * 100));
        put_side(http, ty_bitext_source(bitext), first->name);
        put_side(http, ty_bitext_target(bitext), second->name);
        ty_html(&http->page, "</tr></table>");
        put_facts(http, number);
        put_take(http, number, doubted ? N_("take them all the same") : N_("take this release"), !doubted);
    } else {
        ty_html(&http->page, "<p><b>$s</b> · <b>$s</b></p>", first->name, second->name);
    }
    put_notices(http, &heard, &error);
    ty_html(&http->page, "</section>\n");
    ty_bitext_close(bitext);
    close_view(&one);
    close_view(&two);
}

static void preview_file(ty_http *http, const ty_staged *staged, const group *g, size_t number)
{
    view v;
    ty_counts counts = {0};
    ty_error error = {0};
    notices none = {0};
    const ty_staged_file *file = &staged->files.items[g->first];
    ty_import_settings how = {.dry_run = true};
    if (!open_view(file, &v))
        return;
    ty_html(&http->page, "<section class=\"card\"><h2>$s</h2>", file->name);
    if (g->document) {
        ty_html(&http->page, "<p>{A document without its translation: it is left out.}</p>");
    } else if (ty_memory_import_file(http->memory, &v.source, &how, &counts, &error) == TY_OK) {
        ty_html(&http->page, "<p class=\"num\">{$d read: $d new, $d updated, $d unchanged, $d rejected}</p>",
                (int64_t)counts.read, (int64_t)counts.created, (int64_t)counts.updated,
                (int64_t)counts.unchanged, (int64_t)counts.rejected);
        put_take(http, number, N_("take this file"), true);
    }
    put_notices(http, &none, &error);
    ty_html(&http->page, "</section>\n");
    close_view(&v);
}

static void preview(ty_http *http, const ty_staged *staged)
{
    groups all = {0};
    ty_page_begin(http, ty_slice_of(ty_label(http->taste.ui, "Import")), "desk-import");
    ty_html(&http->page,
            "<h1>{Import}: {what it is taken for}</h1>\n<form method=\"post\" action=\"/import/$s\">"
            "<input type=\"hidden\" name=\"key\" value=\"$s\">\n",
            staged->id, http->who.form_key);
    if (!make_groups(staged, &all))
        ty_error_nomem(&http->error);
    for (size_t i = 0; i < all.count; i++)
        if (all.items[i].second >= 0)
            preview_pair(http, staged, &all.items[i], i);
        else
            preview_file(http, staged, &all.items[i], i);
    ty_html(&http->page, "<p><button class=\"pri\">{Take them in}</button> <a class=\"btn\" "
                         "href=\"/import\">{Cancel}</a></p></form>\n");
    ty_vector_release(&all);
    ty_page_end(http);
}

static bool too_large(ty_http *http)
{
    for (size_t i = 0; i < http->uploads.count; i++)
        if (http->uploads.items[i].size > DOCUMENT_LIMIT) {
            view v = {0};
            char unnamed[1] = "";
            ty_staged_file file = {unnamed, http->uploads.items[i].file, http->uploads.items[i].size};
            bool document = false;
            if (open_view(&file, &v))
                ty_source_is_document(&v.source, &document, NULL);
            close_view(&v);
            if (document)
                return true;
        }
    return false;
}

void ty_answer_upload(ty_http *http)
{
    ty_staged *staged = NULL;
    if (!http->uploads.count)
        ty_reply_error(http, 400, "There is no file in it.");
    else if (too_large(http))
        ty_reply_error(http, 413, "That is more than is taken here.");
    else if (!(staged = ty_staging_add(http->server->staging, http)))
        ty_reply_error(http, 503, "Too much to do at once; please try again.");
    else
        preview(http, staged);
    ty_staging_return(http->server->staging, staged, false);
}

/* ------------------------------------------------------------------------------------------ taking */

static const char *fact(ty_http *http, const char *name, size_t number)
{
    char field[48];
    snprintf(field, sizeof field, "%s%zu", name, number);
    return ty_http_string(http, field);
}

static ty_status take_group(ty_http *http, ty_memory *memory, const ty_staged *staged, const group *g,
                            size_t number, ty_counts *counts)
{
    view one = {0}, two = {0};
    ty_status status = TY_ERR_IO;
    if (open_view(&staged->files.items[g->first], &one) && g->second < 0) {
        ty_import_settings how = {0};
        status = ty_memory_import_file(memory, &one.source, &how, counts, &http->error);
    } else if (g->second >= 0 && open_view(&staged->files.items[g->second], &two)) {
        ty_bitext_settings bitext = {.force = true};
        ty_release release = {.source = &one.source,
                              .target = &two.source,
                              .title = fact(http, "title", number),
                              .date = fact(http, "date", number),
                              .url = fact(http, "url", number),
                              .bitext = &bitext};
        status = ty_is_day_or_empty(ty_slice_of(release.date))
                     ? ty_memory_import_release(memory, &release, counts, &http->error)
                     : ty_error_set(&http->error, TY_ERR_USAGE, "\"%s\" is no day, as 2024-07-28 is",
                                    release.date);
    }
    close_view(&one);
    close_view(&two);
    return status;
}

static void put_counts(ty_http *http, const char *name, const ty_counts *counts)
{
    ty_html(&http->page,
            "<section class=\"card\"><h2>$s</h2><p class=\"num\">{$d read: $d new, $d updated, $d unchanged, "
            "$d rejected}"
            "</p></section>\n",
            name, (int64_t)counts->read, (int64_t)counts->created, (int64_t)counts->updated,
            (int64_t)counts->unchanged, (int64_t)counts->rejected);
}

/* A memory of its own, since notices of an import go to who opened it. */
static void take(ty_http *http, const ty_staged *staged)
{
    groups all = {0};
    notices heard = {0};
    ty_memory *memory = NULL;
    ty_listener listener = {.payload = &heard, .notice = hear};
    ty_status status =
        ty_memory_open(http->server->set.memory, TY_MEMORY_WRITE, &listener, &memory, &http->error);
    ty_page_begin(http, ty_slice_of(ty_label(http->taste.ui, "Import")), "desk-import");
    ty_html(&http->page, "<h1>{Import}: {what came in}</h1>\n");
    if (status == TY_OK && !make_groups(staged, &all))
        status = ty_error_nomem(&http->error);
    for (size_t i = 0; i < all.count && status == TY_OK; i++) {
        ty_counts counts = {0};
        if (!fact(http, "take", i))
            continue;
        status = take_group(http, memory, staged, &all.items[i], i, &counts);
        if (status == TY_OK)
            put_counts(http, staged->files.items[all.items[i].first].name, &counts);
    }
    put_notices(http, &heard, &http->error);
    ty_html(&http->page, "<p><a class=\"btn pri\" href=\"/release\">{Review}</a> <a class=\"btn\" "
                         "href=\"/import\">{Import more}</a></p>\n");
    ty_page_end(http);
    ty_memory_close(memory);
    ty_vector_release(&all);
}

void ty_answer_import_take(ty_http *http)
{
    ty_staged *staged = ty_staging_take(http->server->staging, http->arguments[0]);
    if (!staged) {
        ty_reply_error(http, 404, "These files are no longer here; please choose them anew.");
        return;
    }
    take(http, staged);
    ty_staging_return(http->server->staging, staged, http->error.status == TY_OK);
}
