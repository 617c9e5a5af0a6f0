/* SPDX-License-Identifier: Apache-2.0 */
/* Markdown: cmark-gfm makes a page of it, with tables and struck text; front matter is no text. */
#include <pthread.h>
#include <stdlib.h>

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include "formats/documents/html.h"
#include "formats/documents/reader.h"

static pthread_once_t extensions_once = PTHREAD_ONCE_INIT;

static bool is_fence(ty_slice line)
{
    line = ty_slice_trim(line);
    return ty_slice_equal(line, TY_SLICE("---")) || ty_slice_equal(line, TY_SLICE("..."));
}

/* Between two lines of dashes at the very start. */
static ty_slice without_front_matter(ty_slice text)
{
    ty_slice rest = text, line;
    if (!ty_slice_next(&rest, '\n', &line) || !ty_slice_equal(ty_slice_trim(line), TY_SLICE("---")))
        return text;
    while (rest.data && ty_slice_next(&rest, '\n', &line))
        if (is_fence(line))
            return rest.data ? rest : (ty_slice){"", 0};
    return text;
}

static cmark_node *parse(ty_slice text, cmark_parser *parser)
{
    static const char *const extensions[] = {"table", "strikethrough"};
    for (size_t i = 0; i < sizeof extensions / sizeof *extensions; i++) {
        cmark_syntax_extension *found = cmark_find_syntax_extension(extensions[i]);
        if (found)
            cmark_parser_attach_syntax_extension(parser, found);
    }
    cmark_parser_feed(parser, text.data, text.size);
    return cmark_parser_finish(parser);
}

ty_status ty_markdown_to_document(struct reading *reading, ty_slice text, ty_error *error)
{
    pthread_once(&extensions_once, cmark_gfm_core_extensions_ensure_registered);
    text = without_front_matter(text);
    cmark_parser *parser = cmark_parser_new(CMARK_OPT_UNSAFE | CMARK_OPT_FOOTNOTES);
    cmark_node *tree = parse(text, parser);
    char *page = tree ? cmark_render_html(tree, CMARK_OPT_UNSAFE | CMARK_OPT_FOOTNOTES,
                                          cmark_parser_get_syntax_extensions(parser))
                      : NULL;
    ty_status status = page ? ty_html_to_document(ty_slice_of(page), reading->path, reading->out, error)
                            : ty_error_set(error, TY_ERR_FORMAT, "the Markdown cannot be read");
    free(page);
    cmark_node_free(tree);
    cmark_parser_free(parser);
    return status;
}
