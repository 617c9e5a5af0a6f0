/* SPDX-License-Identifier: Apache-2.0 */
/* Runs a fuzz target over files, where there is no libFuzzer: a corpus is rerun as a plain test. */
#include <stdio.h>

#include "base/base.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int main(int count, char **paths)
{
    for (int i = 1; i < count; i++) {
        ty_buffer bytes = {0};
        if (ty_file_read(paths[i], 0, &bytes, NULL) != TY_OK) {
            fprintf(stderr, "cannot read %s\n", paths[i]);
            return 1;
        }
        LLVMFuzzerTestOneInput((const uint8_t *)ty_buffer_slice(&bytes).data, bytes.size);
        ty_buffer_release(&bytes);
    }
    return 0;
}
