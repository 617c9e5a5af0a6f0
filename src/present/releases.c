/* SPDX-License-Identifier: Apache-2.0 */
/* What became of the releases of folders and lists. */
#include "present/present.h"

typedef unsigned long long ull;

const char *ty_pair_ground_name(ty_pair_ground ground)
{
    static const char *const names[] = {N_("name"), N_("content"), N_("list"), N_("link")};
    return names[ground];
}

static const char *ground_of(const ty_file_pair *pair)
{
    return ty_pair_ground_name(pair->ground);
}

/* The name of a file and that of a person are two words in some languages. */
static const char *ground_word(const ty_file_pair *pair)
{
    const char *of_files = N_("name (of the two files)");
    bool told = pair->ground == TY_PAIR_NAME && _(of_files) != of_files;
    return told ? _(of_files) : _(ground_of(pair));
}

static void present_json(const ty_present *p, const ty_file_pair *pair, const ty_counts *counts,
                         const char *failure)
{
    ty_json_begin(p->out);
    ty_json_string(p->out, "source", pair->source);
    ty_json_string(p->out, "target", pair->target);
    ty_json_string(p->out, "paired_by", ground_of(pair));
    if (counts) {
        ty_json_integer(p->out, "read", (int64_t)counts->read);
        ty_json_integer(p->out, "created", (int64_t)counts->created);
        ty_json_integer(p->out, "unchanged", (int64_t)counts->unchanged);
        if (counts->langs[0][0])
            ty_present_sides_json(p->out, counts);
    } else
        ty_json_string(p->out, "failure", failure);
    ty_json_end(p->out);
}

void ty_present_release(const ty_present *p, const ty_file_pair *pair, const ty_counts *counts,
                        const char *failure)
{
    if (p->json) {
        present_json(p, pair, counts, failure);
        return;
    }
    ty_present_field(p, ty_slice_of(pair->source));
    ty_buffer_add_string(p->out, " + ");
    ty_present_field(p, ty_slice_of(pair->target));
    if (counts) {
        ty_buffer_add_format(p->out, _(": by %s, %llu read, %llu created, %llu unchanged\n"),
                             ground_word(pair), (ull)counts->read, (ull)counts->created,
                             (ull)counts->unchanged);
        if (counts->langs[0][0])
            ty_present_sides(p, counts);
    } else {
        ty_buffer_add_string(p->out, _(": not imported: "));
        ty_present_field(p, ty_slice_of(failure));
        ty_buffer_add_char(p->out, '\n');
    }
}

void ty_present_aligned(const ty_present *p, size_t line, const char *const paths[3], const char *status,
                        const char *message)
{
    static const char *const names[] = {"source", "target", "output"};
    ty_json_begin(p->out);
    ty_json_integer(p->out, "line", (int64_t)line);
    for (size_t i = 0; i < 3; i++)
        ty_json_string(p->out, names[i], paths[i] ? paths[i] : "");
    ty_json_string(p->out, "status", status);
    ty_json_string(p->out, "message", message);
    ty_json_end(p->out);
}

void ty_present_alone(const ty_present *p, const char *path)
{
    if (p->json) {
        ty_json_begin(p->out);
        ty_json_string(p->out, "alone", path);
        ty_json_end(p->out);
        return;
    }
    ty_present_field(p, ty_slice_of(path));
    ty_buffer_add_string(p->out, _(": no partner found\n"));
}

void ty_present_many_words(ty_buffer *out, const ty_many_imported *all)
{
    ty_buffer_add_format(out, ty_words_for(all->releases, N_("%llu release"), N_("%llu releases")),
                         (ull)all->releases);
    ty_buffer_add_format(out, _(", %llu of them here before"), (ull)all->known);
    ty_buffer_add_format(out, ty_words_for(all->units, N_(", %llu unit created"), N_(", %llu units created")),
                         (ull)all->units);
    ty_buffer_add_format(out, _("; %llu failed, %llu without partner"), (ull)all->failed, (ull)all->alone);
}

void ty_present_many_imported(const ty_present *p, const ty_many_imported *all)
{
    if (p->json) {
        ty_json_begin(p->out);
        ty_json_integer(p->out, "releases", (int64_t)all->releases);
        ty_json_integer(p->out, "known", (int64_t)all->known);
        ty_json_integer(p->out, "created", (int64_t)all->units);
        ty_json_integer(p->out, "failed", (int64_t)all->failed);
        ty_json_integer(p->out, "without_partner", (int64_t)all->alone);
        ty_json_end(p->out);
        return;
    }
    ty_present_many_words(p->out, all);
    ty_buffer_add_char(p->out, '\n');
}
