/* SPDX-License-Identifier: Apache-2.0 */
/*
 * libpq, opened when the first address is: it brings a dozen libraries with it, which took every command that
 * needs none of them 10 to 20 ms to start with.
 */
#ifndef TY_STORE_LIBPQ_H
#define TY_STORE_LIBPQ_H

#include <libpq-fe.h>

#include "base/sys.h"

/* Those that are used, by their own names below. */
#define TY_LIBPQ_FUNCTIONS(X)                                                                                \
    X(PQclear)                                                                                               \
    X(PQcmdTuples)                                                                                           \
    X(PQconnectdb)                                                                                           \
    X(PQconninfoFree)                                                                                        \
    X(PQconninfoParse)                                                                                       \
    X(PQconsumeInput)                                                                                        \
    X(PQenterPipelineMode)                                                                                   \
    X(PQerrorMessage)                                                                                        \
    X(PQescapeIdentifier)                                                                                    \
    X(PQexec)                                                                                                \
    X(PQexecParams)                                                                                          \
    X(PQexecPrepared)                                                                                        \
    X(PQexitPipelineMode)                                                                                    \
    X(PQfinish)                                                                                              \
    X(PQfreemem)                                                                                             \
    X(PQftype)                                                                                               \
    X(PQgetResult)                                                                                           \
    X(PQgetisnull)                                                                                           \
    X(PQgetlength)                                                                                           \
    X(PQgetvalue)                                                                                            \
    X(PQnfields)                                                                                             \
    X(PQnotifies)                                                                                            \
    X(PQntuples)                                                                                             \
    X(PQpipelineSync)                                                                                        \
    X(PQprepare)                                                                                             \
    X(PQputCopyData)                                                                                         \
    X(PQputCopyEnd)                                                                                          \
    X(PQreset)                                                                                               \
    X(PQresultErrorField)                                                                                    \
    X(PQresultStatus)                                                                                        \
    X(PQsendPrepare)                                                                                         \
    X(PQsendQuery)                                                                                           \
    X(PQsendQueryParams)                                                                                     \
    X(PQsendQueryPrepared)                                                                                   \
    X(PQsetNoticeReceiver)                                                                                   \
    X(PQsocket)                                                                                              \
    X(PQstatus)                                                                                              \
    X(PQtransactionStatus)

typedef struct ty_libpq {
    TY_LIBPQ_FUNCTIONS(TY_SYS_MEMBER)
} ty_libpq;

/* Filled in once, by who asks first; any thread may. TY_ERR_USAGE: it is not installed. */
ty_status ty_libpq_open(ty_error *error);
const ty_libpq *ty_libpq_functions(void);

/* For all but libpq.c, which looks for them by these names. */
#ifndef TY_LIBPQ_NAMES
#define PQclear (ty_libpq_functions()->PQclear)
#define PQcmdTuples (ty_libpq_functions()->PQcmdTuples)
#define PQconnectdb (ty_libpq_functions()->PQconnectdb)
#define PQconninfoFree (ty_libpq_functions()->PQconninfoFree)
#define PQconninfoParse (ty_libpq_functions()->PQconninfoParse)
#define PQconsumeInput (ty_libpq_functions()->PQconsumeInput)
#define PQenterPipelineMode (ty_libpq_functions()->PQenterPipelineMode)
#define PQerrorMessage (ty_libpq_functions()->PQerrorMessage)
#define PQescapeIdentifier (ty_libpq_functions()->PQescapeIdentifier)
#define PQexec (ty_libpq_functions()->PQexec)
#define PQexecParams (ty_libpq_functions()->PQexecParams)
#define PQexecPrepared (ty_libpq_functions()->PQexecPrepared)
#define PQexitPipelineMode (ty_libpq_functions()->PQexitPipelineMode)
#define PQfinish (ty_libpq_functions()->PQfinish)
#define PQfreemem (ty_libpq_functions()->PQfreemem)
#define PQftype (ty_libpq_functions()->PQftype)
#define PQgetResult (ty_libpq_functions()->PQgetResult)
#define PQgetisnull (ty_libpq_functions()->PQgetisnull)
#define PQgetlength (ty_libpq_functions()->PQgetlength)
#define PQgetvalue (ty_libpq_functions()->PQgetvalue)
#define PQnfields (ty_libpq_functions()->PQnfields)
#define PQnotifies (ty_libpq_functions()->PQnotifies)
#define PQntuples (ty_libpq_functions()->PQntuples)
#define PQpipelineSync (ty_libpq_functions()->PQpipelineSync)
#define PQprepare (ty_libpq_functions()->PQprepare)
#define PQputCopyData (ty_libpq_functions()->PQputCopyData)
#define PQputCopyEnd (ty_libpq_functions()->PQputCopyEnd)
#define PQreset (ty_libpq_functions()->PQreset)
#define PQresultErrorField (ty_libpq_functions()->PQresultErrorField)
#define PQresultStatus (ty_libpq_functions()->PQresultStatus)
#define PQsendPrepare (ty_libpq_functions()->PQsendPrepare)
#define PQsendQuery (ty_libpq_functions()->PQsendQuery)
#define PQsendQueryParams (ty_libpq_functions()->PQsendQueryParams)
#define PQsendQueryPrepared (ty_libpq_functions()->PQsendQueryPrepared)
#define PQsetNoticeReceiver (ty_libpq_functions()->PQsetNoticeReceiver)
#define PQsocket (ty_libpq_functions()->PQsocket)
#define PQstatus (ty_libpq_functions()->PQstatus)
#define PQtransactionStatus (ty_libpq_functions()->PQtransactionStatus)
#endif

#endif
