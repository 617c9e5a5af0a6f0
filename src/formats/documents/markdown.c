/* SPDX-License-Identifier: Apache-2.0 */
/* Markdown: cmark-gfm makes a page of it, with tables and struck text; front matter is no text. */
#include <pthread.h>
#include <stdlib.h>

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include "base/sys.h"
#include "formats/documents/html.h"
#include "formats/documents/reader.h"
#include "library_files.h"

#define FUNCTIONS(X)                                                                                         \
    X(cmark_find_syntax_extension)                                                                           \
    X(cmark_gfm_core_extensions_ensure_registered)                                                           \
    X(cmark_node_free)                                                                                       \
    X(cmark_parser_attach_syntax_extension)                                                                  \
    X(cmark_parser_feed)                                                                                     \
    X(cmark_parser_finish)                                                                                   \
    X(cmark_parser_free)                                                                                     \
    X(cmark_parser_get_syntax_extensions)                                                                    \
    X(cmark_parser_new)                                                                                      \
    X(cmark_render_html)

typedef struct cmark {
    FUNCTIONS(TY_SYS_MEMBER)
} cmark;
static const cmark *cmark_functions(void);
/* The extensions' library brings the other with it. */
TY_SYS_LIBRARY(cmark, TY_FILE_OF_CMARK_EXTENSIONS, FUNCTIONS)

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

static cmark_node *parse(const cmark *by, ty_slice text, cmark_parser *parser)
{
    static const char *const extensions[] = {"table", "strikethrough"};
    for (size_t i = 0; i < sizeof extensions / sizeof *extensions; i++) {
        cmark_syntax_extension *found = by->cmark_find_syntax_extension(extensions[i]);
        if (found)
            by->cmark_parser_attach_syntax_extension(parser, found);
    }
    by->cmark_parser_feed(parser, text.data, text.size);
    return by->cmark_parser_finish(parser);
}

static ty_status take_text(struct reading *reading, ty_buffer *buffer, ty_error *error)
{
    const cmark *by = cmark_functions();
    if (!by)
        return ty_error_set(error, TY_ERR_USAGE, "Markdown needs the library %s, which is not installed",
                            TY_FILE_OF_CMARK_EXTENSIONS);
    pthread_once(&extensions_once, by->cmark_gfm_core_extensions_ensure_registered);
    ty_slice text = without_front_matter(ty_buffer_slice(buffer));
    cmark_parser *parser = by->cmark_parser_new(CMARK_OPT_UNSAFE | CMARK_OPT_FOOTNOTES);
    cmark_node *tree = parse(by, text, parser);
    char *page = tree ? by->cmark_render_html(tree, CMARK_OPT_UNSAFE | CMARK_OPT_FOOTNOTES,
                                              by->cmark_parser_get_syntax_extensions(parser))
                      : NULL;
    ty_status status = page ? ty_html_to_whole_document(ty_slice_of(page), reading->path, reading->out, error)
                            : ty_error_set(error, TY_ERR_FORMAT, "the Markdown cannot be read");
    free(page);
    by->cmark_node_free(tree);
    by->cmark_parser_free(parser);
    return status;
}

/* ------------------------------------------------------------------------------------------ the format */

/* "# A heading" */
static bool is_heading(ty_slice line)
{
    size_t level = 0;
    while (level < line.size && line.data[level] == '#')
        level++;
    return level >= 1 && level <= 6 && level + 1 < line.size && line.data[level] == ' ';
}

/* Headings, and no columns: a glossary has comments that look alike. */
static bool is_markdown(ty_slice text)
{
    unsigned headings = 0, tabbed = 0;
    bool begins = is_heading(text);
    for (ty_slice line; ty_slice_next(&text, '\n', &line);) {
        headings += is_heading(line);
        tabbed += !is_heading(line) && ty_slice_find(line, TY_SLICE("\t"), 0) != SIZE_MAX;
    }
    return !tabbed && (headings >= 2 || (begins && headings));
}

static int bid(const struct head *head)
{
    if (ty_head_has_ending(head, ty_markdown_format.endings))
        return BID_WORDS + 2;
    return is_markdown(head->text) ? BID_FORM : BID_NONE;
}

static ty_status read_document(struct reading *reading, ty_slice bytes, ty_error *error)
{
    return ty_document_read_text(reading, bytes, take_text, error);
}

const struct format ty_markdown_format = {.name = "markdown",
                                          .label = N_("Markdown"),
                                          .endings = ".md .markdown",
                                          .gives = TY_GIVES_DOCUMENT,
                                          .bid = bid,
                                          .read = read_document};
