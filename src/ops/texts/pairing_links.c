/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Pages that lead to their other language (hreflang, a link "English"): the address is another page's, or
 * another file's, from where this one is, or by its last two names where pages were saved as they stood on
 * the server (".../ja/news/12.html").
 */
#include "ops/texts/pairing.h"

/* ------------------------------------------------------------------------------------------ addresses */

/* Without scheme, query and fragment, and "index.html". */
static ty_slice bare(ty_slice address)
{
    size_t scheme = ty_slice_find(address, TY_SLICE("://"), 0);
    if (scheme != SIZE_MAX && scheme < 8)
        address = ty_slice_sub(address, scheme + 3, address.size);
    for (size_t i = 0; i < address.size; i++)
        if (address.data[i] == '?' || address.data[i] == '#')
            address.size = i;
    if (ty_slice_ends(address, TY_SLICE("/index.html")))
        address.size -= strlen("index.html");
    return address;
}

/* The last two names of a path; empty where it has only one. */
static ty_slice tail(ty_slice path)
{
    unsigned names = 0;
    for (size_t at = path.size; at > 0; at--)
        if (path.data[at - 1] == '/' && ++names == 2)
            return ty_slice_sub(path, at, path.size);
    return names == 1 && path.data[0] != '/' ? path : (ty_slice){"", 0};
}

/* "a/en/../ja/1.html" as "a/ja/1.html", from the folder of `path`. */
static void resolve(const char *path, ty_slice address, ty_buffer *out)
{
    ty_slice base = ty_path_base(path), name;
    ty_buffer_clear(out);
    ty_buffer_add(out, (ty_slice){path, (size_t)(base.data - path)});
    while (address.size && ty_slice_next(&address, '/', &name)) {
        if (ty_slice_equal(name, TY_SLICE("..")) && out->size > 1) {
            out->size--;
            while (out->size && out->data[out->size - 1] != '/')
                out->size--;
        } else if (name.size && !ty_slice_equal(name, TY_SLICE("."))) {
            ty_buffer_add(out, name);
            ty_buffer_add_char(out, '/');
        }
    }
    out->size -= out->size > 0 && out->data[out->size - 1] == '/';
}

/* ------------------------------------------------------------------------------------------ pairs */

struct linking {
    ty_pairing *pairing;
    ty_file_names urls, paths, tails;
    ty_strings seen; /* guesses, byte by byte */
    ty_pair_guesses guesses;
    ty_buffer path;
};

static bool note_names(struct linking *l)
{
    bool good = true;
    for (size_t i = 0; i < l->pairing->files.count && good; i++) {
        const struct pairing_file *file = &l->pairing->files.items[i];
        ty_slice path = ty_slice_of(file->path), url = bare(file->document.url);
        good = ty_file_names_add(&l->urls, url, i) && ty_file_names_add(&l->paths, path, i) &&
               ty_file_names_add(&l->tails, tail(path), i);
    }
    return good;
}

static size_t find_file(struct linking *l, const struct pairing_file *file, ty_slice address)
{
    size_t found = ty_file_names_find(&l->urls, bare(address));
    if (found == SIZE_MAX && address.data[0] != '/') {
        resolve(file->path, bare(address), &l->path);
        found = ty_file_names_find(&l->paths, ty_buffer_slice(&l->path));
    }
    return found == SIZE_MAX ? ty_file_names_find(&l->tails, tail(bare(address))) : found;
}

static bool add_guess(struct linking *l, size_t one, size_t other)
{
    const ty_pairing *pairing = l->pairing;
    const struct pairing_file *files = pairing->files.items;
    bool turned = ty_lang_same(files[one].lang, pairing->target_lang);
    ty_pair_guess guess = {.source = turned ? other : one, .target = turned ? one : other};
    if (!ty_lang_same(files[guess.source].lang, pairing->source_lang) ||
        !ty_lang_same(files[guess.target].lang, pairing->target_lang))
        return true;
    size_t both[2] = {guess.source, guess.target}, before = l->seen.list.count;
    uint32_t number = ty_strings_add(&l->seen, (ty_slice){(const char *)both, sizeof both});
    if (number == TY_STRINGS_NONE)
        return false;
    return number < before || ty_vector_push(&l->guesses, guess);
}

ty_status ty_pairing_by_links(ty_pairing *pairing, ty_error *error)
{
    struct linking l = {.pairing = pairing};
    bool good = note_names(&l);
    for (size_t i = 0; i < pairing->files.count && good; i++) {
        const struct pairing_file *file = &pairing->files.items[i];
        for (size_t k = 0; k < file->document.other_languages.count && good; k++) {
            size_t other = find_file(&l, file, file->document.other_languages.items[k]);
            if (other != SIZE_MAX && other != i)
                good = add_guess(&l, i, other);
        }
    }
    ty_status status = good && !l.path.failed
                           ? ty_pairing_take_guesses(pairing, &l.guesses, TY_PAIR_LINK, error)
                           : ty_error_nomem(error);
    ty_file_names_release(&l.urls);
    ty_file_names_release(&l.paths);
    ty_file_names_release(&l.tails);
    ty_strings_release(&l.seen);
    ty_vector_release(&l.guesses);
    ty_buffer_release(&l.path);
    return status;
}
