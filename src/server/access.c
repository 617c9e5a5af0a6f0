/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who may do what. A key is 32 random bytes; the file keeps its SHA-256 only, so that who reads the file can
 * open nothing. A line an entry: hash, kind, role, made, used, ends, name, with tabs between them.
 */
#include "server/internal.h"

#include <errno.h>
#include <fcntl.h>
#include <nettle/sha2.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

enum { HASH_SIZE = 64, ENTRY_LIMIT = 1000, LOGIN_KEYS = 4 };

typedef struct entry {
    char hash[HASH_SIZE + 1];
    char kind[8];
    char name[TY_NAME_LIMIT + 1];
    ty_role role;
    int64_t made, used, ends;
} entry;

struct ty_access {
    pthread_mutex_t lock;
    TY_VECTOR(entry) entries;
    char login[LOGIN_KEYS][TY_KEY_SIZE + 1]; /* of this run, each good once */
    size_t next_login;
    char *path;
};

static const char *const role_names[] = {"none", "read", "edit", "admin"};

const char *ty_role_name(ty_role role)
{
    return role_names[role];
}

static void to_hex(const uint8_t *bytes, size_t size, char *out)
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < size; i++) {
        out[2 * i] = digits[bytes[i] >> 4];
        out[2 * i + 1] = digits[bytes[i] & 15];
    }
    out[2 * size] = '\0';
}

static void hash_of(const char *prefix, ty_slice key, char out[HASH_SIZE + 1])
{
    struct sha256_ctx context;
    uint8_t digest[SHA256_DIGEST_SIZE];
    sha256_init(&context);
    sha256_update(&context, strlen(prefix), (const uint8_t *)prefix);
    sha256_update(&context, key.size, (const uint8_t *)key.data);
    sha256_digest(&context, sizeof digest, digest);
    to_hex(digest, sizeof digest, out);
}

static bool new_key(char key[TY_KEY_SIZE + 1])
{
    uint8_t bytes[TY_KEY_SIZE / 2];
    if (getrandom(bytes, sizeof bytes, 0) != (ssize_t)sizeof bytes)
        return false;
    to_hex(bytes, sizeof bytes, key);
    return true;
}

/* ------------------------------------------------------------------------------------------ the file */

static bool parse_entry(ty_slice line, entry *out)
{
    ty_slice fields[7] = {0};
    size_t count = 0;
    while (count < 7 && ty_slice_next(&line, '\t', &fields[count]))
        count++;
    if (count < 7 || fields[0].size != HASH_SIZE || fields[1].size >= sizeof out->kind ||
        fields[6].size > TY_NAME_LIMIT)
        return false;
    *out = (entry){0};
    memcpy(out->hash, fields[0].data, HASH_SIZE);
    memcpy(out->kind, fields[1].data, fields[1].size);
    memcpy(out->name, fields[6].data, fields[6].size);
    for (int role = TY_ROLE_READ; role <= TY_ROLE_ADMIN; role++)
        if (ty_slice_equal(fields[2], ty_slice_of(role_names[role])))
            out->role = (ty_role)role;
    out->made = strtoll(fields[3].data, NULL, 10);
    out->used = strtoll(fields[4].data, NULL, 10);
    out->ends = strtoll(fields[5].data, NULL, 10);
    return out->role != TY_ROLE_NONE;
}

static ty_status load(ty_access *access, ty_error *error)
{
    ty_buffer text = {0};
    ty_status status = ty_file_read(access->path, 1 << 20, &text, error);
    ty_slice rest = ty_buffer_slice(&text), line;
    entry one;
    while (status == TY_OK && rest.size && ty_slice_next(&rest, '\n', &line))
        if (parse_entry(line, &one) && !ty_vector_push(&access->entries, one))
            status = ty_error_nomem(error);
    ty_buffer_release(&text);
    return status;
}

static void print_entries(const ty_access *access, ty_buffer *out)
{
    for (size_t i = 0; i < access->entries.count; i++) {
        const entry *e = &access->entries.items[i];
        ty_buffer_add_format(out, "%s\t%s\t%s\t%lld\t%lld\t%lld\t%s\n", e->hash, e->kind, role_names[e->role],
                             (long long)e->made, (long long)e->used, (long long)e->ends, e->name);
    }
}

static bool write_whole(int file, ty_slice bytes)
{
    while (bytes.size) {
        ssize_t written = write(file, bytes.data, bytes.size);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        bytes = ty_slice_sub(bytes, (size_t)written, bytes.size);
    }
    return fsync(file) == 0;
}

/* A file of its own beside it first, only for its owner, then the name. */
static ty_status save(ty_access *access, ty_error *error)
{
    ty_buffer text = {0}, path = {0};
    print_entries(access, &text);
    ty_buffer_add_format(&path, "%s.new", access->path);
    ty_status status = text.failed || path.failed ? ty_error_nomem(error) : TY_OK;
    if (status == TY_OK) {
        unlink(path.data);
        int file = open(path.data, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
        bool good = file >= 0 && write_whole(file, ty_buffer_slice(&text));
        if (file >= 0)
            close(file);
        if (!good || rename(path.data, access->path) != 0)
            status = ty_error_errno(error, "%s cannot be written", access->path);
    }
    ty_buffer_release(&text);
    ty_buffer_release(&path);
    return status;
}

/* ------------------------------------------------------------------------------------------ life */

static bool is_there(const char *path)
{
    return access(path, F_OK) == 0;
}

static ty_status default_path(ty_buffer *out, ty_error *error)
{
    if (!ty_path_user(TY_USER_DATA, out))
        return ty_error_set(error, TY_ERR_USAGE, "there is no home folder to keep in who may sign in");
    ty_status status = ty_path_make_folders(out->data, TY_FOLDER_PRIVATE, error);
    ty_buffer_add_string(out, "/desk-access");
    return status;
}

ty_status ty_access_open(const char *path, ty_access **out, ty_error *error)
{
    ty_buffer place = {0};
    ty_status status = TY_OK;
    *out = NULL;
    ty_access *access = calloc(1, sizeof *access);
    if (!access)
        return ty_error_nomem(error);
    pthread_mutex_init(&access->lock, NULL);
    if (path)
        ty_buffer_add_string(&place, path);
    else
        status = default_path(&place, error);
    access->path = status == TY_OK && !place.failed ? strdup(place.data) : NULL;
    ty_buffer_release(&place);
    if (status == TY_OK && !access->path)
        status = ty_error_nomem(error);
    if (status == TY_OK && is_there(access->path))
        status = load(access, error);
    if (status == TY_OK)
        *out = access;
    else
        ty_access_close(access);
    return status;
}

void ty_access_close(ty_access *access)
{
    if (!access)
        return;
    if (access->entries.count)
        save(access, NULL);
    pthread_mutex_destroy(&access->lock);
    ty_vector_release(&access->entries);
    free(access->path);
    free(access);
}

/* ------------------------------------------------------------------------------------------ entries */

/* A name is one line without tabs; what does not fit is cut between characters. */
static void copy_name(char out[TY_NAME_LIMIT + 1], ty_slice name)
{
    size_t size = name.size < TY_NAME_LIMIT ? name.size : TY_NAME_LIMIT;
    while (size && size < name.size && ((unsigned char)name.data[size] & 0xC0) == 0x80)
        size--;
    for (size_t i = 0; i < size; i++)
        out[i] = (unsigned char)name.data[i] < 0x20 || name.data[i] == 0x7F ? ' ' : name.data[i];
    out[size] = '\0';
}

static entry *find(ty_access *access, const char *hash)
{
    for (size_t i = 0; i < access->entries.count; i++)
        if (memcmp(access->entries.items[i].hash, hash, HASH_SIZE) == 0)
            return &access->entries.items[i];
    return NULL;
}

static void drop_ended(ty_access *access, int64_t now)
{
    size_t kept = 0;
    for (size_t i = 0; i < access->entries.count; i++) {
        const entry *e = &access->entries.items[i];
        if (!e->ends || e->ends > now)
            access->entries.items[kept++] = *e;
    }
    access->entries.count = kept;
}

ty_status ty_access_add(ty_access *access, const char *kind, ty_role role, ty_slice name, int days,
                        char key[TY_KEY_SIZE + 1], ty_error *error)
{
    int64_t now = (int64_t)time(NULL);
    entry new = {.role = role, .made = now, .ends = days ? now + (int64_t)days * 86400 : 0};
    snprintf(new.kind, sizeof new.kind, "%s", kind);
    copy_name(new.name, name);
    if (!new_key(key))
        return ty_error_errno(error, "no random numbers");
    hash_of("", ty_slice_of(key), new.hash);
    pthread_mutex_lock(&access->lock);
    drop_ended(access, now);
    ty_status status = TY_OK;
    if (access->entries.count >= ENTRY_LIMIT)
        status = ty_error_set(error, TY_ERR_LIMIT, "more than %d tokens", ENTRY_LIMIT);
    else if (!ty_vector_push(&access->entries, new))
        status = ty_error_nomem(error);
    if (status == TY_OK)
        status = save(access, error);
    pthread_mutex_unlock(&access->lock);
    return status;
}

bool ty_access_check(ty_access *access, ty_slice key, ty_identity *out)
{
    char hash[HASH_SIZE + 1];
    int64_t now = (int64_t)time(NULL);
    if (key.size != TY_KEY_SIZE)
        return false;
    hash_of("", key, hash);
    pthread_mutex_lock(&access->lock);
    entry *found = find(access, hash);
    bool good = found && (!found->ends || found->ends > now);
    if (good) {
        found->used = now;
        out->role = found->role;
        out->cookie = strcmp(found->kind, "browser") == 0;
        memcpy(out->name, found->name, sizeof out->name);
        hash_of("form ", key, out->form_key);
    }
    pthread_mutex_unlock(&access->lock);
    return good;
}

bool ty_access_any_token(ty_access *access)
{
    bool any = false;
    pthread_mutex_lock(&access->lock);
    for (size_t i = 0; i < access->entries.count; i++)
        any = any || strcmp(access->entries.items[i].kind, "token") == 0;
    pthread_mutex_unlock(&access->lock);
    return any;
}

ty_status ty_access_rename(ty_access *access, ty_slice key, ty_slice name, ty_error *error)
{
    char hash[HASH_SIZE + 1];
    hash_of("", key, hash);
    pthread_mutex_lock(&access->lock);
    entry *found = find(access, hash);
    if (found)
        copy_name(found->name, name);
    ty_status status = found ? save(access, error) : TY_NO;
    pthread_mutex_unlock(&access->lock);
    return status;
}

ty_status ty_access_revoke(ty_access *access, ty_slice id, ty_error *error)
{
    size_t kept = 0;
    if (id.size != 16)
        return TY_NO;
    pthread_mutex_lock(&access->lock);
    for (size_t i = 0; i < access->entries.count; i++)
        if (memcmp(access->entries.items[i].hash, id.data, id.size) != 0)
            access->entries.items[kept++] = access->entries.items[i];
    bool found = kept < access->entries.count;
    access->entries.count = kept;
    ty_status status = found ? save(access, error) : TY_NO;
    pthread_mutex_unlock(&access->lock);
    return status;
}

void ty_access_list(ty_access *access, void (*each)(void *payload, const ty_access_entry *entry),
                    void *payload)
{
    pthread_mutex_lock(&access->lock);
    for (size_t i = 0; i < access->entries.count; i++) {
        const entry *e = &access->entries.items[i];
        ty_access_entry told = {.role = e->role, .made = e->made, .used = e->used, .ends = e->ends};
        memcpy(told.id, e->hash, 16);
        memcpy(told.kind, e->kind, sizeof told.kind);
        memcpy(told.name, e->name, sizeof told.name);
        each(payload, &told);
    }
    pthread_mutex_unlock(&access->lock);
}

/* ------------------------------------------------------------------------------------------ login */

void ty_access_login_key(ty_access *access, char key[TY_KEY_SIZE + 1])
{
    pthread_mutex_lock(&access->lock);
    if (!new_key(key))
        key[0] = '\0';
    memcpy(access->login[access->next_login++ % LOGIN_KEYS], key, TY_KEY_SIZE + 1);
    pthread_mutex_unlock(&access->lock);
}

bool ty_access_use_login_key(ty_access *access, ty_slice key)
{
    bool found = false;
    if (key.size != TY_KEY_SIZE)
        return false;
    pthread_mutex_lock(&access->lock);
    for (size_t i = 0; i < LOGIN_KEYS && !found; i++) {
        found = access->login[i][0] && memcmp(access->login[i], key.data, TY_KEY_SIZE) == 0;
        if (found)
            access->login[i][0] = '\0';
    }
    pthread_mutex_unlock(&access->lock);
    return found;
}
