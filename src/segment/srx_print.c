/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Our rules as SRX 2.0, for tools that cut at blanks: every break stands behind the closing marks and before
 * the white space (as in OmegaT's own rules). Made from the same data as our own decisions. What SRX cannot
 * say is left out: it does not look back to where a sentence began, only to the paragraph's start.
 */
#include "segment/internal.h"

#define STOPS "[.!?\xE2\x80\xA6]+"
#define CLOSERS "[\"'\\u201D\\u2019\\u00BB\\u203A)\\]}]*"
#define OPENERS "[\"'\\u201C\\u2018\\u00AB\\u2039(\\[\\u00BF\\u00A1]*"
#define CJK_STOPS "[\\u3002\\uFF01\\uFF1F\\uFF61]"
#define CJK_CLOSERS "[\\u300D\\u300F\\uFF09\\uFF3D\\u3011\\u3009\\u300B\\u3015\\u201D\\u2019)\\]\\uFF63]"
#define CJK_OPENERS "[\\u300C\\u300E\\uFF08\\uFF3B\\u3010\\uFF62]"

typedef struct printer {
    const ty_language *language;
    ty_buffer *out;
} printer;

/* ------------------------------------------------------------------------------------------ pieces */

static void rule(printer *p, bool breaks, const char *before, const char *after)
{
    ty_buffer_add_format(p->out, "<rule break=\"%s\"><beforebreak>", breaks ? "yes" : "no");
    ty_buffer_add_xml(p->out, ty_slice_of(before));
    ty_buffer_add_string(p->out, "</beforebreak><afterbreak>");
    ty_buffer_add_xml(p->out, ty_slice_of(after));
    ty_buffer_add_string(p->out, "</afterbreak></rule>\n");
}

static void add_literal(ty_buffer *out, const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (text[i] != '\0' && strchr(".?*+()[]{}|^$\\-", text[i]))
            ty_buffer_add_char(out, '\\');
        ty_buffer_add_char(out, text[i]);
    }
}

/* A word: its first letter a capital where the data wants one, the others in any case. */
static void add_word(ty_buffer *out, const ty_word_entry *entry, unsigned classes)
{
    bool capital = (entry->capital & classes) == (entry->classes & classes) && entry->word[0] >= 'a' &&
                   entry->word[0] <= 'z';
    if (capital)
        ty_buffer_add_char(out, (char)(entry->word[0] - 'a' + 'A'));
    ty_buffer_add_string(out, "(?i:");
    add_literal(out, entry->word + capital, entry->size - capital);
    ty_buffer_add_char(out, ')');
}

/* "(?:...|...)" of the words of some classes and without others; false when there is none. */
static bool words(const printer *p, unsigned classes, unsigned without, ty_buffer *out)
{
    bool any = false;
    ty_buffer_clear(out);
    ty_buffer_add_string(out, "(?:");
    for (uint32_t i = 0; i <= p->language->mask; i++) {
        const ty_word_entry *entry = &p->language->words[i];
        if (!entry->word || !(entry->classes & classes) || (entry->classes & without))
            continue;
        ty_buffer_add_string(out, any ? "|" : "");
        add_word(out, entry, classes);
        any = true;
    }
    ty_buffer_add_char(out, ')');
    return any && !out->failed;
}

static bool phrases(const printer *p, unsigned classes, ty_buffer *out)
{
    bool any = false;
    ty_buffer_clear(out);
    ty_buffer_add_string(out, "(?:");
    for (const ty_phrase *phrase = p->language->phrases; phrase->size; phrase++) {
        if (!(phrase->classes & classes))
            continue;
        ty_buffer_add_string(out, any ? "|" : "");
        add_literal(out, phrase->text, phrase->size);
        any = true;
    }
    ty_buffer_add_char(out, ')');
    return any && !out->failed;
}

/* A rule with words in it: the pattern has one %s. */
static void word_rule(printer *p, bool breaks, unsigned classes, unsigned without, const char *before,
                      const char *after)
{
    ty_buffer list = {0}, filled = {0};
    if (words(p, classes, without, &list)) {
        const char *gap = strstr(before, "%s");
        const char *pattern = gap ? before : after;
        gap = strstr(pattern, "%s");
        ty_buffer_add(&filled, (ty_slice){pattern, (size_t)(gap - pattern)});
        ty_buffer_add(&filled, ty_buffer_slice(&list));
        ty_buffer_add_string(&filled, gap + 2);
        rule(p, breaks, pattern == before ? filled.data : before, pattern == before ? after : filled.data);
    }
    ty_buffer_release(&list);
    ty_buffer_release(&filled);
}

/* ------------------------------------------------------------------------------------------ spaced scripts
 */

static void print_labels(printer *p)
{
    word_rule(p, true, TY_WORD_SPEAKER, TY_WORD_FIELD,
              "^\\s*(?:\\p{Lu}[\\p{L}'\\u2019]*\\s){0,3}%s(?:\\s?\\p{Nd}+)?:", "\\s");
    word_rule(p, true, TY_WORD_TITLE, 0, "^\\s*%s\\.?(?:\\s\\p{Lu}[\\p{L}'\\u2019-]*){1,3}:", "\\s");
    word_rule(p, false, TY_WORD_FIELD, 0, "^\\s*(?:\\p{Lu}+\\s)?%s:", "\\s");
    rule(p, true, "^\\s*\\p{Lu}{4,}(?:\\s\\p{Lu}{2,})?:", "\\s");
}

static void print_abbreviations(printer *p)
{
    unsigned may_end = TY_WORD_MAY_END | TY_WORD_MONTH | TY_WORD_COMPANY;
    ty_buffer starters = {0}, after = {0};
    word_rule(p, false, TY_WORD_NEVER_ENDS, 0, "\\b%s\\.", "\\s");
    word_rule(p, false, TY_WORD_BEFORE_NUMBER | TY_WORD_MONTH, 0, "\\b%s\\.", "\\s+(?:\\p{Nd}|[IVXLC]+\\b)");
    word_rule(p, false, TY_WORD_PREPOSITION, 0, "^\\s*%s(?:\\s\\S+){0,2}\\s(?:\\p{L}{1,2}\\.)+", "\\s");
    if (words(p, TY_WORD_STARTER, 0, &starters)) {
        ty_buffer_add_format(&after, "\\s+" OPENERS "%s\\b", starters.data);
        word_rule(p, true, may_end, 0, "\\b%s\\." CLOSERS, after.data);
        rule(p, true, "\\b(?:\\p{L}{1,2}\\.){2,}" CLOSERS, after.data);
        rule(p, true, "\\p{L}\\s\\p{Lu}\\.", after.data);
    }
    word_rule(p, true, TY_WORD_COMPANY, 0, "\\b%s\\.", "\\s+\\p{Lu}\\p{Ll}+\\s\\p{Ll}");
    word_rule(p, true, TY_WORD_TITLE, 0, "\\b[AaPp]\\.[Mm]\\.", "\\s+%s\\.");
    word_rule(p, false, may_end, 0, "\\b%s\\.[)\\]]*", "\\s");
    word_rule(p, false, TY_WORD_TITLE, TY_WORD_MAY_END, "\\b%s\\.", "\\s");
    word_rule(p, false, TY_WORD_UNIT, 0, "\\p{Nd}\\s?%s\\.", "\\s+\\p{Ll}");
    rule(p, false, "\\b(?:\\p{L}{1,2}\\.){2,}[)\\]]*", "\\s");
    word_rule(p, true, TY_WORD_HEADING, 0, "\\s%s\\s\\p{Lu}\\.", "\\s+\\p{Lu}");
    rule(p, false, "\\b\\p{Lu}\\.", "\\s+\\p{Lu}\\p{L}");
    rule(p, false, "\\b\\p{Lu}\\.", "\\s+(?:\\p{Lu}\\.|\\p{Ll})");
    ty_buffer_release(&starters);
    ty_buffer_release(&after);
}

static void print_numbers(printer *p)
{
    rule(p, false, "^\\s*[(\\[]?(?:\\p{Nd}{1,3}|\\p{Nd}+(?:\\.\\p{Nd}+)+|[IVXLC]+|\\p{L})\\.", "\\s");
    word_rule(p, false, TY_WORD_HEADING, 0, "^\\s*%s\\s(?:\\p{Nd}{1,3}|[IVXLC]+|\\p{Lu})\\.", "\\s");
    if (!(p->language->traits & TY_TRAIT_ORDINALS))
        return;
    word_rule(p, false, TY_WORD_AFTER_ORDINAL, 0, "\\b\\p{Nd}{1,3}\\.", "\\s+%s\\b");
    word_rule(p, false, TY_WORD_BEFORE_ORDINAL, 0, "\\b%s\\s\\p{Nd}{1,3}\\.", "\\s");
}

static void print_spaced(printer *p)
{
    print_labels(p);
    print_numbers(p);
    print_abbreviations(p);
    word_rule(p, false, TY_WORD_EXCLAIMS, 0, "\\b%s!", "\\s");
    word_rule(p, false, TY_WORD_REPORTING, 0, "[!?]+[\"\\u201D\\u2019]+",
              "\\s+(?:\\p{Lu}[\\p{L}.]*\\s){1,4}%s\\b");
    word_rule(p, false, TY_WORD_AUXILIARY | TY_WORD_REPORTING, 0, "[!?]+", "\\s+%s\\b");
    rule(p, true, "(?:^|\\s)\\p{Ll}{2,}[.!?]", "\\s+\\p{Ll}");
    rule(p, false, STOPS CLOSERS, "\\s+" OPENERS "(?:\\p{Ll}|[,;:])");
    rule(p, false, "\\s\\.{3}|\\s\\.\\s\\.\\s\\.", "\\s+(?:I\\b|\\.)");
    rule(p, true, STOPS CLOSERS "(?:\\[\\p{Nd}+\\])*", "\\s");
    rule(p, true, "\\p{L}" STOPS CLOSERS, "[\\u3040-\\u30FF\\u4E00-\\u9FFF]");
}

/* ------------------------------------------------------------------------------------------ CJK */

static void print_nested(printer *p)
{
    /* What opens within a sentence and has not closed; look-behind, so that every stop in it is seen. */
    rule(p, false,
         "(?<=[^\\u3002\\uFF01\\uFF1F\\uFF61\\uFF1A:\\s\\u300D\\u300F\\uFF09\\uFF3D)\\]]" CJK_OPENERS
         "[^\\u300D\\u300F\\uFF09\\uFF3D\\u3011\\uFF63]{0,300})" CJK_STOPS "+",
         "");
    rule(p, false, CJK_STOPS, "\\s*" CJK_CLOSERS);
    rule(p, false, CJK_STOPS, "\\s*" CJK_STOPS);
}

static void print_particles(printer *p)
{
    ty_buffer particles = {0}, starters = {0}, after = {0};
    if (phrases(p, TY_WORD_PARTICLE, &particles)) {
        bool some = phrases(p, TY_WORD_STARTER, &starters);
        ty_buffer_add_format(&after, "\\s*%s%s%s(?:%s|[\\u3001\\uFF0C,])", some ? "(?!" : "",
                             some ? starters.data : "", some ? ")" : "", particles.data);
        rule(p, false, CJK_STOPS CJK_CLOSERS "+", after.data);
        rule(p, false, "[\\uFF01\\uFF1F]", after.data);
    }
    if (p->language->traits & TY_TRAIT_UNSPACED)
        rule(p, false, "\\u3002", "[\\u306E\\u3092]");
    ty_buffer_release(&particles);
    ty_buffer_release(&starters);
    ty_buffer_release(&after);
}

static void print_cjk_labels(printer *p)
{
    ty_buffer speakers = {0}, before = {0};
    if (phrases(p, TY_WORD_SPEAKER, &speakers)) {
        ty_buffer_add_format(
            &before, "^\\s*(?:[QA\\uFF31\\uFF21]|[^\\s:\\uFF1A\\u3002\\u3001]{0,20}%s)[\\p{Nd}]*[:\\uFF1A]",
            speakers.data);
        rule(p, true, before.data, "");
        ty_buffer_clear(&before);
        ty_buffer_add_format(&before,
                             "^\\s*[\\uFF08\\u3010][^\\s\\uFF09\\u3011\\u3002]{0,20}%s[\\uFF09\\u3011]",
                             speakers.data);
        rule(p, true, before.data, "");
    }
    ty_buffer_release(&speakers);
    ty_buffer_release(&before);
}

static void print_cjk(printer *p)
{
    print_cjk_labels(p);
    print_nested(p);
    print_particles(p);
    rule(p, true, CJK_STOPS "+" CJK_CLOSERS "*(?:\\u203B\\p{Nd}+)?", "");
}

/* ------------------------------------------------------------------------------------------ document */

static void print_language(printer *p)
{
    const ty_language *language = p->language;
    ty_buffer_add_format(p->out, "<languagerule languagerulename=\"%s\">\n", language->name);
    print_cjk(p);
    if (language->traits & TY_TRAIT_UNSPACED)
        p->language = ty_language_find(TY_SLICE("en"));
    print_spaced(p);
    p->language = language;
    ty_buffer_add_string(p->out, "</languagerule>\n");
}

static void print_map(printer *p, const char *name, const char *list)
{
    ty_buffer_add_string(p->out, "<languagemap languagepattern=\"");
    for (; name[0] && name[0] != '.'; name++)
        ty_buffer_add_format(p->out, "[%c%c]", name[0] - 'a' + 'A', name[0]);
    ty_buffer_add_format(p->out, "%s\" languagerulename=\"%s\"/>\n", name[0] ? name : "(?:[-_].*)?", list);
}

ty_status ty_segment_srx(ty_slice lang, ty_buffer *out, ty_error *error)
{
    printer p = {.out = out};
    ty_buffer_add_string(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                              "<srx xmlns=\"http://www.lisa.org/srx20\" version=\"2.0\">\n"
                              "<header segmentsubflows=\"yes\" cascade=\"no\">\n"
                              "<formathandle type=\"start\" include=\"no\"/>\n"
                              "<formathandle type=\"end\" include=\"yes\"/>\n"
                              "<formathandle type=\"isolated\" include=\"no\"/>\n"
                              "</header>\n<body>\n<languagerules>\n");
    for (p.language = ty_language_table; p.language->name; p.language++)
        print_language(&p);
    ty_buffer_add_string(out, "</languagerules>\n<maprules>\n");
    for (p.language = ty_language_table; p.language[1].name; p.language++)
        print_map(&p, p.language->name, p.language->name);
    print_map(&p, ".*", lang.size ? ty_language_find(lang)->name : "en");
    ty_buffer_add_string(out, "</maprules>\n</body>\n</srx>\n");
    return out->failed ? ty_error_nomem(error) : TY_OK;
}
