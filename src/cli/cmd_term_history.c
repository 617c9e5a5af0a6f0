/* SPDX-License-Identifier: Apache-2.0 */
/* Which rendering of a term was used when and where. */
#include "cli.h"

static const char *const kinds[] = {
    [TY_RENDERING_TERM] = "term", [TY_RENDERING_PROBABLE] = "probable", [TY_RENDERING_UNKNOWN] = "unknown"};

static void json_rendering(ty_run *run, const ty_term_rendering *found)
{
    ty_json_begin(run);
    ty_json_text(run, "rendering", found->text);
    ty_json_text(run, "kind", ty_slice_of(kinds[found->kind]));
    if (found->kind == TY_RENDERING_TERM)
        ty_json_text(run, "status", ty_slice_of(ty_cli_status_name(found->status)));
    ty_json_integer(run, "count", (int64_t)found->count);
    ty_json_text(run, "first", found->first);
    ty_json_text(run, "last", found->last);
    ty_json_open(run, "origins", '[');
    for (size_t i = 0; i < found->origin_count; i++)
        ty_json_text(run, NULL, found->origins[i]);
    ty_json_close(run, ']');
    ty_json_integer(run, "unit", found->unit);
    ty_json_text(run, "source", found->source);
    ty_json_text(run, "target", found->target);
    ty_json_end(run);
}

/* The first origins by name, the others by number: "a.tmx; b.tmx; 3 more". */
static void print_origins(ty_run *run, const ty_term_rendering *found)
{
    enum { NAMED = 3 };
    size_t named = found->origin_count > NAMED + 1 ? NAMED : found->origin_count;
    for (size_t i = 0; i < named; i++) {
        ty_print(run, "%s", i ? "; " : "");
        ty_print_field(run, found->origins[i]);
    }
    if (named < found->origin_count)
        ty_print(run, "; %zu more", found->origin_count - named);
}

static ty_status print_rendering(void *payload, const ty_term_rendering *found)
{
    ty_run *run = payload;
    if (run->common.json) {
        json_rendering(run, found);
        return TY_OK;
    }
    ty_print(run, "%llu\t%.*s\t%.*s\t", (unsigned long long)found->count, TY_SLICE_FORMAT(found->first),
             TY_SLICE_FORMAT(found->last));
    ty_print_field(run, found->text);
    if (found->kind != TY_RENDERING_TERM)
        ty_print(run, "%s[%s]", found->text.size ? " " : "", kinds[found->kind]);
    else if (found->status == TY_TERM_FORBIDDEN || found->status == TY_TERM_NON_STANDARD)
        ty_print(run, " [%s]", ty_cli_status_name(found->status));
    ty_print(run, "\t");
    print_origins(run, found);
    ty_print(run, "\t");
    ty_print_field(run, found->source);
    ty_print(run, "\t");
    ty_print_field(run, found->target);
    ty_print(run, "\n");
    return TY_OK;
}

static ty_status history(ty_run *run, void *payload, char **words, int count, ty_error *error)
{
    (void)payload;
    if (count != 1)
        return ty_usage(&ty_command_term_history, error);
    ty_buffer input = {0};
    ty_slice term;
    const char *lang = run->common.lang ? run->common.lang : run->common.source;
    ty_status status = ty_query(words[0], &input, &term, error);
    if (status == TY_OK)
        status =
            ty_memory_term_history(run->memory, term, lang, run->common.target, print_rendering, run, error);
    ty_buffer_release(&input);
    return status;
}

const ty_command ty_command_term_history = {
    .name = "term history",
    .arguments = "[-l LANG] [-t LANG] TERM",
    .summary = "Which rendering of a term was used when and where",
    .examples = "  taiyaku term history 'host nation support'\n"
                "  taiyaku --json term history 接受国支援\n",
    .mode = TY_COMMAND_READS,
    .run = history,
};
