/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "align.h"

typedef struct settings {
    ty_align_words said;
    const char *format, *batch;
    bool header, resume;
    long timeout;
} settings;

static const ty_option options[] = {
    TY_FLAG(settings, said.segmented, "segmented", 0, "the files have one sentence a line"),
    TY_TEXT(settings, format, "format", 0, "NAME",
            "tsv (confidence, source, target), beads, json, tmx or html"),
    TY_TEXT(settings, said.dictionary, "dictionary", 0, "WHAT",
            "auto, none, a table (source TAB target), a file like EDICT, a folder"),
    TY_TEXT(settings, said.anchors, "anchors", 0, "FILE", "beads that are fixed, lines i,j:k"),
    TY_TEXT(settings, said.srx, "srx", 0, "FILE", "cut by the SRX rules in FILE"),
    TY_TEXT(settings, batch, "batch", 0, "LIST",
            "many pairs on all cores: lines SOURCE TAB TARGET TAB OUTPUT"),
    TY_INTEGER(settings, timeout, "timeout", 0, "SECONDS", "of a list: stop a pair that takes longer"),
    TY_FLAG(settings, resume, "resume", 0, "of a list: leave out pairs whose output is there"),
    TY_TEXT(settings, said.paragraphs, "paragraphs", 0, "HOW",
            "auto, line (one a line) or blank (blank lines between)"),
    TY_TEXT(settings, said.source_encoding, "source-encoding", 0, "NAME", "encoding of SOURCE alone"),
    TY_TEXT(settings, said.target_encoding, "target-encoding", 0, "NAME", "encoding of TARGET alone"),
    TY_FLAG(settings, header, "header", 0, "of tsv: names of the columns on a line before"),
    TY_FLAG(settings, said.force, "force", 0, "align what seems to be no translation"),
    {0},
};

static ty_status choose(const char *name, const ty_align_format **out, ty_error *error)
{
    static const ty_align_format formats[] = {{"tsv", ty_present_bead, NULL},
                                              {"beads", ty_present_bead_numbers, NULL},
                                              {"json", ty_present_bead, NULL, true},
                                              {"tmx", NULL, ty_bitext_write_tmx},
                                              {"html", NULL, ty_bitext_write_page}};
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (strcmp(name, formats[i].name) == 0) {
            *out = &formats[i];
            return TY_OK;
        }
    return ty_error_set(error, TY_ERR_USAGE, "--format is tsv, beads, json, tmx or html, not \"%s\"", name);
}

/* ------------------------------------------------------------------------------------------ one pair */

static ty_status print_all(ty_run *run, ty_bitext *bitext, const ty_align_plan *p, ty_error *error)
{
    const ty_align_format *format = p->format;
    if (format->write)
        return format->write(bitext, &(ty_sink){.path = run->common.output}, error);
    ty_status status = ty_output_open(run->common.output, &run->output, error);
    if (status == TY_OK && p->header && strcmp(format->name, "tsv") == 0) {
        ty_present_beads_header(ty_say(run));
        ty_said(run);
    }
    for (size_t i = 0; status == TY_OK && i < ty_bitext_count(bitext); i++) {
        ty_say(run);
        run->show.json = format->json; /* as --format says, whatever --json does */
        format->print(&run->show, bitext, i);
        ty_said(run);
    }
    return status;
}

ty_status ty_align_pair(ty_run *run, const ty_align_plan *p, const char *source, const char *target,
                        ty_error *error)
{
    ty_bitext *bitext = NULL;
    ty_bitext_settings how = p->how;
    ty_memory *memory = NULL;
    ty_status status = ty_helping_memory(run, &memory, error);
    how.memory = memory;
    if (status == TY_OK)
        status = ty_bitext_open(&(ty_source){.path = source}, &(ty_source){.path = target}, &how,
                                &run->listener, &bitext, error);
    if (status == TY_OK)
        status = print_all(run, bitext, p, error);
    ty_bitext_close(bitext);
    ty_memory_close(memory);
    return status;
}

/* ------------------------------------------------------------------------------------------ the command */

static ty_status align(ty_run *run, void *payload, char **words, int count, ty_error *error)
{
    const settings *set = payload;
    if (count != (set->batch ? 0 : 2) || (!set->batch && (set->timeout || set->resume)))
        return ty_usage(&ty_command_align, error);
    if (set->timeout < 0 || set->timeout > 1000000)
        return ty_error_set(error, TY_ERR_USAGE, "--timeout is a number of seconds");
    const char *name = set->format ? set->format : run->common.json ? "json" : "tsv";
    ty_align_how how;
    ty_align_plan p = {.header = set->header};
    ty_status status = choose(name, &p.format, error);
    if (status == TY_OK)
        status = ty_align_as_told(run, &set->said, &how, error);
    p.how = how.bitext;
    if (status != TY_OK)
        return status;
    ty_align_list list = {set->batch, set->timeout, set->resume};
    return set->batch ? ty_align_batch(run, &p, &list, error)
                      : ty_align_pair(run, &p, words[0], words[1], error);
}

const ty_command ty_command_align = {
    .name = "align",
    .arguments = "[-s LANG] [-t LANG] [options] SOURCE TARGET | --batch LIST",
    .summary = N_("Find which sentences of two texts stand for each other"),
    .examples = "  taiyaku align en.txt ja.txt\n"
                "  taiyaku align --segmented --format=beads en.sentences ja.sentences\n"
                "  taiyaku align --format=tmx -o pair.tmx en.html ja.html\n",
    .mode = TY_COMMAND_PLAIN | TY_COMMAND_OWN_OUTPUT | TY_COMMAND_HELPED,
    .shared = "ste",
    .options = options,
    .settings_size = sizeof(settings),
    .run = align,
};
