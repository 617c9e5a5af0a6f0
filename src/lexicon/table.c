/* SPDX-License-Identifier: Apache-2.0 */
/* A plain table: lines SOURCE<TAB>TARGET, more columns ignored, lines that begin with # are comments. */
#include "internal.h"

ty_status ty_lexicon_table_read(const ty_lexicon_source *source, ty_dictionary_builder *builder,
                                ty_error *error)
{
    ty_buffer bytes = {0}, text = {0};
    ty_decoded decoded;
    size_t number = 0;
    ty_status status = ty_file_read(source->path, 0, &bytes, error);
    if (status == TY_OK)
        status = ty_text_decode(ty_buffer_slice(&bytes), NULL, NULL, &text, &decoded, error);
    ty_slice rest = ty_buffer_slice(&text), line, left, right;
    while (status == TY_OK && ty_slice_next(&rest, '\n', &line)) {
        number++;
        line = ty_slice_trim(line);
        if (line.size == 0 || line.data[0] == '#')
            continue;
        if (ty_slice_next(&line, '\t', &left) && ty_slice_next(&line, '\t', &right))
            ty_dictionary_builder_add(builder, ty_slice_trim(left), ty_slice_trim(right));
        else
            status = ty_error_set(error, TY_ERR_FORMAT, "no tab between source and target");
    }
    if (status == TY_OK && builder->failed)
        status = ty_error_nomem(error);
    if (status != TY_OK)
        ty_error_locate(error, source->path, status == TY_ERR_FORMAT ? number : 0, 0);
    ty_buffer_release(&bytes);
    ty_buffer_release(&text);
    return status;
}
