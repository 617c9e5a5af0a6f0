/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who may do what. A key is 32 random bytes; the file keeps its SHA-256 only, so that who reads the file can
 * open nothing (access_file.c).
 */
#include "server/access_file.h"

#include <errno.h>
#include <nettle/sha2.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "base/sys.h"
#include "library_files.h"

#define FUNCTIONS(X)                                                                                         \
    X(nettle_sha256_init)                                                                                    \
    X(nettle_sha256_update)                                                                                  \
    X(nettle_sha256_digest)

typedef struct nettle {
    FUNCTIONS(TY_SYS_MEMBER)
} nettle;
static const nettle *nettle_functions(void);
TY_SYS_LIBRARY(nettle, TY_FILE_OF_NETTLE, FUNCTIONS)

enum {
    HASH_SIZE = TY_ACCESS_HASH,
    ENTRY_LIMIT = 1000,
    LOGIN_KEYS = 4,
    LOCK_TRIES = 300,
    LOCK_PAUSE = 5000000
};

typedef ty_access_line entry;

struct ty_access {
    pthread_mutex_t changing; /* held while the file is waited for and changed; taken before the other */
    pthread_mutex_t lock;     /* of what follows: nobody who only asks waits for a file */
    ty_access_lines entries;
    ty_sys_facts file;                       /* as the entries were read from it; number 0: not read */
    bool filed;                              /* there was such a file */
    char login[LOGIN_KEYS][TY_KEY_SIZE + 1]; /* of this run, each good once */
    size_t next_login;
    char *path;
};

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
    const nettle *by = nettle_functions();
    struct sha256_ctx context;
    uint8_t digest[SHA256_DIGEST_SIZE];
    by->nettle_sha256_init(&context);
    by->nettle_sha256_update(&context, strlen(prefix), (const uint8_t *)prefix);
    by->nettle_sha256_update(&context, key.size, (const uint8_t *)key.data);
    by->nettle_sha256_digest(&context, sizeof digest, digest);
    to_hex(digest, sizeof digest, out);
}

static bool new_key(char key[TY_KEY_SIZE + 1])
{
    uint8_t bytes[TY_KEY_SIZE / 2];
    if (!ty_sys_random(bytes, sizeof bytes))
        return false;
    to_hex(bytes, sizeof bytes, key);
    return true;
}

/* ------------------------------------------------------------------------------------------ the file */

static bool is_as_read(const ty_sys_facts *a, const ty_sys_facts *b)
{
    return ty_sys_is_same(a, b) && a->size == b->size && a->modified == b->modified &&
           a->changed == b->changed;
}

static entry *find(ty_access *access, const char *hash)
{
    for (size_t i = 0; i < access->entries.count; i++)
        if (memcmp(access->entries.items[i].hash, hash, HASH_SIZE) == 0)
            return &access->entries.items[i];
    return NULL;
}

/* When they were used here is kept. */
static void take_entries(ty_access *access, ty_access_lines *read)
{
    for (size_t i = 0; i < read->count; i++) {
        const entry *known = find(access, read->items[i].hash);
        if (known && known->used > read->items[i].used)
            read->items[i].used = known->used;
    }
    ty_vector_release(&access->entries);
    access->entries = *read;
}

/* Other servers of this user keep the same file: what they gave out, or took back, is so here as well. */
static ty_status refresh(ty_access *access, ty_error *error)
{
    ty_sys_facts now;
    ty_access_lines read = {0};
    if (!ty_sys_stat(access->path, &now)) {
        if (errno == ENOENT && access->filed) /* whoever took it away shuts everybody out */
            ty_vector_clear(&access->entries);
        return TY_OK;
    }
    access->filed = true;
    if (is_as_read(&now, &access->file))
        return TY_OK;
    ty_status status = ty_access_load(access->path, &read, error);
    if (status != TY_OK) {
        ty_vector_release(&read);
        return status;
    }
    take_entries(access, &read);
    access->file = now;
    return TY_OK;
}

/* From here to end_change nobody else changes the file; who waits longer than ever needed goes on without. */
static int begin_change(ty_access *access)
{
    ty_buffer name = {0};
    pthread_mutex_lock(&access->changing);
    ty_buffer_add_format(&name, "%s.lock", access->path);
    int held = name.failed ? -1 : ty_sys_open(name.data, TY_SYS_UPDATE | TY_SYS_MAYBE_NEW);
    for (int tries = 0; held >= 0 && tries < LOCK_TRIES && !ty_sys_lock(held, 0, 0); tries++)
        ty_sys_sleep(LOCK_PAUSE);
    ty_buffer_release(&name);
    pthread_mutex_lock(&access->lock);
    (void)refresh(access, NULL);
    return held;
}

/* What could not be saved is not so: the file is read again. */
static ty_status end_change(ty_access *access, int held, ty_status status, ty_error *error)
{
    if (status == TY_OK)
        status = ty_access_save(access->path, &access->entries, error);
    access->file = (ty_sys_facts){0};
    pthread_mutex_unlock(&access->lock);
    ty_sys_close(held);
    pthread_mutex_unlock(&access->changing);
    return status;
}

/* ------------------------------------------------------------------------------------------ life */

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
    if (!nettle_functions())
        return ty_error_set(error, TY_ERR_USAGE, "keys need the library %s, which is not installed",
                            TY_FILE_OF_NETTLE);
    ty_access *access = calloc(1, sizeof *access);
    if (!access)
        return ty_error_nomem(error);
    pthread_mutex_init(&access->changing, NULL);
    pthread_mutex_init(&access->lock, NULL);
    if (path)
        ty_buffer_add_string(&place, path);
    else
        status = default_path(&place, error);
    access->path = status == TY_OK && !place.failed ? strdup(place.data) : NULL;
    ty_buffer_release(&place);
    if (status == TY_OK && !access->path)
        status = ty_error_nomem(error);
    if (status == TY_OK)
        status = refresh(access, error);
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
    if (access->path && access->entries.count) { /* when they were used last, no more */
        int held = begin_change(access);
        (void)end_change(access, held, access->entries.count ? TY_OK : TY_NO, NULL);
    }
    pthread_mutex_destroy(&access->lock);
    pthread_mutex_destroy(&access->changing);
    ty_vector_release(&access->entries);
    free(access->path);
    free(access);
}

/* ------------------------------------------------------------------------------------------ entries */

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
    ty_name_copy(new.name, name);
    if (ty_xml_check(name, error) != TY_OK)
        return TY_ERR_ENCODING;
    if (!new_key(key))
        return ty_error_errno(error, "no random numbers");
    hash_of("", ty_slice_of(key), new.hash);
    int held = begin_change(access);
    drop_ended(access, now);
    ty_status status = TY_OK;
    if (access->entries.count >= ENTRY_LIMIT)
        status = ty_error_set(error, TY_ERR_LIMIT, "more than %d tokens", ENTRY_LIMIT);
    else if (!ty_vector_push(&access->entries, new))
        status = ty_error_nomem(error);
    return end_change(access, held, status, error);
}

/* Addresses are kept by clients, mails and logs of others: a token in one ends, whatever was said when it was
 * made. */
static int64_t end_of(const entry *e, bool in_address)
{
    return e->ends || !in_address ? e->ends : e->made + (int64_t)TY_TOKEN_DAYS * 86400;
}

static bool is_over(const entry *e, bool in_address, int64_t now)
{
    int64_t end = end_of(e, in_address);
    return end && end <= now;
}

void ty_access_form_key(ty_slice key, const char *name, char out[TY_KEY_SIZE + 1])
{
    char prefix[TY_NAME_LIMIT + 16];
    snprintf(prefix, sizeof prefix, name[0] ? "form of %s\n" : "form ", name);
    hash_of(prefix, key, out);
}

bool ty_access_check(ty_access *access, ty_slice key, bool in_address, ty_identity *out)
{
    char hash[HASH_SIZE + 1];
    int64_t now = (int64_t)time(NULL);
    if (key.size != TY_KEY_SIZE)
        return false;
    hash_of("", key, hash);
    pthread_mutex_lock(&access->lock);
    bool read = refresh(access, NULL) == TY_OK; /* else nobody knows whether it is good still */
    entry *found = read ? find(access, hash) : NULL;
    bool good = found && !is_over(found, in_address, now);
    if (good) {
        found->used = now;
        out->role = found->role;
        out->cookie = strcmp(found->kind, "browser") == 0;
        memcpy(out->name, found->name, sizeof out->name);
        ty_access_form_key(key, "", out->form_key);
    }
    pthread_mutex_unlock(&access->lock);
    return good;
}

bool ty_access_any_token(ty_access *access)
{
    bool any = false;
    int64_t now = (int64_t)time(NULL);
    pthread_mutex_lock(&access->lock);
    (void)refresh(access, NULL);
    for (size_t i = 0; i < access->entries.count; i++)
        any = any || (strcmp(access->entries.items[i].kind, "token") == 0 &&
                      !is_over(&access->entries.items[i], false, now));
    pthread_mutex_unlock(&access->lock);
    return any;
}

ty_status ty_access_rename(ty_access *access, ty_slice key, ty_slice name, ty_error *error)
{
    char hash[HASH_SIZE + 1];
    if (ty_xml_check(name, error) != TY_OK)
        return TY_ERR_ENCODING;
    hash_of("", key, hash);
    int held = begin_change(access);
    entry *found = find(access, hash);
    if (found)
        ty_name_copy(found->name, name);
    return end_change(access, held, found ? TY_OK : TY_NO, error);
}

ty_status ty_access_revoke(ty_access *access, ty_slice id, ty_error *error)
{
    size_t kept = 0;
    if (id.size != 16)
        return TY_NO;
    int held = begin_change(access);
    for (size_t i = 0; i < access->entries.count; i++)
        if (memcmp(access->entries.items[i].hash, id.data, id.size) != 0)
            access->entries.items[kept++] = access->entries.items[i];
    bool found = kept < access->entries.count;
    access->entries.count = kept;
    return end_change(access, held, found ? TY_OK : TY_NO, error);
}

void ty_access_list(ty_access *access, void (*each)(void *payload, const ty_access_entry *entry),
                    void *payload)
{
    pthread_mutex_lock(&access->lock);
    (void)refresh(access, NULL);
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

void ty_access_return_login_key(ty_access *access, ty_slice key)
{
    if (key.size != TY_KEY_SIZE)
        return;
    pthread_mutex_lock(&access->lock);
    char *place = access->login[access->next_login++ % LOGIN_KEYS];
    memcpy(place, key.data, key.size);
    place[key.size] = '\0';
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
