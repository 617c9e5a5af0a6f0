/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Is the memory sound? What the store can tell by itself, and then the proof that counts: all units are
 * exported, read again, and must have the digests that were taken when they came in.
 */
#include <errno.h>
#include <stdio.h>

#include "base/sys.h"
#include "ops/internal.h"

/* ------------------------------------------------------------------------------------------ findings */

typedef struct verify_sink {
    ty_status (*each)(void *payload, const char *finding);
    void *payload;
    ty_status status;
    bool found;
} verify_sink;

static void on_finding(void *payload, const ty_notice *notice)
{
    verify_sink *sink = payload;
    char text[800];
    sink->found = true;
    bool named = ty_slice_starts(ty_slice_of(notice->message), TY_SLICE("unit "));
    if (notice->unit && !named)
        snprintf(text, sizeof text, "unit %zu: %s", notice->unit, notice->message);
    else
        snprintf(text, sizeof text, "%s", notice->message);
    if (sink->status == TY_OK)
        sink->status = sink->each(sink->payload, text);
}

/* ------------------------------------------------------------------------------------------ there and back
 */

typedef struct digested {
    int64_t unit;
    uint64_t digest;
} digested;

typedef struct round_trip {
    TY_VECTOR(digested) units; /* in the order of the export */
    size_t next;
    ty_buffer canonical;
    ty_listener listener; /* for findings */
} round_trip;

static ty_status write_units(ty_store *store, ty_tmx_writer *writer, round_trip *trip, ty_error *error)
{
    ty_units *units = NULL;
    ty_stored_unit stored;
    ty_status status = ty_units_open(store, NULL, &units, error);
    while (status == TY_OK && (status = ty_units_next(units, &stored, error)) == TY_OK) {
        digested one = {stored.id, stored.digest};
        status = ty_vector_push(&trip->units, one) ? ty_tmx_writer_unit(writer, &stored.unit, error)
                                                   : ty_error_nomem(error);
    }
    ty_units_close(units);
    return status == TY_NO ? TY_OK : status;
}

static bool write_bytes(void *payload, ty_slice bytes)
{
    const int *file = payload;
    return ty_sys_write(*file, bytes);
}

static ty_status write_file(ty_store *store, int file, round_trip *trip, ty_error *error)
{
    ty_arena arena = {0};
    ty_header header;
    ty_output *output = NULL;
    ty_tmx_writer *writer = NULL;
    ty_sink sink = {.write = write_bytes, .payload = &file};
    ty_status status = ty_header_make((ty_slice){"", 0}, &arena, &header, error);
    if (status == TY_OK)
        status = ty_output_open_sink(&sink, &output, error);
    if (status == TY_OK)
        status = ty_tmx_writer_open(output, NULL, &header, &writer, error);
    if (status == TY_OK)
        status = write_units(store, writer, trip, error);
    status = ty_tmx_finish(writer, output, status, error);
    ty_arena_release(&arena);
    return status;
}

static ty_status compare_unit(void *payload, const ty_unit *unit, ty_error *error)
{
    round_trip *trip = payload;
    ty_buffer_clear(&trip->canonical);
    ty_unit_canonical(unit, &trip->canonical);
    if (trip->canonical.failed)
        return ty_error_nomem(error);
    digested *one = trip->next < trip->units.count ? &trip->units.items[trip->next++] : NULL;
    if (!one || ty_hash(ty_buffer_slice(&trip->canonical), 0) != one->digest)
        ty_warn(&trip->listener, NULL, 0, one ? (size_t)one->unit : 0, "round-trip",
                "comes back from an export otherwise than it came in");
    return TY_OK;
}

/* The file is mapped rather than read: it may be large. */
static ty_status read_file(int file, round_trip *trip, ty_error *error)
{
    ty_unit_sink sink = {.payload = trip, .unit = compare_unit};
    int64_t size = ty_sys_size(file);
    void *bytes = size > 0 ? ty_sys_map(file, (size_t)size, 0) : NULL;
    if (!bytes)
        return ty_error_errno(error, "cannot read a temporary file again");
    ty_source source = {.path = "export", .bytes = {bytes, (size_t)size}};
    ty_status status = ty_tmx_read(&source, NULL, &sink, NULL, NULL, error);
    ty_sys_unmap(bytes, (size_t)size);
    return status;
}

static ty_status go_there_and_back(ty_store *store, int file, round_trip *trip, ty_error *error)
{
    ty_status status = write_file(store, file, trip, error);
    if (status == TY_OK)
        status = read_file(file, trip, error);
    if (status == TY_OK && trip->next < trip->units.count)
        ty_warn(&trip->listener, NULL, 0, (size_t)trip->units.items[trip->next].unit, "round-trip",
                "does not come back from an export");
    ty_vector_release(&trip->units);
    ty_buffer_release(&trip->canonical);
    return status;
}

static ty_status check_round_trip(ty_store *store, const ty_listener *listener, ty_error *error)
{
    round_trip trip = {.listener = *listener};
    int file = ty_temporary_file();
    if (file < 0)
        return ty_error_errno(error, "cannot make a temporary file");
    ty_status status = go_there_and_back(store, file, &trip, error);
    ty_sys_close(file);
    return status;
}

ty_status ty_memory_verify(ty_memory *memory, ty_status (*each)(void *payload, const char *finding),
                           void *payload, ty_error *error)
{
    verify_sink sink = {.each = each, .payload = payload};
    ty_listener listener = {.payload = &sink, .notice = on_finding};
    ty_status status = ty_memory_enter(&memory, error);
    if (status == TY_OK)
        status = ty_store_verify(memory->store, &listener, NULL, error);
    if (status == TY_OK)
        status = check_round_trip(memory->store, &listener, error);
    ty_memory_leave(memory);
    if (sink.status != TY_OK)
        return sink.status;
    return status == TY_OK && sink.found ? TY_NO : status;
}
