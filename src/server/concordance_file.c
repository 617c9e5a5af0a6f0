/* SPDX-License-Identifier: Apache-2.0 */
/* All hits of a concordance as a file: a table, or a TMX for a CAT tool. */
#include "server/concordance.h"
#include "server/pages.h"

static void put_row(ty_buffer *out, const ty_hit *hit, ty_cell_form form)
{
    const ty_slice cells[] = {
        hit->lang,       hit->text,  ty_slice_sub(hit->text, hit->at.start, hit->at.end),
        hit->other_lang, hit->other, ty_hit_rendering(hit),
        hit->origin,     hit->date};
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        ty_buffer_add_string(out, i ? "\t" : "");
        ty_buffer_add_cell(out, cells[i], form);
    }
    ty_buffer_add_string(out, form.spreadsheet ? "\t\r\n" : "\n");
}

static void put_table(ty_http *http, const ty_view *v)
{
    ty_buffer *out = &http->reply;
    ty_cell_form form = {'\t', ty_http_asks(http, "for-spreadsheet")};
    http->type = "text/tab-separated-values; charset=utf-8";
    ty_buffer_add_string(out, form.spreadsheet ? "\xEF\xBB\xBF" : "");
    ty_buffer_add_string(out, "lang\ttext\thit\tother lang\tother\trendering\torigin\tdate");
    ty_buffer_add_string(out, form.spreadsheet ? "\t" TY_CELL_APOSTROPHES "\r\n" : "\n");
    for (size_t i = 0; i < v->hits.count; i++)
        put_row(out, &v->hits.items[i], form);
}

static void put_variant(ty_buffer *out, ty_slice lang, ty_slice text)
{
    ty_buffer_add_string(out, "<tuv xml:lang=\"");
    ty_buffer_add_xml_attribute(out, lang);
    ty_buffer_add_string(out, "\"><seg>");
    ty_xml_text(out, text);
    ty_buffer_add_string(out, "</seg></tuv>");
}

static void put_tmx(ty_http *http, const ty_view *v)
{
    ty_buffer *out = &http->reply;
    http->type = "application/x-tmx+xml";
    ty_buffer_add_format(
        out,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<tmx version=\"1.4\"><header "
        "creationtool=\"taiyaku\" creationtoolversion=\"%s\" segtype=\"sentence\" o-tmf=\"taiyaku\" "
        "adminlang=\"en\" srclang=\"*all*\" datatype=\"plaintext\"/><body>\n",
        ty_version());
    for (size_t i = 0; i < v->hits.count; i++) {
        const ty_hit *hit = &v->hits.items[i];
        if (!hit->other.size)
            continue;
        ty_buffer_add_format(out, "<tu tuid=\"%lld\"><prop type=\"x-origin\">", (long long)hit->unit);
        ty_xml_text(out, hit->origin);
        ty_buffer_add_string(out, "</prop>");
        put_variant(out, hit->lang, hit->text);
        put_variant(out, hit->other_lang, hit->other);
        ty_buffer_add_string(out, "</tu>\n");
    }
    ty_buffer_add_string(out, "</body></tmx>\n");
}

enum { ALL = 20000 }; /* hits; some seconds */

void ty_answer_concordance_file(ty_http *http)
{
    ty_view v;
    bool tmx = ty_slice_ends(http->target.path.items[0], TY_SLICE(".tmx"));
    ty_view_read(http, &v);
    v.filter.most = ALL;
    v.filter.whole = true;
    ty_status status = ty_view_find(http, &v);
    if (status == TY_OK && v.rest.late)
        status = TY_STOP;
    if (status != TY_OK)
        ty_reply_failure(http, status);
    else if (tmx)
        put_tmx(http, &v);
    else
        put_table(http, &v);
    if (status == TY_OK)
        ty_reply_header(http, "Content-Disposition",
                        tmx ? TY_SLICE("attachment; filename=\"concordance.tmx\"")
                            : TY_SLICE("attachment; filename=\"concordance.tsv\""));
    ty_vector_release(&v.hits);
}
