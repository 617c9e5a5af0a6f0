/* SPDX-License-Identifier: Apache-2.0 */
/* What parameters of addresses and forms may hold. */
#ifndef TY_SERVER_PARAMETERS_H
#define TY_SERVER_PARAMETERS_H

#include "server/internal.h"

/*
 * Has each parameter of the request that we know a value that it can have? False where one has not: then the
 * reply is 400 and names it. One that is empty is one that is not given, since forms send all their fields;
 * one that we do not know is let be.
 */
bool ty_parameters_check(ty_http *http);
/* 400: the parameter cannot have the value that it has. */
void ty_parameters_refuse(ty_http *http, ty_slice name);

#endif
