/* SPDX-License-Identifier: Apache-2.0 */
/* Which findings a page of the check shows. */
#ifndef TY_SERVER_CHECK_LIST_H
#define TY_SERVER_CHECK_LIST_H

#include "server/findings.h"

typedef struct ty_check_list {
    ty_http *http;
    ty_errand_view errand;
    const ty_findings *all; /* NULL: not found yet */
    ty_strings accepted;    /* ids of today */
    const char *fault;      /* "": all */
    ty_slice release;
    bool with_accepted; /* they fit as well */
    size_t first;       /* of the findings that fit, counted from 0 */
} ty_check_list;

/* The parameters that narrow the page, which each of its links and forms keeps to; a NULL ends them. */
extern const char *const ty_check_kept[];
/* By what the request asks for. */
ty_status ty_check_list_open(ty_http *http, ty_check_list *out);
void ty_check_list_close(ty_check_list *list);
bool ty_check_list_is_accepted(const ty_check_list *list, const ty_finding *finding);
/* Those that fit, of the fault or, where it is "", of all; *more: there are others, which only were counted.
 */
int64_t ty_check_list_count(const ty_check_list *list, const char *fault, bool *more);
/* Those that somebody let stand, of the fault that is shown. */
int64_t ty_check_list_accepted(const ty_check_list *list);
/* Those of them that can be shown, page by page. */
int64_t ty_check_list_kept(const ty_check_list *list);
/* At most `most` from the first on, leaving out what does not stand any more since its unit was changed. */
void ty_check_list_each(ty_check_list *list, size_t most, void (*each)(void *payload, const ty_finding *f),
                        void *payload);

#endif
