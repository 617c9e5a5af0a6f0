/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who follows a memory sleeps until somebody changes it (the pages "LISTEN" and "NOTIFY" of PostgreSQL's
 * manual). A notification is a hint and no more: one that was sent while nobody listened is lost, so whoever
 * wakes up, and whoever has slept for long, compares the stamp.
 */
#include "store/pq.h"

#include "base/sys.h"

/* Each memory has a channel of its own, whatever its schema is called. */
#define CHANNEL "taiyaku_"

void ty_pq_add_call(const ty_store *store, ty_buffer *out)
{
    if (store->identity[0])
        ty_buffer_add_format(out, "NOTIFY \"" CHANNEL "%s\"", store->identity);
}

ty_status ty_pq_listen(ty_store *store, ty_error *error)
{
    ty_buffer text = {0};
    ty_buffer_add_format(&text, "LISTEN \"" CHANNEL "%s\"", store->identity);
    ty_status status = text.failed ? ty_error_nomem(error) : ty_pq_script(store, text.data, error);
    ty_buffer_release(&text);
    return status;
}

/* Those that have come. */
static bool take_calls(ty_pq *pq)
{
    bool any = false;
    for (PGnotify *call; (call = PQnotifies(pq->connection)) != NULL; any = true)
        PQfreemem(call);
    return any;
}

ty_status ty_pq_hear(ty_store *store, int stop, int milliseconds, ty_error *error)
{
    ty_pq *pq = store->pq;
    bool ready[2];
    ty_pq_settle(pq);
    if (take_calls(pq))
        return TY_OK;
    int files[] = {PQsocket(pq->connection), stop};
    if (files[0] < 0)
        return ty_pq_failed(store, "following the memory", error);
    if (ty_sys_poll(files, ready, 2, milliseconds) <= 0 || !ready[0])
        return TY_NO;
    if (PQconsumeInput(pq->connection) != 1) {
        ty_pq_note(store, NULL);
        return ty_pq_failed(store, "following the memory", error);
    }
    return take_calls(pq) ? TY_OK : TY_NO;
}
