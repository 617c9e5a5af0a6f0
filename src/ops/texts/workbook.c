/* SPDX-License-Identifier: Apache-2.0 */
/* A workbook may be a text or rows of pairs: it is a text where it has no two columns in two languages. */
#include "ops/internal.h"

/* What stands in the two columns, as far as it is looked at. */
struct columns {
    ty_buffer sides[2];
};

enum { LOOKED_AT = 32 << 10 };

static ty_status take(void *payload, const ty_unit *unit, ty_error *error)
{
    struct columns *columns = payload;
    for (size_t side = 0; side < 2 && side < unit->variant_count; side++) {
        ty_buffer_add(&columns->sides[side], unit->variants[side].text);
        ty_buffer_add_char(&columns->sides[side], '\n');
    }
    bool enough = columns->sides[0].size > LOOKED_AT && columns->sides[1].size > LOOKED_AT;
    return enough ? TY_STOP : TY_OK;
}

ty_status ty_workbook_is_text(const ty_source *source, ty_format format, bool *out, ty_error *error)
{
    struct columns columns = {0};
    ty_table_options options = {
        .format = format, .source_lang = TY_SLICE("en"), .target_lang = TY_SLICE("ja")};
    ty_unit_sink sink = {.payload = &columns, .unit = take};
    ty_error own = {0}; /* no table is no failure; no memory is one */
    ty_status status = ty_table_read(source, &options, &sink, NULL, NULL, &own);
    const char *one = ty_lang_guess(ty_buffer_slice(&columns.sides[0]));
    const char *other = ty_lang_guess(ty_buffer_slice(&columns.sides[1]));
    *out = !columns.sides[1].size || strcmp(one, other) == 0;
    bool starved = status == TY_ERR_NOMEM || columns.sides[0].failed || columns.sides[1].failed;
    ty_buffer_release(&columns.sides[0]);
    ty_buffer_release(&columns.sides[1]);
    return starved ? ty_error_nomem(error) : TY_OK;
}
