/* SPDX-License-Identifier: Apache-2.0 */
#include "internal.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/sys.h"

#define PARTS_MAX 32

typedef struct ty_part {
    ty_dictionary image;
    ty_lexicon_part about;
    char name[64], path[512];
    bool reversed; /* the left of the image is the target */
} ty_part;

struct ty_lexicon {
    char langs[2][16];                                   /* subtags of source and target */
    ty_dictionary_builder added[TY_LEXICON_ADDED_KINDS]; /* the first parts */
    ty_part parts[PARTS_MAX];
    bool hasty, lacks; /* a dictionary that another process is compiling is left out; one was */
    size_t count;
};

#define EDRDG "EDICT, (c) Electronic Dictionary Research and Development Group (edrdg.org), CC BY-SA"
#define FREEDICT "FreeDict (freedict.org), licence in the file, most CC BY-SA or GPL"

static const char *const root_default = "/usr/share";

/* ------------------------------------------------------------------------------------------ opening */

static void adopt(ty_lexicon *lexicon, ty_dictionary image, const ty_lexicon_source *source, bool cached)
{
    ty_part *part = &lexicon->parts[lexicon->count++];
    part->image = image;
    part->reversed = strcmp(source->left, lexicon->langs[0]) != 0;
    snprintf(part->name, sizeof part->name, "%s", source->name);
    snprintf(part->path, sizeof part->path, "%s", source->path);
    part->about = (ty_lexicon_part){part->name, part->path, source->licence, image.left.count, cached};
}

/* Opens what is there: a missing file is passed over, unless it was asked for. */
static ty_status open_source(ty_lexicon *lexicon, const ty_lexicon_source *source, const char *cache_dir,
                             bool wanted, ty_error *error)
{
    ty_dictionary image;
    bool cached;
    if (lexicon->count == PARTS_MAX || (!wanted && !ty_sys_may_read(source->path)))
        return TY_OK;
    ty_status status = ty_lexicon_image(source, cache_dir, lexicon->hasty, &image, &cached, error);
    if (status == TY_OK)
        adopt(lexicon, image, source, cached);
    lexicon->lacks |= status == TY_NO;
    return status == TY_NO ? TY_OK : status;
}

static ty_lexicon_source source_of(const ty_lexicon *lexicon, bool swapped, const char *name,
                                   const char *licence)
{
    ty_lexicon_source source = {.name = name, .licence = licence};
    snprintf(source.left, sizeof source.left, "%.7s", lexicon->langs[swapped]);
    snprintf(source.right, sizeof source.right, "%.7s", lexicon->langs[!swapped]);
    return source;
}

static bool is_pair(const ty_lexicon *lexicon, const char *a, const char *b, bool *swapped)
{
    *swapped = strcmp(lexicon->langs[0], a) != 0;
    return strcmp(lexicon->langs[*swapped], a) == 0 && strcmp(lexicon->langs[!*swapped], b) == 0;
}

static ty_status open_edict(ty_lexicon *lexicon, const char *root, const char *cache_dir, ty_error *error)
{
    static const struct {
        const char *name, *file;
        ty_status (*read)(const ty_lexicon_source *source, ty_dictionary_builder *builder, ty_error *error);
    } files[] = {{"EDICT", "edict/edict", ty_edict_read}, {"ENAMDICT", "edict/enamdict", ty_enamdict_read}};
    bool swapped;
    ty_status status = TY_OK;
    if (!is_pair(lexicon, "ja", "en", &swapped))
        return TY_OK;
    for (size_t k = 0; k < sizeof files / sizeof *files && status == TY_OK; k++) {
        ty_lexicon_source source = source_of(lexicon, swapped, files[k].name, EDRDG);
        source.read = files[k].read;
        snprintf(source.path, sizeof source.path, "%s/%s", root, files[k].file);
        status = open_source(lexicon, &source, cache_dir, false, error);
    }
    return status;
}

/* FreeDict names languages by ISO 639-3; these have dictionaries there. */
static const char *long_code(const char *lang)
{
    static const char *const codes[][2] = {
        {"af", "afr"}, {"ar", "ara"}, {"bg", "bul"}, {"cs", "ces"}, {"cy", "cym"}, {"da", "dan"},
        {"de", "deu"}, {"el", "ell"}, {"en", "eng"}, {"es", "spa"}, {"fi", "fin"}, {"fr", "fra"},
        {"ga", "gle"}, {"hi", "hin"}, {"hr", "hrv"}, {"hu", "hun"}, {"id", "ind"}, {"is", "isl"},
        {"it", "ita"}, {"ja", "jpn"}, {"la", "lat"}, {"lt", "lit"}, {"nl", "nld"}, {"no", "nor"},
        {"pl", "pol"}, {"pt", "por"}, {"ro", "ron"}, {"ru", "rus"}, {"sk", "slk"}, {"sl", "slv"},
        {"sr", "srp"}, {"sv", "swe"}, {"sw", "swh"}, {"tr", "tur"}, {"zh", "zho"}};
    for (size_t k = 0; k < sizeof codes / sizeof *codes; k++)
        if (strcmp(codes[k][0], lang) == 0)
            return codes[k][1];
    return lang;
}

/* Both directions; each with the source as its left side, so that one search serves both. */
static ty_status open_freedict(ty_lexicon *lexicon, const char *root, const char *cache_dir, ty_error *error)
{
    ty_status status = TY_OK;
    for (int reversed = 0; reversed < 2 && status == TY_OK; reversed++) {
        char name[64];
        const char *from = long_code(lexicon->langs[reversed]), *to = long_code(lexicon->langs[!reversed]);
        snprintf(name, sizeof name, "freedict-%s-%s", from, to);
        ty_lexicon_source source = source_of(lexicon, false, name, FREEDICT);
        source.read = reversed ? ty_freedict_read_reversed : ty_freedict_read;
        snprintf(source.path, sizeof source.path, "%s/dictd/%s.index", root, name);
        status = open_source(lexicon, &source, cache_dir, false, error);
    }
    return status;
}

/* Heap images have no file behind them; an empty one is left out. */
static ty_status seal_builder(ty_dictionary_builder *builder, ty_dictionary *image, ty_error *error)
{
    ty_buffer block = {0};
    ty_dictionary_stamp stamp = {0};
    ty_status status = ty_dictionary_builder_write(builder, &stamp, &block, error);
    if (status == TY_OK && !ty_dictionary_read(image, block.data, block.size, &stamp))
        status = TY_ERR_FORMAT;
    if (status != TY_OK)
        ty_buffer_release(&block);
    return status;
}

/* Kept in the cache like a dictionary: to read it takes more than to search for a word. */
static ty_status open_builtin(ty_lexicon *lexicon, bool common, const char *cache_dir, ty_error *error)
{
    ty_lexicon_source source = source_of(lexicon, false, common ? "common words" : "built-in", "");
    ty_dictionary image;
    bool cached;
    source.read = common ? ty_builtin_read_common : ty_builtin_read;
    if (lexicon->count == PARTS_MAX || !ty_builtin_has(&source, common))
        return TY_OK;
    ty_status status = ty_lexicon_image(&source, cache_dir, false, &image, &cached, error);
    if (status == TY_OK)
        adopt(lexicon, image, &source, false);
    return status;
}

/* What the user names: a file or a folder. Only what is large is kept in the cache. */
static ty_status open_named(ty_lexicon *lexicon, const char *path, const char *cache_dir, ty_error *error)
{
    const char *langs[2] = {lexicon->langs[0], lexicon->langs[1]};
    ty_named_list list = {0};
    ty_status status = ty_lexicon_named(path, langs, &list, error);
    for (size_t k = 0; k < list.count && status == TY_OK; k++) {
        const ty_named *named = &list.items[k];
        ty_lexicon_source source =
            source_of(lexicon, named->swapped, named->alike ? "dictionary" : "table", "");
        source.read = named->alike ? ty_edict_read_alike : ty_lexicon_table_read;
        snprintf(source.path, sizeof source.path, "%s", named->path);
        status = open_source(lexicon, &source, named->alike ? cache_dir : "", true, error);
    }
    ty_vector_release(&list);
    return status;
}

static ty_status open_installed(ty_lexicon *lexicon, const char *root, const char *cache_dir, ty_error *error)
{
    ty_status status = open_edict(lexicon, root, cache_dir, error);
    return status == TY_OK ? open_freedict(lexicon, root, cache_dir, error) : status;
}

#define FULL 10000 /* entries; fewer are a glossary */

/* Was a dictionary opened, which knows common words: one that is installed, or a large one of the user's? */
static bool has_dictionary(const ty_lexicon *lexicon, ty_lexicon_mode mode)
{
    size_t least = mode == TY_LEXICON_FILE ? FULL : 0;
    for (size_t k = TY_LEXICON_ADDED_KINDS; k < lexicon->count; k++)
        if (lexicon->parts[k].about.path[0] && lexicon->parts[k].about.entries >= least)
            return true;
    return false;
}

static ty_status open_parts(ty_lexicon *lexicon, const ty_lexicon_options *options, ty_error *error)
{
    const char *root = options->root ? options->root : root_default;
    char cache_dir[512];
    ty_lexicon_cache_dir(options->cache_dir, cache_dir, sizeof cache_dir);
    ty_status status = open_builtin(lexicon, false, cache_dir, error);
    if (status == TY_OK && options->mode == TY_LEXICON_FILE)
        status = open_named(lexicon, options->file ? options->file : "", cache_dir, error);
    if (status == TY_OK && options->mode == TY_LEXICON_AUTO)
        status = open_installed(lexicon, root, cache_dir, error);
    return status == TY_OK && !has_dictionary(lexicon, options->mode)
               ? open_builtin(lexicon, true, cache_dir, error)
               : status;
}

/* The parts of the caller's own pairs come first. */
static void begin_added(ty_lexicon *lexicon)
{
    static const char *const names[TY_LEXICON_ADDED_KINDS] = {
        [TY_LEXICON_GLOSSARY] = "glossary of the memory",
        [TY_LEXICON_LEARNT] = "learnt from confirmed pairs"};
    for (size_t k = 0; k < TY_LEXICON_ADDED_KINDS; k++) {
        lexicon->added[k].left_lang = ty_slice_of(lexicon->langs[0]);
        lexicon->added[k].right_lang = ty_slice_of(lexicon->langs[1]);
        lexicon->parts[k].about.name = names[k];
        lexicon->parts[k].about.path = lexicon->parts[k].about.licence = "";
    }
    lexicon->count = TY_LEXICON_ADDED_KINDS;
}

ty_status ty_lexicon_open(ty_slice source_lang, ty_slice target_lang, const ty_lexicon_options *options,
                          ty_lexicon **out, ty_error *error)
{
    static const ty_lexicon_options defaults = {0};
    ty_lexicon *lexicon = calloc(1, sizeof *lexicon);
    *out = NULL;
    if (!lexicon)
        return ty_error_nomem(error);
    ty_slice tags[2] = {source_lang, target_lang};
    for (int k = 0; k < 2; k++) {
        char buffer[16];
        ty_slice tag = ty_lang_primary(tags[k], buffer);
        snprintf(lexicon->langs[k], sizeof lexicon->langs[k], "%.*s", TY_SLICE_FORMAT(tag));
    }
    begin_added(lexicon);
    lexicon->hasty = options && options->hasty;
    ty_status status = open_parts(lexicon, options ? options : &defaults, error);
    if (status == TY_OK)
        *out = lexicon;
    else
        ty_lexicon_close(lexicon);
    return status;
}

bool ty_lexicon_lacks(const ty_lexicon *lexicon)
{
    return lexicon->lacks;
}

void ty_lexicon_close(ty_lexicon *lexicon)
{
    if (!lexicon)
        return;
    for (size_t k = 0; k < lexicon->count; k++)
        ty_dictionary_release(&lexicon->parts[k].image);
    for (size_t k = 0; k < TY_LEXICON_ADDED_KINDS; k++)
        ty_dictionary_builder_release(&lexicon->added[k]);
    free(lexicon);
}

/* ------------------------------------------------------------------------------------------ adding */

ty_status ty_lexicon_add(ty_lexicon *lexicon, ty_lexicon_added kind, ty_slice source, ty_slice target,
                         ty_error *error)
{
    ty_dictionary_builder_add(&lexicon->added[kind], source, target);
    return lexicon->added[kind].failed ? ty_error_nomem(error) : TY_OK;
}

ty_status ty_lexicon_seal(ty_lexicon *lexicon, ty_error *error)
{
    ty_status status = TY_OK;
    for (size_t k = 0; k < TY_LEXICON_ADDED_KINDS && status == TY_OK; k++) {
        ty_dictionary image;
        status = seal_builder(&lexicon->added[k], &image, error);
        if (status != TY_OK)
            break;
        ty_dictionary_release(&lexicon->parts[k].image);
        lexicon->parts[k].image = image;
        lexicon->parts[k].about.entries = image.left.count;
    }
    return status;
}

size_t ty_lexicon_part_count(const ty_lexicon *lexicon)
{
    return lexicon->count;
}

ty_lexicon_part ty_lexicon_part_at(const ty_lexicon *lexicon, size_t index)
{
    return lexicon->parts[index].about;
}

/* ------------------------------------------------------------------------------------------ look-up */

static const ty_dictionary_side *side_of(const ty_part *part, ty_lexicon_side side)
{
    return (side == TY_LEXICON_SOURCE) != part->reversed ? &part->image.left : &part->image.right;
}

size_t ty_lexicon_longest(const ty_lexicon *lexicon, ty_lexicon_side side, ty_slice text, size_t offset)
{
    size_t longest = 0;
    for (size_t k = 0; k < lexicon->count; k++) {
        size_t size = ty_dictionary_longest(side_of(&lexicon->parts[k], side), text, offset);
        if (size > longest)
            longest = size;
    }
    return longest;
}

bool ty_lexicon_knows(const ty_lexicon *lexicon, ty_lexicon_side side, ty_slice key)
{
    for (size_t k = 0; k < lexicon->count; k++)
        if (lexicon->parts[k].about.path[0] &&
            ty_dictionary_find(side_of(&lexicon->parts[k], side), key) != TY_DICTIONARY_NONE)
            return true;
    return false;
}

/* Which of the given keys some keys of an image's right side are: hashed, for an image has many and few are
 * given. */
typedef struct numbering {
    struct {
        uint32_t key, number; /* number + 1; 0: free */
    } * slots;
    size_t mask;
} numbering;

static size_t slot_of(const numbering *keys, uint32_t key)
{
    size_t slot = (key * UINT32_C(0x9E3779B1) >> 7) & keys->mask;
    while (keys->slots[slot].number && keys->slots[slot].key != key)
        slot = (slot + 1) & keys->mask;
    return slot;
}

static bool number_right(const ty_dictionary *image, const ty_slice *keys, size_t count, numbering *out)
{
    size_t size = 16;
    while (size < 2 * count)
        size *= 2;
    *out = (numbering){calloc(size, sizeof *out->slots), size - 1};
    for (size_t k = 0; out->slots && k < count; k++) {
        uint32_t key = ty_dictionary_find(&image->right, keys[k]);
        if (key == TY_DICTIONARY_NONE)
            continue;
        size_t slot = slot_of(out, key);
        out->slots[slot].key = key;
        out->slots[slot].number = (uint32_t)k + 1;
    }
    return out->slots != NULL;
}

static bool link_key(const ty_part *part, uint32_t left, uint32_t given, uint16_t index,
                     const numbering *numbers, ty_lexicon_links *out)
{
    uint32_t end = part->image.link_starts[left + 1];
    for (uint32_t at = part->image.link_starts[left]; at < end; at++) {
        uint32_t right = part->image.links[at] >> 3;
        uint32_t number = numbers->slots[slot_of(numbers, right)].number;
        if (number == 0)
            continue;
        uint32_t other = number - 1;
        ty_lexicon_link link = {part->reversed ? other : given, part->reversed ? given : other, index,
                                (uint8_t)(part->image.links[at] & 7)};
        if (!ty_vector_push(out, link))
            return false;
    }
    return true;
}

static ty_status link_part(const ty_part *part, uint16_t index, const ty_slice *const keys[2],
                           const size_t counts[2], ty_lexicon_links *out, ty_error *error)
{
    if (part->image.left.count == 0)
        return TY_OK;
    numbering numbers;
    bool good = number_right(&part->image, keys[!part->reversed], counts[!part->reversed], &numbers);
    for (size_t k = 0; good && k < counts[part->reversed]; k++) {
        uint32_t left = ty_dictionary_find(&part->image.left, keys[part->reversed][k]);
        if (left != TY_DICTIONARY_NONE)
            good = link_key(part, left, (uint32_t)k, index, &numbers, out);
    }
    free(numbers.slots);
    return good ? TY_OK : ty_error_nomem(error);
}

static int compare_links(const void *a, const void *b)
{
    const ty_lexicon_link *x = a, *y = b;
    if (x->source != y->source)
        return x->source < y->source ? -1 : 1;
    if (x->target != y->target)
        return x->target < y->target ? -1 : 1;
    if (x->words != y->words)
        return x->words - y->words;
    return x->part - y->part;
}

ty_status ty_lexicon_find_links(const ty_lexicon *lexicon, const ty_slice *source_keys, size_t source_count,
                                const ty_slice *target_keys, size_t target_count, ty_lexicon_links *out,
                                ty_error *error)
{
    const ty_slice *const keys[2] = {source_keys, target_keys};
    const size_t counts[2] = {source_count, target_count};
    size_t before = out->count;
    ty_status status = TY_OK;
    for (size_t k = 0; k < lexicon->count && status == TY_OK; k++)
        status = link_part(&lexicon->parts[k], (uint16_t)k, keys, counts, out, error);
    if (status == TY_OK && out->count > before)
        qsort(out->items + before, out->count - before, sizeof *out->items, compare_links);
    return status;
}
