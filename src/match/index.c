/* SPDX-License-Identifier: Apache-2.0 */

#include "match/index.h"

#include "base/sys.h"

ty_status ty_match_index_new(ty_match_index **out, ty_error *error)
{
    *out = calloc(1, sizeof **out);
    if (!*out)
        return ty_error_nomem(error);
    (*out)->number = TY_TOKEN_NONE;
    return TY_OK;
}

void ty_match_index_free(ty_match_index *index)
{
    if (!index)
        return;
    ty_image_release(&index->image);
    ty_vector_release(&index->removed);
    ty_strings_release(&index->words);
    ty_vector_release(&index->pending);
    ty_buffer_release(&index->codes);
    ty_text_tokens_release(&index->tokens);
    free(index->memo);
    free(index);
}

uint32_t ty_index_word(const ty_match_index *index, ty_slice word)
{
    uint32_t token = ty_image_word(&index->image, word);
    if (token != TY_TOKEN_NONE)
        return token;
    uint32_t number = ty_strings_find(&index->words, word);
    return number == TY_STRINGS_NONE ? TY_TOKEN_NONE : ty_index_image_words(index) + number;
}

ty_slice ty_index_word_text(const ty_match_index *index, uint32_t token)
{
    uint32_t sorted = ty_index_image_words(index);
    return token >= sorted ? index->words.list.items[token - sorted]
                           : ty_image_word_text(&index->image, token);
}

bool ty_index_removed(const ty_match_index *index, int64_t id)
{
    size_t at = ty_vector_from(&index->removed, last, id);
    return at < index->removed.count && index->removed.items[at].first <= id;
}

/* ------------------------------------------------------------------------------------------ changes */

static bool add_new_word(ty_match_index *index, ty_slice word, uint32_t *token)
{
    *token = ty_image_word(&index->image, word);
    if (*token != TY_TOKEN_NONE)
        return true;
    uint32_t number = ty_strings_add(&index->words, word);
    *token = ty_index_image_words(index) + number;
    return number != TY_STRINGS_NONE;
}

static bool add_word(ty_match_index *index, ty_slice word, uint32_t *token)
{
    char bytes[TY_MEMO_WORD + 1] = {0};
    uint64_t key;
    if (word.size > TY_MEMO_WORD || !index->memo)
        return add_new_word(index, word, token);
    memcpy(bytes, word.data, word.size);
    bytes[TY_MEMO_WORD] = (char)word.size;
    memcpy(&key, bytes, sizeof key);
    ty_memo *memo = &index->memo[key * UINT64_C(0x9E3779B97F4A7C15) >> (64 - TY_MEMO_BITS)];
    if (memo->word != key) {
        if (!add_new_word(index, word, token))
            return false;
        *memo = (ty_memo){key, *token};
    }
    *token = memo->token;
    return true;
}

static bool add_code(ty_match_index *index, ty_slice word, uint32_t *token)
{
    if (!add_word(index, word, token))
        return false;
    uint8_t code[TY_CODE_MAX];
    size_t size = (size_t)(ty_code_put(code, *token) - code);
    ty_buffer_add(&index->codes, (ty_slice){(char *)code, size});
    return !index->codes.failed;
}

static bool add_codes(ty_match_index *index)
{
    const ty_text_tokens *tokens = &index->tokens;
    for (size_t i = 0; i < tokens->list.count; i++) {
        uint32_t token;
        if (!add_code(index, ty_token_key(tokens, i), &token))
            return false;
        if (!ty_token_is_number(tokens, i))
            continue;
        index->number = token;
        if (!add_code(index, ty_token_digits(tokens, i), &token))
            return false;
    }
    return true;
}

ty_status ty_match_index_add(ty_match_index *index, int64_t id, ty_slice text, ty_error *error)
{
    ty_status status = ty_text_tokenize(text, &index->tokens, error);
    if (status != TY_OK)
        return status;
    ty_pending_entry entry = {.id = id,
                              .mark = ty_mark_of(text, &index->tokens),
                              .length = (uint32_t)index->tokens.list.count,
                              .codes = index->codes.size};
    if (!index->memo)
        index->memo = calloc((size_t)1 << TY_MEMO_BITS, sizeof *index->memo); /* it does without, too */
    bool good = entry.length > TY_MATCH_TOKENS_MAX || add_codes(index);
    if (good && ty_vector_push(&index->pending, entry))
        return TY_OK;
    index->codes.size = (size_t)entry.codes;
    index->codes.failed = false;
    return ty_error_nomem(error);
}

/* Puts the range among the others, one with those it meets. */
static bool add_range(ty_match_index *index, ty_id_range range)
{
    size_t from = ty_vector_from(&index->removed, last, range.first), to = from;
    if (!ty_vector_reserve(&index->removed, 1))
        return false;
    ty_id_range *items = index->removed.items;
    for (; to < index->removed.count && items[to].first <= range.last; to++) {
        if (items[to].first < range.first)
            range.first = items[to].first;
        if (items[to].last > range.last)
            range.last = items[to].last;
    }
    memmove(items + from + 1, items + to, (index->removed.count - to) * sizeof *items);
    items[from] = range;
    index->removed.count += from + 1 - to;
    return true;
}

ty_status ty_match_index_remove_range(ty_match_index *index, int64_t first, int64_t last, ty_error *error)
{
    if (first > last)
        return TY_OK;
    if (index->image.header && !add_range(index, (ty_id_range){first, last}))
        return ty_error_nomem(error);
    size_t kept = 0;
    for (size_t i = 0; i < index->pending.count; i++)
        if (index->pending.items[i].id < first || index->pending.items[i].id > last)
            index->pending.items[kept++] = index->pending.items[i];
    index->pending.count = kept;
    return TY_OK;
}

ty_status ty_match_index_remove(ty_match_index *index, int64_t id, ty_error *error)
{
    return ty_match_index_remove_range(index, id, id, error);
}

size_t ty_match_index_pending(const ty_match_index *index)
{
    return index->pending.count + index->removed.count;
}

size_t ty_match_index_memory(const ty_match_index *index)
{
    return sizeof *index + (index->image.header ? (size_t)index->image.header->size : 0) +
           index->pending.capacity * sizeof *index->pending.items + index->codes.capacity +
           index->removed.capacity * sizeof *index->removed.items +
           index->words.slot_count * sizeof(uint32_t) + index->words.list.count * (sizeof(ty_slice) + 16);
}

/* ------------------------------------------------------------------------------------------ bytes */

ty_status ty_match_index_bytes(ty_match_index *index, ty_slice *out, ty_error *error)
{
    *out = (ty_slice){0};
    if (!index->image.header || ty_match_index_pending(index)) {
        ty_status status = ty_match_index_build(index, error);
        if (status != TY_OK)
            return status;
    }
    if (!index->image.trust) /* what was opened is sealed already */
        ty_image_seal(&index->image);
    *out = (ty_slice){(const char *)index->image.header, (size_t)index->image.header->size};
    return TY_OK;
}

/* Takes the image over, or, where it is none, releases it. */
static ty_status open_image(ty_image image, void *bytes, size_t size, ty_match_index **out, ty_error *error)
{
    ty_status status = ty_image_open(bytes, size, &image, error);
    if (status == TY_OK)
        status = ty_match_index_new(out, error);
    if (status != TY_OK) {
        ty_image_release(&image);
        return status;
    }
    (*out)->image = image;
    (*out)->number = image.header->number;
    return TY_OK;
}

ty_status ty_match_index_open(void *bytes, size_t size, ty_match_index **out, ty_error *error)
{
    *out = NULL;
    return open_image((ty_image){.header = bytes}, bytes, size, out, error);
}

ty_status ty_match_index_map(const char *path, uint64_t offset, size_t size, ty_match_index **out,
                             ty_error *error)
{
    *out = NULL;
    size_t ahead = (size_t)(offset % ty_sys_page_size());
    int file = ty_file_open_private(path);
    if (file < 0)
        return ty_error_errno(error, "cannot open %s", path);
    int64_t end = ty_sys_size(file);
    bool whole = end >= 0 && offset <= (uint64_t)end && size <= (uint64_t)end - offset && ahead % 64 == 0;
    void *mapping = NULL;
    if (whole && size)
        mapping = ty_sys_map(file, size + ahead, (int64_t)(offset - ahead));
    ty_sys_close(file);
    if (!whole || !size)
        return TY_NO;
    if (!mapping)
        return ty_error_errno(error, "cannot map %s", path);
    ty_image image = {.mapping = mapping, .mapping_size = size + ahead};
    return open_image(image, (char *)mapping + ahead, size, out, error);
}

bool ty_match_index_is_damaged(const ty_match_index *index)
{
    return ty_image_is_damaged(&index->image);
}
