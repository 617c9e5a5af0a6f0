/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What libxml2 could not allocate. Where it has no parser at hand (xmlStrndup) it tells only the thread, and
 * goes on without what it wanted: a name, an element, the text in it. Other faults come by the parser.
 */
#include <libxml/parser.h>

#include "formats/internal.h"

static void on_thread_error(void *context, xmlErrorPtr fault)
{
    struct xml_memory *memory = context;
    if (fault->code == XML_ERR_NO_MEMORY) {
        memory->failed = true;
        if (fault->domain == XML_FROM_PARSER && fault->ctxt)
            xmlStopParser(
                fault->ctxt); /* of HTML, which tries the same place for ever; XML tells its parser */
    } else if (memory->before)
        ((xmlStructuredErrorFunc)memory->before)(memory->context, fault);
}

void ty_xml_memory_watch(struct xml_memory *memory)
{
    *memory = (struct xml_memory){.before = (void (*)(void))xmlStructuredError,
                                  .context = xmlStructuredErrorContext};
    xmlSetStructuredErrorFunc(memory, on_thread_error);
}

bool ty_xml_memory_sufficed(struct xml_memory *memory)
{
    xmlSetStructuredErrorFunc(memory->context, (xmlStructuredErrorFunc)memory->before);
    return !memory->failed;
}
