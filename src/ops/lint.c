/* A TMX against DTD and specification. */
#include "internal.h"

typedef struct relay {
    void (*each)(void *payload, const ty_lint_finding *finding);
    void *payload;
} relay;

static void pass_on(void *payload, const ty_finding *finding)
{
    static const char *const severities[] = {[TY_SEVERITY_INFO] = "info",
                                             [TY_SEVERITY_WARNING] = "warning",
                                             [TY_SEVERITY_ERROR] = "error",
                                             [TY_SEVERITY_FATAL] = "fatal"};
    const relay *r = payload;
    ty_lint_finding told = {.severity = severities[finding->severity],
                            .line = finding->line,
                            .unit = finding->unit,
                            .rule = finding->rule,
                            .cause = finding->cause,
                            .fix = finding->fix,
                            .repairable = finding->repairable};
    r->each(r->payload, &told);
}

ty_status ty_lint(const char *path, const char *encoding,
                  void (*each)(void *payload, const ty_lint_finding *finding), void *payload, ty_error *error)
{
    relay r = {each, payload};
    ty_source source = {.path = path};
    ty_lint_counts counts = {0};
    return ty_tmx_lint(&source, encoding, &r, pass_on, &counts, error);
}
