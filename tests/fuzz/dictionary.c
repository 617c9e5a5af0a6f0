/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fuzz_dictionary - bytes as a dictionary like EDICT, as a table of words, and as a cache file (libFuzzer, or
 * main.c). What is read compiles and is found again; a cache file that is not whole is refused.
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "lexicon/internal.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef ty_status (*reader)(const ty_lexicon_source *source, ty_dictionary_builder *builder, ty_error *error);

static const ty_dictionary_stamp stamp = {.size = 1, .mtime = 2, .name = 3};

static void look_up(const ty_dictionary *image, ty_slice text)
{
    for (size_t at = 0; at < text.size && at < 200; at++)
        if (ty_dictionary_longest(&image->left, text, at) > text.size - at)
            abort();
    ty_dictionary_find(&image->right, text);
}

/* A block with one byte changed, as on a bad disk, is refused, or can be used without harm; half of one is
 * refused. */
static void spoil(ty_buffer *block, const uint8_t *data, size_t size)
{
    ty_dictionary image;
    size_t at = size > 1 ? (data[0] | (size_t)data[1] << 8) % block->size : 0;
    block->data[at] ^= 0x20;
    if (ty_dictionary_read(&image, block->data, block->size, &stamp))
        look_up(&image, (ty_slice){(const char *)data, size});
    block->data[at] ^= 0x20;
    if (ty_dictionary_read(&image, block->data, block->size / 2, &stamp))
        abort();
}

static void read_as(reader read, const char *path, ty_slice text)
{
    ty_lexicon_source source = {.name = "fuzz", .licence = "", .left = "ja", .right = "en"};
    ty_dictionary_builder builder = {.left_lang = TY_SLICE("ja"), .right_lang = TY_SLICE("en")};
    ty_buffer block = {0};
    ty_dictionary image;
    ty_error error = {0};
    snprintf(source.path, sizeof source.path, "%s", path);
    ty_status status = read(&source, &builder, &error);
    if (status == TY_OK)
        status = ty_dictionary_builder_write(&builder, &stamp, &block, &error);
    if (status != TY_OK && !error.message[0])
        abort();
    if (status == TY_OK) {
        if (!ty_dictionary_read(&image, block.data, block.size, &stamp))
            abort();
        look_up(&image, text);
        spoil(&block, (const uint8_t *)text.data, text.size);
    }
    ty_dictionary_builder_release(&builder);
    ty_buffer_release(&block);
}

static void read_as_cache(ty_slice bytes)
{
    ty_dictionary image;
    char *copy = malloc(bytes.size + 1); /* aligned */
    if (!copy)
        return;
    memcpy(copy, bytes.data, bytes.size);
    if (ty_dictionary_read(&image, copy, bytes.size, &stamp))
        look_up(&image, bytes);
    free(copy);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ty_slice text = {(const char *)data, size};
    char path[64];
    int file = ty_temporary_file();
    if (!size || file < 0 || write(file, data, size) != (ssize_t)size)
        return 0;
    snprintf(path, sizeof path, "/dev/fd/%d", file);
    read_as(ty_edict_read_alike, path, text);
    read_as(ty_enamdict_read, path, text);
    read_as(ty_lexicon_table_read, path, text);
    close(file);
    read_as_cache(text);
    return 0;
}
