/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The library pairs the documents of folders, so for that time they lie in one: under the names that they
 * were sent with, as far as these are names that a file can have.
 */
#include "server/pairing.h"

#include "base/sys.h"
#include "server/file_names.h"

typedef struct pairing {
    ty_staged *staged;
    ty_buffer folder;
    TY_VECTOR(ty_buffer) paths; /* of each file; empty: it lies nowhere */
    TY_VECTOR(bool) documents;
    ty_error *error;
} pairing;

static bool is_document(const ty_staged_file *file)
{
    ty_staged_view view;
    bool yes = false;
    if (ty_staged_open(file, &view))
        (void)ty_source_is_document(&view.source, &yes, NULL); /* what it cannot tell comes in by itself */
    ty_staged_close(&view);
    return yes;
}

/* ------------------------------------------------------------------------------------------ the folder */

/* The folder that the path leads through last. False where a file of that name, or the depth, is in the way.
 */
static bool make_folder(const ty_buffer *path)
{
    ty_buffer folder = {0};
    size_t end = path->size;
    while (end && path->data[end - 1] != '/')
        end--;
    ty_buffer_add(&folder, ty_slice_sub(ty_buffer_slice(path), 0, end ? end - 1 : 0));
    bool made = !folder.failed && ty_path_make_folders(folder.data, TY_FOLDER_PRIVATE, NULL) == TY_OK;
    ty_buffer_release(&folder);
    return made;
}

static ty_status write_file(const ty_buffer *path, ty_slice bytes, bool *written, ty_error *error)
{
    ty_status status = TY_OK;
    int file = make_folder(path) ? ty_sys_make(path->data, 0600) : -1;
    *written = file >= 0;
    if (*written && !ty_sys_write(file, bytes))
        status = ty_error_errno(error, "a temporary file cannot be written");
    ty_sys_close(file);
    return status;
}

enum { MOST_FOLDERS = 16 };

static bool is_deep(const char *name)
{
    int folders = 0;
    for (; *name; name++)
        folders += *name == '/';
    return folders > MOST_FOLDERS;
}

static ty_slice without_folders(ty_slice name)
{
    size_t start = name.size;
    while (start && name.data[start - 1] != '/')
        start--;
    return ty_slice_sub(name, start, name.size);
}

/* No name that is sent is one of the numbers, which a stop ends: ty_legal_name takes it off. */
static void name_place(ty_buffer *path, const ty_buffer *folder, int number, ty_slice name, int attempt)
{
    ty_buffer_clear(path);
    ty_buffer_add_format(path, "%s/", folder->data);
    if (attempt)
        ty_buffer_add_format(path, "%d./", number);
    ty_legal_way(path, attempt < 2 ? name : without_folders(name));
}

/*
 * Two files of one name, or a file and a folder, lie apart: one below its number. So does, without its
 * folders, what lies deep.
 */
static ty_status lay_out(pairing *p, int number)
{
    const ty_staged_file *file = &p->staged->files.items[number];
    ty_buffer *path = &p->paths.items[number];
    ty_staged_view view;
    bool written = false;
    ty_status status =
        ty_staged_open(file, &view) ? TY_OK : ty_error_errno(p->error, "a file cannot be read");
    for (int attempt = is_deep(file->name) ? 2 : 0; status == TY_OK && !written && attempt < 3; attempt++) {
        name_place(path, &p->folder, number, ty_slice_of(file->name), attempt);
        status =
            path->failed ? ty_error_nomem(p->error) : write_file(path, view.source.bytes, &written, p->error);
    }
    if (status == TY_OK && !written)
        status = ty_error_errno(p->error, "a temporary file cannot be written");
    ty_staged_close(&view);
    return status;
}

/* ------------------------------------------------------------------------------------------ groups */

static int find(const pairing *p, const char *path)
{
    for (size_t i = 0; i < p->paths.count; i++)
        if (p->paths.items[i].size && strcmp(p->paths.items[i].data, path) == 0)
            return (int)i;
    return -1;
}

static bool add_group(pairing *p, int first, int second)
{
    ty_staged_group group = {first, second, p->documents.items[first]};
    return ty_vector_push(&p->staged->groups, group);
}

static bool is_grouped(const ty_staged *staged, int number)
{
    for (size_t i = 0; i < staged->groups.count; i++)
        if (staged->groups.items[i].first == number || staged->groups.items[i].second == number)
            return true;
    return false;
}

static bool take_pairs(pairing *p, const ty_pairing *found)
{
    bool good = true;
    for (size_t i = 0; i < ty_pairing_count(found) && good; i++) {
        ty_file_pair pair = ty_pairing_at(found, i);
        int first = find(p, pair.source), second = find(p, pair.target);
        if (first >= 0 && second >= 0)
            good = add_group(p, first, second);
    }
    return good;
}

static bool take_rest(pairing *p)
{
    const ty_staged *staged = p->staged;
    bool good = true, two = staged->files.count == 2 && p->documents.items[0] && p->documents.items[1];
    if (two && !staged->groups.count)
        return add_group(p, 0, 1);
    for (int i = 0; i < (int)staged->files.count && good; i++)
        if (!is_grouped(staged, i))
            good = add_group(p, i, -1);
    return good;
}

static ty_status pair_documents(pairing *p)
{
    ty_pairing *found = NULL;
    const char *folders[] = {p->folder.data};
    ty_bitext_settings how = {0};
    ty_status status = ty_pairing_open(folders, 1, &how, NULL, &found, p->error);
    if (status == TY_OK && !take_pairs(p, found))
        status = ty_error_nomem(p->error);
    ty_pairing_close(found);
    return status == TY_NO ? TY_OK : status;
}

static ty_status pair_all(pairing *p)
{
    size_t documents = 0;
    ty_status status = ty_temporary_folder(&p->folder, p->error);
    for (int i = 0; i < (int)p->staged->files.count && status == TY_OK; i++) {
        bool document = is_document(&p->staged->files.items[i]);
        if (!ty_vector_push(&p->paths, (ty_buffer){0}) || !ty_vector_push(&p->documents, document))
            status = ty_error_nomem(p->error);
        else if (document)
            status = lay_out(p, i);
        documents += document;
    }
    if (status == TY_OK && documents > 1)
        status = pair_documents(p);
    return status == TY_OK && !take_rest(p) ? ty_error_nomem(p->error) : status;
}

ty_status ty_staged_pair(ty_staged *staged, ty_error *error)
{
    pairing p = {.staged = staged, .error = error};
    ty_vector_clear(&staged->groups);
    ty_status status = pair_all(&p);
    ty_temporary_folder_remove(&p.folder);
    for (size_t i = 0; i < p.paths.count; i++)
        ty_buffer_release(&p.paths.items[i]);
    ty_vector_release(&p.paths);
    ty_vector_release(&p.documents);
    ty_buffer_release(&p.folder);
    return status;
}
