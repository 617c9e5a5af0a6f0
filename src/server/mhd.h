/* SPDX-License-Identifier: Apache-2.0 */
/* libmicrohttpd, opened when a desk is: it brings a dozen libraries with it. */
#ifndef TY_SERVER_MHD_H
#define TY_SERVER_MHD_H

#include <microhttpd.h>

#include "base/sys.h"

#define TY_MHD_FUNCTIONS(X)                                                                                  \
    X(MHD_add_response_header)                                                                               \
    X(MHD_create_post_processor)                                                                             \
    X(MHD_create_response_from_buffer)                                                                       \
    X(MHD_create_response_from_fd64)                                                                         \
    X(MHD_destroy_post_processor)                                                                            \
    X(MHD_destroy_response)                                                                                  \
    X(MHD_get_connection_info)                                                                               \
    X(MHD_get_connection_values)                                                                             \
    X(MHD_lookup_connection_value)                                                                           \
    X(MHD_post_process)                                                                                      \
    X(MHD_queue_response)                                                                                    \
    X(MHD_quiesce_daemon)                                                                                    \
    X(MHD_resume_connection)                                                                                 \
    X(MHD_set_connection_option)                                                                             \
    X(MHD_start_daemon)                                                                                      \
    X(MHD_stop_daemon)                                                                                       \
    X(MHD_suspend_connection)

typedef struct ty_mhd {
    TY_MHD_FUNCTIONS(TY_SYS_MEMBER)
} ty_mhd;

/* NULL: it is not installed, and there is no server. */
const ty_mhd *ty_mhd_functions(void);

#endif
