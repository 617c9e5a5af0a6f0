/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The tables that are ours (data/LEFT-RIGHT.txt): places of the news, and the words that releases and press
 * conferences are built of. They work without any dictionary on the machine; where there is none, a table of
 * common words stands in for it.
 */
#include "internal.h"

static void link_row(ty_dictionary_builder *builder, const char *const row[2], bool swapped)
{
    ty_slice lefts = ty_slice_of(row[0]), left, right;
    while (ty_slice_next(&lefts, '|', &left)) {
        ty_slice rights = ty_slice_of(row[1]);
        while (ty_slice_next(&rights, '|', &right))
            ty_dictionary_builder_add(builder, swapped ? right : left, swapped ? left : right);
    }
}

static bool is_language(ty_slice lang, const char *wanted)
{
    char buffer[16];
    return ty_slice_equal(ty_lang_primary(lang, buffer), ty_slice_of(wanted));
}

/* Is the table one of the pair; and are its languages the other way round? */
static bool is_of(const ty_builtin_table *table, ty_slice left, ty_slice right, bool common, bool *swapped)
{
    *swapped = !is_language(left, table->left);
    return table->common == common && is_language(left, *swapped ? table->right : table->left) &&
           is_language(right, *swapped ? table->left : table->right);
}

bool ty_builtin_has(const ty_lexicon_source *source, bool common)
{
    bool swapped, found = false;
    for (size_t t = 0; t < ty_builtin_table_count && !found; t++)
        found = is_of(&ty_builtin_tables[t], ty_slice_of(source->left), ty_slice_of(source->right), common,
                      &swapped);
    return found;
}

static ty_status read_tables(ty_dictionary_builder *builder, bool common, ty_error *error)
{
    bool swapped;
    for (size_t t = 0; t < ty_builtin_table_count; t++) {
        const ty_builtin_table *table = &ty_builtin_tables[t];
        if (is_of(table, builder->left_lang, builder->right_lang, common, &swapped))
            for (size_t k = 0; k < table->count; k++)
                link_row(builder, table->rows[k], swapped);
    }
    return builder->failed ? ty_error_nomem(error) : TY_OK;
}

ty_status ty_builtin_read(const ty_lexicon_source *source, ty_dictionary_builder *builder, ty_error *error)
{
    return read_tables(builder, false, error);
}

ty_status ty_builtin_read_common(const ty_lexicon_source *source, ty_dictionary_builder *builder,
                                 ty_error *error)
{
    return read_tables(builder, true, error);
}
