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

bool ty_builtin_read(ty_dictionary_builder *builder, bool common)
{
    bool found = false;
    for (size_t t = 0; t < ty_builtin_table_count; t++) {
        const ty_builtin_table *table = &ty_builtin_tables[t];
        bool swapped = !is_language(builder->left_lang, table->left);
        if (table->common != common ||
            !is_language(builder->left_lang, swapped ? table->right : table->left) ||
            !is_language(builder->right_lang, swapped ? table->left : table->right))
            continue;
        found = true;
        for (size_t k = 0; k < table->count; k++)
            link_row(builder, table->rows[k], swapped);
    }
    return found;
}
