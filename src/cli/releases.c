/* SPDX-License-Identifier: Apache-2.0 */
#include "releases.h"

#include <stdlib.h>

/* Numbers first, since the walk over the list holds what a change would need. */
typedef struct chosen {
    char **words;
    int count;
    bool *used;
    TY_VECTOR(ty_release_info) releases;
    ty_arena arena;
} chosen;

static bool fits(const char *pattern, ty_slice name)
{
    size_t at = 0;
    for (; *pattern; pattern++, at++) {
        if (*pattern == '*') {
            for (size_t skip = at; skip <= name.size; skip++)
                if (fits(pattern + 1, ty_slice_sub(name, skip, name.size)))
                    return true;
            return false;
        }
        if (at >= name.size || (*pattern != '?' && *pattern != name.data[at]))
            return false;
    }
    return at == name.size;
}

static bool names(const char *word, const ty_release_info *release)
{
    char *end = NULL;
    long long number = strtoll(word, &end, 10);
    return (*word && *end == '\0' && number == release->id) || fits(word, release->name);
}

static ty_status choose(void *payload, const ty_release_info *release)
{
    chosen *c = payload;
    bool wanted = c->count == 0;
    for (int i = 0; i < c->count; i++)
        if (names(c->words[i], release))
            wanted = c->used[i] = true;
    ty_release_info copy = *release; /* whose texts are borrowed for this call */
    ty_slice *const texts[] = {&copy.name,      &copy.title,       &copy.date,      &copy.url,
                               &copy.agency,    &copy.langs[0],    &copy.langs[1],  &copy.titles[0],
                               &copy.titles[1], &copy.imported_at, &copy.updated_at};
    for (size_t i = 0; wanted && i < sizeof texts / sizeof *texts; i++)
        *texts[i] = ty_arena_copy(&c->arena, *texts[i]);
    return !wanted || (!c->arena.failed && ty_vector_push(&c->releases, copy)) ? TY_OK : TY_ERR_NOMEM;
}

static ty_status find(ty_memory *memory, chosen *c, ty_error *error)
{
    c->used = calloc((size_t)c->count + 1, sizeof *c->used);
    ty_status status = c->used ? ty_memory_releases(memory, choose, c, error) : ty_error_nomem(error);
    status = status == TY_NO ? TY_OK : status;
    for (int i = 0; i < c->count && status == TY_OK; i++)
        if (!c->used[i])
            status = ty_error_set(error, TY_NO, "there is no release \"%s\"; taiyaku list tells them",
                                  c->words[i]);
    return status;
}

static void release(chosen *c)
{
    free(c->used);
    ty_vector_release(&c->releases);
    ty_arena_release(&c->arena);
}

ty_status ty_each_release(ty_memory *memory, char **words, int count,
                          ty_status (*each)(void *payload, const ty_release_info *release, ty_error *error),
                          void *payload, ty_error *error)
{
    chosen c = {.words = words, .count = count};
    ty_status status = find(memory, &c, error);
    for (size_t i = 0; i < c.releases.count && status == TY_OK; i++)
        status = each(payload, &c.releases.items[i], error);
    bool none = !c.releases.count;
    release(&c);
    return status == TY_OK && none ? TY_NO : status;
}

/* ------------------------------------------------------------------------------------------ the one meant */

/* The release meant: by its number, its name, or a part of its name or titles; else the newest that waits. */
typedef struct wanted {
    ty_slice text;
    int64_t id;
    size_t count; /* of those that fit */
} wanted;

static bool has(ty_slice text, ty_slice part)
{
    return ty_slice_find(text, part, 0) != SIZE_MAX;
}

static bool is_like(const ty_release_info *r, ty_slice text)
{
    char number[24];
    snprintf(number, sizeof number, "%lld", (long long)r->id);
    return ty_slice_equal(text, ty_slice_of(number)) || fits(text.data, r->name) || has(r->name, text) ||
           has(r->title, text) || has(r->titles[0], text) || has(r->titles[1], text);
}

static ty_status look(void *payload, const ty_release_info *r)
{
    wanted *w = payload;
    if (w->text.size ? !is_like(r, w->text) : r->confirmed == r->beads)
        return TY_OK;
    w->id = r->id;
    w->count++;
    return w->text.size && ty_slice_equal(w->text, r->name) ? TY_STOP : TY_OK;
}

ty_status ty_release_meant(ty_memory *memory, const char *word, int64_t *out, ty_error *error)
{
    wanted w = {.text = ty_slice_of(word)};
    ty_status status = ty_memory_releases(memory, look, &w, error);
    bool exact = status == TY_STOP;
    if (status != TY_OK && status != TY_NO && status != TY_STOP)
        return status;
    if (word && !w.count)
        return ty_error_set(error, TY_NO, "there is no release \"%s\"; taiyaku list tells them", word);
    if (word && w.count > 1 && !exact)
        return ty_error_set(error, TY_ERR_USAGE, "\"%s\" is in the names of %zu releases", word, w.count);
    *out = w.id;
    return TY_OK;
}
