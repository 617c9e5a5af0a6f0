/* SPDX-License-Identifier: Apache-2.0 */
/* Import by browser: files are dropped, what they are taken for is shown, and then they are taken. */
#include "server/import.h"
#include "server/pages.h"
#include "server/pairing.h"

/* Of a document as it is sent, and of what it unpacks to: mostly markup and pictures. */
enum {
    DOCUMENT_LIMIT = 20 << 20,
    UNPACKED_LIMIT = 3 * DOCUMENT_LIMIT,
    SHOWN_LINES = 3,
    SHOWN_BYTES = 1000 /* of each */
};

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

/* ------------------------------------------------------------------------------------------ preview */

/* As much of a line as tells what it is, between characters. */
static void put_line(ty_http *http, ty_slice line)
{
    size_t end = line.size < SHOWN_BYTES ? line.size : SHOWN_BYTES;
    while (end < line.size && end && ((unsigned char)line.data[end] & 0xC0) == 0x80)
        end--;
    ty_html(&http->page, end < line.size ? ">$t…</p>" : ">$t</p>", ty_slice_sub(line, 0, end));
}

static void put_side(ty_http *http, const ty_text *text, const char *name)
{
    const ty_page *page = &http->page;
    ty_html(page, "<td><b>$s</b><br><span class=\"small mute\">$s · {$d sentences}</span>", name,
            ty_language_label(http, ty_text_lang(text)), (int64_t)ty_text_count(text));
    for (size_t i = 0; i < ty_text_count(text) && i < SHOWN_LINES; i++) {
        ty_html(page, "<p class=\"small\"");
        ty_html_lang(page, ty_text_lang(text));
        put_line(http, ty_text_line(text, i));
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

static void put_bitext(ty_http *http, const ty_staged *staged, const ty_staged_group *g, size_t number,
                       ty_bitext *bitext, bool doubted)
{
    const char *first = staged->files.items[g->first].name;
    ty_html(&http->page,
            "<p class=\"num\">{$d pairs, $d doubtful; translations of each other: $d %}</p><table "
            "class=\"halves\"><tr>",
            (int64_t)ty_bitext_count(bitext), count_doubtful(bitext, http->taste.doubtful),
            (int64_t)(ty_bitext_confidence(bitext) * 100));
    put_side(http, ty_bitext_source(bitext), first);
    put_side(http, ty_bitext_target(bitext), g->second < 0 ? first : staged->files.items[g->second].name);
    ty_html(&http->page, "</tr></table>");
    ty_import_put_facts(http, number);
    ty_import_put_take(http, number, doubted ? N_("take them all the same") : N_("take this release"),
                       !doubted);
}

/* What seems to be no translation is a question, with both beginnings side by side. */
static ty_status open_bitext(ty_http *http, const ty_source *first, const ty_source *second,
                             ty_import_notices *heard, bool *doubted, ty_bitext **out, ty_error *error)
{
    ty_listener listener = {.payload = heard, .notice = ty_import_hear};
    ty_bitext_settings how = {.memory = http->memory};
    ty_status status = ty_bitext_open(first, second, &how, &listener, out, error);
    *doubted = status == TY_NO;
    if (!*doubted)
        return status;
    how.force = true;
    return ty_bitext_open(first, second, &how, NULL, out, NULL);
}

/* Two documents, or one that has both languages; one that has only one is left out. */
static void preview_documents(ty_http *http, const ty_staged *staged, const ty_staged_group *g, size_t number)
{
    bool pair = g->second >= 0, doubted = false;
    ty_staged_view one = {0}, two = {0};
    ty_import_notices heard = {0};
    ty_error error = {0};
    ty_bitext *bitext = NULL;
    ty_status status = TY_ERR_IO;
    if (ty_staged_open(&staged->files.items[g->first], &one) &&
        (!pair || ty_staged_open(&staged->files.items[g->second], &two)))
        status = open_bitext(http, &one.source, pair ? &two.source : NULL, &heard, &doubted, &bitext, &error);
    ty_html(&http->page, "<section class=\"card\">");
    if (status == TY_OK && (pair || !doubted)) {
        put_bitext(http, staged, g, number, bitext, doubted);
    } else {
        ty_html(&http->page, pair ? "<p><b>$s</b> · <b>$s</b></p>" : "<p><b>$s</b></p>",
                staged->files.items[g->first].name, pair ? staged->files.items[g->second].name : "");
        bool unread = status != TY_NO && status != TY_ERR_USAGE && status != TY_OK;
        if (!pair && !unread) {
            ty_html(
                &http->page,
                "<p>{A document whose translation is not here, or goes with another: it is left out.}</p>");
            error = (ty_error){0};
        }
    }
    ty_import_put_notices(http, &heard, &error);
    ty_html(&http->page, "</section>\n");
    ty_bitext_close(bitext);
    ty_staged_close(&one);
    ty_staged_close(&two);
}

static void preview_file(ty_http *http, const ty_staged *staged, const ty_staged_group *g, size_t number)
{
    ty_staged_view v;
    ty_counts counts = {0};
    ty_error error = {0};
    ty_import_notices none = {0};
    const ty_staged_file *file = &staged->files.items[g->first];
    ty_import_settings how = {.dry_run = true};
    if (!ty_staged_open(file, &v))
        return;
    ty_html(&http->page, "<section class=\"card\"><h2 class=\"file\">$s</h2>", file->name);
    if (ty_memory_import_file(http->memory, &v.source, &how, &counts, &error) == TY_OK) {
        ty_html(&http->page, "<p class=\"num\">{$d read: $d new, $d updated, $d unchanged, $d rejected}</p>",
                (int64_t)counts.read, (int64_t)counts.created, (int64_t)counts.updated,
                (int64_t)counts.unchanged, (int64_t)counts.rejected);
        ty_import_put_take(http, number, N_("take this file"), true);
    }
    ty_import_put_notices(http, &none, &error);
    ty_html(&http->page, "</section>\n");
    ty_staged_close(&v);
}

void ty_import_preview(ty_http *http, const ty_staged *staged, const char *word)
{
    ty_page_begin(http, ty_slice_of(ty_label(http->taste.ui, "Import")), "desk-import");
    ty_html(&http->page, "<h1>{Import}: {what it is taken for}</h1>\n");
    if (word)
        ty_html(&http->page, "<p class=\"notice bad\">$s</p>\n", ty_label(http->taste.ui, word));
    ty_import_begin_form(http, staged);
    for (size_t i = 0; i < staged->groups.count; i++)
        if (staged->groups.items[i].document)
            preview_documents(http, staged, &staged->groups.items[i], i);
        else
            preview_file(http, staged, &staged->groups.items[i], i);
    ty_html(&http->page, "<p><button class=\"pri\">{Take them in}</button> <a class=\"btn\" "
                         "href=\"/import\">{Cancel}</a></p></form>\n");
    ty_page_end(http);
}

/* A document, that is; an exchange file comes in a piece at a time. */
static bool is_too_large(const ty_upload *upload)
{
    ty_staged_view v = {0};
    char unnamed[1] = "";
    ty_staged_file file = {unnamed, upload->file, upload->size};
    bool document = false;
    if (ty_staged_open(&file, &v) &&
        (upload->size > DOCUMENT_LIMIT || ty_source_unpacked(&v.source) > UNPACKED_LIMIT))
        (void)ty_source_is_document(&v.source, &document, NULL); /* what it cannot tell the import says */
    ty_staged_close(&v);
    return document;
}

static bool too_large(const ty_http *http)
{
    for (size_t i = 0; i < http->uploads.count; i++)
        if (is_too_large(&http->uploads.items[i]))
            return true;
    return false;
}

void ty_answer_upload(ty_http *http)
{
    ty_staged *staged = NULL;
    ty_status status;
    if (!http->uploads.count)
        ty_reply_error(http, 400, "There is no file in it.");
    else if (too_large(http))
        ty_reply_error(http, 413, "That is more than is taken here.");
    else if (!(staged = ty_staging_add(http->server->staging, http)))
        ty_reply_error(http, 503, "Too much to do at once; please try again.");
    else if ((status = ty_staged_pair(staged, &http->error)) != TY_OK)
        ty_reply_failure(http, status);
    else
        ty_import_preview(http, staged, NULL);
    ty_staging_return(http->server->staging, staged, false);
}
