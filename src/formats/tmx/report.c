/* SPDX-License-Identifier: Apache-2.0 */
/* Findings of a TMX: from rules to notices or lint's findings, and not the same one a million times. */
#include <stdio.h>

#include "formats/tmx/tmx.h"

enum { TOLD_AT_MOST = 20 };

struct rule {
    const char *name;
    ty_severity severity;
    bool lost, repairable;
    const char *fix;
};

static const struct rule rules[RULE_COUNT] = {
#define TMX_RULE(id, name, severity, lost, repairable, fix)                                                  \
    [RULE_##id] = {name, TY_SEVERITY_##severity, lost, repairable, fix},
    TMX_RULES(TMX_RULE)
#undef TMX_RULE
};

bool ty_tmx_wants(const struct tmx_report *report, enum tmx_rule rule)
{
    return report->lint || rules[rule].severity != TY_SEVERITY_INFO;
}

static void count_finding(ty_lint_counts *counts, ty_severity severity)
{
    uint64_t *const fields[] = {[TY_SEVERITY_INFO] = &counts->infos,
                                [TY_SEVERITY_WARNING] = &counts->warnings,
                                [TY_SEVERITY_ERROR] = &counts->errors,
                                [TY_SEVERITY_FATAL] = &counts->fatals};
    ++*fields[severity];
}

static void find_fault(struct tmx_report *report, enum tmx_rule id, size_t line, size_t unit,
                       const char *cause)
{
    const struct rule *rule = &rules[id];
    count_finding(&report->lint_counts, rule->severity);
    ty_tmx_finding finding = {.severity = rule->severity,
                              .line = line,
                              .unit = unit,
                              .rule = rule->name,
                              .cause = cause,
                              .fix = ty_words(rule->fix),
                              .repairable = rule->repairable};
    if (report->finding)
        report->finding(report->payload, &finding);
}

static void notice(struct tmx_report *report, enum tmx_rule id, size_t line, size_t unit, const char *cause)
{
    if (!rules[id].lost && report->told[id] >= TOLD_AT_MOST) {
        report->told[id]++;
        return;
    }
    report->told[id]++;
    ty_warn(report->listener, report->file, line, unit, rules[id].name, "%s", cause);
}

void ty_tmx_say(struct tmx_report *report, enum tmx_rule rule, size_t line, size_t unit, const char *format,
                ...)
{
    if (!ty_tmx_wants(report, rule))
        return;
    char cause[400];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(cause, sizeof cause, ty_words(format), arguments);
    va_end(arguments);
    if (report->lint) {
        find_fault(report, rule, line, unit, cause);
        return;
    }
    report->counts->warnings++;
    notice(report, rule, line, unit, cause);
}

void ty_tmx_reject(struct tmx_report *report, enum tmx_rule rule, size_t line, size_t unit, const char *cause)
{
    report->counts->rejected++;
    if (report->lint) {
        find_fault(report, rule, line, unit, ty_words(cause));
        return;
    }
    ty_notify(report->listener, &(ty_notice){.file = report->file,
                                             .line = line,
                                             .unit = unit,
                                             .rejected = true,
                                             .rule = rules[rule].name,
                                             .message = ty_words(cause)});
}

void ty_tmx_report_finish(struct tmx_report *report)
{
    for (unsigned id = 0; id < RULE_COUNT && !report->lint; id++)
        if (!rules[id].lost && report->told[id] > TOLD_AT_MOST)
            ty_warn(report->listener, report->file, 0, 0, rules[id].name, "%u more like these",
                    (unsigned)(report->told[id] - TOLD_AT_MOST));
}
