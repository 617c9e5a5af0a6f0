/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Ids of concepts. TBX wants one for each, a name by the rules of XML; tables want one where several rows
 * make up a concept. What we have to make or to spell otherwise is read back as what it was:
 *
 *   x-taiyaku-7          the concept has no id
 *   x-taiyaku-id-a_20_b  its id is "a b"
 */
#include "formats/glossary/ids.h"

static const char made[] = "x-taiyaku-", spelt[] = "x-taiyaku-id-";

static bool is_letter(unsigned char c)
{
    return ((c | 32) >= 'a' && (c | 32) <= 'z') || c >= 0x80;
}

static bool is_digit(unsigned char c)
{
    return c >= '0' && c <= '9';
}

static bool is_name(ty_slice id)
{
    if (!is_letter((unsigned char)id.data[0]) && id.data[0] != '_')
        return false;
    for (size_t i = 0; i < id.size; i++) {
        unsigned char c = (unsigned char)id.data[i];
        if (!is_letter(c) && !is_digit(c) && c != '-' && c != '.' && c != '_')
            return false;
    }
    return true;
}

void ty_glossary_id_make(uint64_t number, ty_buffer *out)
{
    ty_buffer_add_format(out, "%s%llu", made, (unsigned long long)number);
}

void ty_glossary_id_write(ty_slice id, uint64_t number, ty_buffer *out)
{
    if (!id.size)
        ty_glossary_id_make(number, out);
    else if (is_name(id) && !ty_slice_starts(id, ty_slice_of(made)))
        ty_buffer_add(out, id);
    else {
        ty_buffer_add_string(out, spelt);
        for (size_t i = 0; i < id.size; i++) {
            unsigned char c = (unsigned char)id.data[i];
            if (is_letter(c) || is_digit(c) || c == '-' || c == '.')
                ty_buffer_add_char(out, (char)c);
            else
                ty_buffer_add_format(out, "_%02X_", c);
        }
    }
}

static int hex_value(char c)
{
    return is_digit((unsigned char)c) ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static bool spell_back(ty_slice id, ty_buffer *out)
{
    for (size_t i = strlen(spelt); i < id.size; i++) {
        if (id.data[i] != '_') {
            ty_buffer_add_char(out, id.data[i]);
            continue;
        }
        int high = i + 3 < id.size ? hex_value(id.data[i + 1]) : -1;
        int low = i + 3 < id.size ? hex_value(id.data[i + 2]) : -1;
        if (high < 0 || low < 0 || id.data[i + 3] != '_')
            return false;
        ty_buffer_add_char(out, (char)(high * 16 + low));
        i += 3;
    }
    return true;
}

static bool is_made(ty_slice id)
{
    for (size_t i = strlen(made); i < id.size; i++)
        if (!is_digit((unsigned char)id.data[i]))
            return false;
    return id.size > strlen(made);
}

ty_slice ty_glossary_id_read(ty_slice id, ty_arena *arena)
{
    ty_slice empty = {"", 0};
    if (!ty_slice_starts(id, ty_slice_of(made)))
        return id.size ? ty_arena_copy(arena, id) : empty;
    if (is_made(id))
        return empty;
    ty_buffer back = {0};
    bool ours = ty_slice_starts(id, ty_slice_of(spelt)) && spell_back(id, &back);
    ours = ours && ty_utf8_check(ty_buffer_slice(&back)) == back.size;
    ty_slice read = ty_arena_copy(arena, ours ? ty_buffer_slice(&back) : id);
    arena->failed |= back.failed;
    ty_buffer_release(&back);
    return read;
}

static bool is_taken(ty_slice id, size_t number, const ty_strings *known, ty_buffer *name)
{
    ty_buffer_clear(name);
    ty_buffer_add(name, id);
    if (number > 1)
        ty_buffer_add_format(name, "-%zu", number);
    return !name->failed && ty_strings_find(known, ty_buffer_slice(name)) != TY_STRINGS_NONE;
}

/*
 * Names "id-2", "id-3" are given out in order, so that the first free one is found by doubling and halving:
 * a file that has one id 20,000 times would be searched 200 million times otherwise. Where a file has such
 * names of its own, a free one is found all the same, though perhaps not the first.
 */
static void name_free(ty_slice id, const ty_strings *known, ty_buffer *name)
{
    size_t taken = 1, free_one = 2;
    if (!is_taken(id, taken, known, name))
        return;
    while (is_taken(id, free_one, known, name)) {
        taken = free_one;
        free_one *= 2;
    }
    while (free_one - taken > 1) {
        size_t middle = taken + (free_one - taken) / 2;
        if (is_taken(id, middle, known, name))
            taken = middle;
        else
            free_one = middle;
    }
    (void)is_taken(id, free_one, known, name);
}

ty_slice ty_glossary_id_unique(ty_slice id, ty_strings *known, ty_arena *arena)
{
    ty_buffer name = {0};
    if (!id.size)
        return id;
    name_free(id, known, &name);
    ty_slice kept = ty_arena_copy(arena, ty_buffer_slice(&name));
    arena->failed |= name.failed || ty_strings_add(known, kept) == TY_STRINGS_NONE;
    ty_buffer_release(&name);
    return kept;
}
