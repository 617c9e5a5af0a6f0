/* SPDX-License-Identifier: Apache-2.0 */
/* What a piece of work came to. */
#include "present/present.h"

typedef unsigned long long ull;

void ty_present_file(const ty_present *p, const char *what, const char *path)
{
    if (!p->json) {
        ty_buffer_add_format(p->out, _("%s: "), _(what));
        ty_present_row(p, &(ty_slice){path, strlen(path)}, 1);
        return;
    }
    ty_json_begin(p->out);
    ty_json_string(p->out, what, path);
    ty_json_end(p->out);
}

void ty_present_put_back(const ty_present *p, const char *backup, const char *kept)
{
    if (!p->json) {
        ty_present_file(p, N_("restored"), backup);
        if (kept[0])
            ty_present_file(p, N_("kept"), kept);
        return;
    }
    ty_json_begin(p->out);
    ty_json_string(p->out, "restored", backup);
    if (kept[0])
        ty_json_string(p->out, "kept", kept);
    ty_json_end(p->out);
}

void ty_present_sides_json(ty_buffer *json, const ty_counts *counts)
{
    static const char *const langs[] = {"source_lang", "target_lang"};
    static const char *const encodings[] = {"source_encoding", "target_encoding"};
    for (int side = 0; side < 2; side++) {
        ty_json_string(json, langs[side], counts->langs[side]);
        ty_json_string(json, encodings[side], counts->encodings[side]);
    }
    ty_json_integer(json, "pairs", (int64_t)counts->pairs);
    ty_json_integer(json, "without_partner", (int64_t)counts->without_partner);
    ty_json_integer(json, "doubtful", (int64_t)counts->doubtful);
}

void ty_present_sides(const ty_present *p, const ty_counts *counts)
{
    ty_buffer_add_format(p->out, _("    %s (%s), %s (%s): "), counts->langs[0], counts->encodings[0],
                         counts->langs[1], counts->encodings[1]);
    ty_buffer_add_format(p->out, ty_words_for(counts->pairs, N_("%llu pair"), N_("%llu pairs")),
                         (ull)counts->pairs);
    ty_buffer_add_format(p->out,
                         ty_words_for(counts->without_partner, N_(", %llu sentence without partner"),
                                      N_(", %llu sentences without partner")),
                         (ull)counts->without_partner);
    ty_buffer_add_format(p->out, _(", %llu doubtful\n"), (ull)counts->doubtful);
}

/* In JSON all of them, in the text those that are always told. */
enum { TOLD_ALWAYS = 6, TOLD = 13 };
struct told_count {
    const char *name;
    uint64_t value;
};

static void name_counts(const ty_counts *counts, struct told_count out[TOLD])
{
    const struct told_count all[TOLD] = {{N_("read"), counts->read},
                                         {N_("created"), counts->created},
                                         {N_("updated"), counts->updated},
                                         {N_("unchanged"), counts->unchanged},
                                         {N_("rejected"), counts->rejected},
                                         {N_("warnings"), counts->warnings},
                                         {"skipped", counts->skipped},
                                         {"outside", counts->outside},
                                         {"conflicts", counts->conflicts},
                                         {"withheld", counts->withheld},
                                         {"kept", counts->kept},
                                         {"older", counts->older},
                                         {"withdrawn", counts->withdrawn}};
    memcpy(out, all, sizeof all);
}

static void json_counts(ty_buffer *json, const char *file, const ty_counts *counts)
{
    struct told_count rows[TOLD];
    name_counts(counts, rows);
    ty_json_begin(json);
    ty_json_string(json, "file", file);
    for (size_t i = 0; i < TOLD; i++)
        ty_json_integer(json, rows[i].name, (int64_t)rows[i].value);
}

void ty_present_term_added(const ty_present *p, const char *term, const ty_counts *counts, int64_t id)
{
    json_counts(p->out, term, counts);
    ty_json_integer(p->out, "number", id);
    ty_json_end(p->out);
}

void ty_present_counts(const ty_present *p, const char *file, const ty_counts *counts)
{
    struct told_count rows[TOLD];
    if (p->json) {
        json_counts(p->out, file, counts);
        if (counts->langs[0][0])
            ty_present_sides_json(p->out, counts);
        ty_json_end(p->out);
        return;
    }
    name_counts(counts, rows);
    ty_present_field(p, ty_slice_of(file));
    for (size_t i = 0; i < TOLD_ALWAYS; i++) {
        ty_buffer_add_string(p->out, i ? _(", ") : ": ");
        ty_buffer_add_format(p->out, _("%llu %s"), (ull)rows[i].value, _(rows[i].name));
    }
    if (counts->skipped)
        ty_buffer_add_format(p->out, _(", %llu of the unchanged skipped as duplicates"),
                             (ull)counts->skipped);
    if (counts->withdrawn)
        ty_buffer_add_format(p->out, _(", %llu withdrawn"), (ull)counts->withdrawn);
    if (counts->outside)
        ty_buffer_add_format(p->out, _(", %llu left outside"), (ull)counts->outside);
    if (counts->conflicts)
        ty_buffer_add_format(p->out, _(", %llu conflicts"), (ull)counts->conflicts);
    if (counts->withheld)
        ty_buffer_add_format(p->out, _(", %llu withheld"), (ull)counts->withheld);
    if (counts->kept)
        ty_buffer_add_format(p->out, _(", %llu kept as people made them"), (ull)counts->kept);
    if (counts->older)
        ty_buffer_add_format(p->out, _(", %llu of the older version"), (ull)counts->older);
    ty_buffer_add_char(p->out, '\n');
    if (counts->langs[0][0])
        ty_present_sides(p, counts);
}

void ty_present_pretranslated(const ty_present *p, const ty_pretranslate_counts *counts)
{
    uint64_t none = counts->open - counts->exact - counts->fuzzy;
    if (!p->json) {
        ty_buffer_add_format(
            p->out, _("%llu segments, %llu to be translated: %llu exact, %llu fuzzy, %llu without a match\n"),
            (ull)counts->segments, (ull)counts->open, (ull)counts->exact, (ull)counts->fuzzy, (ull)none);
        return;
    }
    ty_json_begin(p->out);
    ty_json_integer(p->out, "segments", (int64_t)counts->segments);
    ty_json_integer(p->out, "open", (int64_t)counts->open);
    ty_json_integer(p->out, "exact", (int64_t)counts->exact);
    ty_json_integer(p->out, "fuzzy", (int64_t)counts->fuzzy);
    ty_json_integer(p->out, "without", (int64_t)none);
    ty_json_end(p->out);
}

void ty_present_changed(const ty_present *p, const char *what, const int64_t *units, size_t count)
{
    if (!p->json) {
        ty_buffer_add_format(p->out, _("%zu %s\n"), count, _(what));
        return;
    }
    ty_json_begin(p->out);
    ty_json_integer(p->out, what, (int64_t)count);
    if (units)
        ty_json_open(p->out, "units", '[');
    for (size_t i = 0; units && i < count; i++)
        ty_json_integer(p->out, NULL, units[i]);
    if (units)
        ty_json_close(p->out, ']');
    ty_json_end(p->out);
}

void ty_present_split(const ty_present *p, int64_t unit, int64_t new_unit)
{
    if (!p->json) {
        ty_buffer_add_format(p->out, _("split into %lld and %lld\n"), (long long)unit, (long long)new_unit);
        return;
    }
    ty_json_begin(p->out);
    ty_json_integer(p->out, "split", unit);
    ty_json_integer(p->out, "new", new_unit);
    ty_json_end(p->out);
}

/* What one of them is called. */
static const char *say_one(const char *many)
{
    return strcmp(many, "units") == 0 ? _("unit") : strcmp(many, "concepts") == 0 ? _("concept") : _(many);
}

void ty_present_written(const ty_present *p, const char *what, uint64_t count, const char *file)
{
    if (!p->json) {
        ty_buffer_add_format(p->out, _("%llu %s to "), (ull)count, count == 1 ? say_one(what) : _(what));
        ty_present_field(p, ty_slice_of(file));
        ty_buffer_add_char(p->out, '\n');
        return;
    }
    ty_json_begin(p->out);
    ty_json_integer(p->out, what, (int64_t)count);
    ty_json_string(p->out, "file", file);
    ty_json_end(p->out);
}

/* ------------------------------------------------------------------------------------------ findings */

static void json_lint_finding(ty_buffer *json, const char *file, const ty_lint_finding *finding)
{
    ty_json_begin(json);
    ty_json_string(json, "file", file);
    ty_json_integer(json, "line", (int64_t)finding->line);
    ty_json_integer(json, "unit", (int64_t)finding->unit);
    ty_json_string(json, "severity", ty_present_severity(finding->severity));
    ty_json_string(json, "rule", finding->rule);
    ty_json_string(json, "cause", finding->cause);
    ty_json_string(json, "fix", finding->fix);
    ty_json_end(json);
}

void ty_present_lint_finding(const ty_present *p, const char *file, const ty_lint_finding *finding)
{
    if (p->json) {
        json_lint_finding(p->out, file, finding);
        return;
    }
    ty_present_field(p, ty_slice_of(file));
    if (finding->line)
        ty_buffer_add_format(p->out, ":%zu", finding->line);
    if (finding->unit)
        ty_buffer_add_format(p->out, ": unit %zu", finding->unit);
    ty_buffer_add_format(p->out, ": %s: ", _(ty_present_severity(finding->severity)));
    ty_present_field(p, ty_slice_of(finding->cause));
    if (finding->fix && finding->fix[0]) {
        ty_buffer_add_string(p->out, "; ");
        ty_present_field(p, ty_slice_of(finding->fix));
    }
    ty_buffer_add_format(p->out, " [%s]\n", finding->rule);
}

void ty_present_linted(const ty_present *p, uint64_t files, uint64_t findings)
{
    if (!p->json)
        return; /* each file has said it */
    ty_json_begin(p->out);
    ty_json_integer(p->out, "files", (int64_t)files);
    ty_json_integer(p->out, "findings", (int64_t)findings);
    ty_json_end(p->out);
}

void ty_present_verify_finding(const ty_present *p, const char *finding)
{
    if (p->json) {
        ty_json_begin(p->out);
        ty_json_string(p->out, "finding", finding);
        ty_json_end(p->out);
        return;
    }
    ty_present_row(p, &(ty_slice){finding, strlen(finding)}, 1);
}

void ty_present_verified(const ty_present *p, const char *memory, uint64_t findings)
{
    if (p->json) {
        ty_json_begin(p->out);
        ty_json_string(p->out, "file", memory);
        ty_json_integer(p->out, "findings", (int64_t)findings);
        ty_json_end(p->out);
    } else if (!findings) {
        ty_present_field(p, ty_slice_of(memory));
        ty_buffer_add_string(p->out, _(": nothing wrong\n"));
    }
}

/* ------------------------------------------------------------------------------------------ figures */

static void json_tally(ty_buffer *json, const char *name, const ty_count *counts, size_t count)
{
    ty_json_open(json, name, '[');
    for (size_t i = 0; i < count; i++) {
        ty_json_open(json, NULL, '{');
        ty_json_text(json, "name", counts[i].name);
        ty_json_integer(json, "count", (int64_t)counts[i].count);
        ty_json_close(json, '}');
    }
    ty_json_close(json, ']');
}

static void add_tally(const ty_present *p, const char *name, const ty_count *counts, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        ty_buffer_add_format(p->out, "%10llu  %s:", (ull)counts[i].count, _(name));
        ty_present_row(p, &counts[i].name, 1);
    }
}

void ty_present_figures(const ty_present *p, const ty_figures *f)
{
    const struct {
        const char *name, *key;
        uint64_t count;
    } rows[] = {{N_("units"), "units", f->units},
                {N_("variants"), "variants", f->variants},
                {N_("confirmed"), "confirmed", f->confirmed},
                {N_("aligned"), "aligned", f->aligned},
                {N_("origins"), "origins", f->origins},
                {N_("documents"), "documents", f->documents},
                {N_("sentences"), "sentences", f->sentences},
                {N_("concepts"), "concepts", f->concepts},
                {N_("terms"), "terms", f->terms},
                {N_("text bytes"), "text_bytes", f->text_bytes},
                {N_("file bytes"), "file_bytes", f->file_bytes},
                {N_("derived bytes"), "derived_bytes", f->derived_bytes}};
    if (p->json)
        ty_json_begin(p->out);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (p->json)
            ty_json_integer(p->out, rows[i].key, (int64_t)rows[i].count);
        else
            ty_buffer_add_format(p->out, "%10llu  %s\n", (ull)rows[i].count, _(rows[i].name));
    if (!p->json) {
        add_tally(p, N_("variants"), f->languages, f->language_count);
        add_tally(p, N_("terms"), f->term_languages, f->term_language_count);
        add_tally(p, N_("origin"), f->by_origin, f->by_origin_count);
        return;
    }
    json_tally(p->out, "languages", f->languages, f->language_count);
    json_tally(p->out, "term_languages", f->term_languages, f->term_language_count);
    json_tally(p->out, "by_origin", f->by_origin, f->by_origin_count);
    ty_json_end(p->out);
}

void ty_present_migrated(const ty_present *p, const ty_migrated *done)
{
    bool current = done->from == done->to;
    if (p->json) {
        ty_json_begin(p->out);
        ty_json_integer(p->out, "from", done->from);
        ty_json_integer(p->out, "to", done->to);
        ty_json_bool(p->out, "migrated", !current && !done->dry_run);
        ty_json_text_if(p->out, "kept", ty_slice_of(done->kept));
        ty_json_end(p->out);
        return;
    }
    ty_buffer_add_format(p->out,
                         current         ? _("the memory is of version %d, as it should be\n")
                         : done->dry_run ? _("from version %d to %d: it goes well; nothing was changed\n")
                                         : _("from version %d to %d\n"),
                         done->from, done->to);
    if (done->kept[0])
        ty_present_file(p, N_("kept"), done->kept);
}

void ty_present_setting(const ty_present *p, const char *key, const char *value, const char *from)
{
    if (!p->json) {
        const ty_slice row[] = {ty_slice_of(key), ty_slice_of(value), ty_slice_of(from)};
        ty_present_row(p, row, 3);
        return;
    }
    ty_json_begin(p->out);
    ty_json_string(p->out, "key", key);
    ty_json_string(p->out, "value", value);
    ty_json_string(p->out, "from", from);
    ty_json_end(p->out);
}

void ty_present_versions(const ty_present *p)
{
    if (!p->json) {
        ty_buffer_add_format(p->out, "taiyaku %s\n", ty_version());
        return;
    }
    ty_json_begin(p->out);
    ty_json_string(p->out, "taiyaku", ty_version());
    ty_json_integer(p->out, "library", ty_version_number());
    ty_json_integer(p->out, "json", TY_PRESENT_VERSION);
    ty_json_integer(p->out, "memory", ty_memory_version());
    ty_json_end(p->out);
}
