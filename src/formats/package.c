/* SPDX-License-Identifier: Apache-2.0 */
/* Packages of parts; see package.h. */
#include <stdlib.h>

#include "formats/package.h"

static const size_t package_limit = (size_t)512 << 20;
static const uint64_t part_limit = (uint64_t)256 << 20;
static const uint64_t parts_limit = (uint64_t)1 << 30;

struct package {
    const char *path;
    ty_slice bytes;
    ty_buffer owned; /* what was read of a file */
    struct zip_list parts;
    uint64_t unpacked; /* of all parts asked for so far */
};

static ty_status take_bytes(struct package *package, const ty_source *source, ty_error *error)
{
    package->bytes = source->bytes;
    if (source->bytes.data)
        return TY_OK;
    struct input *input;
    ty_status status = ty_input_open(source, NULL, &input, error);
    if (status != TY_OK)
        return status;
    status = ty_input_read_all(input, package_limit, &package->owned, error);
    ty_input_close(input);
    package->bytes = ty_buffer_slice(&package->owned);
    return status;
}

ty_status ty_package_open(const ty_source *source, struct package **out, ty_error *error)
{
    *out = NULL;
    struct package *package = calloc(1, sizeof *package);
    if (!package)
        return ty_error_nomem(error);
    package->path = source->path ? source->path : "";
    ty_status status = take_bytes(package, source, error);
    if (status == TY_OK) {
        struct raw raw = {.file = -1, .bytes = package->bytes, .size = package->bytes.size};
        status = ty_zip_list(&raw, &package->parts, error);
    }
    if (status == TY_OK) {
        *out = package;
        return TY_OK;
    }
    ty_error_locate(error, package->path, 0, 0);
    ty_package_close(package);
    return status;
}

uint64_t ty_source_unpacked(const ty_source *source)
{
    struct package *package;
    uint64_t size = 0;
    if (!ty_slice_starts(source->bytes, TY_SLICE("PK")) || ty_package_open(source, &package, NULL) != TY_OK)
        return source->bytes.size;
    for (size_t i = 0; i < package->parts.count; i++)
        size += package->parts.items[i].unpacked;
    ty_package_close(package);
    return size;
}

void ty_package_close(struct package *package)
{
    if (!package)
        return;
    ty_zip_list_release(&package->parts);
    ty_buffer_release(&package->owned);
    free(package);
}

size_t ty_package_count(const struct package *package)
{
    return package->parts.count;
}

ty_slice ty_package_name(const struct package *package, size_t number)
{
    return package->parts.items[number].name;
}

static ty_slice without_slash(ty_slice name)
{
    return ty_slice_starts(name, TY_SLICE("/")) ? ty_slice_sub(name, 1, name.size) : name;
}

static const struct zip_member *find_part(const struct package *package, ty_slice name)
{
    name = without_slash(name);
    for (size_t i = 0; i < package->parts.count; i++)
        if (ty_slice_equal_nocase(without_slash(package->parts.items[i].name), name))
            return &package->parts.items[i];
    return NULL;
}

bool ty_package_has(const struct package *package, ty_slice name)
{
    return find_part(package, name) != NULL;
}

static ty_status open_part(struct package *package, ty_slice name, struct input **out, ty_error *error)
{
    *out = NULL;
    const struct zip_member *part = find_part(package, name);
    if (!part)
        return ty_error_set(error, TY_ERR_FORMAT, "the package has no part %.*s", TY_SLICE_FORMAT(name));
    package->unpacked += part->unpacked;
    if (part->unpacked > part_limit || package->unpacked > parts_limit)
        return ty_error_set(error, TY_ERR_LIMIT, "the package's part %.*s is larger than any honest text",
                            TY_SLICE_FORMAT(name));
    return ty_input_open_member(package->bytes, part, package->path, out, error);
}

ty_status ty_package_read(struct package *package, ty_slice name, ty_buffer *out, ty_error *error)
{
    struct input *input;
    ty_status status = open_part(package, name, &input, error);
    if (status == TY_OK)
        status = ty_input_read_all(input, part_limit, out, error);
    ty_input_close(input);
    return status == TY_OK ? TY_OK : (ty_error_locate(error, package->path, 0, 0), status);
}

ty_status ty_package_parse(struct package *package, ty_slice name, struct xml_parser *parser)
{
    struct input *input;
    ty_status status = open_part(package, name, &input, parser->error);
    if (status == TY_OK)
        status = ty_xml_text_open(input, NULL, NULL, &parser->text, parser->error);
    if (status == TY_OK) {
        status = ty_xml_parse(parser);
        ty_xml_text_close(parser->text);
        parser->text = NULL;
    }
    ty_input_close(input);
    return status == TY_OK ? TY_OK : (ty_error_locate(parser->error, package->path, 0, 0), status);
}
