/* SPDX-License-Identifier: Apache-2.0 */
/* Beads that somebody has fixed, as lines i,j:k. */
#include "ops/internal.h"

/* "3,4" or "" into start and count; numbers must follow each other. */
static bool parse_side(ty_slice side, uint32_t *start, uint32_t *count)
{
    *start = *count = 0;
    ty_slice field;
    side = ty_slice_trim(side);
    if (side.size == 0)
        return true;
    while (ty_slice_next(&side, ',', &field)) {
        uint64_t number = 0;
        field = ty_slice_trim(field);
        if (field.size == 0 || field.size > 9)
            return false;
        for (size_t i = 0; i < field.size; i++) {
            if (field.data[i] < '0' || field.data[i] > '9')
                return false;
            number = number * 10 + (uint64_t)(field.data[i] - '0');
        }
        if (*count == 0)
            *start = (uint32_t)number;
        if (number != *start + *count)
            return false;
        ++*count;
    }
    return true;
}

/* An empty side stands where the bead before it ended. */
static bool parse_bead(ty_slice line, const ty_beads *before, ty_bead *out)
{
    ty_slice source, target = line;
    *out = (ty_bead){.confidence = 1};
    if (!ty_slice_next(&target, ':', &source) || !target.data)
        return false;
    if (!parse_side(source, &out->source_start, &out->source_count) ||
        !parse_side(target, &out->target_start, &out->target_count))
        return false;
    ty_bead last = before->count ? before->items[before->count - 1] : (ty_bead){0};
    if (!out->source_count)
        out->source_start = last.source_start + last.source_count;
    if (!out->target_count)
        out->target_start = last.target_start + last.target_count;
    return out->source_count || out->target_count;
}

/* Beads follow each other and lie within the texts. */
static bool fits(const ty_bead *bead, const ty_beads *before, const ty_bitext *bitext)
{
    ty_bead last = before->count ? before->items[before->count - 1] : (ty_bead){0};
    return bead->source_start >= last.source_start + last.source_count &&
           bead->target_start >= last.target_start + last.target_count &&
           (uint64_t)bead->source_start + bead->source_count <= ty_text_count(bitext->source) &&
           (uint64_t)bead->target_start + bead->target_count <= ty_text_count(bitext->target);
}

ty_status ty_anchors_read(const ty_source *source, const ty_bitext *bitext, ty_beads *out, ty_error *error)
{
    ty_buffer content = {0};
    ty_bead bead;
    ty_status status = ty_source_read(source, 0, &content, error);
    ty_slice rest = ty_buffer_slice(&content), line;
    for (size_t number = 1; status == TY_OK && rest.size && ty_slice_next(&rest, '\n', &line); number++) {
        line = ty_slice_trim(line);
        if (line.size == 0)
            continue;
        if (!parse_bead(line, out, &bead)) {
            status = ty_error_set(error, TY_ERR_FORMAT, "\"%.*s\" is no bead; one is i,j:k",
                                  TY_SLICE_FORMAT(line));
            ty_error_locate(error, ty_source_name(source), number, 0);
        } else if (!fits(&bead, out, bitext)) {
            status = ty_error_set(error, TY_ERR_USAGE,
                                  "the bead %.*s crosses the one before it or lies outside the texts",
                                  TY_SLICE_FORMAT(line));
            ty_error_locate(error, ty_source_name(source), number, 0);
        } else if (!ty_vector_push(out, bead)) {
            status = ty_error_nomem(error);
        }
    }
    ty_buffer_release(&content);
    return status;
}
