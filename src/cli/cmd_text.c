/* SPDX-License-Identifier: Apache-2.0 */
#include "cli.h"

typedef struct settings {
    const char *paragraphs;
    bool no_facts;
} settings;

static const ty_option options[] = {
    TY_TEXT(settings, paragraphs, "paragraphs", 0, "HOW",
            "auto, line (one a line) or blank (blank lines between)"),
    TY_FLAG(settings, no_facts, "no-facts", 0, "only the text, nothing on stderr"),
    {0},
};

static ty_status show(ty_run *run, const settings *set, const ty_text_settings *how, const char *path,
                      ty_error *error)
{
    ty_text *text = NULL;
    ty_status status = ty_text_open(&(ty_source){.path = path}, how, &run->listener, &text, error);
    if (status == TY_OK) {
        if (!set->no_facts && !run->common.json) {
            ty_present_text_facts(ty_say(run), text);
            ty_said_aside(run);
        }
        ty_present_text(ty_say(run), text);
        ty_said(run);
    }
    ty_text_close(text);
    return status;
}

static ty_status run_text(ty_run *run, void *payload, char **words, int count, ty_error *error)
{
    const settings *set = payload;
    ty_text_settings how = {.lang = run->common.lang, .encoding = run->common.encoding};
    ty_status status = ty_named_paragraphs(set->paragraphs, &how.paragraphs, error);
    if (status == TY_OK)
        status = ty_output_open(run->common.output, &run->output, error);
    for (int i = 0; i < (count ? count : 1) && status == TY_OK; i++)
        status = show(run, set, &how, count ? words[i] : "-", error);
    return status;
}

const ty_command ty_command_text = {
    .name = "text",
    .arguments = "[-l LANG] [options] [FILE...]",
    .summary = N_("Show what is read of a document: its text, and what it says of itself"),
    .examples = "  taiyaku text release.pdf\n"
                "  taiyaku --json text page.html\n",
    .mode = TY_COMMAND_PLAIN | TY_COMMAND_OWN_OUTPUT,
    .shared = "le",
    .options = options,
    .settings_size = sizeof(settings),
    .run = run_text,
};
