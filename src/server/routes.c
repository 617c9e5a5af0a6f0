/* SPDX-License-Identifier: Apache-2.0 */
/* Every address there is. Patterns: a segment by name, ":" for one of any text, "*" for all the rest. */
#include "server/pages.h"

enum { UPLOAD = 1 << 30 }; /* exchange files are large; documents are kept shorter where they are read */

const ty_route ty_routes[] = {
    {TY_GET, "/healthz", "health", ty_answer_health, TY_LANE_NONE, TY_ROLE_NONE, false, 0},
    {TY_GET, "/static/:/:", "static", ty_answer_asset, TY_LANE_NONE, TY_ROLE_NONE, false, 0},
    {TY_GET, "/favicon.ico", "icon", ty_answer_icon, TY_LANE_NONE, TY_ROLE_NONE, false, 0},
    {TY_GET, "/robots.txt", "robots", ty_answer_robots, TY_LANE_NONE, TY_ROLE_NONE, false, 0},
    {TY_GET, "/login", "login", ty_answer_login, TY_LANE_NONE, TY_ROLE_NONE, false, 0},

    {TY_GET, "/", "desk", ty_answer_desk, TY_LANE_LOOKUP, TY_ROLE_READ, true, 0},
    {TY_GET, "/search", "search", ty_answer_desk, TY_LANE_LOOKUP, TY_ROLE_READ, true, 0},
    {TY_GET, "/concordance", "concordance", ty_answer_concordance, TY_LANE_LOOKUP, TY_ROLE_READ, true, 0},
    {TY_GET, "/concordance.tsv", "concordance", ty_answer_concordance_file, TY_LANE_FILES, TY_ROLE_READ,
     false, 0},
    {TY_GET, "/concordance.tmx", "concordance", ty_answer_concordance_file, TY_LANE_FILES, TY_ROLE_READ,
     false, 0},
    {TY_GET, "/terms", "terms", ty_answer_terms, TY_LANE_LOOKUP, TY_ROLE_READ, true, 0},
    {TY_POST, "/terms", "terms-change", ty_answer_terms_change, TY_LANE_CHANGE, TY_ROLE_EDIT, false, 0},
    {TY_POST, "/concept/:", "concept-change", ty_answer_concept_change, TY_LANE_CHANGE, TY_ROLE_EDIT, false,
     0},
    {TY_GET, "/concept/:", "concept", ty_answer_concept, TY_LANE_LOOKUP, TY_ROLE_READ, true, 0},
    {TY_GET, "/release", "releases", ty_answer_releases, TY_LANE_LOOKUP, TY_ROLE_READ, true, 0},
    {TY_GET, "/release/:/since", "since", ty_answer_since, TY_LANE_LOOKUP, TY_ROLE_READ, true, 0},
    {TY_GET, "/release/:/bulk", "bulk", ty_answer_bulk, TY_LANE_LOOKUP, TY_ROLE_READ, false, 0},
    {TY_POST, "/release/:/do", "change", ty_answer_release_do, TY_LANE_CHANGE, TY_ROLE_EDIT, false, 0},
    {TY_GET, "/release/:/facts", "facts", ty_answer_release_facts, TY_LANE_LOOKUP, TY_ROLE_READ, false, 0},
    {TY_POST, "/release/:/facts", "facts-change", ty_answer_release_facts_change, TY_LANE_CHANGE,
     TY_ROLE_EDIT, false, 0},
    {TY_GET, "/release/:", "review", ty_answer_review, TY_LANE_LOOKUP, TY_ROLE_READ, true, 0},
    {TY_GET, "/bead/:", "pair", ty_answer_bead, TY_LANE_LOOKUP, TY_ROLE_READ, true, 0},
    {TY_GET, "/unit/:", "unit", ty_answer_unit, TY_LANE_LOOKUP, TY_ROLE_READ, true, 0},
    {TY_POST, "/unit/:", "unit-change", ty_answer_unit_change, TY_LANE_CHANGE, TY_ROLE_EDIT, false, 0},
    {TY_GET, "/changes", "changes", ty_answer_changes, TY_LANE_LOOKUP, TY_ROLE_READ, true, 0},
    {TY_GET, "/changes.atom", "changes", ty_answer_changes_feed, TY_LANE_LOOKUP, TY_ROLE_READ, false, 0},
    {TY_POST, "/changes", "take-back", ty_answer_changes_undo, TY_LANE_CHANGE, TY_ROLE_EDIT, false, 0},
    {TY_GET, "/check", "check", ty_answer_check, TY_LANE_LOOKUP, TY_ROLE_READ, true, 0},
    {TY_POST, "/check", "check-change", ty_answer_check_change, TY_LANE_SLOW, TY_ROLE_EDIT, false, 0},
    /* of one pair, which takes no time and waits for no import */
    {TY_POST, "/check/:", "check-change", ty_answer_check_change, TY_LANE_CHANGE, TY_ROLE_EDIT, false, 0},
    {TY_GET, "/candidates", "candidates", ty_answer_candidates, TY_LANE_LOOKUP, TY_ROLE_READ, true, 0},
    {TY_POST, "/candidates", "candidates-change", ty_answer_candidates_change, TY_LANE_CHANGE, TY_ROLE_EDIT,
     false, 0},
    {TY_GET, "/import", "import", ty_answer_import, TY_LANE_NONE, TY_ROLE_EDIT, false, 0},
    {TY_POST, "/import", "import-look", ty_answer_upload, TY_LANE_SLOW, TY_ROLE_EDIT, false, UPLOAD},
    {TY_POST, "/import/:", "import-take", ty_answer_import_take, TY_LANE_SLOW, TY_ROLE_EDIT, false, 0},
    {TY_GET, "/settings", "settings", ty_answer_settings, TY_LANE_NONE, TY_ROLE_READ, false, 0},
    {TY_POST, "/settings", "settings-change", ty_answer_settings_change, TY_LANE_LOOKUP, TY_ROLE_READ, false,
     0},
    {TY_GET, "/help", "help", ty_answer_help, TY_LANE_NONE, TY_ROLE_NONE, false, 0},
    {TY_GET, "/about", "about", ty_answer_about, TY_LANE_NONE, TY_ROLE_NONE, false, 0},

    {TY_GET, "/tmserver/languages", "tmserver", ty_answer_languages, TY_LANE_LOOKUP, TY_ROLE_READ, false, 0},
    {TY_GET, "/tmserver/languages/", "tmserver", ty_answer_languages, TY_LANE_LOOKUP, TY_ROLE_READ, false, 0},
    {TY_GET, "/tmserver/:/:/unit/", "tmserver", ty_answer_unit_source, TY_LANE_LOOKUP, TY_ROLE_READ, false,
     0},
    {TY_GET, "/tmserver/:/:/unit", "tmserver", ty_answer_unit_source, TY_LANE_LOOKUP, TY_ROLE_READ, false, 0},
    {TY_GET, "/tmserver/:/:/unit/*", "tmserver", ty_answer_unit_matches, TY_LANE_LOOKUP, TY_ROLE_READ, false,
     0},
    {TY_PUT, "/tmserver/:/:/unit/*", "tmserver-put", ty_answer_unit_put, TY_LANE_CHANGE, TY_ROLE_EDIT, false,
     0},
    {TY_POST, "/tmserver/:/:/unit/*", "tmserver-put", ty_answer_unit_put, TY_LANE_CHANGE, TY_ROLE_EDIT, false,
     0},
    {TY_GET, "/api/v1/languages", "tmserver", ty_answer_languages, TY_LANE_LOOKUP, TY_ROLE_READ, false, 0},
    {TY_GET, "/api/v1/languages/", "tmserver", ty_answer_languages, TY_LANE_LOOKUP, TY_ROLE_READ, false, 0},
    {TY_GET, "/api/v1/:/:/unit/", "tmserver", ty_answer_unit_source, TY_LANE_LOOKUP, TY_ROLE_READ, false, 0},
    {TY_GET, "/api/v1/:/:/unit", "tmserver", ty_answer_unit_source, TY_LANE_LOOKUP, TY_ROLE_READ, false, 0},
    {TY_GET, "/api/v1/:/:/unit/*", "tmserver", ty_answer_unit_matches, TY_LANE_LOOKUP, TY_ROLE_READ, false,
     0},
    {TY_PUT, "/api/v1/:/:/unit/*", "tmserver-put", ty_answer_unit_put, TY_LANE_CHANGE, TY_ROLE_EDIT, false,
     0},
    {TY_POST, "/api/v1/:/:/unit/*", "tmserver-put", ty_answer_unit_put, TY_LANE_CHANGE, TY_ROLE_EDIT, false,
     0},
    {TY_GET, "/translate", "translate", ty_answer_translate, TY_LANE_LOOKUP, TY_ROLE_READ, false, 0},
    {TY_GET, "/json/translate", "translate", ty_answer_translate, TY_LANE_LOOKUP, TY_ROLE_READ, false, 0},

    {TY_GET, "/export.tmx", "export", ty_answer_export_tmx, TY_LANE_FILES, TY_ROLE_READ, false, 0},
    {TY_GET, "/export.tsv", "export", ty_answer_export_table, TY_LANE_FILES, TY_ROLE_READ, false, 0},
    {TY_GET, "/export.csv", "export", ty_answer_export_table, TY_LANE_FILES, TY_ROLE_READ, false, 0},
    {TY_GET, "/export.jsonl", "export", ty_answer_export_table, TY_LANE_FILES, TY_ROLE_READ, false, 0},
    {TY_GET, "/export.zip", "export", ty_answer_export_zip, TY_LANE_FILES, TY_ROLE_READ, false, 0},
    {TY_GET, "/omegat.zip", "export", ty_answer_omegat_zip, TY_LANE_FILES, TY_ROLE_READ, false, 0},
    {TY_GET, "/omegat.sh", "script", ty_answer_script, TY_LANE_NONE, TY_ROLE_NONE, false, 0},
    {TY_GET, "/omegat.ps1", "script", ty_answer_script, TY_LANE_NONE, TY_ROLE_NONE, false, 0},
    {TY_GET, "/terms.tbx", "export", ty_answer_terms_tbx, TY_LANE_FILES, TY_ROLE_READ, false, 0},
    {TY_GET, "/terms.utx", "export", ty_answer_terms_utx, TY_LANE_FILES, TY_ROLE_READ, false, 0},
    {TY_GET, "/glossary.txt", "export", ty_answer_glossary, TY_LANE_FILES, TY_ROLE_READ, false, 0},
    {0},
};

/* "*" takes what is left as it came and decodes it as one text, slashes and all. */
static bool take_rest(ty_http *http, size_t at, ty_slice *out)
{
    const ty_target *target = &http->target;
    ty_slice first = target->encoded.items[at], last = target->encoded.items[target->encoded.count - 1];
    ty_slice rest = {first.data, (size_t)(last.data - first.data) + last.size};
    return rest.size && ty_percent_decode(rest, false, &http->arena, out) == TY_OK;
}

static ty_slice without_twin(ty_slice segment, bool twin, bool *json)
{
    *json = twin && ty_slice_ends(segment, TY_SLICE(".json"));
    return *json ? ty_slice_sub(segment, 0, segment.size - 5) : segment;
}

/* Does the path fit? Fills the arguments on the way. */
static bool fits(ty_http *http, const ty_route *route, bool *json)
{
    const ty_slices *path = &http->target.path;
    ty_slice rest = ty_slice_of(route->path + 1), wanted;
    size_t at = 0, arguments = 0;
    *json = false;
    while (ty_slice_next(&rest, '/', &wanted)) {
        if (at >= path->count)
            return false;
        if (ty_slice_equal(wanted, TY_SLICE("*")))
            return take_rest(http, at, &http->arguments[arguments]);
        ty_slice given = path->items[at];
        if (++at == path->count)
            given = without_twin(given, route->twin, json);
        if (ty_slice_equal(wanted, TY_SLICE(":")))
            http->arguments[arguments++] = given;
        else if (!ty_slice_equal(given, wanted))
            return false;
    }
    return at == path->count;
}

static bool same_method(ty_method asked, ty_method route)
{
    return asked == route || (asked == TY_HEAD && route == TY_GET);
}

const ty_route *ty_route_find(ty_http *http, bool *other)
{
    bool json = false;
    *other = false;
    for (const ty_route *route = ty_routes; route->path; route++) {
        if (!fits(http, route, &json))
            continue;
        if (same_method(http->method, route->method)) {
            const char *accept = ty_http_header(http, "Accept");
            http->json = json || (route->twin && accept && strcmp(accept, "application/json") == 0);
            return route;
        }
        *other = true;
    }
    return NULL;
}
