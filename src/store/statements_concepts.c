/* SPDX-License-Identifier: Apache-2.0 */
/* SQL of concepts with their terms and places, and what was said of candidates and findings. */
#include "store/statements_words.h"

const char *const ty_sql_of_concepts[SQL_COUNT] = {
    [SQL_CONCEPTS_NAMED] = "SELECT id FROM concept WHERE name = ?1 AND gone IS NULL ORDER BY id",
    [SQL_CONCEPTS_GONE] = "SELECT c.id FROM concept_origin l JOIN concept c ON c.id = l.concept"
                          " WHERE l.origin = ?1 AND c.gone IS NOT NULL ORDER BY c.id",
    [SQL_CONCEPT_ADD] = "INSERT INTO concept (id, " CONCEPT_COLUMNS ")"
                        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    [SQL_CONCEPT_GET] = "SELECT " CONCEPT_COLUMNS ", gone, brought FROM concept WHERE id = ?1",
    [SQL_CONCEPT_SET] = "UPDATE concept SET name = ?2, subject = ?3, definition = ?4, note = ?5, source = ?6,"
                        " infos = ?7, digest = ?8, gone = NULL, brought = NULL WHERE id = ?1",
    [SQL_CONCEPT_REMOVE] = "DELETE FROM concept WHERE id = ?1",
    [SQL_CONCEPT_BY_DIGEST] = "SELECT id FROM concept c WHERE digest = ?1 AND id < ?2"
                              " ORDER BY NOT EXISTS (SELECT 1 FROM concept_origin l"
                              " WHERE l.concept = c.id AND l.origin = ?3), id",
    [SQL_CONCEPT_BY_NAME] = "SELECT c.id FROM concept c JOIN concept_origin l ON l.concept = c.id"
                            " WHERE c.name = ?2 AND l.origin = ?1 AND c.id < ?3 ORDER BY c.id",
    [SQL_CONCEPT_NAMED] = "SELECT id FROM concept WHERE name = ?1 ORDER BY gone IS NOT NULL, id LIMIT 1",
    [SQL_CONCEPT_NOTE] = "UPDATE concept SET gone = ?2, brought = ?3 WHERE id = ?1",
    [SQL_CONCEPT_OF_ORIGIN] = "SELECT concept FROM concept_origin WHERE origin = ?1 AND concept > ?2"
                              " AND concept < ?3 ORDER BY concept LIMIT 1",
    [SQL_TERM_ADD] = "INSERT INTO term (concept, " TERM_COLUMNS ")"
                     " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    [SQL_TERM_REMOVE] = "DELETE FROM term WHERE concept = ?1",
    [SQL_TERM_LIST] = "SELECT " TERM_COLUMNS " FROM term WHERE concept = ?1 ORDER BY position",
    [SQL_CONCEPT_LINK_ADD] = "INSERT INTO concept_origin (origin, position, concept) VALUES (?1, ?2, ?3)",
    [SQL_CONCEPT_LINK_FIND] = "SELECT position FROM concept_origin WHERE concept = ?2 AND origin = ?1",
    [SQL_CONCEPT_LINK_REMOVE] = "DELETE FROM concept_origin WHERE origin = ?1 AND position = ?2",
    [SQL_CONCEPT_LINK_FIRST] =
        "SELECT l.origin, o.name FROM concept_origin l JOIN origin o ON o.id = l.origin"
        " WHERE l.concept = ?1 ORDER BY l.origin, l.position LIMIT 1",
    [SQL_CONCEPT_LINKS] = "SELECT o.name FROM concept_origin l JOIN origin o ON o.id = l.origin"
                          " WHERE l.concept = ?1 AND l.origin < ?2",
    [SQL_CONCEPT_LINK_COUNT] = "SELECT count(*) FROM concept_origin WHERE concept = ?1",
    [SQL_CONCEPT_LINK_END] = "SELECT 1 + max(position) FROM concept_origin WHERE origin = ?1",
    [SQL_CONCEPT_LINK_SET_ASIDE] = "UPDATE concept_origin SET position = -1 - position WHERE origin = ?1",
    [SQL_CONCEPT_LINK_ASIDE] = "SELECT position, concept FROM concept_origin"
                               " WHERE origin = ?1 AND position < 0 ORDER BY position DESC LIMIT 1",
    [SQL_CONCEPT_LINK_CLEAR] = "DELETE FROM concept_origin WHERE origin = ?1 AND concept = ?2",
    [SQL_CONCEPT_LINK_FREE] = "WITH RECURSIVE place (at) AS (SELECT json_extract(?1, '$[1]') UNION ALL"
                              " SELECT at + 1 FROM place WHERE EXISTS (SELECT 1 FROM concept_origin WHERE"
                              " origin = json_extract(?1, '$[0]') AND position = at))"
                              " SELECT max(at) FROM place",
    [SQL_CONCEPT_LINK_LAST] = "SELECT position, concept FROM concept_origin WHERE origin = ?1"
                              " ORDER BY position DESC LIMIT 1",
    [SQL_CONCEPT_LINK_PLACE] = "SELECT origin, position FROM concept_origin WHERE concept = ?1"
                               " ORDER BY origin, position LIMIT 1",
    [SQL_REJECTED_ADD] =
        "INSERT INTO rejected_candidate (id, source_lang, source, target_lang, target, at, who)"
        " SELECT 1 + " LAST_GIVEN(
            "rejected_candidate",
            "id") ", ?1, ?2, ?3, ?4, ?5, ?6"
                  " WHERE NOT EXISTS (SELECT 1 FROM rejected_candidate WHERE source = ?2 AND target = ?4)",
    [SQL_REJECTED_FIND] = "SELECT id FROM rejected_candidate WHERE source = ?1 AND target = ?2 LIMIT 1",
    [SQL_ACCEPTED_ADD] =
        "INSERT INTO accepted_finding (number, id, fault, words, source, target, accepted_at, who)"
        " SELECT 1 + " LAST_GIVEN(
            "accepted_finding",
            "number") ", ?1, ?2, ?3, ?4, ?5, ?6, ?7 WHERE true ON CONFLICT (id) DO NOTHING",
    [SQL_ACCEPTED_LIST] =
        "SELECT id, fault, words, source, target, who, accepted_at FROM accepted_finding ORDER BY id",
    [SQL_ACCEPTED_FIND] = "SELECT 1 FROM accepted_finding WHERE id = ?1",
    [SQL_ACCEPTED_WORDS] = "SELECT words FROM accepted_finding WHERE id = ?1",
    [SQL_ACCEPTED_REMOVE] = "DELETE FROM accepted_finding WHERE ?1 IS NULL OR id = ?1",
    [SQL_ACCEPTED_COUNT] = "SELECT count(*) FROM accepted_finding WHERE ?1 IS NULL OR id = ?1",
};
