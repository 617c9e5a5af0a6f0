/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What parts of pages are called: words in id and class, and styles. The lists are what agencies, newsrooms
 * and common systems (Drupal, WordPress, GOV.UK, USWDS, DNN) use.
 */
#include "formats/documents/html.h"

/* ------------------------------------------------------------------------------------------ words of names
 */

/* Two words with a blank between must follow each other in a name. What readers say: */
static const char of_readers[] =
    "comments|disqus|comment list|comment body|comment content|comment form|commentform|comment respond";
static const char never_release[] =
    "nav|navi|navbar|navigation|gnav|gnavi|globalnav|localnav|lnav|lnavi|snav|breadcrumb|breadcrumbs|crumb|"
    "crumbs|"
    "topicpath|pankuzu|panlist|footer|rodape|pagetop|totop|backtotop|addthis|addtoany|sharedaddy|cookie|"
    "cookies|consent|gdpr|related|recommend|recommended|recommendation|recommendations|ranking|newsletter|"
    "subscribe|"
    "enquete|questionnaire|feedback|sponsored|pager|pagination|paging|prevnext|copyright|sitemap|skip|modal|"
    "popup|"
    "page top|to top|read next|read also|also see|see also|more news|more stories|most read|most viewed|most "
    "popular|"
    "prev next|next prev|topic path|back list|latest news|skiplink|author bio|author box|author info|author "
    "content|"
    "author details|author profile|about author|post author|user bio|body bio|byline bio|contrib bio|wp "
    "embedded|wp embed";
static const char maybe_release[] =
    "menu|sidebar|toolbar|search|login|banner|tags|tag|widget|paywall|popular|survey|trending|promotion|"
    "promo|latest|"
    "rating|breaking|bookmark|localnavi|foot|sns|share|sharing|social|advert|advertisement|ads|ad|signup|"
    "slidecount|"
    "slide count|read more|affiliate disclaimer|disclaimer affiliate|team letter|cta";
/* These name what is beside the text only where it is of links. */
static const char links_only[] = "header|side|print|lang|language|teaser|teasers|next post|previous post";
static const char content[] = "content|contents|maincontents|maincontent|main|honbun|article|entry|release";
/* "has-sidebar", "no-nav": these say of the rest of the page how it is laid out. */
static const char layout_words[] = "has|no|with|without|non|hide";

/* Letters of ASCII, in every locale. */
static bool is_letter(char byte)
{
    return (byte | 0x20) >= 'a' && (byte | 0x20) <= 'z';
}

static bool is_capital(char byte)
{
    return byte >= 'A' && byte <= 'Z';
}

/* The next word of *rest; words end at what is no letter and where a capital follows a small letter. */
static bool next_word(ty_slice *rest, ty_slice *word)
{
    size_t start = 0;
    while (start < rest->size && !is_letter(rest->data[start]))
        start++;
    size_t end = start;
    while (end < rest->size && is_letter(rest->data[end]) &&
           !(end > start && is_capital(rest->data[end]) && !is_capital(rest->data[end - 1])))
        end++;
    *word = ty_slice_sub(*rest, start, end);
    *rest = ty_slice_sub(*rest, end, rest->size);
    return word->size > 0;
}

static bool is_pair_in(ty_slice before, ty_slice word, const char *list)
{
    char both[64];
    if (!before.size || before.size + word.size + 1 > sizeof both)
        return false;
    memcpy(both, before.data, before.size);
    both[before.size] = ' ';
    memcpy(both + before.size + 1, word.data, word.size);
    return ty_html_is_listed((ty_slice){both, before.size + 1 + word.size}, list);
}

/* A heading made into a name, "sharing-with-a-single-developer": it tells what is said there. */
enum { LONGEST_NAME = 4 };

static bool is_heading_name(ty_slice name)
{
    ty_slice word;
    unsigned words = 0;
    while (next_word(&name, &word))
        words++;
    return words > LONGEST_NAME;
}

/* Does one name, "article-share" or "moreNews", have a word (or two) of the list? */
static bool name_has(ty_slice name, const char *list)
{
    ty_slice word, before = {"", 0};
    if (is_heading_name(name))
        return false;
    while (next_word(&name, &word)) {
        if ((ty_html_is_listed(word, list) && !ty_html_is_listed(before, layout_words)) ||
            is_pair_in(before, word, list))
            return true;
        before = word;
    }
    return false;
}

static bool next_name(ty_slice *rest, ty_slice *name)
{
    *rest = ty_slice_trim(*rest);
    size_t end = 0;
    while (end < rest->size && !strchr(" \t\r\n\f", rest->data[end]))
        end++;
    *name = ty_slice_sub(*rest, 0, end);
    *rest = ty_slice_sub(*rest, end, rest->size);
    return name->size > 0;
}

static bool names_have(const xmlNode *node, const char *list)
{
    ty_slice classes = ty_html_attribute(node, "class"), name;
    if (name_has(ty_html_attribute(node, "id"), list))
        return true;
    while (next_name(&classes, &name))
        if (name_has(name, list))
            return true;
    return false;
}

enum ty_html_hint ty_html_hint_of(const xmlNode *node)
{
    if (!node->properties)
        return HTML_HINT_NONE;
    if (ty_slice_equal(ty_html_attribute(node, "itemprop"), TY_SLICE("articleBody")))
        return HTML_HINT_CONTENT;
    if (names_have(node, of_readers))
        return HTML_HINT_READERS;
    if (names_have(node, never_release))
        return HTML_HINT_NOT;
    if (names_have(node, maybe_release))
        return HTML_HINT_MAYBE;
    if (names_have(node, links_only))
        return HTML_HINT_LINKS;
    return names_have(node, content) ? HTML_HINT_CONTENT : HTML_HINT_NONE;
}

/* ------------------------------------------------------------------------------------------ hidden */

static bool has_class(const xmlNode *node, const char *list)
{
    ty_slice classes = ty_html_attribute(node, "class"), name;
    while (next_name(&classes, &name))
        if (ty_html_is_listed(name, list))
            return true;
    return false;
}

static bool is_property(ty_slice declaration, const char *name, const char *value)
{
    size_t colon = ty_slice_find(declaration, TY_SLICE(":"), 0);
    ty_slice given = ty_slice_trim(ty_slice_sub(declaration, colon + 1, declaration.size));
    size_t size = strlen(value);
    bool whole = given.size == size || (given.size > size && strchr(" !", given.data[size]));
    return colon != SIZE_MAX && whole &&
           ty_slice_equal_nocase(ty_slice_trim(ty_slice_sub(declaration, 0, colon)), ty_slice_of(name)) &&
           ty_slice_equal_nocase(ty_slice_sub(given, 0, size), ty_slice_of(value));
}

static bool hides(ty_slice declaration)
{
    return is_property(declaration, "display", "none") || is_property(declaration, "visibility", "hidden") ||
           is_property(declaration, "visibility", "collapse") || is_property(declaration, "font-size", "0") ||
           is_property(declaration, "font-size", "0px");
}

/* "hidden md:block", "d-none d-lg-flex": hidden only where the screen is narrow. */
static bool is_shown_somewhere(const xmlNode *node)
{
    static const char displays[] = "block|flex|inline|grid|table";
    ty_slice classes = ty_html_attribute(node, "class"), name;
    while (next_name(&classes, &name))
        if (name_has(name, displays) && name.size > 5)
            return true;
    return false;
}

bool ty_html_is_hidden(const xmlNode *node)
{
    static const char classes[] =
        "sr-only|visually-hidden|visuallyhidden|screen-reader-text|screen-reader|"
        "element-invisible|is-hidden|u-hidden|offscreen|print-only|printonly|u-visually-hidden|"
        "usa-sr-only|govuk-visually-hidden";
    static const char displays[] = "hidden|d-none";
    ty_slice style = ty_html_attribute(node, "style"), declaration;
    if (!node->properties)
        return false;
    if (ty_html_has_attribute(node, "hidden") || has_class(node, classes) ||
        ty_slice_equal_nocase(ty_html_attribute(node, "aria-hidden"), TY_SLICE("true")))
        return true;
    while (ty_slice_next(&style, ';', &declaration))
        if (hides(declaration))
            return true;
    return has_class(node, displays) && !is_shown_somewhere(node);
}

bool ty_html_is_note_class(const xmlNode *node)
{
    static const char words[] =
        "footnote|fn|fnref|noteref|footnoteref|footnotereference|reference|endnote|footnotes";
    return names_have(node, words);
}

bool ty_html_is_for_some_screens(const xmlNode *node)
{
    static const char words[] = "sp|pc|tb|tab|tablet|mobile|smart|desktop|xs|sm|md|lg|xl|responsive";
    return names_have(node, words);
}
