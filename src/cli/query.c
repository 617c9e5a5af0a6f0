/* SPDX-License-Identifier: Apache-2.0 */
#include "cli.h"

ty_status ty_query(const char *word, ty_buffer *scratch, ty_slice *out, ty_error *error)
{
    *out = ty_slice_of(word);
    if (strcmp(word, "-") != 0)
        return ty_check_text(*out, error);
    ty_buffer_clear(scratch);
    ty_status status = ty_file_read("-", 0, scratch, error);
    *out = ty_slice_trim(ty_buffer_slice(scratch));
    return status == TY_OK ? ty_check_text(*out, error) : status;
}
