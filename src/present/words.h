/* SPDX-License-Identifier: Apache-2.0 */
/*
 * words - words for people, which have translations: their English is their id in the catalogue of the domain
 * "taiyaku" (po/). Keys of JSON, names of commands and options, and statuses have none.
 */
#ifndef TY_PRESENT_WORDS_H
#define TY_PRESENT_WORDS_H

#include <libintl.h>

/* The words in the reader's language; N_ marks those of a table, to be looked up when they are said. */
#define _(words) dgettext("taiyaku", words)
#define N_(words) words

#endif
