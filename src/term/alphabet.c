/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "term/cutter.h"

bool ty_term_alphabet_set(term_alphabet *alphabet, uint32_t c, uint32_t cell)
{
    if (c > 0xFFFF)
        return true;
    if (!alphabet->pages[c >> 8]) {
        if (!ty_vector_reserve(&alphabet->cells, 256))
            return false;
        memset(alphabet->cells.items + alphabet->cells.count, 0, 256 * sizeof *alphabet->cells.items);
        alphabet->cells.count += 256;
        alphabet->pages[c >> 8] = (uint32_t)(alphabet->cells.count / 256);
    }
    alphabet->cells.items[(size_t)(alphabet->pages[c >> 8] - 1) * 256 + (c & 255)] = cell;
    return true;
}

uint32_t ty_cutter_word_id(cutter *cut, ty_slice word)
{
    const term_reader *reader = cut->reader;
    uint32_t number = reader->add ? ty_strings_add(&reader->add->words, word)
                                  : ty_term_alphabet_find(reader->alphabet, word);
    if (number == TY_STRINGS_NONE) {
        cut->failed |= reader->add != NULL;
        return 0;
    }
    return number + 1;
}

uint32_t ty_cutter_make_cell(cutter *cut, uint32_t c)
{
    uint32_t cell;
    ty_buffer *key = cut->reader->word;
    ty_buffer_clear(key);
    ty_buffer_add_char(key, '\x01');
    ty_utf8_add(key, c);
    cell = ty_cutter_word_id(cut, ty_buffer_slice(key));
    if (c <= 0xFFFF && ty_term_has_okurigana(c))
        cell |= TERM_CELL_OKURIGANA;
    if (cut->reader->add && !ty_term_alphabet_set(cut->reader->add, c, cell))
        cut->failed = true;
    return cell;
}
