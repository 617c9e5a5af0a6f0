/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the server keeps in mind of releases that are looked at: when each row last changed, whoever changed
 * it, so that a page can ask for what is new; and who is editing which bead. All of it may be forgotten at
 * any time.
 */
#ifndef TY_SERVER_WATCH_H
#define TY_SERVER_WATCH_H

#include "server/rows.h"

typedef struct ty_watch ty_watch;

enum { TY_VERSION_BITS = 28 };  /* of a version, below its step: 33 million steps are exact in JavaScript */
enum { TY_VERSION_OLDEST = 1 }; /* of who has seen nothing that is here */
/* The first version of that step; those of another one, or of a copy that went another way, are told from it
 * by ty_watch_is_of. */
uint64_t ty_watch_step_version(int64_t step, uint64_t drawn);
bool ty_watch_is_of(uint64_t version, uint64_t drawn);

ty_watch *ty_watch_new(void);
void ty_watch_free(ty_watch *watch);
/* Sets `changed` and `altered` of the rows, and the versions of all. */
void ty_watch_note(ty_watch *watch, ty_review_rows *rows);
/* Somebody edits the bead for the next two minutes, eight of them at most, and the oldest goes. False when
 * somebody else does, and when others hold all TY_WATCH_LOCKS of them. */
bool ty_watch_lock(ty_watch *watch, int64_t bead, const char *who);
void ty_watch_unlock(ty_watch *watch, int64_t bead, const char *who);
/* The beads that others have open, and how many there are. */
enum { TY_WATCH_LOCKS = TY_HELD_LIMIT };
size_t ty_watch_open(ty_watch *watch, const char *who, int64_t beads[TY_WATCH_LOCKS]);
/* Until it is opened again by the same thread, who wants to edit a bead waits. */
void ty_watch_shut(ty_watch *watch);
void ty_watch_reopen(ty_watch *watch);
/* Does somebody else edit it? */
bool ty_watch_is_locked(ty_watch *watch, int64_t bead, const char *who);

#endif
