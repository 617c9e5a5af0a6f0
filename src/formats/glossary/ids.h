/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ids - how ids of concepts are written where a format wants other ones than there are.
 */
#ifndef TY_FORMATS_GLOSSARY_IDS_H
#define TY_FORMATS_GLOSSARY_IDS_H

#include "text/text.h"

/* Appends an id for concept `number` of the file, which has none. */
void ty_glossary_id_make(uint64_t number, ty_buffer *out);
/* Appends the id as an ID of XML; one that is made where it is empty. */
void ty_glossary_id_write(ty_slice id, uint64_t number, ty_buffer *out);
/* The id, or where the file has it already, with the first number behind it that is free: "c1-2". An empty
 * one stays. */
ty_slice ty_glossary_id_unique(ty_slice id, ty_strings *known, ty_arena *arena);
/* The id that such a one stands for, others as they are; in the arena. */
ty_slice ty_glossary_id_read(ty_slice id, ty_arena *arena);

#endif
