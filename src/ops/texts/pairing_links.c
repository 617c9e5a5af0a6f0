/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Pages that lead to their other language (hreflang, a link "English"): the address is another page's, or
 * another file's, from where this one is, or by its last two names where pages were saved as they stood on
 * the server (".../ja/news/12.html").
 */
#include "ops/texts/pairing.h"

/* Files by a name: the one that has it, SIZE_MAX for names that several have. */
struct names {
    ty_strings strings;
    TY_VECTOR(size_t) files;
};

static bool add_name(struct names *names, ty_slice name, size_t file)
{
    if (!name.size)
        return true;
    size_t before = names->strings.list.count;
    uint32_t number = ty_strings_add(&names->strings, name);
    if (number == TY_STRINGS_NONE)
        return false;
    if (number == before)
        return ty_vector_push(&names->files, file);
    if (names->files.items[number] != file)
        names->files.items[number] = SIZE_MAX;
    return true;
}

static size_t find_name(const struct names *names, ty_slice name)
{
    uint32_t number = name.size ? ty_strings_find(&names->strings, name) : TY_STRINGS_NONE;
    return number == TY_STRINGS_NONE ? SIZE_MAX : names->files.items[number];
}

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
    struct names urls, paths, tails;
    ty_pair_guesses guesses;
    ty_buffer path;
};

static bool note_names(struct linking *l)
{
    bool good = true;
    for (size_t i = 0; i < l->pairing->files.count && good; i++) {
        const struct pairing_file *file = &l->pairing->files.items[i];
        ty_slice path = ty_slice_of(file->path), url = bare(file->document.url);
        good =
            add_name(&l->urls, url, i) && add_name(&l->paths, path, i) && add_name(&l->tails, tail(path), i);
    }
    return good;
}

static size_t find_file(struct linking *l, const struct pairing_file *file, ty_slice address)
{
    size_t found = find_name(&l->urls, bare(address));
    if (found == SIZE_MAX && address.data[0] != '/') {
        resolve(file->path, bare(address), &l->path);
        found = find_name(&l->paths, ty_buffer_slice(&l->path));
    }
    return found == SIZE_MAX ? find_name(&l->tails, tail(bare(address))) : found;
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
    for (size_t i = 0; i < l->guesses.count; i++)
        if (l->guesses.items[i].source == guess.source && l->guesses.items[i].target == guess.target)
            return true;
    return ty_vector_push(&l->guesses, guess);
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
    struct names *const all[] = {&l.urls, &l.paths, &l.tails};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        ty_strings_release(&all[i]->strings);
        ty_vector_release(&all[i]->files);
    }
    ty_vector_release(&l.guesses);
    ty_buffer_release(&l.path);
    return status;
}
