/* SPDX-License-Identifier: Apache-2.0 */
/* header_properties - the names of what the header of a TMX of ours says of releases, for who writes and who
 * reads it. */
#ifndef TY_OPS_HEADER_PROPERTIES_H
#define TY_OPS_HEADER_PROPERTIES_H

#define TY_TOLD_RELEASE "x-taiyaku:release"
#define TY_TOLD_TEXTS "x-taiyaku:texts" /* digest of what was published: the same release has the same */
#define TY_TOLD_AGENCY "x-taiyaku:agency"
#define TY_TOLD_SENTENCE "x-taiyaku:sentence" /* "4: text" of the source, ":4 text" of the target; from 1 */
#define TY_TOLD_LABEL "x-taiyaku:label-at"    /* "4:5 0.998": where it stands, and how sure that is */
#define TY_TOLD_BEAD "x-taiyaku:bead"         /* told_beads.h */
#define TY_TOLD_STEP "x-taiyaku:step"         /* the same */
#define TY_TOLD_FORM "x-taiyaku:form"         /* told_forms.h */
#define TY_TOLD_ACCEPTED                                                                                     \
    "x-taiyaku:accepted" /* id, fault, words, source, target, who, with tabs between them */

#endif
