/* SPDX-License-Identifier: Apache-2.0 */
#include "support.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[64];

static const char *source_root(void)
{
    const char *root = getenv("TY_SOURCE_ROOT");
    return root ? root : ".";
}

int ty_test_run(Suite *suite)
{
    snprintf(folder, sizeof folder, "/tmp/taiyaku-test-XXXXXX");
    if (!mkdtemp(folder))
        return EXIT_FAILURE;
    SRunner *runner = srunner_create(suite);
    srunner_set_tap(runner, "-");
    srunner_run_all(runner, CK_SILENT);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    if (system(command) != 0)
        fprintf(stderr, "could not remove %s\n", folder);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

ty_slice ty_test_read(const char *path, ty_buffer *buffer)
{
    char full[1024];
    snprintf(full, sizeof full, "%s/tests/%s", source_root(), path);
    ty_error error = {0};
    ty_buffer_clear(buffer);
    ck_assert_msg(ty_file_read(full, 0, buffer, &error) == TY_OK, "%s: %s", full, error.message);
    return ty_buffer_slice(buffer);
}

const char *ty_test_shared(const char *path)
{
    static char full[1024];
    snprintf(full, sizeof full, "%s/../shared/%s", source_root(), path);
    if (access(full, R_OK) == 0)
        return full;
    fprintf(stderr, "skipped: ../shared/%s is not here\n", path);
    return NULL;
}

const char *ty_test_temporary(const char *name)
{
    static char slots[8][256];
    static unsigned next;
    char *slot = slots[next++ % 8];
    snprintf(slot, sizeof slots[0], "%s/%s", folder, name);
    return slot;
}
