/* SPDX-License-Identifier: Apache-2.0 */
/* editor - a text, as a person changes it in the editor that she uses. */
#ifndef TY_CLI_EDITOR_H
#define TY_CLI_EDITOR_H

#include "cli.h"

/*
 * Opens the unit's segment in run->common.lang (with `markup`, inline codes included) in $VISUAL or $EDITOR,
 * and saves what it has become, unless somebody else changed it meanwhile. What was typed and could not be
 * saved stays in a file, which the error names. TY_NO where there is no such unit, or nothing was changed.
 */
ty_status ty_edit_in_editor(ty_run *run, int64_t unit, bool markup, ty_error *error);

/* Saves the text, which is none when it is blank. */
ty_status ty_edit_segment(ty_run *run, int64_t unit, ty_slice text, bool markup, ty_error *error);

#endif
