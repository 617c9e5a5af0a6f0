/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "cli.h"
#include "listen.h"

typedef struct settings {
    const char *paragraphs, *source_encoding, *target_encoding;
    const char *format, *dictionary, *anchors, *srx, *batch;
    bool segmented, force, header;
} settings;

static const ty_option options[] = {
    TY_FLAG(settings, segmented, "segmented", 0, "the files have one sentence a line"),
    TY_TEXT(settings, format, "format", 0, "NAME",
            "tsv (confidence, source, target), beads, json, tmx or html"),
    TY_TEXT(settings, dictionary, "dictionary", 0, "WHAT",
            "auto, none, a table (source TAB target), a file like EDICT, a folder"),
    TY_TEXT(settings, anchors, "anchors", 0, "FILE", "beads that are fixed, lines i,j:k"),
    TY_TEXT(settings, srx, "srx", 0, "FILE", "cut by the SRX rules in FILE"),
    TY_TEXT(settings, batch, "batch", 0, "LIST",
            "many pairs on all cores: lines SOURCE TAB TARGET TAB OUTPUT"),
    TY_TEXT(settings, paragraphs, "paragraphs", 0, "HOW",
            "auto, line (one a line) or blank (blank lines between)"),
    TY_TEXT(settings, source_encoding, "source-encoding", 0, "NAME", "encoding of SOURCE alone"),
    TY_TEXT(settings, target_encoding, "target-encoding", 0, "NAME", "encoding of TARGET alone"),
    TY_FLAG(settings, header, "header", 0, "of tsv: names of the columns on a line before"),
    TY_FLAG(settings, force, "force", 0, "align what seems to be no translation"),
    {0},
};

/* A format is printed bead by bead, or written whole by the library. */
typedef struct format {
    const char *name;
    void (*print)(const ty_present *p, ty_bitext *bitext, size_t number);
    ty_status (*write)(ty_bitext *bitext, const ty_sink *sink, ty_error *error);
} format;

static ty_status choose(const char *name, const format **out, ty_error *error)
{
    static const format formats[] = {{"tsv", ty_present_bead, NULL},
                                     {"beads", ty_present_bead_numbers, NULL},
                                     {"json", ty_present_bead, NULL},
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

/* What to do with each pair: the same for one and for many. */
typedef struct plan {
    ty_bitext_settings how;
    const format *format;
    bool header; /* of tsv */
} plan;

static ty_status print_all(ty_run *run, ty_bitext *bitext, const plan *p, ty_error *error)
{
    const format *format = p->format;
    if (format->write)
        return format->write(bitext, &(ty_sink){.path = run->common.output}, error);
    ty_status status = ty_output_open(run->common.output, &run->output, error);
    if (status == TY_OK && p->header && strcmp(format->name, "tsv") == 0) {
        ty_present_beads_header(ty_say(run));
        ty_said(run);
    }
    for (size_t i = 0; status == TY_OK && i < ty_bitext_count(bitext); i++) {
        format->print(ty_say(run), bitext, i);
        ty_said(run);
    }
    return status;
}

/* Leaves run->output open for the caller to commit. */
static ty_status align_pair(ty_run *run, const plan *p, const char *source, const char *target,
                            ty_error *error)
{
    ty_bitext *bitext = NULL;
    ty_bitext_settings how = p->how;
    ty_memory *memory = ty_helping_memory(run);
    how.memory = memory;
    ty_status status = ty_bitext_open(&(ty_source){.path = source}, &(ty_source){.path = target}, &how,
                                      &run->listener, &bitext, error);
    if (status == TY_OK)
        status = print_all(run, bitext, p, error);
    ty_bitext_close(bitext);
    ty_memory_close(memory);
    return status;
}

/* ------------------------------------------------------------------------------------------ many pairs */

/* Lines of the list are taken one by one by as many threads as there are cores. */
typedef struct line {
    char *source, *target, *output; /* NULL where it is no line of a list */
    char *text;
    size_t number;  /* in the list, from 1 */
    ty_error error; /* what is wrong with it already */
} line;

typedef struct batch {
    const ty_run *run;
    const plan *plan;
    const char *list;
    TY_VECTOR(line) lines;
    size_t done;
    ty_status worst;
    ty_lock *lock; /* for the two above, and for whole messages */
} batch;

static ty_status align_line(const batch *b, const line *line, ty_error *error)
{
    if (line->error.status != TY_OK) {
        *error = line->error;
        return error->status;
    }
    ty_run run = {.common = b->run->common, .listener = b->run->listener};
    run.common.output = line->output;
    run.listener.progress = NULL;
    ty_status status = align_pair(&run, b->plan, line->source, line->target, error);
    if (status == TY_OK && run.output)
        status = ty_output_commit(run.output, error);
    else
        ty_output_discard(run.output);
    ty_buffer_release(&run.scratch);
    return status;
}

/* One that fails does not keep the others: each failure is told, and the worst is the exit status. */
static void end_line(batch *b, ty_status status, const ty_error *error)
{
    ty_lock_enter(b->lock);
    b->done++;
    if (status != TY_OK) {
        ty_listen_error(error);
        if (b->worst == TY_OK || b->worst == TY_NO)
            b->worst = status;
    }
    ty_progress(&b->run->listener, "pairs", b->done, b->lines.count);
    ty_lock_leave(b->lock);
}

static ty_status work_on(void *payload, size_t number, ty_error *error)
{
    batch *b = payload;
    ty_error own = {0};
    (void)error;
    end_line(b, align_line(b, &b->lines.items[number], &own), &own);
    return TY_OK;
}

static void cut_line(const char *list, line *line)
{
    char *target = strchr(line->text, '\t'), *output = target ? strchr(target + 1, '\t') : NULL;
    if (output) {
        *target++ = *output++ = '\0';
        line->source = line->text;
        line->target = target;
        line->output = output;
        return;
    }
    ty_error_set(&line->error, TY_ERR_FORMAT,
                 "\"%s\" is no line of a list, which is SOURCE, tab, TARGET, tab, OUTPUT", line->text);
    ty_error_locate(&line->error, list, line->number, 0);
}

static ty_status read_list(batch *b, ty_arena *arena, ty_error *error)
{
    ty_buffer content = {0};
    ty_status status = ty_file_read(b->list, 0, &content, error);
    ty_slice rest = ty_buffer_slice(&content), text;
    for (size_t number = 1; status == TY_OK && rest.size && ty_slice_next(&rest, '\n', &text); number++) {
        if (text.size && text.data[text.size - 1] == '\r')
            text.size--;
        line one = {.text = (char *)ty_arena_copy(arena, text).data, .number = number};
        if (text.size && (arena->failed || !ty_vector_push(&b->lines, one)))
            status = ty_error_nomem(error);
    }
    for (size_t i = 0; i < b->lines.count && status == TY_OK; i++)
        cut_line(b->list, &b->lines.items[i]);
    ty_buffer_release(&content);
    return status;
}

/* No line may write what one of them reads or another writes. */
static ty_status check_list(batch *b, ty_error *error)
{
    ty_outputs outputs = {0};
    ty_status status = ty_outputs_read(&outputs, b->list, error);
    for (size_t i = 0; i < b->lines.count && status == TY_OK; i++) {
        const line *line = &b->lines.items[i];
        if (line->source)
            status = ty_outputs_read(&outputs, line->source, error);
        if (line->source && status == TY_OK)
            status = ty_outputs_read(&outputs, line->target, error);
    }
    for (size_t i = 0; i < b->lines.count && status == TY_OK; i++) {
        line *line = &b->lines.items[i];
        if (line->output && ty_outputs_write(&outputs, line->output, &line->error) != TY_OK)
            ty_error_locate(&line->error, b->list, line->number, 0);
        if (line->error.status == TY_ERR_NOMEM)
            status = ty_error_nomem(error);
    }
    ty_outputs_release(&outputs);
    return status;
}

static ty_status align_batch(ty_run *run, const plan *p, const char *list, ty_error *error)
{
    ty_arena arena = {0};
    batch b = {.run = run, .plan = p, .list = list, .lock = ty_lock_new()};
    ty_status status = b.lock ? read_list(&b, &arena, error) : ty_error_nomem(error);
    if (status == TY_OK)
        status = check_list(&b, error);
    if (status == TY_OK)
        status = ty_threads_each(b.lines.count, work_on, &b, error);
    if (status == TY_OK) {
        status = b.worst;
        if (status != TY_OK && status != TY_NO)
            ty_error_set(error, status, "not every pair of %s could be aligned", list);
    }
    ty_lock_free(b.lock);
    ty_vector_release(&b.lines);
    ty_arena_release(&arena);
    return status;
}

/* ------------------------------------------------------------------------------------------ the command */

static ty_status align(ty_run *run, void *payload, char **words, int count, ty_error *error)
{
    const settings *set = payload;
    if (count != (set->batch ? 0 : 2))
        return ty_usage(&ty_command_align, error);
    const char *name = set->format ? set->format : run->common.json ? "json" : "tsv";
    ty_source srx = {.path = set->srx}, anchors = {.path = set->anchors}, table = {.path = set->dictionary};
    ty_text_settings reading = {
        .encoding = run->common.encoding, .srx = set->srx ? &srx : NULL, .segmented = set->segmented};
    plan p = {.how = {.source_lang = run->common.source,
                      .target_lang = run->common.target,
                      .text = &reading,
                      .dictionary = ty_named_dictionary(&table),
                      .no_dictionary = ty_no_dictionary(set->dictionary),
                      .anchors = set->anchors ? &anchors : NULL,
                      .force = set->force,
                      .source_encoding = set->source_encoding,
                      .target_encoding = set->target_encoding},
              .header = set->header};
    ty_status status = choose(name, &p.format, error);
    if (status == TY_OK)
        status = ty_named_paragraphs(set->paragraphs, &reading.paragraphs, error);
    if (status != TY_OK)
        return status;
    return set->batch ? align_batch(run, &p, set->batch, error)
                      : align_pair(run, &p, words[0], words[1], error);
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
