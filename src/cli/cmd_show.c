/* SPDX-License-Identifier: Apache-2.0 */
/* What is in the memory: one thing by its number or name, or a list. */
#include <stdlib.h>

#include "cli.h"

static ty_status print_unit(void *payload, const ty_unit_info *unit)
{
    ty_present_unit(ty_say(payload), unit);
    ty_said(payload);
    return TY_OK;
}

static ty_status print_concept(void *payload, const ty_concept_info *concept)
{
    ty_present_concept(ty_say(payload), concept);
    ty_said(payload);
    return TY_OK;
}

static ty_status print_origin(void *payload, const ty_origin_info *origin)
{
    ty_present_origin(ty_say_row(payload, ty_present_origins_header), origin);
    ty_said(payload);
    return TY_OK;
}

static ty_status print_release(void *payload, const ty_release_info *release)
{
    ty_present_release_info(ty_say_row(payload, ty_present_releases_header), release);
    ty_said(payload);
    return TY_OK;
}

static ty_status print_accepted(void *payload, const ty_accepted_info *accepted)
{
    ty_present_accepted(ty_say_row(payload, ty_present_accepted_header), accepted);
    ty_said(payload);
    return TY_OK;
}

/* ------------------------------------------------------------------------------------------ show */

/* "#12" is a concept's number. */
static ty_status show_concept(ty_run *run, const char *word, ty_error *error)
{
    int64_t id;
    ty_status status = ty_memory_concept_find(run->memory, word, &id, error);
    return status == TY_OK
               ? ty_memory_concepts(run->memory,
                                    &(ty_concept_query){.size = sizeof(ty_concept_query), .id = id},
                                    print_concept, run, error)
               : status;
}

/* A number is a unit's; a name that of a release or file, all of whose units are shown, else of a concept. */
static ty_status show_one(ty_run *run, const char *word, ty_error *error)
{
    char *end = NULL;
    if (word[0] == '#')
        return show_concept(run, word, error);
    int64_t number = strtoll(word, &end, 10);
    if (end != word && *end == '\0')
        return ty_memory_units(run->memory, &(ty_unit_query){.ids = &number, .id_count = 1}, print_unit, run,
                               error);
    ty_status status = ty_memory_units(run->memory, &(ty_unit_query){.origin = word}, print_unit, run, error);
    return status == TY_NO
               ? ty_memory_concepts(run->memory, &(ty_concept_query){.name = word}, print_concept, run, error)
               : status;
}

static ty_status show(ty_run *run, void *payload, char **words, int count, ty_error *error)
{
    (void)payload;
    ty_status status = TY_OK;
    if (count == 0)
        return ty_usage(&ty_command_show, error);
    for (int i = 0; i < count && status == TY_OK; i++) {
        status = show_one(run, words[i], error);
        if (status == TY_NO)
            status = ty_error_set(error, TY_NO, "there is no unit, release or concept \"%s\"", words[i]);
    }
    return status;
}

/* ------------------------------------------------------------------------------------------ list */

static ty_status list(ty_run *run, void *payload, char **words, int count, ty_error *error)
{
    (void)payload;
    const char *what = count ? words[0] : "releases";
    if (strcmp(what, "origins") == 0 && count <= 2)
        return ty_memory_origins(run->memory, count > 1 ? words[1] : NULL, print_origin, run, error);
    if (strcmp(what, "releases") == 0 && count <= 1)
        return ty_memory_releases(run->memory, print_release, run, error);
    if (strcmp(what, "accepted") == 0 && count == 1)
        return ty_memory_accepted(run->memory, print_accepted, run, error);
    return ty_usage(&ty_command_list, error);
}

const ty_command ty_command_show = {
    .name = "show",
    .arguments = "UNIT | NAME...",
    .summary = N_("A unit, the units of a release, or a concept"),
    .examples = "  taiyaku show 12\n"
                "  taiyaku show 2018-09-21-mod-ministers-meeting\n",
    .mode = TY_COMMAND_READS,
    .run = show,
};

const ty_command ty_command_list = {
    .name = "list",
    .arguments = "[releases | origins [PATTERN] | accepted]",
    .summary = N_(
        "The releases in the memory, all that units and concepts came from, or findings that are let stand"),
    .examples = "  taiyaku list\n"
                "  taiyaku list origins '*.tmx'\n"
                "  taiyaku list accepted\n",
    .mode = TY_COMMAND_READS,
    .nothing = N_("there is nothing of the kind in the memory"),
    .run = list,
};
