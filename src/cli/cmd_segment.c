/* SPDX-License-Identifier: Apache-2.0 */
#include "cli.h"

typedef struct settings {
    const char *srx, *paragraphs, *quotations;
    bool keep_quotations, inline_lists, print_srx;
} settings;

static const ty_option options[] = {
    TY_TEXT(settings, srx, "srx", 0, "FILE", "cut by the SRX rules in FILE instead of our own"),
    TY_TEXT(settings, paragraphs, "paragraphs", 0, "HOW",
            "auto, line (one a line) or blank (blank lines between)"),
    TY_TEXT(settings, quotations, "quotations", 0, "HOW", "split (sentences inside them), or whole"),
    TY_FLAG(settings, keep_quotations, "keep-quotations", 0, "the same as --quotations=whole"),
    TY_FLAG(settings, inline_lists, "inline-lists", 0, "items of a list in running text are sentences"),
    TY_FLAG(settings, print_srx, "print-srx", 0, "write our rules as SRX 2.0 instead"),
    {0},
};

static ty_status quotation_mode(const char *name, bool *keep, ty_error *error)
{
    if (name && strcmp(name, "split") != 0 && strcmp(name, "whole") != 0)
        return ty_error_set(error, TY_ERR_USAGE, "--quotations is split or whole, not \"%s\"", name);
    *keep = *keep || (name && strcmp(name, "whole") == 0);
    return TY_OK;
}

/* Says what has come together of a file; sentences are said many at a time. */
static bool say_sentence(void *payload, ty_slice line, ty_slice sentence, ty_sentence place)
{
    enum { TOGETHER = 3 << 15 }; /* bytes; so many go out without being gathered again */
    ty_run *run = payload;
    ty_present_sentence(&run->show, line, sentence, place);
    if (run->scratch.size >= TOGETHER || run->scratch.failed) {
        ty_said(run);
        ty_say(run);
    }
    return true;
}

static ty_status segment_file(ty_run *run, const ty_text_settings *how, const char *path, ty_error *error)
{
    ty_say(run);
    ty_status status =
        ty_text_each(&(ty_source){.path = path}, how, &run->listener, say_sentence, run, error);
    ty_said(run);
    return status;
}

static ty_status segment(ty_run *run, void *payload, char **words, int count, ty_error *error)
{
    const settings *set = payload;
    if (set->print_srx)
        return ty_srx_write(run->common.lang, &(ty_sink){.path = run->common.output}, error);
    ty_source srx = {.path = set->srx};
    ty_text_settings how = {.lang = run->common.lang,
                            .encoding = run->common.encoding,
                            .srx = set->srx ? &srx : NULL,
                            .keep_quotations = set->keep_quotations,
                            .inline_lists = set->inline_lists};
    ty_status status = ty_named_paragraphs(set->paragraphs, &how.paragraphs, error);
    if (status == TY_OK)
        status = quotation_mode(set->quotations, &how.keep_quotations, error);
    if (status == TY_OK)
        status = ty_output_open(run->common.output, &run->output, error);
    if (status == TY_OK && count == 0)
        status = segment_file(run, &how, "-", error);
    for (int i = 0; i < count && status == TY_OK; i++)
        status = segment_file(run, &how, words[i], error);
    return status;
}

const ty_command ty_command_segment = {
    .name = "segment",
    .arguments = "[-l LANG] [options] [FILE...]",
    .summary = N_("Split text or HTML into sentences, one a line"),
    .examples = "  taiyaku segment ja.txt\n"
                "  taiyaku --json segment -l en article.html\n",
    .mode = TY_COMMAND_PLAIN | TY_COMMAND_OWN_OUTPUT,
    .shared = "le",
    .options = options,
    .settings_size = sizeof(settings),
    .run = segment,
};
