/* SPDX-License-Identifier: Apache-2.0 */
/* What was found, as data: the objects of `taiyaku --json`, in arrays. */
#ifndef TY_SERVER_DATA_H
#define TY_SERVER_DATA_H

#include "server/internal.h"

/* How present/ says the next object of the array that is open. */
ty_present ty_data_item(ty_http *http);

#endif
