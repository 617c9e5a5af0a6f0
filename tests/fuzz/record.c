/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fuzz_record - bytes as a record of a batch engine, to be aligned and to be cut (libFuzzer, or main.c):
 * whatever came in, the answer is one line, an object that says its status. Records that name a file are
 * left out.
 */
#include <stdlib.h>

#include "worker/internal.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool names_file(ty_slice line)
{
    for (size_t i = 0; i < line.size; i++)
        if (ty_slice_starts(ty_slice_sub(line, i, line.size), TY_SLICE("_path")))
            return true;
    return false;
}

static void check_answer(const ty_buffer *answer)
{
    ty_slice text = ty_buffer_slice(answer);
    if (!text.size || memchr(text.data, '\n', text.size) != text.data + text.size - 1)
        abort();
    json_t *root = json_loadb(text.data, text.size, 0, NULL);
    if (!json_is_string(json_object_get(root, "status")) || !json_object_get(root, "id"))
        abort();
    json_decref(root);
}

static void answer_as(ty_worker_task task, ty_slice line)
{
    ty_worker_settings settings = {.task = task, .no_dictionary = true};
    ty_buffer answer = {0};
    if (ty_answer_record(&settings, NULL, line, &answer) != TY_ERR_NOMEM)
        check_answer(&answer);
    ty_buffer_release(&answer);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ty_slice line = {(const char *)data, size};
    ty_buffer refusal = {0};
    if (names_file(line))
        return 0;
    answer_as(TY_WORKER_ALIGN, line);
    answer_as(TY_WORKER_SEGMENT, line);
    ty_answer_failure(&refusal, line, TY_ANSWER_CRASH, "it died");
    check_answer(&refusal);
    ty_buffer_release(&refusal);
    return 0;
}
