/* SPDX-License-Identifier: Apache-2.0 */
/* language - what the program says to people, in their language. */
#ifndef TY_CLI_LANGUAGE_H
#define TY_CLI_LANGUAGE_H

/* Finds out which language is wanted, and where the catalogue of it is; the program's only use of the locale.
 */
void ty_language_begin(void);

#endif
