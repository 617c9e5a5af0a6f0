/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "cli.h"

typedef struct settings {
    long max, width;
    const char *origin, *since, *other, *other_not, *from, *until, *sort;
    bool words, phrase, prefix, regex, context, kwic;
} settings;

static const settings usual = {.max = 50, .width = 100};

static const ty_option options[] = {
    TY_INTEGER(settings, max, "max", 0, "N", "most units, default 50"),
    TY_TEXT(settings, other, "other", 0, "TEXT", "units whose other languages have TEXT, too"),
    TY_TEXT(settings, other_not, "other-not", 0, "TEXT", "units whose other languages do not have TEXT"),
    TY_TEXT(settings, origin, "origin", 0, "PATTERN", "units of origins whose name fits, with * and ?"),
    TY_TEXT(settings, from, "from", 0, "DATE", "of releases of DATE (YYYY-MM-DD) or later"),
    TY_TEXT(settings, until, "until", 0, "DATE", "of releases of DATE or earlier"),
    TY_TEXT(settings, since, "since", 0, "DATE", "units made or changed on DATE (YYYY-MM-DD) or after it"),
    TY_FLAG(settings, words, "words", 0, "all words of TEXT, in any order and inflection"),
    TY_FLAG(settings, phrase, "phrase", 0, "the words of TEXT in a row, in any inflection"),
    TY_FLAG(settings, prefix, "prefix", 0, "the words of TEXT in a row, of the last its beginning"),
    TY_FLAG(settings, regex, "regex", 0, "TEXT is a regular expression (ICU)"),
    TY_FLAG(settings, context, "context", 0, "the sentences before and after, too"),
    TY_FLAG(settings, kwic, "kwic", 0, "a line a hit, the hits below each other"),
    TY_INTEGER(settings, width, "width", 0, "N", "of --kwic: columns a line, default 100"),
    TY_TEXT(settings, sort, "sort", 0, "HOW",
            "newest, oldest, left or right (of the hit), of all that is found"),
    {0},
};

/* What is found is kept, to be sorted, or told at once. */
typedef struct found {
    ty_buffer key, text;
} found;

typedef struct searching {
    ty_run *run;
    const settings *set;
    TY_VECTOR(found) kept;
} searching;

enum { NARROWEST = 20, MOST_SORTED = 10000 };

/* ------------------------------------------------------------------------------------------ order */

static bool is_order(const settings *set, const char *name)
{
    return set->sort && strcmp(set->sort, name) == 0;
}

static bool by_date(const settings *set)
{
    return is_order(set, "newest") || is_order(set, "oldest");
}

/* The text before the hit is compared from its end. */
static void add_reversed(ty_buffer *key, ty_slice text)
{
    for (size_t end = text.size; end > 0;) {
        size_t start = end - 1;
        while (start > 0 && ((unsigned char)text.data[start] & 0xC0) == 0x80)
            start--;
        ty_buffer_add(key, ty_slice_sub(text, start, end));
        end = start;
    }
}

static void add_key(const settings *set, const ty_concordance *hit, size_t number, ty_buffer *key)
{
    if (by_date(set))
        ty_buffer_add(key, hit->date);
    else if (is_order(set, "left"))
        add_reversed(key, ty_slice_sub(hit->text, 0, hit->hits[number].start));
    else
        ty_buffer_add(key, ty_slice_sub(hit->text, hit->hits[number].end, hit->text.size));
}

static int by_key(const void *a, const void *b)
{
    const found *one = a, *other = b;
    return ty_slice_compare(ty_buffer_slice(&one->key), ty_buffer_slice(&other->key));
}

/* ------------------------------------------------------------------------------------------ hits */

static void say_hit(searching *s, const ty_concordance *hit, size_t number)
{
    if (s->set->kwic && !s->run->common.json)
        ty_present_kwic(ty_say(s->run), hit, number, (size_t)s->set->width);
    else
        ty_present_concordance(ty_say(s->run), hit);
}

static ty_status keep(searching *s, const ty_concordance *hit, size_t number)
{
    found new = {0};
    add_key(s->set, hit, number, &new.key);
    ty_buffer_add(&new.text, ty_buffer_slice(&s->run->scratch));
    return !new.key.failed && !new.text.failed &&ty_vector_push(&s->kept, new) ? TY_OK : TY_ERR_NOMEM;
}

static ty_status take_hit(void *payload, const ty_concordance *hit)
{
    searching *s = payload;
    ty_status status = TY_OK;
    bool each = s->set->kwic && !s->run->common.json;
    for (size_t i = 0; i < (each ? hit->hit_count : 1) && status == TY_OK; i++) {
        say_hit(s, hit, i);
        if (s->set->sort)
            status = keep(s, hit, i);
        else
            ty_said(s->run);
    }
    return status;
}

/* The first so many of what was kept; how many there are besides. */
static size_t tell_sorted(searching *s)
{
    size_t wanted = (size_t)s->set->max, count = s->kept.count;
    if (count)
        qsort(s->kept.items, count, sizeof *s->kept.items, by_key);
    for (size_t i = 0; i < count && i < wanted; i++) {
        size_t at = is_order(s->set, "newest") ? count - 1 - i : i;
        ty_print_slice(s->run, ty_buffer_slice(&s->kept.items[at].text));
    }
    return count > wanted ? count - wanted : 0;
}

static void release(searching *s)
{
    for (size_t i = 0; i < s->kept.count; i++) {
        ty_buffer_release(&s->kept.items[i].key);
        ty_buffer_release(&s->kept.items[i].text);
    }
    ty_vector_release(&s->kept);
}

/* ------------------------------------------------------------------------------------------ the command */

static ty_search_kind kind_of(const settings *set)
{
    return set->words    ? TY_SEARCH_WORDS
           : set->phrase ? TY_SEARCH_PHRASE
           : set->prefix ? TY_SEARCH_PREFIX
           : set->regex  ? TY_SEARCH_REGEX
                         : TY_SEARCH_TEXT;
}

static ty_status check(const settings *set, ty_error *error)
{
    if (set->max < 1)
        return ty_error_set(error, TY_ERR_USAGE, "--max is at least 1");
    if (set->width < NARROWEST)
        return ty_error_set(error, TY_ERR_USAGE, "--width is at least %d", NARROWEST);
    if (set->words + set->phrase + set->prefix + set->regex > 1)
        return ty_error_set(error, TY_ERR_USAGE,
                            "--words, --phrase, --prefix and --regex exclude each other");
    if (set->sort && !by_date(set) && !is_order(set, "left") && !is_order(set, "right"))
        return ty_error_set(error, TY_ERR_USAGE, "--sort is newest, oldest, left or right, not \"%s\"",
                            set->sort);
    ty_status status = ty_check_moment("since", set->since, error);
    if (status == TY_OK)
        status = ty_check_date("from", set->from, error);
    return status == TY_OK ? ty_check_date("until", set->until, error) : status;
}

static ty_status run_search(searching *s, ty_slice text, ty_error *error)
{
    size_t more = 0;
    const settings *set = s->set;
    ty_search_settings how = {.kind = kind_of(set),
                              .lang = s->run->common.lang,
                              .max = set->sort ? MOST_SORTED : (size_t)set->max,
                              .origin = set->origin,
                              .since = set->since,
                              .context = set->context,
                              .other = set->other,
                              .other_not = set->other_not,
                              .from = set->from,
                              .until = set->until,
                              .out_more = &more};
    ty_status status = ty_memory_search(s->run->memory, text, &how, take_hit, s, error);
    if (status == TY_OK && set->sort)
        more += tell_sorted(s);
    if (status == TY_OK)
        ty_say_more(s->run, more);
    return status;
}

static ty_status search(ty_run *run, void *payload, char **words, int count, ty_error *error)
{
    const settings *set = payload;
    searching s = {.run = run, .set = set};
    ty_buffer input = {0};
    ty_slice text;
    if (count != 1)
        return ty_usage(&ty_command_search, error);
    ty_status status = check(set, error);
    if (status == TY_OK)
        status = ty_query(words[0], &input, &text, error);
    if (status == TY_OK)
        status = run_search(&s, text, error);
    release(&s);
    ty_buffer_release(&input);
    return status;
}

const ty_command ty_command_search = {
    .name = "search",
    .arguments = "[-l LANG] [options] TEXT",
    .summary = N_("Concordance: units in which TEXT occurs, from one character up"),
    .examples = "  taiyaku search 防衛\n"
                "  taiyaku search -l en 'status quo'\n"
                "  taiyaku search --kwic --sort=right -l en 'free and open'\n"
                "  taiyaku search -l ja 抑止 --other-not deterrence\n",
    .mode = TY_COMMAND_READS,
    .shared = "l",
    .nothing = N_("found nowhere"),
    .options = options,
    .settings_size = sizeof(settings),
    .usual = &usual,
    .run = search,
};
