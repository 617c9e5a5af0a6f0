/* SPDX-License-Identifier: Apache-2.0 */
/*
 * libpq, opened when the first address is: it brings a dozen libraries with it, which took every command that
 * needs none of them 10 to 20 ms to start with.
 */
#ifndef TY_STORE_LIBPQ_H
#define TY_STORE_LIBPQ_H

#include <libpq-fe.h>

#include "base/base.h"

/* Those that are used, by their own names below. */
#define TY_LIBPQ_FUNCTIONS(X)                                                                                \
    X(PQclear)                                                                                               \
    X(PQcmdTuples)                                                                                           \
    X(PQconnectdb)                                                                                           \
    X(PQconninfoFree)                                                                                        \
    X(PQconninfoParse)                                                                                       \
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
    X(PQstatus)                                                                                              \
    X(PQtransactionStatus)

#define TY_LIBPQ_MEMBER(name) __typeof__(name) *name##_;
typedef struct ty_libpq {
    TY_LIBPQ_FUNCTIONS(TY_LIBPQ_MEMBER)
} ty_libpq;

/* Filled in once, by who asks first; any thread may. TY_ERR_USAGE: it is not installed. */
ty_status ty_libpq_open(ty_error *error);
const ty_libpq *ty_libpq_functions(void);

#define PQclear (ty_libpq_functions()->PQclear_)
#define PQcmdTuples (ty_libpq_functions()->PQcmdTuples_)
#define PQconnectdb (ty_libpq_functions()->PQconnectdb_)
#define PQconninfoFree (ty_libpq_functions()->PQconninfoFree_)
#define PQconninfoParse (ty_libpq_functions()->PQconninfoParse_)
#define PQenterPipelineMode (ty_libpq_functions()->PQenterPipelineMode_)
#define PQerrorMessage (ty_libpq_functions()->PQerrorMessage_)
#define PQescapeIdentifier (ty_libpq_functions()->PQescapeIdentifier_)
#define PQexec (ty_libpq_functions()->PQexec_)
#define PQexecParams (ty_libpq_functions()->PQexecParams_)
#define PQexecPrepared (ty_libpq_functions()->PQexecPrepared_)
#define PQexitPipelineMode (ty_libpq_functions()->PQexitPipelineMode_)
#define PQfinish (ty_libpq_functions()->PQfinish_)
#define PQfreemem (ty_libpq_functions()->PQfreemem_)
#define PQftype (ty_libpq_functions()->PQftype_)
#define PQgetResult (ty_libpq_functions()->PQgetResult_)
#define PQgetisnull (ty_libpq_functions()->PQgetisnull_)
#define PQgetlength (ty_libpq_functions()->PQgetlength_)
#define PQgetvalue (ty_libpq_functions()->PQgetvalue_)
#define PQnfields (ty_libpq_functions()->PQnfields_)
#define PQntuples (ty_libpq_functions()->PQntuples_)
#define PQpipelineSync (ty_libpq_functions()->PQpipelineSync_)
#define PQprepare (ty_libpq_functions()->PQprepare_)
#define PQputCopyData (ty_libpq_functions()->PQputCopyData_)
#define PQputCopyEnd (ty_libpq_functions()->PQputCopyEnd_)
#define PQreset (ty_libpq_functions()->PQreset_)
#define PQresultErrorField (ty_libpq_functions()->PQresultErrorField_)
#define PQresultStatus (ty_libpq_functions()->PQresultStatus_)
#define PQsendPrepare (ty_libpq_functions()->PQsendPrepare_)
#define PQsendQuery (ty_libpq_functions()->PQsendQuery_)
#define PQsendQueryParams (ty_libpq_functions()->PQsendQueryParams_)
#define PQsendQueryPrepared (ty_libpq_functions()->PQsendQueryPrepared_)
#define PQsetNoticeReceiver (ty_libpq_functions()->PQsetNoticeReceiver_)
#define PQstatus (ty_libpq_functions()->PQstatus_)
#define PQtransactionStatus (ty_libpq_functions()->PQtransactionStatus_)

#endif
