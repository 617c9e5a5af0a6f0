/* SPDX-License-Identifier: Apache-2.0 */
/* statements_words - words that statements of several subjects have in common. */
#ifndef TY_STORE_STATEMENTS_WORDS_H
#define TY_STORE_STATEMENTS_WORDS_H

#include "store/internal.h"
#include "store/statements.h"

#define ZONE_UNITS TY_QUOTED(TY_ZONE_UNITS)
#define IN_ZONE(unit)                                                                                        \
    unit " BETWEEN z.block * " ZONE_UNITS " AND z.block * " ZONE_UNITS " + " ZONE_UNITS " - 1"

#define UNIT_COLUMNS                                                                                         \
    "tuid, srclang, creationdate, creationid, changedate, changeid, attributes, infos, digest, "             \
    "label, " TY_CONFLICT_OF("unit")
#define PENDING_UNIT_COLUMNS                                                                                 \
    "status, tuid, srclang, creationdate, creationid, changedate, changeid, attributes, infos"
#define OVER_UNIT                                                                                            \
    "DO UPDATE SET status = excluded.status, tuid = excluded.tuid, srclang = excluded.srclang,"              \
    " creationdate = excluded.creationdate, creationid = excluded.creationid,"                               \
    " changedate = excluded.changedate, changeid = excluded.changeid,"                                       \
    " attributes = excluded.attributes, infos = excluded.infos, digest = excluded.digest"
#define VARIANT_COLUMNS                                                                                      \
    "position, lang, text, content, creationdate, creationid, changedate, changeid, attributes, infos"
#define BEAD_COLUMNS                                                                                         \
    "source_document, source_first, source_count, target_document, target_first, target_count, "             \
    "confidence, aligned_at, tool"
/* All of a bead, in the order of its table. */
#define BEAD_ROW                                                                                             \
    "id, origin, source_document, source_first, source_count, target_document, target_first, target_count,"  \
    " unit, state, who, at, omit, flag, ask, locked, note, confidence, aligned_at, tool"
/* The highest number that a row has or a step tells of: no other row may pass for one that is gone. */
#define LAST_GIVEN(table, number)                                                                            \
    "(SELECT coalesce(max(n), 0) FROM (SELECT max(" number ") AS n FROM " table                              \
    " UNION ALL SELECT max(object) FROM change WHERE kind = '" table "') AS given)"
#define FIGURE(name)                                                                                         \
    "coalesce((SELECT f.count FROM derived_tally f WHERE f.origin = o.id AND f.name = '" name "'), 0)"
/* A person has dealt with it. */
#define OF_PERSON "(b.state <> 'auto' OR b.flag <> 0 OR b.ask <> 0 OR b.locked <> 0 OR b.note IS NOT NULL)"
/* Of the state of a bead that is new. */
#define NEW_BEAD "'auto', 0, 0, 0, 0"
#define NEW_BEAD_COLUMNS "state, omit, flag, ask, locked"
#define CONCEPT_COLUMNS "name, subject, definition, note, source, infos, digest"
#define TERM_COLUMNS "position, lang, text, status, part_of_speech, organisation, note, source, infos"
#define UNTOLD(name, value)                                                                                  \
    name " = CASE WHEN ',' || coalesce(told, '') || ',' LIKE '%," name ",%' THEN " name                      \
         " ELSE coalesce(" value ", " name ") END"
#define ORIGIN_COLUMNS "name, kind, title, date, url, digest, header_version, header_attributes, header_infos"

#define ORIGIN_ROWS                                                                                          \
    "SELECT id, " ORIGIN_COLUMNS ", imported_at, updated_at,"                                                \
    " coalesce((SELECT t.count FROM derived_tally t WHERE t.origin = o.id AND t.name = 'units'),"            \
    "  (SELECT count(*) FROM unit_origin l WHERE l.origin = o.id)),"                                         \
    " coalesce((SELECT t.count FROM derived_tally t WHERE t.origin = o.id AND t.name ="                      \
    "  'concepts'), (SELECT count(*) FROM concept_origin l WHERE l.origin = o.id)), brought, told"           \
    " FROM origin o"

/* Documents of releases, as they are now or were when they were removed; sentences are not counted one by
 * one.
 */
#define SURVEY_ROWS                                                                                          \
    "SELECT d.id, d.origin, d.lang, d.url, d.path,"                                                          \
    " (SELECT 1 + max(number) FROM sentence s WHERE s.document = d.id), d.older FROM document d"

#endif
