/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz_srx - bytes as an SRX file, whose rules then cut a text (libFuzzer, or main.c). */
#include <stdlib.h>

#include "formats/formats.h"
#include "segment/segment.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char text[] =
    "The ship left, e.g. at 3.15 p.m. It came back (so Mr. Abe said). 船は出た。戻った。";

static void cut(const ty_srx *srx)
{
    ty_segment_options options = {.lang = TY_SLICE("en"), .srx = srx};
    ty_sentences sentences = {0};
    ty_error error = {0};
    size_t end = 0;
    if (ty_segment((ty_slice){text, sizeof text - 1}, &options, &sentences, &error) != TY_OK &&
        !error.message[0])
        abort();
    for (size_t i = 0; i < sentences.count; i++) {
        if (sentences.items[i].start < end || sentences.items[i].end > sizeof text - 1)
            abort();
        end = sentences.items[i].end;
    }
    ty_vector_release(&sentences);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ty_source source = {.path = "fuzz.srx", .bytes = {(const char *)data, size}};
    ty_srx *srx = NULL;
    ty_error error = {0};
    if (ty_srx_read(&source, NULL, &srx, &error) == TY_OK)
        cut(srx);
    else if (!error.message[0])
        abort();
    ty_srx_free(srx);
    return 0;
}
