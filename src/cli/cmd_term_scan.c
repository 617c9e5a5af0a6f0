/* SPDX-License-Identifier: Apache-2.0 */
/* Terms in running text: which of them are shown, and where they stand. */
#include <stdlib.h>

#include "base/sys.h"
#include "cli.h"

typedef struct settings {
    const char *field, *kind, *status, *organisation;
    bool all;
} settings;

typedef struct scan {
    ty_run *run;
    const settings *set;
    ty_slice text;
    ty_slice file; /* of a plain text what the file has; empty: nothing but the text that was drawn from it */
    size_t read, there; /* a place in the text, and in the file */
    size_t at;          /* byte that `place` is of: hits come in order */
    ty_place place;
    ty_strings *seen;  /* concept and term of those that were shown */
    ty_span spot;      /* of the last hit; its concepts come one behind the other */
    bool again;        /* and it was shown before: so were all that stand behind its first concept */
    uint64_t left_out; /* press phrases and general words */
    uint64_t shown;
    bool starved; /* there was no memory to keep what was shown */
} scan;

/* ------------------------------------------------------------------------------------------ which */

static bool fits(const char *pattern, ty_slice value)
{
    char text[128];
    snprintf(text, sizeof text, "%.*s", TY_SLICE_FORMAT(value));
    return !pattern || ty_sys_fits(pattern, text);
}

/* Is the pattern one of the organisations in "USA, USMC" of any of its terms? */
static bool fits_organisation(const char *wanted, const ty_term_hit *hit)
{
    if (!wanted)
        return true;
    for (size_t i = 0; i < hit->equivalent_count; i++)
        for (ty_slice rest = hit->equivalents[i].organisation, one;
             rest.size && ty_slice_next(&rest, ',', &one);)
            if (fits(wanted, ty_slice_trim(one)))
                return true;
    return false;
}

static bool is_wanted(const settings *set, const ty_term_hit *hit)
{
    return fits(set->field, hit->subject) && fits(set->kind, ty_slice_of(hit->kind)) &&
           fits(set->status, ty_slice_of(ty_present_term_status(hit->status))) &&
           fits_organisation(set->organisation, hit);
}

static bool is_general(const char *kind)
{
    return strcmp(kind, "phrase") == 0 || strcmp(kind, "word") == 0;
}

/* Is it the first time that the term means the concept? Of composed names each is another. */
static bool is_new(scan *s, const ty_term_hit *hit)
{
    ty_buffer key = {0};
    ty_slice text = s->file.size ? s->file : s->text;
    ty_buffer_add(&key, hit->concept_id);
    ty_buffer_add_char(&key, '\t');
    ty_buffer_add(&key, hit->composed ? ty_slice_sub(text, hit->start, hit->end) : hit->term);
    size_t before = s->seen->list.count;
    s->starved |= key.failed || ty_strings_add(s->seen, ty_buffer_slice(&key)) == TY_STRINGS_NONE;
    ty_buffer_release(&key);
    return s->seen->list.count > before;
}

/*
 * Each term once, and no phrases and general words, unless they are asked for; JSON has all. The first
 * concept of a place decides for those behind it: a colonel of the JASDF and one of the U.S. Army are two.
 */
static bool is_shown(scan *s, const ty_term_hit *hit)
{
    if (s->run->common.json || s->set->all)
        return true;
    if (!s->set->kind && is_general(hit->kind)) {
        s->left_out++;
        return false;
    }
    if (hit->start != s->spot.start || hit->end != s->spot.end) {
        s->spot = (ty_span){hit->start, hit->end};
        s->again = !is_new(s, hit);
    }
    return !s->again;
}

/* ------------------------------------------------------------------------------------------ where */

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* A byte of the mark at the start of the file. */
static bool is_mark(ty_slice file, size_t at)
{
    return at < 3 && ty_slice_starts(file, TY_SLICE("\xEF\xBB\xBF"));
}

/* Where the file has what the text has at `byte`: they differ in white space alone. False where in more. */
static bool find_in_file(scan *s, size_t byte, size_t *out)
{
    for (;;) {
        while (s->read < byte && is_space(s->text.data[s->read]))
            s->read++;
        while (s->there < s->file.size && (is_space(s->file.data[s->there]) || is_mark(s->file, s->there)))
            s->there++;
        if (s->read >= byte)
            break;
        if (s->there >= s->file.size || s->file.data[s->there] != s->text.data[s->read])
            return false;
        s->read++;
        s->there++;
    }
    *out = s->there;
    return true;
}

/* Puts the hit where it stands in the file. It begins and ends in no white space. */
static void move_into_file(scan *s, ty_term_hit *hit)
{
    size_t start, end;
    if (!s->file.size)
        return;
    if (hit->start < s->read)
        s->read = s->there = 0;
    bool found = find_in_file(s, hit->start, &start);
    scan begin = *s; /* the next may begin inside this one */
    found = found && find_in_file(s, hit->end - 1, &end);
    s->read = begin.read, s->there = begin.there;
    if (found)
        hit->start = start, hit->end = end + 1;
    else
        s->file = (ty_slice){NULL, 0};
}

static void move_to(scan *s, size_t byte)
{
    for (; s->at < byte; s->at++) {
        unsigned char c = (unsigned char)(s->file.size ? s->file : s->text).data[s->at];
        if (c == '\n')
            s->place = (ty_place){s->place.line + 1, 1};
        else if ((c & 0xC0) != 0x80)
            s->place.column++;
    }
}

/* The hit with the equivalents in one language only. */
static ty_status show(scan *s, const ty_term_hit *hit)
{
    ty_term_hit shown = *hit;
    const char *lang = s->run->common.target;
    ty_equivalent *kept = lang ? malloc((hit->equivalent_count + 1) * sizeof *kept) : NULL;
    if (lang && !kept)
        return TY_ERR_NOMEM;
    if (kept) {
        size_t size = strcspn(lang, "-_"), count = 0;
        for (size_t i = 0; i < hit->equivalent_count; i++)
            if (ty_slice_equal_nocase(ty_slice_sub(hit->equivalents[i].lang, 0, size),
                                      (ty_slice){lang, size}))
                kept[count++] = hit->equivalents[i];
        shown.equivalents = kept;
        shown.equivalent_count = count;
    }
    ty_present_term_hit(ty_say(s->run), s->file.size ? s->file : s->text, &s->place, &shown);
    ty_said(s->run);
    free(kept);
    s->shown++;
    return TY_OK;
}

static ty_status take_hit(void *payload, const ty_term_hit *hit)
{
    scan *s = payload;
    ty_term_hit placed = *hit;
    move_into_file(s, &placed);
    move_to(s, placed.start);
    bool shown = is_wanted(s->set, &placed) && is_shown(s, &placed);
    return s->starved ? TY_ERR_NOMEM : shown ? show(s, &placed) : TY_OK;
}

/* ------------------------------------------------------------------------------------------ command */

/* The file, where it is plain text in UTF-8. */
static ty_slice plain_file(const ty_text *text, const ty_buffer *bytes)
{
    ty_document_facts facts = ty_text_facts(text);
    bool plain = ty_slice_equal(facts.format, TY_SLICE("text")) &&
                 ty_slice_equal_nocase(facts.encoding, TY_SLICE("UTF-8"));
    return plain ? ty_buffer_slice(bytes) : (ty_slice){NULL, 0};
}

/*
 * Offsets are those of a plain text in UTF-8; of what else there is, of the text as UTF-8 without markup,
 * like those of `segment --json`.
 */
static ty_status scan_file(ty_run *run, const settings *set, const char *path, bool *found, ty_error *error)
{
    ty_text_settings how = {.lang = run->common.lang, .encoding = run->common.encoding};
    ty_text *text = NULL;
    ty_strings seen = {0};
    ty_buffer bytes = {0};
    ty_source source = {.path = path};
    ty_status status = ty_source_read(&source, 0, &bytes, error);
    if (bytes.size)
        source = (ty_source){.path = ty_source_name(&source), .bytes = ty_buffer_slice(&bytes)};
    if (status == TY_OK)
        status = ty_text_open(&source, &how, &run->listener, &text, error);
    if (status == TY_OK) {
        scan s = {.run = run, .set = set, .text = ty_text_content(text), .place = {1, 1}, .seen = &seen};
        s.file = plain_file(text, &bytes);
        char lang[64];
        snprintf(lang, sizeof lang, "%.*s", TY_SLICE_FORMAT(ty_text_lang(text)));
        status = ty_memory_term_scan(run->memory, s.text, lang[0] ? lang : NULL, take_hit, &s, error);
        *found |= s.shown > 0;
        ty_output_flush(run->output);
        if (s.left_out && !run->common.quiet)
            ty_print_safely(stderr, _("%llu more: press phrases and general words; --all shows them\n"),
                            (unsigned long long)s.left_out);
    }
    ty_text_close(text);
    ty_strings_release(&seen);
    ty_buffer_release(&bytes);
    return status == TY_NO ? TY_OK : status;
}

/* A pattern may name several; a name must be one that there is. */
static ty_status check_names(const settings *set, ty_error *error)
{
    static const char *const kinds[] = {"term", "name", "place", "title", "phrase", "word", NULL};
    static const char *const statuses[] = {"approved", "provisional", "non-standard", "forbidden", NULL};
    bool patterns[] = {set->kind && strpbrk(set->kind, "*?["), set->status && strpbrk(set->status, "*?[")};
    int any;
    ty_status status = patterns[0] ? TY_OK : ty_choose("kind", set->kind, kinds, &any, error);
    return status == TY_OK && !patterns[1] ? ty_choose("status", set->status, statuses, &any, error) : status;
}

static ty_status scan_files(ty_run *run, void *payload, char **words, int count, ty_error *error)
{
    const settings *set = payload;
    bool found = false;
    ty_status status = check_names(set, error);
    if (status == TY_OK && count == 0)
        status = scan_file(run, set, "-", &found, error);
    for (int i = 0; i < count && status == TY_OK; i++)
        status = scan_file(run, set, words[i], &found, error);
    return status == TY_OK && !found ? TY_NO : status;
}

static const ty_option options[] = {
    TY_FLAG(settings, all, "all", 'a', "every hit, press phrases and general words too"),
    TY_TEXT(settings, field, "field", 0, "PATTERN", "only concepts of this field (\"ranks\", \"law*\")"),
    TY_TEXT(settings, kind, "kind", 0, "KIND", "only term, name, place, title, phrase or word"),
    TY_TEXT(settings, status, "status", 0, "STATUS", "only approved, provisional, non-standard or forbidden"),
    TY_TEXT(settings, organisation, "organisation", 0, "NAME",
            "only concepts with a term of this organisation"),
    {0},
};

const ty_command ty_command_term_scan = {
    .name = "term scan",
    .arguments = "[-l LANG] [-t LANG] [--all] [FILE...]",
    .summary = N_("Terms in running text with their equivalents"),
    .examples = "  taiyaku term scan en.txt\n"
                "  taiyaku term scan -t ja --kind title en.txt\n",
    .mode = TY_COMMAND_READS,
    .shared = "lte",
    .nothing = N_("no terms"),
    .options = options,
    .settings_size = sizeof(settings),
    .run = scan_files,
};
