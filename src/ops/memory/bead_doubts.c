/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the check of terms says of the beads of a release, for its review. A page asks after each key, and of
 * a release of two thousand beads all but one are as they were: what was found is kept in mind by what it was
 * found for, the texts, their languages and the state of the termbase.
 */
#include "ops/memory/bead_doubts.h"

enum { SLOTS = 1 << 14, WAYS = 4 /* of a key: else some of one release would push out each other */ };

typedef struct known {
    uint64_t key[2]; /* both 0: nothing is known here */
    unsigned doubts;
} known;

struct ty_known_doubts {
    ty_lock *lock;
    known *slots; /* NULL until the first release is looked at */
};

ty_known_doubts *ty_known_doubts_new(void)
{
    ty_known_doubts *doubts = calloc(1, sizeof *doubts);
    if (doubts)
        doubts->lock = ty_lock_new();
    if (doubts && !doubts->lock) {
        free(doubts);
        return NULL;
    }
    return doubts;
}

void ty_known_doubts_free(ty_known_doubts *doubts)
{
    if (!doubts)
        return;
    ty_lock_free(doubts->lock);
    free(doubts->slots);
    free(doubts);
}

/* ------------------------------------------------------------------------------------------ one bead */

typedef struct looking {
    ty_known_doubts *known;
    const ty_board *board;
    const ty_term_index *index;
    ty_stamp stamp;
    ty_term_findings findings;
    ty_buffer texts[2];
} looking;

static void key_of(const looking *look, uint64_t key[2])
{
    for (uint64_t part = 0; part < 2; part++) {
        key[part] = look->stamp.random ^ (look->stamp.step << 1) ^ part;
        for (int side = 0; side < 2; side++) {
            key[part] = ty_hash(look->board->documents[side].lang, key[part]);
            key[part] = ty_hash(ty_buffer_slice(&look->texts[side]), key[part]);
        }
    }
}

static known *first_way(ty_known_doubts *doubts, const uint64_t key[2])
{
    return doubts->slots ? &doubts->slots[key[0] % (SLOTS / WAYS) * WAYS] : NULL;
}

static known *find(ty_known_doubts *doubts, const uint64_t key[2])
{
    known *way = first_way(doubts, key);
    for (int i = 0; way && i < WAYS; i++)
        if (way[i].key[0] == key[0] && way[i].key[1] == key[1])
            return &way[i];
    return NULL;
}

/* Without room for the table nothing is kept in mind. */
static bool recall(ty_known_doubts *doubts, const uint64_t key[2], unsigned *out)
{
    ty_lock_enter(doubts->lock);
    const known *slot = find(doubts, key);
    if (slot)
        *out = slot->doubts;
    ty_lock_leave(doubts->lock);
    return slot != NULL;
}

static void keep(ty_known_doubts *doubts, const uint64_t key[2], unsigned found)
{
    ty_lock_enter(doubts->lock);
    if (!doubts->slots)
        doubts->slots = calloc(SLOTS, sizeof *doubts->slots);
    known *way = first_way(doubts, key), *place = way ? &way[key[1] % WAYS] : NULL;
    for (int i = 0; way && i < WAYS; i++)
        place = way[i].key[0] || way[i].key[1] ? place : &way[i];
    if (place)
        *place = (known){{key[0], key[1]}, found};
    ty_lock_leave(doubts->lock);
}

static ty_status check(looking *look, unsigned *doubts)
{
    const ty_stored_document *documents = look->board->documents;
    ty_status status =
        ty_term_check(look->index, ty_buffer_slice(&look->texts[0]), documents[0].lang,
                      ty_buffer_slice(&look->texts[1]), documents[1].lang, &look->findings, NULL);
    *doubts = 0;
    for (size_t i = 0; status == TY_OK && i < look->findings.list.count; i++) {
        ty_term_fault fault = look->findings.list.items[i].fault;
        *doubts |= fault == TY_TERM_NUMBER           ? TY_DOUBT_NUMBER
                   : fault == TY_TERM_FORBIDDEN_USED ? TY_DOUBT_FORBIDDEN
                                                     : 0u;
    }
    return status;
}

static unsigned doubts_of(looking *look, const ty_board_bead *bead)
{
    uint64_t key[2];
    unsigned doubts = 0;
    for (int side = 0; side < 2; side++)
        ty_board_text(look->board, bead, side, &look->texts[side]);
    key_of(look, key);
    if (!recall(look->known, key, &doubts) && check(look, &doubts) == TY_OK)
        keep(look->known, key, doubts);
    return doubts;
}

/* ------------------------------------------------------------------------------------------ all of them */

ty_status ty_memory_doubts(ty_memory *memory, const ty_board *board, unsigned *out, ty_error *error)
{
    looking look = {.known = ty_memory_known_doubts(memory), .board = board};
    ty_status status = ty_store_stamp(memory->store, TY_STAMP_CONCEPTS, &look.stamp, error);
    if (status == TY_OK)
        status = ty_memory_terms_open(memory, &look.index, error);
    for (size_t i = 0; i < board->beads.count && status == TY_OK; i++) {
        const ty_stored_bead *bead = &board->beads.items[i].stored;
        out[i] = bead->state != TY_BEAD_OK && bead->count[0] && bead->count[1]
                     ? doubts_of(&look, &board->beads.items[i])
                     : 0;
    }
    ty_term_findings_release(&look.findings);
    ty_buffer_release(&look.texts[0]);
    ty_buffer_release(&look.texts[1]);
    ty_memory_terms_close(memory, look.index);
    return status;
}
