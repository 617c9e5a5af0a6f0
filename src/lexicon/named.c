/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Dictionaries that the user names. A file is a table, or written like EDICT (CC-CEDICT, EDICT2). In a folder
 * the files count whose name says the pair, in either order: "en-is.tsv", "ja-de.edict"; "cedict…" is
 * Chinese-English, "edict…" and "jmdict…" Japanese-English.
 */
#include "internal.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/sys.h"

#define LOOKED_AT 65536 /* bytes that tell what a file is */

/* Headwords of the languages that such dictionaries are made for stand on the left. */
static bool has_headwords(const char *lang)
{
    return strcmp(lang, "ja") == 0 || strcmp(lang, "zh") == 0 || strcmp(lang, "ko") == 0;
}

static ty_status look_at(const char *path, bool *alike, ty_error *error)
{
    ty_buffer bytes = {0}, text = {0};
    ty_decoded decoded;
    ty_status status = ty_file_read(path, 0, &bytes, error);
    if (status == TY_OK)
        status = ty_text_decode(ty_slice_sub(ty_buffer_slice(&bytes), 0, LOOKED_AT), NULL, NULL, &text,
                                &decoded, NULL) == TY_OK
                     ? TY_OK
                     : ty_text_decode(ty_buffer_slice(&bytes), NULL, NULL, &text, &decoded, error);
    *alike = status == TY_OK && ty_edict_is_alike(ty_buffer_slice(&text));
    ty_buffer_release(&bytes);
    ty_buffer_release(&text);
    if (status != TY_OK)
        ty_error_locate(error, path, 0, 0);
    return status;
}

static ty_status add_file(const char *path, bool swapped, ty_named_list *out, ty_error *error)
{
    ty_named named = {.swapped = swapped};
    if (snprintf(named.path, sizeof named.path, "%s", path) >= (int)sizeof named.path)
        return ty_error_set(error, TY_ERR_LIMIT, "the path of the dictionary is too long: %.200s", path);
    ty_status status = look_at(path, &named.alike, error);
    return status == TY_OK && !ty_vector_push(out, named) ? ty_error_nomem(error) : status;
}

/* ------------------------------------------------------------------------------------------ names */

static bool begins_with(const char *name, const char *start)
{
    return strncmp(name, start, strlen(start)) == 0;
}

/* The two languages that the name of a file says, or false. */
static bool languages_of(const char *name, char left[8], char right[8])
{
    bool japanese = begins_with(name, "edict") || begins_with(name, "jmdict");
    if (japanese || begins_with(name, "cedict")) {
        strcpy(left, japanese ? "ja" : "zh");
        strcpy(right, "en");
        return true;
    }
    int end = 0;
    if (sscanf(name, "%3[a-z]%*1[-_]%3[a-z]%n", left, right, &end) != 2 || strlen(left) < 2 ||
        strlen(right) < 2)
        return false;
    return name[end] == '\0' || name[end] == '.' || name[end] == '-' || name[end] == '_';
}

/* Does the file serve the pair? */
static bool serves(const char *name, const char *const langs[2], bool *swapped)
{
    char left[8], right[8];
    if (!languages_of(name, left, right))
        return false;
    *swapped = strcmp(left, langs[0]) != 0;
    return strcmp(left, langs[*swapped]) == 0 && strcmp(right, langs[!*swapped]) == 0;
}

/* ------------------------------------------------------------------------------------------ folders */

static ty_status add_folder(const char *path, const char *const langs[2], ty_named_list *out, ty_error *error)
{
    ty_arena arena = {0};
    ty_slices names = {0};
    ty_status status = TY_OK;
    if (!ty_sys_list(path, &arena, &names))
        status = ty_error_errno(error, "cannot read the folder %s", path);
    for (size_t k = 0; status == TY_OK && k < names.count; k++) {
        const char *name = names.items[k].data;
        char file[512];
        bool swapped;
        if (name[0] != '.' && serves(name, langs, &swapped) &&
            snprintf(file, sizeof file, "%s/%s", path, name) < (int)sizeof file)
            status = add_file(file, swapped, out, error);
    }
    ty_vector_release(&names);
    ty_arena_release(&arena);
    return status;
}

ty_status ty_lexicon_named(const char *path, const char *const langs[2], ty_named_list *out, ty_error *error)
{
    if (ty_sys_is_folder(path))
        return add_folder(path, langs, out, error);
    ty_status status = add_file(path, false, out, error);
    if (status == TY_OK && out->items[0].alike)
        out->items[0].swapped = has_headwords(langs[1]) && !has_headwords(langs[0]);
    return status;
}
