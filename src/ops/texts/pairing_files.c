/* SPDX-License-Identifier: Apache-2.0 */
/* The files of folders, and what their names say. */

#include "ops/texts/pairing.h"

#include "base/sys.h"

enum { DEEPEST = 32 };
static const size_t most_files = 1000000;

/* ------------------------------------------------------------------------------------------ folders */

static ty_status add_below(ty_pairing *pairing, const char *path, size_t top, unsigned depth,
                           ty_error *error);

static ty_status add_entry(ty_pairing *pairing, const char *path, size_t top, unsigned depth, ty_error *error)
{
    ty_sys_facts about;
    if (!ty_sys_stat(path, &about))
        return TY_OK; /* it went away, or leads nowhere */
    if (about.kind == TY_SYS_IS_FOLDER)
        return depth < DEEPEST ? add_below(pairing, path, top, depth + 1, error) : TY_OK;
    if (about.kind != TY_SYS_IS_FILE || !about.size)
        return TY_OK;
    if (pairing->files.count >= most_files)
        return ty_error_set(error, TY_ERR_LIMIT, "there are more than %zu files", most_files);
    struct pairing_file file = {.path = ty_arena_copy(&pairing->arena, ty_slice_of(path)).data,
                                .partner = SIZE_MAX};
    file.key = ty_slice_of(file.path + top); /* the language is taken out when it is known */
    return ty_vector_push(&pairing->files, file) ? TY_OK : ty_error_nomem(error);
}

static ty_status add_below(ty_pairing *pairing, const char *path, size_t top, unsigned depth, ty_error *error)
{
    ty_slices names = {0};
    ty_buffer inner = {0};
    ty_status status = TY_OK;
    if (!ty_sys_list(path, &pairing->arena, &names))
        status = ty_error_errno(error, "cannot open the folder %s", path);
    for (size_t i = 0; i < names.count && status == TY_OK; i++) {
        if (names.items[i].data[0] == '.')
            continue;
        ty_buffer_clear(&inner);
        ty_buffer_add_format(&inner, "%s/%s", path, names.items[i].data);
        status = inner.failed ? ty_error_nomem(error) : add_entry(pairing, inner.data, top, depth, error);
    }
    ty_buffer_release(&inner);
    ty_vector_release(&names);
    return status;
}

ty_status ty_pairing_add_folder(ty_pairing *pairing, const char *folder, ty_error *error)
{
    ty_slice path = ty_slice_of(folder);
    while (path.size > 1 && path.data[path.size - 1] == '/')
        path.size--;
    const char *kept = ty_arena_copy(&pairing->arena, path).data;
    ty_sys_facts about;
    if (kept && ty_sys_stat(kept, &about) && about.kind == TY_SYS_IS_FILE)
        return add_entry(pairing, kept, 0, 0, error);
    return add_below(pairing, kept, path.size + 1, 0, error);
}

/* ------------------------------------------------------------------------------------------ keys */

static bool is_word_byte(char byte)
{
    unsigned char c = (unsigned char)byte;
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c >= 0x80;
}

/* Does the word name a language: by its tag, or as files of English-Japanese desks call them? */
static bool names_language(ty_slice word, ty_slice lang)
{
    static const char *const english[] = {"en",   "eng",    "english", "e", "英語",
                                          "英文", "英語版", "英訳",    NULL},
                             *const japanese[] = {"ja",   "jp",     "jpn",  "jpa",      "japanese",
                                                  "j",    "日本語", "和文", "日本語版", "和訳",
                                                  "仮訳", "邦訳",   NULL};
    const char *const *list = ty_lang_same(lang, TY_SLICE("en"))   ? english
                              : ty_lang_same(lang, TY_SLICE("ja")) ? japanese
                                                                   : NULL;
    for (; list && *list; list++)
        if (ty_slice_equal_nocase(word, ty_slice_of(*list)))
            return true;
    return ty_slice_equal_nocase(word, lang);
}

/* "0728e" beside "0728j". */
static ty_slice without_letter(ty_slice word, ty_slice lang)
{
    if (word.size < 2 || word.data[word.size - 2] < '0' || word.data[word.size - 2] > '9')
        return word;
    ty_slice letter = ty_slice_sub(word, word.size - 1, word.size);
    return names_language(letter, lang) ? ty_slice_sub(word, 0, word.size - 1) : word;
}

static ty_slice without_extension(ty_slice name)
{
    for (size_t i = name.size; i > 0 && name.data[i - 1] != '/'; i--)
        if (name.data[i - 1] == '.')
            return ty_slice_sub(name, 0, i - 1);
    return name;
}

ty_slice ty_pairing_name_key(ty_slice name, ty_slice lang, ty_arena *arena)
{
    ty_buffer key = {0};
    name = without_extension(name);
    for (size_t at = 0; at < name.size;) {
        size_t end = at;
        while (end < name.size && is_word_byte(name.data[end]))
            end++;
        ty_slice word = ty_slice_sub(name, at, end);
        if (word.size && !names_language(word, lang)) {
            ty_buffer_add(&key, without_letter(word, lang));
            ty_buffer_add_char(&key, '/');
        }
        at = end + (end < name.size);
    }
    for (size_t i = 0; i < key.size; i++)
        if (key.data[i] >= 'A' && key.data[i] <= 'Z')
            key.data[i] |= 0x20;
    ty_slice kept = ty_arena_copy(arena, ty_buffer_slice(&key));
    ty_buffer_release(&key);
    return kept;
}
