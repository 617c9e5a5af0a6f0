/* SPDX-License-Identifier: Apache-2.0 */
/* editor - a text, as a person changes it in the editor that she uses. */
#ifndef TY_CLI_EDITOR_H
#define TY_CLI_EDITOR_H

#include "cli.h"

/*
 * The unit's segment in run->common.lang (with `markup`, inline codes included) after $VISUAL or $EDITOR; in
 * `buffer`. TY_NO where there is no such unit, or nothing was changed.
 */
ty_status ty_edit_in_editor(ty_run *run, int64_t unit, bool markup, ty_buffer *buffer, ty_slice *out,
                            ty_error *error);

#endif
