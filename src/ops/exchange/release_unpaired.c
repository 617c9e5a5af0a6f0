/* SPDX-License-Identifier: Apache-2.0 */
/* How the two texts of a release differ: what one leaves out, what stands elsewhere. */
#include <stdio.h>

#include "ops/exchange/release.h"

static void tell(const ty_release_job *j, const ty_text *text, const char *rule, const ty_buffer *message)
{
    const ty_listener *listener = j->memory->listener;
    if (!message->failed)
        listener->difference(
            listener->payload,
            &(ty_notice){.file = text->path, .remark = true, .rule = rule, .message = message->data});
}

static void add_place(ty_buffer *out, uint32_t start, uint32_t count)
{
    if (count == 1)
        ty_buffer_add_format(out, "sentence %u", start + 1);
    else
        ty_buffer_add_format(out, "sentences %u to %u", start + 1, start + count);
}

static void tell_one(const ty_release_job *j, size_t number, ty_buffer *message)
{
    ty_bead bead = ty_bitext_bead(j->bitext, number);
    bool source = bead.source_count > 0;
    if (source == (bead.target_count > 0))
        return;
    ty_buffer_clear(message);
    add_place(message, source ? bead.source_start : bead.target_start,
              source ? bead.source_count : bead.target_count);
    ty_slice text =
        source ? ty_bitext_bead_source(j->bitext, number) : ty_bitext_bead_target(j->bitext, number);
    ty_buffer_add_format(message, ty_words(" only here: %.*s"), TY_SLICE_FORMAT(text));
    tell(j, source ? j->bitext->source : j->bitext->target, "only-in-one", message);
}

static void tell_moved(const ty_release_job *j, const ty_bead *block, ty_buffer *message)
{
    ty_buffer_clear(message);
    add_place(message, block->source_start, block->source_count);
    ty_buffer_add_string(message, ty_words(" in another place in the other text: "));
    add_place(message, block->target_start, block->target_count);
    tell(j, j->bitext->source, "moved", message);
}

void ty_release_tell_unpaired(const ty_release_job *j)
{
    const ty_listener *listener = j->memory->listener;
    ty_buffer message = {0};
    if (!listener || !listener->difference)
        return;
    for (size_t i = 0; i < ty_bitext_count(j->bitext); i++)
        tell_one(j, i, &message);
    for (size_t i = 0; i < j->bitext->alignment.moved.count; i++)
        tell_moved(j, &j->bitext->alignment.moved.items[i], &message);
    ty_buffer_release(&message);
}
