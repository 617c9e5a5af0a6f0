/* SPDX-License-Identifier: Apache-2.0 */
/* The termbase changed by hand, and what becomes of that when its glossary comes again. */
#include "support.h"

#include "taiyaku.h"

static ty_memory *open_memory(const char *name)
{
    ty_error error = {0};
    ty_memory *memory;
    ck_assert_ok(ty_memory_open(ty_test_temporary(name), TY_MEMORY_CREATE, NULL, &memory, &error), error);
    return memory;
}

static ty_counts import(ty_memory *memory, ty_slice glossary)
{
    ty_error error = {0};
    ty_counts counts;
    ty_import_settings how = {.size = sizeof how, .kind = "utx", .origin = "today", .complete = true};
    ck_assert_ok(ty_memory_import_terms(memory, &(ty_source){.bytes = glossary}, &how, &counts, &error),
                 error);
    return counts;
}

/* ------------------------------------------------------------------------------------------ concepts */

/* What of a concept is compared: its facts and terms on one line. */
static void add_line(ty_buffer *line, const ty_concept_info *concept)
{
    ty_buffer_clear(line);
    ty_buffer_add(line, concept->name);
    ty_buffer_add(line, concept->note);
    for (size_t i = 0; i < concept->term_count; i++) {
        const ty_term_info *term = &concept->terms[i];
        ty_buffer_add_format(line, "|%.*s:%.*s:%d:%.*s", TY_SLICE_FORMAT(term->lang),
                             TY_SLICE_FORMAT(term->text), (int)term->status, TY_SLICE_FORMAT(term->note));
    }
}

typedef struct listed {
    int64_t id;
    ty_slice name, line, first; /* its own id, all of it, its first term */
} listed;

typedef struct list {
    TY_VECTOR(listed) items;
    ty_arena arena;
    ty_buffer line;
} list;

static ty_status note_concept(void *payload, const ty_concept_info *concept)
{
    list *l = payload;
    add_line(&l->line, concept);
    listed one = {.id = concept->id,
                  .name = ty_arena_copy(&l->arena, concept->name),
                  .line = ty_arena_copy(&l->arena, ty_buffer_slice(&l->line)),
                  .first = ty_arena_copy(&l->arena, concept->terms[0].text)};
    ck_assert(ty_vector_push(&l->items, one));
    return TY_OK;
}

static list list_all(ty_memory *memory)
{
    list l = {0};
    ty_error error = {0};
    ck_assert_ok(ty_memory_concepts(memory, NULL, note_concept, &l, &error), error);
    return l;
}

static void release(list *l)
{
    ty_vector_release(&l->items);
    ty_arena_release(&l->arena);
    ty_buffer_release(&l->line);
}

static const listed *find(const list *l, ty_slice name)
{
    for (size_t i = 0; i < l->items.count; i++)
        if (ty_slice_equal(l->items.items[i].name, name))
            return &l->items.items[i];
    return NULL;
}

static int64_t number_of(ty_memory *memory, const char *name)
{
    int64_t id = 0;
    ty_error error = {0};
    ck_assert_ok(ty_memory_concept_find(memory, name, &id, &error), error);
    return id;
}

/* ------------------------------------------------------------------------------------------ versions */

static bool is_changed(size_t concept)
{
    return concept % 3 == 0;
}

static bool is_withdrawn(size_t concept)
{
    return concept % 17 == 5;
}

/* The glossary's next version: every third concept has another status, every seventeenth is gone. */
static void next_version(ty_slice glossary, ty_buffer *out)
{
    size_t concept = 0;
    ty_slice last = {"", 0}, rest = glossary;
    for (ty_slice line; ty_slice_next(&rest, '\n', &line);) {
        size_t id = ty_slice_find(line, TY_SLICE("EQP-"), 0);
        size_t status = ty_slice_find(line, TY_SLICE("\tapproved\t"), 0);
        ty_slice name = id == SIZE_MAX ? last : ty_slice_sub(line, id, id + 8);
        concept += id != SIZE_MAX && !ty_slice_equal(name, last);
        last = name;
        if (id != SIZE_MAX && is_withdrawn(concept - 1))
            continue;
        if (id != SIZE_MAX && is_changed(concept - 1) && status != SIZE_MAX) {
            ty_buffer_add(out, ty_slice_sub(line, 0, status));
            ty_buffer_add_string(out, "\tprovisional");
            line = ty_slice_sub(line, status + 9, line.size);
        }
        ty_buffer_add(out, line);
        ty_buffer_add_char(out, '\n');
    }
}

enum { EDITS = 200 };

static bool is_edited(size_t concept, size_t count)
{
    return concept % (count / EDITS) == 0 && concept / (count / EDITS) < EDITS;
}

/* A note, a further term, or a status. */
static void edit(ty_memory *memory, const listed *concept, size_t number)
{
    ty_error error = {0};
    ty_concept_info noted = {.note = TY_SLICE("ask the desk")};
    ty_term_info further = {.lang = TY_SLICE("ja"), .text = TY_SLICE("卓上語")},
                 lesser = {.lang = TY_SLICE("en"), .text = concept->first, .status = TY_TERM_NON_STANDARD};
    ty_status status =
        number % 3 == 0
            ? ty_memory_concept_edit(memory, concept->id, &noted, "ann", &error)
            : ty_memory_term_set(memory, concept->id, number % 3 == 1 ? &further : &lesser, "ann", &error);
    ck_assert_msg(status == TY_OK, "%s", error.message);
}

typedef struct tally {
    size_t updated, kept, withdrawn;
} tally;

/* Which of three each concept must be: as it was edited, as the file has it, or gone. */
static tally compare(const list *before, const list *edited, const list *next, const list *after)
{
    tally t = {0};
    size_t count = before->items.count;
    for (size_t i = 0; i < count; i++) {
        const listed *was = &before->items.items[i], *mine = find(edited, was->name),
                     *theirs = find(next, was->name), *is = find(after, was->name);
        bool by_hand = is_edited(i, count);
        ck_assert_ptr_nonnull(mine);
        ck_assert_msg(!theirs == is_withdrawn(i), "%.*s", TY_SLICE_FORMAT(was->name));
        ck_assert_msg(is || (!theirs && !by_hand), "%.*s was lost", TY_SLICE_FORMAT(was->name));
        t.withdrawn += !theirs && !by_hand;
        if (!is)
            continue;
        const listed *want = by_hand ? mine : theirs;
        ck_assert_int_eq(is->id, was->id);
        ck_assert_msg(ty_slice_equal(is->line, want->line), "%.*s, not %.*s", TY_SLICE_FORMAT(is->line),
                      TY_SLICE_FORMAT(want->line));
        bool moved = theirs && !ty_slice_equal(theirs->line, was->line);
        t.kept += by_hand && moved;
        t.updated += !by_hand && moved;
    }
    return t;
}

START_TEST(edits_stay_when_the_glossary_comes_again)
{
    ty_buffer text = {0}, next_text = {0};
    ty_slice glossary = ty_test_read("../glossaries/45-equipment.utx", &text);
    ty_memory *memory = open_memory("ours.db"), *fresh = open_memory("next.db");
    import(memory, glossary);
    list before = list_all(memory);
    for (size_t i = 0; i < before.items.count; i++)
        if (is_edited(i, before.items.count))
            edit(memory, &before.items.items[i], i);
    list edited = list_all(memory);
    next_version(glossary, &next_text);
    import(fresh, ty_buffer_slice(&next_text));
    ty_counts counts = import(memory, ty_buffer_slice(&next_text));
    list next = list_all(fresh), after = list_all(memory);
    tally t = compare(&before, &edited, &next, &after);
    ck_assert_uint_eq(counts.created, 0);
    ck_assert_uint_eq(counts.updated, t.updated);
    ck_assert_uint_eq(counts.kept, t.kept);
    ck_assert_uint_eq(counts.withdrawn, t.withdrawn);
    ck_assert_uint_gt(t.kept, 20);
    ck_assert_uint_gt(t.withdrawn, 10);
    counts = import(memory, ty_buffer_slice(&next_text)); /* all of it is known now */
    ck_assert_uint_eq(counts.updated + counts.kept + counts.withdrawn, 0);
    release(&before);
    release(&edited);
    release(&next);
    release(&after);
    ty_buffer_release(&text);
    ty_buffer_release(&next_text);
    ty_memory_close(memory);
    ty_memory_close(fresh);
}
END_TEST

/* ------------------------------------------------------------------------------------------ by hand */

static const ty_slice small =
    TY_SLICE("#UTX 1.20; en/ja; 2024-05-06\n#src\ttgt\tterm status\tconcept ID\n"
             "buoy\t浮標\tapproved\tB-1\npier\t桟橋\tapproved\tB-2\njetty\t突堤\tapproved\tB-3\n");

static ty_status note_gone(void *payload, const ty_concept_info *concept)
{
    ty_buffer *out = payload;
    ty_buffer_clear(out);
    ty_buffer_add_format(out, "%.*s -> %.*s", TY_SLICE_FORMAT(concept->name),
                         TY_SLICE_FORMAT(concept->went_to));
    return TY_OK;
}

START_TEST(merged_and_removed_concepts_say_where_they_went)
{
    ty_error error = {0};
    ty_buffer gone = {0};
    ty_memory *memory = open_memory("gone.db");
    import(memory, small);
    int64_t pair[] = {number_of(memory, "B-2"), number_of(memory, "B-3")}, buoy = number_of(memory, "B-1");
    ck_assert_ok(ty_memory_concepts_merge(memory, pair, 2, "ann", &error), error);
    ck_assert_ok(ty_memory_concepts_remove(memory, &buoy, 1, "ann", &error), error);
    list left = list_all(memory);
    ck_assert_uint_eq(left.items.count, 1);
    ck_assert_slice(left.items.items[0].line, "B-2|en:pier:1:|en:jetty:1:|ja:桟橋:1:|ja:突堤:1:");
    ck_assert_ok(ty_memory_concepts(memory, &(ty_concept_query){.name = "B-3"}, note_gone, &gone, &error),
                 error);
    ck_assert_slice(ty_buffer_slice(&gone), "B-3 -> B-2");
    ck_assert_uint_eq(import(memory, small).created, 0); /* nor does the file bring them back */
    release(&left);
    ty_undo undo = {0};
    ty_step step;
    for (int i = 0; i < 2; i++)
        ck_assert_ok(ty_memory_undo(memory, &undo, &step, NULL, &error), error);
    left = list_all(memory);
    ck_assert_uint_eq(left.items.count, 3);
    release(&left);
    ty_buffer_release(&gone);
    ty_memory_close(memory);
}
END_TEST

START_TEST(what_cannot_be_said_is_refused)
{
    int64_t id = 0;
    ty_error error = {0};
    ty_memory *memory = open_memory("refused.db");
    import(memory, small);
    int64_t buoy = number_of(memory, "B-1"), twice[] = {buoy, buoy};
    ty_term_info terms[] = {{.lang = TY_SLICE("en"), .text = TY_SLICE(" ")}};
    ty_concept_info blank = {.terms = terms, .term_count = 1},
                    taken = {.name = TY_SLICE("B-1"), .terms = terms}, strange = {.kind = TY_SLICE("thing")};
    const ty_status usage = TY_ERR_USAGE;
    ck_assert_int_eq(ty_memory_concept_add(memory, &blank, NULL, &id, NULL, &error), usage);
    terms[0].text = TY_SLICE("mark");
    taken.term_count = 1;
    ck_assert_int_eq(ty_memory_concept_add(memory, &taken, NULL, &id, NULL, &error), usage);
    ck_assert_int_eq(ty_memory_concept_edit(memory, buoy, &strange, NULL, &error), usage);
    ck_assert_int_eq(ty_memory_concepts_merge(memory, twice, 2, NULL, &error), usage);
    terms[0].lang = TY_SLICE("e n");
    ck_assert_int_eq(ty_memory_term_set(memory, buoy, &terms[0], NULL, &error), usage);
    ck_assert_int_eq(ty_memory_concept_find(memory, "B-9", &id, &error), TY_NO);
    ck_assert_int_eq(ty_memory_concept_find(memory, "#99", &id, &error), TY_NO);
    ck_assert_int_eq(ty_memory_term_drop(memory, buoy, NULL, TY_SLICE("float"), NULL, &error), TY_NO);
    ck_assert_ok(ty_memory_term_drop(memory, buoy, "ja", TY_SLICE("浮標"), NULL, &error), error);
    ck_assert_int_eq(ty_memory_term_drop(memory, buoy, "en", TY_SLICE("buoy"), NULL, &error), usage);
    ty_memory_close(memory);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("termbase");
    TCase *edits = tcase_create("edits");
    tcase_set_timeout(edits, 120);
    tcase_add_test(edits, edits_stay_when_the_glossary_comes_again);
    tcase_add_test(edits, merged_and_removed_concepts_say_where_they_went);
    tcase_add_test(edits, what_cannot_be_said_is_refused);
    suite_add_tcase(suite, edits);
    return ty_test_run(suite);
}
