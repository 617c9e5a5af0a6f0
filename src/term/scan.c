/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "term/scanner.h"

/* Where cache_of and lang are those of the last scan, nothing has to be asked. */
static bool want_langs(const ty_term_index *index, ty_slice lang, struct ty_term_scratch *scratch)
{
    char primary[16] = "";
    ty_slice wanted = ty_lang_primary(lang, primary);
    if (scratch->cache_of == index->serial && strcmp(primary, scratch->lang) == 0)
        return true;
    memcpy(scratch->lang, primary, sizeof primary);
    scratch->is_foreign = !ty_lang_share_script(wanted, TY_SLICE("en"));
    ty_vector_clear(&scratch->langs);
    for (size_t i = 0; i < index->langs.list.count; i++) {
        bool matches = ty_lang_matches(wanted, index->langs.list.items[i]);
        if (!ty_vector_push(&scratch->langs, matches))
            return false;
    }
    return true;
}

static ty_status prepare(const ty_term_index *index, ty_slice lang, ty_term_scan *out, ty_error *error)
{
    ty_vector_clear(&out->spots);
    if (!index->built)
        return ty_error_set(error, TY_ERR_USAGE, "the index of terms is not built");
    if (!out->scratch)
        out->scratch = calloc(1, sizeof *out->scratch);
    if (!out->scratch || !want_langs(index, lang, out->scratch))
        return ty_error_nomem(error);
    if (out->scratch->cache_of != index->serial) {
        if (out->scratch->cache_of) /* of another index; a new one is empty */
            memset(out->scratch->cache, 0, sizeof out->scratch->cache);
        out->scratch->cache_of = index->serial;
    }
    return TY_OK;
}

/*
 * Long texts are scanned in pieces, which bounds memory: they end behind an empty line, else behind a line,
 * where one is to be had.
 */
static size_t piece_size(ty_slice rest)
{
    enum { PIECE = 256 * 1024 };
    if (rest.size <= PIECE)
        return rest.size;
    size_t line = 0;
    for (size_t at = PIECE; at > PIECE / 2; at--) {
        if (rest.data[at - 1] != '\n')
            continue;
        if (!line)
            line = at;
        if (rest.data[at - 2] == '\n')
            return at;
    }
    if (line)
        return line;
    const char *feed = memchr(rest.data + PIECE, '\n', rest.size - PIECE);
    return feed ? (size_t)(feed - rest.data) + 1 : rest.size;
}

ty_status ty_term_index_scan(const ty_term_index *index, ty_slice text, ty_slice lang, unsigned flags,
                             ty_term_scan *out, ty_error *error)
{
    ty_status status = prepare(index, lang, out, error);
    bool names = status == TY_OK && flags & TY_TERM_NAMES && out->scratch->is_foreign;
    for (size_t offset = 0; status == TY_OK && offset < text.size;) {
        ty_slice rest = ty_slice_sub(text, offset, text.size);
        scan_run run = {.index = index,
                        .text = ty_slice_sub(rest, 0, piece_size(rest)),
                        .scratch = out->scratch,
                        .names = names};
        status = ty_term_find_candidates(&run, error);
        if (status == TY_OK) {
            ty_term_drop_unmeant(index, run.text, out->scratch);
            if (!ty_term_drop_cut_words(index, run.text, out->scratch))
                status = ty_error_nomem(error);
        }
        if (status == TY_OK && !ty_term_keep_hits(&run, flags, offset, out))
            status = ty_error_nomem(error);
        offset += run.text.size;
    }
    if (status == TY_OK)
        ty_term_prefer_by_context(index, text, lang, out);
    if (status == TY_OK && flags & TY_TERM_NAMES) {
        ty_term_take_names(index, text, out);
        ty_term_take_compounds(index, text, out);
        if (!ty_term_take_introduced(index, text, out))
            status = ty_error_nomem(error);
    }
    return ty_term_index_verdict(index, status, error);
}

ty_status ty_term_index_lookup(const ty_term_index *index, ty_slice text, ty_slice lang, ty_term_scan *out,
                               ty_error *error)
{
    ty_status status = prepare(index, lang, out, error);
    if (status != TY_OK)
        return status;
    scan_run run = {.index = index, .text = text, .scratch = out->scratch};
    status = ty_term_find_candidates(&run, error);
    if (status != TY_OK)
        return status;
    size_t kept = 0;
    for (size_t i = 0; i < out->scratch->candidates.count; i++) {
        term_candidate *found = &out->scratch->candidates.items[i];
        uint32_t start = out->scratch->symbols.items[found->start].start;
        if (!ty_term_is_whole(text, start, found->text_end) ||
            index->entries.items[found->entry].flags & TERM_SET_PHRASE)
            continue;
        out->scratch->candidates.items[kept++] = *found;
    }
    out->scratch->candidates.count = kept;
    if (!ty_term_keep_hits(&run, 0, 0, out))
        return ty_error_nomem(error);
    for (size_t i = 0; i < out->spots.count; i++) { /* all that was looked up is the hit */
        out->spots.items[i].start = 0;
        out->spots.items[i].end = text.size;
    }
    return ty_term_index_verdict(index, TY_OK, error);
}

ty_status ty_term_index_lookup_name(const ty_term_index *index, ty_slice text, ty_slice lang,
                                    ty_term_scan *out, ty_error *error)
{
    ty_status status = ty_term_index_scan(index, text, lang, TY_TERM_NAMES, out, error);
    size_t kept = 0;
    for (size_t i = 0; i < out->spots.count; i++) {
        ty_term_spot spot = out->spots.items[i];
        if (!ty_term_is_whole(text, spot.start, spot.end))
            continue;
        spot.start = 0, spot.end = text.size;
        out->spots.items[kept++] = spot;
    }
    out->spots.count = kept;
    return status;
}

void ty_term_scan_release(ty_term_scan *scan)
{
    ty_vector_release(&scan->spots);
    if (!scan->scratch)
        return;
    ty_vector_release(&scan->scratch->symbols);
    ty_vector_release(&scan->scratch->candidates);
    ty_vector_release(&scan->scratch->langs);
    ty_folded_release(&scan->scratch->folded);
    ty_buffer_release(&scan->scratch->word);
    free(scan->scratch->run);
    free(scan->scratch);
    scan->scratch = NULL;
}
