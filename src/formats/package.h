/* SPDX-License-Identifier: Apache-2.0 */
/*
 * package - files that are ZIP archives of named parts: OPC (DOCX, XLSX, PPTX), ODF, EPUB. The archive is
 * held in memory, its directory is read at once, a part is unpacked when it is asked for.
 *
 * Sources: ECMA-376 part 2 (OPC), OASIS OpenDocument 1.3 part 2 (packages), EPUB 3.3 (OCF).
 *
 * Bounds: 512 MB packed, 65,535 parts, 256 MB a part, 1 GB of parts in all; a part that unpacks to more than
 * it declares, or beyond any honest text (input.c), is an error. Nothing is ever written to a disk.
 */
#ifndef TY_FORMATS_PACKAGE_H
#define TY_FORMATS_PACKAGE_H

#include "formats/internal.h"

struct package;

/* Errors name the file. The source's path is borrowed until the package is closed, its bytes are too. */
ty_status ty_package_open(const ty_source *source, struct package **out, ty_error *error);
void ty_package_close(struct package *package);

size_t ty_package_count(const struct package *package);
/* The name of a part, "word/document.xml"; borrowed until the package is closed. */
ty_slice ty_package_name(const struct package *package, size_t number);
/* Names are compared as OPC compares them: ASCII letters alike, a leading '/' aside. */
bool ty_package_has(const struct package *package, ty_slice name);

/* The bytes of a part, appended. TY_ERR_FORMAT where there is no such part. */
ty_status ty_package_read(struct package *package, ty_slice name, ty_buffer *out, ty_error *error);
/*
 * Parses a part as XML under the rules of xml.h. handlers and error of the parser are set by the caller, its
 * text is the package's for the time of the call.
 */
ty_status ty_package_parse(struct package *package, ty_slice name, struct xml_parser *parser);

/* ------------------------------------------------------------------------------------------ relationships */

/* A part's link to another one (OPC): "rId7", the last word of its type ("footnotes"), the part's name. */
struct package_link {
    ty_slice id, type, target;
    bool outside; /* the target is an address and no part */
};

struct package_links {
    struct package_link *items;
    size_t count, capacity;
    ty_arena arena; /* of all strings */
};

/* The links of a part ("" for those of the package itself); none where it has none. To be released. */
ty_status ty_package_links(struct package *package, ty_slice part, struct package_links *out,
                           ty_error *error);
void ty_package_links_release(struct package_links *links);
/* The target of the link with this id, or the first of this type; empty where there is none. */
ty_slice ty_package_link_by_id(const struct package_links *links, ty_slice id);
ty_slice ty_package_link_of_type(const struct package_links *links, const char *type);

/* Appends the name that `target`, a relative reference in `part`, stands for; percent escapes resolved. */
void ty_package_resolve(ty_slice part, ty_slice target, ty_buffer *out);

#endif
