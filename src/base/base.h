/* SPDX-License-Identifier: Apache-2.0 */
/*
 * base - what every module stands on: slices, buffers, arenas, vectors, string tables, errors, threads,
 * files.
 *
 * libc only. Life-cycle verbs, here and everywhere: init and release (the contents of a struct the caller
 * owns), clear (empty but ready), new and free (struct and contents), open and close (files). A zeroed
 * struct is an initialised one unless its comment says otherwise.
 */
#ifndef TY_BASE_H
#define TY_BASE_H

#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "taiyaku.h"

/* ------------------------------------------------------------------------------------------ slices */

#define TY_SLICE(literal) ((ty_slice){"" literal, sizeof(literal) - 1})
#define TY_SLICE_FORMAT(slice) (int)(slice).size, (slice).data /* for "%.*s" */

bool ty_slice_equal(ty_slice a, ty_slice b);
/* Byte order, a prefix before what it begins: <0, 0, >0. */
int ty_slice_compare(ty_slice a, ty_slice b);
/* The same with a C string, whose length need not be known; a slice with a NUL in it is equal to none. */
static inline int ty_slice_compare_string(ty_slice slice, const char *string)
{
    size_t i = 0;
    while (i < slice.size && slice.data[i] == string[i] && string[i])
        i++;
    if (i == slice.size)
        return string[i] ? -1 : 0;
    return (unsigned char)slice.data[i] < (unsigned char)string[i] ? -1 : 1;
}
bool ty_slice_equal_nocase(ty_slice a, ty_slice b); /* ASCII letters alike */
bool ty_slice_starts(ty_slice text, ty_slice prefix);
bool ty_slice_ends(ty_slice text, ty_slice suffix);
/* The part [start, end), both clamped to the slice. */
static inline ty_slice ty_slice_sub(ty_slice text, size_t start, size_t end)
{
    if (end > text.size)
        end = text.size;
    return start < end ? (ty_slice){text.data + start, end - start} : (ty_slice){"", 0};
}
/* Without ASCII white space at either end. */
ty_slice ty_slice_trim(ty_slice text);
/* Offset of the first `needle` at or after `from`, or SIZE_MAX. */
size_t ty_slice_find(ty_slice text, ty_slice needle, size_t from);
/*
 * Cuts the next field off *rest: the text before `separator`, which is skipped. False when *rest has
 * ended (data is NULL); an empty last field counts.
 */
bool ty_slice_next(ty_slice *rest, char separator, ty_slice *field);

/* Length of the well-formed UTF-8 sequence at `at`, which is within the text, or 0 (Unicode 15, table 3-7).
 */
size_t ty_slice_utf8_length(ty_slice text, size_t at);

/* Sixteen bytes at once (vectors of GCC's kind): comparing gives lanes of 0 and 0xFF. */
typedef unsigned char ty_bytes16 __attribute__((vector_size(16)));

static inline ty_bytes16 ty_bytes16_at(const void *bytes)
{
    ty_bytes16 lanes;
    memcpy(&lanes, bytes, sizeof lanes);
    return lanes;
}

static inline bool ty_bytes16_any(ty_bytes16 lanes)
{
    uint64_t halves[2];
    memcpy(halves, &lanes, sizeof halves);
    return halves[0] | halves[1];
}

/* A 64-bit hash for tables and digests; the same on every machine, not for adversaries. */
uint64_t ty_hash(ty_slice text, uint64_t seed);
/* Tells damage from health, several bytes a nanosecond; against accidents, not adversaries, and on one kind
 * of machine. */
uint64_t ty_checksum(const void *bytes, size_t size);

/*
 * Bytes that may have been damaged since they were written: of each block of them a checksum is kept, and a
 * block is read and summed when it is first used, by whichever thread. So memory touched follows the answer,
 * however large what is mapped. The bytes [from, end) behind `base` are covered; all is borrowed.
 */
enum { TY_BLOCK_SIZE = 4096 };
typedef struct ty_blocks {
    const char *base;
    size_t from, end;
    const uint64_t *sums;  /* a block, from `base` on */
    atomic_bool damaged;   /* was anything else met than what was written? */
    atomic_size_t checked; /* blocks */
    atomic_uchar good[];   /* 0: not known; two threads that check the same one come to the same result */
} ty_blocks;

static inline size_t ty_blocks_before(size_t end)
{
    return (end + TY_BLOCK_SIZE - 1) / TY_BLOCK_SIZE;
}
/* For who writes: the sums of ty_blocks_before(end) blocks. */
void ty_blocks_sum(const void *base, size_t from, size_t end, uint64_t *sums);
/* NULL where there is no memory; free() it. */
ty_blocks *ty_blocks_new(const void *base, size_t from, size_t end, const uint64_t *sums);
/* Checks what is not known to be good of these blocks. */
bool ty_blocks_check(ty_blocks *blocks, size_t first, size_t last);
/* For who finds that the bytes contradict each other: false, and damaged. NULL is fine. */
bool ty_blocks_refuse(ty_blocks *blocks);

/* Are all of them known to be good? NULL stands for what is. */
static inline bool ty_blocks_all_good(ty_blocks *blocks)
{
    return !blocks ||
           atomic_load_explicit(&blocks->checked, memory_order_acquire) == ty_blocks_before(blocks->end);
}

/* Are these bytes as they were written? To be asked before they are used; false is kept. NULL stands for
 * bytes that were made here, which are good. */
static inline bool ty_blocks_trust(ty_blocks *blocks, const void *from, size_t size)
{
    if (!blocks || !size)
        return true;
    size_t start = (size_t)((const char *)from - blocks->base);
    size_t first = start / TY_BLOCK_SIZE, last = (start + size - 1) / TY_BLOCK_SIZE;
    return (first == last && atomic_load_explicit(&blocks->good[first], memory_order_acquire)) ||
           ty_blocks_check(blocks, first, last);
}

/* ------------------------------------------------------------------------------------------ errors */

/*
 * Records a failure, unless error is NULL or already has one, and returns `status`, so that a function
 * can `return ty_error_set(error, TY_ERR_IO, "...")`.
 */
ty_status ty_error_set(ty_error *error, ty_status status, const char *format, ...) TY_PRINTF(3, 4);
/* The same for a failed system call: adds strerror(errno). */
ty_status ty_error_errno(ty_error *error, const char *format, ...) TY_PRINTF(2, 3);
/* Names what was broken; the first name is kept. Returns error->status (TY_OK for NULL). */
ty_status ty_error_rule(ty_error *error, const char *rule);
/* Adds where in the input, keeping what is known already. Returns error->status (TY_OK for NULL). */
ty_status ty_error_locate(ty_error *error, const char *file, size_t line, size_t unit);
ty_status ty_error_nomem(ty_error *error);

/* Tells a listener, if it listens. */
void ty_notify(const ty_listener *listener, const ty_notice *notice);
/*
 * Words for people in their language: the English is its own id in the catalogue of the domain "taiyaku"
 * (po/, tools/messages collects it). What language is meant is the program's to say, with setlocale and
 * bindtextdomain. Keys of JSON, names of commands, options and statuses have no translation.
 */
const char *ty_words(const char *english) __attribute__((format_arg(1)));
/* The language that they come in, "en" or "ja". */
const char *ty_words_language(void);
#define TY_WORDS(english) english /* in a table; said with ty_words */
/* Words for one thing, and for another number of them; both marked with TY_WORDS. */
const char *ty_words_for(uint64_t count, const char *one, const char *many)
    __attribute__((format_arg(2), format_arg(3)));
void ty_warn(const ty_listener *listener, const char *file, size_t line, size_t unit, const char *rule,
             const char *format, ...) TY_PRINTF(6, 7);
/* False when the listener wants to stop. */
bool ty_progress(const ty_listener *listener, const char *what, uint64_t done, uint64_t total);

/* Formats to a stream that may be a terminal, as ty_buffer_add_printable makes it. */
void ty_print_safely(FILE *stream, const char *format, ...) TY_PRINTF(2, 3);

/* ------------------------------------------------------------------------------------------ buffer */

/*
 * ty_buffer is in taiyaku.h. Failure is sticky: after the first failed growth further adds do nothing, and
 * one check at the end is enough.
 */
void ty_buffer_clear(ty_buffer *buffer); /* keeps the memory, forgets a failure */
bool ty_buffer_reserve(ty_buffer *buffer, size_t more);
/* The same for megabytes that are filled at once: in large pages where the system has them, since the first
 * touch of each page costs more than what is done with it. */
bool ty_buffer_reserve_large(ty_buffer *buffer, size_t more);
void ty_buffer_add(ty_buffer *buffer, ty_slice text);
static inline void ty_buffer_add_char(ty_buffer *buffer, char byte)
{
    if (buffer->failed || buffer->capacity - buffer->size < 2) {
        ty_buffer_add(buffer, (ty_slice){&byte, 1});
        return;
    }
    buffer->data[buffer->size++] = byte;
    buffer->data[buffer->size] = '\0';
}
void ty_buffer_add_string(ty_buffer *buffer, const char *string);
void ty_buffer_add_format(ty_buffer *buffer, const char *format, ...) TY_PRINTF(2, 3);
void ty_buffer_add_arguments(ty_buffer *buffer, const char *format, va_list arguments);
/*
 * `text` with everything that a terminal would obey (controls but tab and line feed, controls of text
 * direction) as "<U+001B>", and bytes that are no UTF-8 as U+FFFD.
 */
void ty_buffer_add_printable(ty_buffer *buffer, ty_slice text);
/*
 * `text` as a line that every file and log can hold and that reads as it stands, as names and titles should:
 * controls and ends of lines as blanks, without what turns the direction of text around it and without what
 * is no character, and bytes that are no UTF-8 as U+FFFD.
 */
void ty_buffer_add_plain_line(ty_buffer *buffer, ty_slice text);
bool ty_is_plain_line(ty_slice text);
/* `text` as a JSON string, quotes included (RFC 8259); bytes that are no UTF-8 become U+FFFD. */
void ty_buffer_add_json(ty_buffer *buffer, ty_slice text);
/*
 * A cell of a table: between tabs byte by byte, but for tabs and line ends, which become blanks; between
 * commas with quotes where it needs them. For spreadsheets an apostrophe stands before what one could take
 * for a formula, and before an apostrophe; the table says so in its header, and who reads it takes exactly
 * one off.
 */
typedef struct ty_cell_form {
    char separator; /* tab or comma */
    bool spreadsheet;
} ty_cell_form;
#define TY_CELL_APOSTROPHES "x-taiyaku:apostrophes" /* the column that says so */
void ty_buffer_add_cell(ty_buffer *buffer, ty_slice text, ty_cell_form form);
ty_slice ty_cell_without_apostrophe(ty_slice cell);
/*
 * `text` escaped for XML character data, or for a double-quoted attribute value: & < > and, so that they
 * survive a parser, carriage return everywhere and quotes, tab and line feed in attributes.
 */
/* TY_ERR_ENCODING where `text` is no UTF-8 or has a character that XML 1.0 has not (production 2, Char). */
ty_status ty_xml_check(ty_slice text, struct ty_error *error);
/* Bytes of such a character at the beginning, page breaks aside, which are white space; 0: there is none. */
size_t ty_xml_outside(ty_slice text);
void ty_buffer_add_xml(ty_buffer *buffer, ty_slice text);
void ty_buffer_add_xml_attribute(ty_buffer *buffer, ty_slice text);
/* What stands for a byte there; data NULL: itself. */
ty_slice ty_xml_escape(char byte, bool attribute);
/* What is in it; data is "" and never NULL for an empty buffer. */
ty_slice ty_buffer_slice(const ty_buffer *buffer);

/* ------------------------------------------------------------------------------------------ decimals */

/* Numbers with a fraction are written and read the same way in every locale; printf and strtod are not. */
typedef enum ty_decimal_form {
    TY_DECIMAL_FIXED, /* as "%.*f": so many places behind the point */
    TY_DECIMAL_SHORT  /* as "%.*g": so many digits in all */
} ty_decimal_form;

/* Writes at most size - 1 bytes and a NUL; how many bytes. */
size_t ty_decimal_print(char *out, size_t size, ty_decimal_form form, int digits, double value);
void ty_buffer_add_fixed(ty_buffer *buffer, double value, int places);
void ty_buffer_add_real(ty_buffer *buffer, double value, int digits);
/* All of `text` as a number, "." before its fraction; false when it is none, or none that is finite. */
bool ty_decimal_parse(const char *text, double *out);

/* `month` from 1 to 12. */
int ty_days_of_month(int year, int month);
/* Is it a day of the calendar, "2024-07-28"? */
bool ty_is_day(ty_slice text);
/* TY_ERR_USAGE where something is told, and is none. */
ty_status ty_day_check(ty_slice told, ty_error *error);

/* ------------------------------------------------------------------------------------------ arena */

/* Allocations that die together. Pointers stay valid until clear or release. */
typedef struct ty_arena {
    struct ty_arena_block *blocks;
    bool failed; /* sticky, like a buffer's */
} ty_arena;

/* Zeroed memory, aligned for any type; NULL when there is none left. */
void *ty_arena_alloc(ty_arena *arena, size_t size);
/* count * size, checked for overflow. */
void *ty_arena_array(ty_arena *arena, size_t count, size_t size);
/* A copy with a NUL behind it; the empty slice (data "") when there is no memory left. */
ty_slice ty_arena_copy(ty_arena *arena, ty_slice text);
/* The same as ty_buffer_add_plain_line makes of it; itself, not copied, where it is that already. */
ty_slice ty_arena_plain_line(ty_arena *arena, ty_slice text);
void ty_arena_clear(ty_arena *arena); /* keeps the largest block for reuse */
void ty_arena_release(ty_arena *arena);

/* ------------------------------------------------------------------------------------------ vector */

/*
 * A typed vector: `typedef TY_VECTOR(ty_sentence) ty_sentences;`, zeroed to begin with.
 * ty_vector_push yields false when there is no memory left (the vector is unchanged then).
 */
#define TY_VECTOR(type)                                                                                      \
    struct {                                                                                                 \
        type *items;                                                                                         \
        size_t count, capacity;                                                                              \
    }
#define ty_vector_reserve(vector, more)                                                                      \
    ty_vector_grow((void **)&(vector)->items, &(vector)->capacity, (vector)->count, (more),                  \
                   sizeof *(vector)->items)
#define ty_vector_push(vector, item)                                                                         \
    ((vector)->count < (vector)->capacity || ty_vector_reserve((vector), 1)                                  \
         ? ((vector)->items[(vector)->count++] = (item), true)                                               \
         : false)
#define ty_vector_clear(vector) ((void)((vector)->count = 0))
#define ty_vector_release(vector)                                                                            \
    (free((vector)->items), (vector)->items = NULL, (void)((vector)->count = (vector)->capacity = 0))
bool ty_vector_grow(void **items, size_t *capacity, size_t count, size_t more, size_t size);

/*
 * The number of the first item whose `member`, a whole number that the items are sorted by, is `key` or more;
 * how many they are where it is less in all.
 */
#define ty_vector_from(vector, member, key) ty_items_from((vector)->items, (vector)->count, member, key)
#define ty_items_from(items, count, member, key)                                                             \
    _Generic((items)->member, int64_t                                                                        \
             : ty_from_int64, uint64_t                                                                       \
             : ty_from_uint64, uint32_t                                                                      \
             : ty_from_uint32)((count) ? &(items)->member : NULL, sizeof *(items), (count), (key))
#define TY_DEFINE_FROM(name, type)                                                                           \
    static inline size_t name(const type *first, size_t stride, size_t count, type key)                      \
    {                                                                                                        \
        size_t low = 0, high = count;                                                                        \
        while (low < high) {                                                                                 \
            size_t middle = low + (high - low) / 2;                                                          \
            if (*(const type *)(const void *)((const char *)first + middle * stride) < key)                  \
                low = middle + 1;                                                                            \
            else                                                                                             \
                high = middle;                                                                               \
        }                                                                                                    \
        return low;                                                                                          \
    }
TY_DEFINE_FROM(ty_from_int64, int64_t)
TY_DEFINE_FROM(ty_from_uint64, uint64_t)
TY_DEFINE_FROM(ty_from_uint32, uint32_t)

typedef TY_VECTOR(ty_slice) ty_slices;
typedef TY_VECTOR(ty_sentence) ty_sentences;
typedef TY_VECTOR(ty_bead) ty_beads;

/* ------------------------------------------------------------------------------------------ strings */

/* A table of different strings, numbered from 0 in the order they came. Copies what it is given. */
typedef struct ty_strings {
    ty_slices list; /* list.items[id]; slices stay valid until clear or release */
    uint32_t *slots;
    size_t slot_count;
    ty_arena arena;
} ty_strings;

#define TY_STRINGS_NONE UINT32_MAX

/* The number of `text`, added if new; TY_STRINGS_NONE when there is no memory left. */
uint32_t ty_strings_add(ty_strings *strings, ty_slice text);
/* The number of `text`, or TY_STRINGS_NONE. */
uint32_t ty_strings_find(const ty_strings *strings, ty_slice text);
void ty_strings_clear(ty_strings *strings);
void ty_strings_release(ty_strings *strings);

/* ------------------------------------------------------------------------------------------ threads */

/* Calls `work` with `payload` on as many threads as there are cores, this one among them; returns when all
 * have. */
void ty_threads_run(void *(*work)(void *payload), void *payload);
/*
 * Calls `one` for every number below `count`, on all cores; numbers are taken in order. The first failure,
 * which is returned, ends it: numbers not taken yet are left.
 */
ty_status ty_threads_each(size_t count, ty_status (*one)(void *payload, size_t number, ty_error *error),
                          void *payload, ty_error *error);

/*
 * What is made on all cores and taken on one, in order. No number is made before the one TY_RELAY_AHEAD below
 * it has been taken: what is made lies in one of so many places, its number modulo TY_RELAY_AHEAD.
 */
#define TY_RELAY_AHEAD 16
typedef struct ty_relay {
    size_t count; /* of numbers, from 0 */
    bool alone;   /* no other threads */
    ty_status (*make)(void *payload, size_t number, ty_error *error);
    ty_status (*take)(void *payload, size_t number, ty_error *error); /* on the thread that calls */
    void *payload;
} ty_relay;
/* The first failure of either, which is returned, ends it. */
ty_status ty_threads_relay(const ty_relay *relay, ty_error *error);

/* One at a time: whoever enters waits until the one before has left. `new` is NULL when there is no memory
 * left. */
typedef struct ty_lock ty_lock;
ty_lock *ty_lock_new(void);
void ty_lock_free(ty_lock *lock);
void ty_lock_enter(ty_lock *lock);
void ty_lock_leave(ty_lock *lock);

/* ------------------------------------------------------------------------------------------ files */

#define TY_FILE_LIMIT ((size_t)1 << 30) /* bytes that are read at once, where nothing else is said */

/* The whole of a file into `out`, "-" is standard input. Refuses more than `limit` bytes (0: TY_FILE_LIMIT).
 */
ty_status ty_file_read(const char *path, size_t limit, ty_buffer *out, ty_error *error);

/* What messages call a source: its path or name, "standard input", or "". */
const char *ty_source_name(const ty_source *source);
/* The file a source is read from, a sink is written to; NULL where there is none, or it is a standard stream.
 */
const char *ty_source_file(const ty_source *source);
const char *ty_sink_file(const ty_sink *sink);
/* All of a source, appended to `out`; limits as ty_file_read. */
ty_status ty_source_read(const ty_source *source, size_t limit, ty_buffer *out, ty_error *error);
/*
 * A source that can be read as often as needed: the same one, or what it gives held in `held`, which the
 * caller releases when *out is done with.
 */
ty_status ty_source_hold(const ty_source *source, ty_buffer *held, ty_source *out, ty_error *error);

/*
 * A copy of settings that a caller gave (NULL: none) and that begin with their size: what the caller's struct
 * lacks is zero, what it has more is not looked at.
 */
void ty_settings_take(void *own, size_t own_size, const void *given);

typedef enum ty_user_path { TY_USER_DATA, TY_USER_CACHE, TY_USER_CONFIG } ty_user_path;

/* Appends our folder for the user's data or cache (XDG Base Directory); false where there is no home. */
bool ty_path_user(ty_user_path kind, ty_buffer *out);
/*
 * The folder `name` of the program's own data ("glossaries"), looked for from where the library or the
 * program lies upwards: PREFIX/share/taiyaku of an installation that may have been moved, or the top of a
 * source or build tree. False when there is none.
 */
bool ty_path_data(const char *name, ty_buffer *out);
/* Is it no path but the address of a memory in a database, "postgresql://...", or libpq's words as
 * "service=..."? */
bool ty_path_is_address(const char *path);
/* Who may look into a folder that we make: whom the umask lets, or its owner only. */
typedef enum ty_folder_kind { TY_FOLDER_SHARED, TY_FOLDER_PRIVATE } ty_folder_kind;
/* Makes a folder and those above it; what is there already is fine and stays as it is. */
ty_status ty_path_make_folders(const char *path, ty_folder_kind kind, ty_error *error);
/*
 * What tells a file from all others, whatever it is called, replacing `out`; one that is not there yet is
 * told by its folder and name. False when there is no memory left.
 */
bool ty_file_key(const char *path, ty_buffer *out);
/*
 * Opens a file that we keep for the user (a cache) for reading: no link is followed, no pipe waited for, and
 * it must be the user's own. The descriptor, or -1.
 */
int ty_file_open_private(const char *path);

/*
 * So that of several processes with an empty cache one makes what all need: waits so many milliseconds for
 * whoever has the lock file at `path` (made where it is not there), and has it then, until ty_turn_end or the
 * process's end. TY_TURN_TAKEN where the wait was in vain, TY_TURN_NONE where there can be no lock: go on
 * without, or do without. ty_turn_end takes them, too.
 */
enum { TY_TURN_NONE = -1, TY_TURN_TAKEN = -2 };
int ty_turn_take(const char *path, unsigned milliseconds);
void ty_turn_end(int turn);

/*
 * What can always be made again and is kept in the user's cache, for all processes of the user: compiled
 * dictionaries, indexes of a memory. What makes one tells by a stamp within whether it is still good. A name
 * becomes a path (`folder` NULL: the user's cache); a file is written beside and takes its name at the end,
 * for its owner only, and false is no failure; ty_cached_turn takes the turn of who makes it (ty_turn_take);
 * ty_cached_map maps all of it, to be unmapped by ty_sys_unmap, NULL where there is none that is the user's
 * own.
 */
bool ty_cached_path(const char *folder, const char *name, ty_buffer *out);
bool ty_cached_write(const char *path, const ty_slice *parts, size_t count);
int ty_cached_turn(const char *path, unsigned milliseconds);
const char *ty_cached_map(const char *path, size_t *size);

/*
 * A file to write. Where the path is new or a regular file, bytes go to a file without a name, which takes
 * the path's at commit, with mode and owner of what it replaces; anything else ("-" or NULL for standard
 * output, a device, a pipe) is written to as it is. A database, its log and whatever else is SQLite's is
 * never written to. The first failure is kept and reported by commit, so writes need no check.
 */
typedef struct ty_output ty_output;

typedef enum ty_output_kind {
    TY_OUTPUT_NAMED,   /* somebody named it: a link leads to what is replaced */
    TY_OUTPUT_DERIVED, /* we named it: a link in its place is replaced itself, a pipe or device refused */
    TY_OUTPUT_PRIVATE, /* ours, a cache: likewise, whatever is in its place, for its owner only */
    TY_OUTPUT_MEMORY   /* as NAMED, but a database that may replace one: new ones for their owner only */
} ty_output_kind;

ty_status ty_output_open(const char *path, ty_output **out, ty_error *error); /* TY_OUTPUT_NAMED */
ty_status ty_output_open_as(const char *path, ty_output_kind kind, ty_output **out, ty_error *error);
/*
 * TY_ERR_USAGE where writing to `path` (NULL or "-": standard output) would destroy one of the `count` inputs
 * (NULL and "-" among them are none), by whatever name, or a database, a log of one, or what would become
 * one.
 */
ty_status ty_output_check(const char *path, const char *const *inputs, size_t count, ty_error *error);
ty_status ty_output_check_sink(const ty_sink *sink, const char *const *inputs, size_t count, ty_error *error);
/* The same face for a buffer and for what takes bytes itself, both borrowed until commit or discard; NULL is
 * standard output. */
ty_status ty_output_open_sink(const ty_sink *sink, ty_output **out, ty_error *error);
ty_status ty_output_open_buffer(ty_buffer *buffer, ty_output **out, ty_error *error);
/* Room for the next so many bytes, which then cannot fail for want of memory. */
bool ty_output_reserve(ty_output *output, size_t size);
void ty_output_write(ty_output *output, ty_slice bytes);
/* What was written so far goes out now: before something is said on another stream. */
void ty_output_flush(ty_output *output);
void ty_output_format(ty_output *output, const char *format, ...) TY_PRINTF(2, 3);
/*
 * What is written to a terminal is made printable first; where there is colour, or the output is not known to
 * be none, this asks for it. With colour, TY_MARK_ON and TY_MARK_OFF become the orders to stand out and no
 * more.
 */
void ty_output_make_printable(ty_output *output, bool color);
#define TY_MARK_ON "\x01"
#define TY_MARK_OFF "\x02"
/* The open file of an output that has no name yet, for those who write it by other means; else -1. */
int ty_output_descriptor(const ty_output *output);
/* For a writer who ran out of memory on the way: the commit will fail. */
void ty_output_starve(ty_output *output);
/* False once a write has failed: a long writer may end early. */
bool ty_output_good(const ty_output *output);
/* Flushes, syncs, names, frees. On failure the path is as it was before. */
ty_status ty_output_commit(ty_output *output, ty_error *error);
/* Throws away what has no name yet, frees. NULL is fine. */
void ty_output_discard(ty_output *output);

/* A file without a name, in the folder TMPDIR or /tmp, which goes when it is closed; -1 with errno where
 * there can be none. */
int ty_temporary_file(void);
/* A folder that only we may look into, its name in `path`; and away with it and all in it ("": nothing). */
ty_status ty_temporary_folder(ty_buffer *path, ty_error *error);
void ty_temporary_folder_remove(const ty_buffer *path);
/* ------------------------------------------------------------------------------------------ columns */

/* How many columns of a terminal a line of UTF-8 takes: kanji, kana and full-width forms take two. */
size_t ty_width(ty_slice text);
/* The longest beginning, or end, of whole characters that takes `columns` at most. */
ty_slice ty_width_head(ty_slice text, size_t columns);
ty_slice ty_width_tail(ty_slice text, size_t columns);

#endif
