/* SPDX-License-Identifier: Apache-2.0 */
/* A bitext as a page: what ties the sides of each bead together is found, and written by formats. */
#include "ops/internal.h"

static ty_align_side side_of(const ty_text *text)
{
    return (ty_align_side){text->lines.items, NULL, text->lines.count, text->lang};
}

static ty_status add_beads(ty_bitext *bitext, const ty_aligned_page *page, ty_buffer *html, ty_error *error)
{
    ty_evidences ties = {0};
    ty_status status = TY_OK;
    for (size_t i = 0; status == TY_OK && i < ty_bitext_count(bitext); i++) {
        ty_bead bead = ty_bitext_bead(bitext, i);
        ty_vector_clear(&ties);
        status = ty_align_explain(page->source, page->target, page->lexicon, &bead, 1, &ties, error);
        if (status == TY_OK)
            ty_aligned_page_bead(page, i, bead, &ties, html);
    }
    ty_vector_release(&ties);
    return status;
}

ty_status ty_page_to_sink(const ty_buffer *html, const ty_sink *sink, ty_error *error)
{
    ty_output *output = NULL;
    if (html->failed)
        return ty_error_nomem(error);
    ty_status status = ty_output_open_sink(sink, &output, error);
    if (status != TY_OK)
        return status;
    ty_output_write(output, ty_buffer_slice(html));
    return ty_output_commit(output, error);
}

/* The same bytes, whether a dictionary was in the cache or had to be made. */
static void end_page(const ty_bitext *bitext, ty_buffer *html)
{
    const ty_slice cached = ty_slice_of(ty_words(", from the cache"));
    ty_slice rest = ty_bitext_describe(bitext);
    ty_buffer told = {0};
    for (size_t at; (at = ty_slice_find(rest, cached, 0)) != SIZE_MAX;) {
        ty_buffer_add(&told, ty_slice_sub(rest, 0, at));
        rest = ty_slice_sub(rest, at + cached.size, rest.size);
    }
    ty_buffer_add(&told, rest);
    ty_aligned_page_end(ty_buffer_slice(&told), html);
    html->failed |= told.failed;
    ty_buffer_release(&told);
}

ty_status ty_bitext_write_page(ty_bitext *bitext, const ty_sink *sink, ty_error *error)
{
    ty_align_side source = side_of(bitext->source), target = side_of(bitext->target);
    ty_aligned_page page = {&source, &target, ty_path_base(bitext->source->path),
                            ty_path_base(bitext->target->path), bitext->lexicon};
    ty_buffer html = {0};
    ty_aligned_page_begin(&page, &html);
    ty_status status = add_beads(bitext, &page, &html, error);
    end_page(bitext, &html);
    if (status == TY_OK)
        status = ty_bitext_check_output(bitext, sink, error);
    if (status == TY_OK)
        status = ty_page_to_sink(&html, sink, error);
    ty_buffer_release(&html);
    return status;
}
