/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sys - the operating system, as far as we ask it. Nothing but sys_*.c includes a header of POSIX
 * (tests/layering): these files are what another system wants written anew.
 *
 * A file is its descriptor, -1 is none; programs that we start do not inherit it. What fails sets errno; what
 * a signal interrupts is taken up again. Threads are pthread's, which all systems have.
 */
#ifndef TY_BASE_SYS_H
#define TY_BASE_SYS_H

#include <pthread.h>

#include "base/base.h"

/* ------------------------------------------------------------------------------------------ files */

enum { TY_SYS_INPUT, TY_SYS_OUTPUT, TY_SYS_ERRORS }; /* the standard streams */
enum { TY_SYS_HERE = -1 };                           /* in place of a folder: the working folder */

enum ty_sys_how {
    TY_SYS_READ = 0,
    TY_SYS_WRITE = 1,
    TY_SYS_UPDATE = 2,    /* read and write */
    TY_SYS_NO_LINK = 4,   /* fails where the name is a link */
    TY_SYS_NO_WAIT = 8,   /* for nobody at the other end of a pipe */
    TY_SYS_FOLDER = 16,   /* fails where it is none */
    TY_SYS_MAYBE_NEW = 32 /* made, for its owner, where it is not there */
};

int ty_sys_open(const char *path, int how);
/* A new file, read and written; EEXIST where anything has the name. */
int ty_sys_make(const char *path, unsigned mode);
int ty_sys_make_in(int folder, const char *name, unsigned mode);
/* A file without a name in the folder at `path`, which is seen from `folder`; EOPNOTSUPP where there can be
 * none. */
int ty_sys_make_unnamed(int folder, const char *path, unsigned mode);
void ty_sys_close(int file); /* -1 is fine */

/* Bytes read, 0 at the end, -1. */
ptrdiff_t ty_sys_read(int file, void *into, size_t size);
/* The same at an offset, and less than asked for at the end only. */
ptrdiff_t ty_sys_read_at(int file, void *into, size_t size, int64_t offset);
/* All of it, or false. */
bool ty_sys_write(int file, ty_slice bytes);
bool ty_sys_write_at(int file, ty_slice bytes, int64_t offset);
bool ty_sys_rewind(int file);
bool ty_sys_truncate(int file, int64_t size);
/* To the disk, not only to the system. */
bool ty_sys_sync(int file);
/* Holds a stretch of a file against other processes, until the file is closed; EAGAIN or EACCES where another
 * has it. `size` 0: to the end. */
bool ty_sys_lock(int file, int64_t begin, int64_t size);

/* The bytes of a file, to be read; `offset` is a multiple of ty_sys_page_size. NULL on failure. */
void *ty_sys_map(int file, size_t size, int64_t offset);
void ty_sys_unmap(void *bytes, size_t size);

typedef enum ty_sys_kind { TY_SYS_IS_FILE, TY_SYS_IS_FOLDER, TY_SYS_IS_LINK, TY_SYS_IS_OTHER } ty_sys_kind;

typedef struct ty_sys_facts {
    ty_sys_kind kind;
    unsigned mode, owner, group; /* mode: who may do what, as octal digits of POSIX have it */
    uint64_t disk, number;       /* together they tell a file from all others */
    int64_t size;                /* bytes */
    int64_t modified, changed;   /* contents; contents or facts: nanoseconds since 1970 */
} ty_sys_facts;

bool ty_sys_stat(const char *path, ty_sys_facts *out);
bool ty_sys_stat_link(const char *path, ty_sys_facts *out); /* of the link itself */
bool ty_sys_stat_in(int folder, const char *name, ty_sys_facts *out);
bool ty_sys_stat_file(int file, ty_sys_facts *out);
bool ty_sys_is_same(const ty_sys_facts *a, const ty_sys_facts *b);
bool ty_sys_is_folder(const char *path);
int64_t ty_sys_size(int file); /* -1 on failure */

bool ty_sys_exists(const char *path);
bool ty_sys_may_read(const char *path);
bool ty_sys_may_write(const char *path);
bool ty_sys_may_run(const char *path);
bool ty_sys_set_mode(int file, unsigned mode);
bool ty_sys_set_mode_of(const char *path, unsigned mode);
/* Either may be UINT_MAX: as it is. */
bool ty_sys_set_owner(int file, unsigned owner, unsigned group);

/* ------------------------------------------------------------------------------------------ names */

bool ty_sys_remove(const char *path); /* a file */
bool ty_sys_remove_in(int folder, const char *name);
bool ty_sys_rename_in(int folder, const char *from, const char *to);
bool ty_sys_link(const char *from, const char *to);
/* Gives a file without a name one; ENOENT where the system cannot. */
bool ty_sys_name_in(int file, int folder, const char *name);
/* The path with all links followed, the caller's to free; NULL where it leads nowhere. */
char *ty_sys_full_path(const char *path);

bool ty_sys_make_folder(const char *path, unsigned mode);
/* "...XXXXXX" becomes the name of a new file, which is open, or of a new folder, for its owner. */
int ty_sys_make_temporary(char *pattern);
bool ty_sys_make_temporary_folder(char *pattern);
/* The names in a folder in the order of their bytes, without "." and ".."; theirs is the arena. */
bool ty_sys_list(const char *path, ty_arena *arena, ty_slices *out);
/* A folder and what is in it, as far as it can be removed. */
void ty_sys_remove_all(const char *path);
/* Does a name fit a pattern of *, ? and [...]? */
bool ty_sys_fits(const char *pattern, const char *name);

/* Bytes that the disk of a folder has left for us. */
bool ty_sys_room(const char *folder, uint64_t *out);
/* Is the file on a disk of another machine? */
bool ty_sys_is_distant(const char *path);

/* ------------------------------------------------------------------------------------------ changes */

typedef struct ty_sys_change {
    int folder;             /* what ty_sys_watch_add called it */
    const char *name;       /* in that folder; "" for none */
    bool is_folder, is_new; /* new: it was made, and is empty still */
    bool lost;              /* there were more than could be told: look at everything */
} ty_sys_change;

/* A file that can be read, and waited for, when something happens in the folders added. */
int ty_sys_watch_open(void);
int ty_sys_watch_add(int watch, const char *folder); /* its number, from 1; or -1 */
/* Tells what happened; other than TY_OK ends it and is returned. */
ty_status ty_sys_watch_read(int watch, ty_status (*each)(void *payload, const ty_sys_change *change),
                            void *payload);

/* ------------------------------------------------------------------------------------------ processes */

bool ty_sys_pipe(int ends[2]); /* read from the first, write to the second */
/* Waits until some of the files can be read, or have ended; how many, 0 when the time is over (-1: never). */
int ty_sys_poll(const int *files, bool *ready, size_t count, int milliseconds);

/* This process once more: 0 in the new one, its number in the old one, -1. */
int ty_sys_fork(void);
_Noreturn void ty_sys_leave(int code); /* ends a process of ty_sys_fork */
void ty_sys_kill(int process);

typedef struct ty_sys_end {
    bool exited;  /* by itself, with `code` */
    bool faulted; /* stopped for reaching where it must not */
    int code;
} ty_sys_end;

ty_sys_end ty_sys_wait(int process);

typedef struct ty_sys_program {
    const char *file;   /* in full */
    char *const *words; /* NULL at the end */
    const char *folder; /* works there */
    unsigned seconds;   /* of processor */
    uint64_t memory;    /* bytes at most */
} ty_sys_program;

/* Starts a program with a small environment, no input and no error stream; what it prints can be read from
 * *output. Its number, or -1. */
int ty_sys_start(const ty_sys_program *program, int *output);
/* Shows an address in the desktop's browser. */
bool ty_sys_browse(char *address);

/* From here on whoever wants to end the program (interrupt, terminate, hang up) is waited for below, by this
 * thread and those it starts; a file that can be read then, for ty_sys_poll. */
void ty_sys_hold_ends(void);
void ty_sys_wait_for_end(void);
int ty_sys_open_ends(void);
/* Signals wait until `act` has returned, which says what this returns. */
int ty_sys_undisturbed(int (*act)(void *payload), void *payload);
typedef void ty_sys_handler(int signal);
/* What happens when nobody reads a pipe that we write to; NULL: the write fails and that is all. The one
 * before. */
ty_sys_handler *ty_sys_on_broken_pipe(ty_sys_handler *handler);
/* A file that grows beyond what this process may write is a write that fails, not the end of it. */
void ty_sys_fail_at_limits(void);

unsigned ty_sys_user(void);
long ty_sys_process(void);
/* Threads take memory from at most so many heaps, which are kept apart for speed and filled one by one.
 * Before there are threads. */
void ty_sys_share_heaps(int count);
/* What is free goes back to the system, after work that took much. */
void ty_sys_give_memory_back(void);
/* At most so many bytes of addresses for this process, at least so many open files. */
void ty_sys_limit_memory(uint64_t bytes);
size_t ty_sys_ask_for_files(size_t count); /* how many it may have then */
bool ty_sys_set_variable(const char *name, const char *value, bool replace);

/* ------------------------------------------------------------------------------------------ machine */

int64_t ty_sys_clock(void); /* nanoseconds that only go on */
int64_t ty_sys_now(void);   /* nanoseconds since 1970 */
int64_t ty_sys_spent(void); /* nanoseconds of the processor that this thread has taken */
void ty_sys_sleep(int64_t nanoseconds);
size_t ty_sys_core_count(void);
size_t ty_sys_page_size(void);
/* Would like large pages for these bytes. */
void ty_sys_prefer_large_pages(void *bytes, size_t size);
bool ty_sys_random(void *into, size_t size);
bool ty_sys_is_terminal(int file);
/*
 * A library that few uses need, opened by the first of them: linked, some of them cost each start of the
 * program more than what it then does. FUNCTIONS(X) names the functions, a struct `table` holds them: typedef
 * struct table { FUNCTIONS(TY_SYS_MEMBER) } table; TY_SYS_LIBRARY(table, "libname.so.1", FUNCTIONS) The
 * second defines `const table *table_functions(void)`: any thread may call it; NULL where the library or one
 * of the functions is not there. What the loader finds never changes afterwards: it is kept for the whole
 * process, as the loader itself keeps it.
 */
#define TY_SYS_MEMBER(name) __typeof__(name) *name;
#define TY_SYS_NAME(name) TY_SYS_NAME_AFTER_MACROS(name)
#define TY_SYS_NAME_AFTER_MACROS(name) #name,
#define TY_SYS_LIBRARY(table, file, FUNCTIONS)                                                               \
    static table table##_members;                                                                            \
    static const table *table##_found;                                                                       \
    static void table##_find(void)                                                                           \
    {                                                                                                        \
        static const char *const names[] = {FUNCTIONS(TY_SYS_NAME)};                                         \
        _Static_assert(sizeof(table) == sizeof names, "one member a name");                                  \
        if (ty_sys_functions(file, names, sizeof names / sizeof *names, &table##_members))                   \
            table##_found = &table##_members;                                                                \
    }                                                                                                        \
    const table *table##_functions(void)                                                                     \
    {                                                                                                        \
        static pthread_once_t once = PTHREAD_ONCE_INIT;                                                      \
        pthread_once(&once, table##_find);                                                                   \
        return table##_found;                                                                                \
    }
/* Functions of a library by their names, `count` pointers from `into` on; the library stays open. False where
 * one of them is not there. */
bool ty_sys_functions(const char *library, const char *const names[], size_t count, void *into);
/* The file that this code is in, in full; false where that cannot be told. */
enum { TY_SYS_PATH_MAX = 4096 };
bool ty_sys_own_file(char out[TY_SYS_PATH_MAX + 1]);

/* This thread's numbers as C writes them, whatever the program's locale; until they are let go. */
typedef struct ty_sys_numbers {
    void *plain, *before;
} ty_sys_numbers;
ty_sys_numbers ty_sys_plain_numbers(void);
void ty_sys_let_numbers(ty_sys_numbers numbers);

/* ------------------------------------------------------------------------------------------ network */

typedef struct ty_sys_address {
    union {
        uint64_t aligned[4];
        unsigned char bytes[32];
    } at;
    size_t size;
    bool six, local, any; /* version 6; this machine's own; all that this machine has */
} ty_sys_address;

bool ty_sys_parse_address(const char *text, ty_sys_address *out);
/* Is a socket's address, struct sockaddr, this machine's own? */
bool ty_sys_is_local(const void *address);
/* A socket that listens there, with so many waiting at most; or -1. */
int ty_sys_listen(const ty_sys_address *address, int port, int waiting);
/* Is the connection broken? Not where the other end has said that it has nothing more to send: it may still
 * read. */
bool ty_sys_is_broken(int socket);
/* Ends what goes through a socket in both directions; it stays open. */
void ty_sys_shut_down(int socket);

#endif
