/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who speaks in a text: labels in capitals ("CARTER:") look like those of fields and places ("VIRIN:",
 * "TOKYO:"). One is believed when it heads two turns or more, or when its name has a title elsewhere
 * ("Secretary Carter"). Only the beginning of the text is looked at, so that a text in pieces is cut as the
 * whole is.
 */
#include "segment/internal.h"

#define WINDOW 65536 /* bytes; that of the layout */
#define LONGEST 40   /* bytes of a label in capitals */

/* A label that was seen, and where its last word stands. */
typedef struct seen {
    uint32_t hash, times;
    size_t name, end;
} seen;

static uint32_t hash_of(ty_slice label)
{
    uint32_t hash = 2166136261u;
    for (size_t k = 0; k < label.size; k++)
        hash = (hash ^ (unsigned char)label.data[k]) * 16777619u;
    return hash;
}

bool ty_speakers_know(const ty_speakers *speakers, ty_slice label)
{
    uint32_t hash = hash_of(label);
    for (uint32_t k = 0; speakers && k < speakers->count; k++)
        if (speakers->hashes[k] == hash)
            return true;
    return false;
}

static bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_of_label(char c)
{
    return is_capital(c) || c == '.' || c == '-' || c == '\'' || c == ' ';
}

/* Where the capitals before a colon begin, and the last word of them; `colon` where they head nothing. */
static size_t label_start(ty_slice text, size_t colon, size_t *name)
{
    size_t start = colon;
    while (start > 0 && colon - start < LONGEST && is_of_label(text.data[start - 1]))
        start--;
    while (start < colon && !is_capital(text.data[start]))
        start++;
    *name = colon;
    while (*name > start && text.data[*name - 1] != ' ')
        --*name;
    bool head = start == 0 || text.data[start - 1] == '\n' || text.data[start - 1] == ' ';
    return head && colon - start > 2 ? start : colon;
}

static void note(seen *list, size_t *count, ty_slice text, size_t start, size_t name, size_t colon)
{
    uint32_t hash = hash_of(ty_slice_sub(text, start, colon));
    for (size_t k = 0; k < *count; k++)
        if (list[k].hash == hash) {
            list[k].times++;
            return;
        }
    if (*count < TY_SPEAKERS_MAX)
        list[(*count)++] = (seen){hash, 1, name, colon};
}

/* Does the name stand in small letters behind a title or a role: "Admiral Bristow"? */
static bool is_titled(const ty_language *latin, ty_slice text, const seen *label)
{
    char name[LONGEST];
    size_t size = label->end - label->name;
    for (size_t k = 0; k < size; k++)
        name[k] = text.data[label->name + k] | (k ? 0x20 : 0);
    for (size_t at = 0; (at = ty_slice_find(text, (ty_slice){name, size}, at)) != SIZE_MAX; at += size) {
        size_t end = at, start;
        if (at < 2 || text.data[at - 1] != ' ')
            continue;
        end -= 1 + (text.data[at - 2] == '.');
        for (start = end; start > 0 && end - start < TY_WORD_MAX && (text.data[start - 1] | 0x20) >= 'a' &&
                          (text.data[start - 1] | 0x20) <= 'z';)
            start--;
        if (ty_word_classes(latin, text.data + start, end - start) & (TY_WORD_TITLE | TY_WORD_SPEAKER))
            return true;
    }
    return false;
}

void ty_speakers_find(ty_speakers *speakers, const ty_language *latin, ty_slice text)
{
    seen list[TY_SPEAKERS_MAX];
    size_t count = 0;
    text = ty_slice_sub(text, 0, WINDOW);
    speakers->count = 0;
    for (size_t colon = 0; (colon = ty_scan_colon(text.data, colon, text.size, text.size)) < text.size;
         colon++) {
        size_t name,
            start = colon > 2 && is_capital(text.data[colon - 1]) ? label_start(text, colon, &name) : colon;
        if (start < colon)
            note(list, &count, text, start, name, colon);
    }
    for (size_t k = 0; k < count; k++)
        if (list[k].times > 1 || is_titled(latin, text, &list[k]))
            speakers->hashes[speakers->count++] = list[k].hash;
}
