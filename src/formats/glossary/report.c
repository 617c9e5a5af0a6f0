/* SPDX-License-Identifier: Apache-2.0 */
/* What the readers of glossaries tell of their input. */
#include <stdio.h>

#include "formats/glossary/glossary.h"

void ty_glossary_warn(struct glossary_reader *reader, size_t line, const char *rule, const char *format, ...)
{
    char message[400];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, ty_words(format), arguments);
    va_end(arguments);
    reader->counts->warnings++;
    ty_warn(reader->listener, reader->path, line, 0, rule, "%s", message);
}

void ty_glossary_reject(struct glossary_reader *reader, size_t line, const char *rule, const char *message)
{
    reader->counts->rejected++;
    ty_notify(reader->listener, &(ty_notice){.file = reader->path,
                                             .line = line,
                                             .rejected = true,
                                             .rule = rule,
                                             .message = ty_words(message)});
}
