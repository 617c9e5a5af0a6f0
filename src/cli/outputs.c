/* SPDX-License-Identifier: Apache-2.0 */
/* What a command line reads must not be what it writes. */

#include "cli.h"

#include "base/sys.h"

/* Options whose value may be a file that is read. */
static bool names_input(const ty_option *option)
{
    static const char *const kinds[] = {"FILE", "LIST", "WHAT"};
    if (option->kind != TY_OPTION_TEXT || strcmp(option->name, "output") == 0)
        return false;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(option->metavar, kinds[i]) == 0)
            return true;
    return false;
}

static ty_status check_options(const char *output, const ty_option *table, const void *settings,
                               ty_error *error)
{
    ty_status status = TY_OK;
    for (; table && table->name && status == TY_OK; table++) {
        const char *input = NULL;
        if (names_input(table))
            memcpy(&input, (const char *)settings + table->offset, sizeof input);
        if (input)
            status = ty_output_check(output, &input, 1, error);
    }
    return status;
}

ty_status ty_outputs_check(const ty_run *run, const ty_command *command, const void *settings, char **words,
                           int count, ty_error *error)
{
    const char *output = run->common.output;
    ty_status status = ty_output_check(output, (const char *const *)words, (size_t)count, error);
    if (status == TY_OK)
        status = check_options(output, ty_common_options, &run->common, error);
    return status == TY_OK ? check_options(output, command->options, settings, error) : status;
}

ty_status ty_outputs_read(ty_outputs *outputs, const char *path, ty_error *error)
{
    bool good = strcmp(path, "-") == 0 ||
                (ty_file_key(path, &outputs->key) &&
                 ty_strings_add(&outputs->read, ty_buffer_slice(&outputs->key)) != TY_STRINGS_NONE);
    return good ? TY_OK : ty_error_nomem(error);
}

ty_status ty_outputs_write(ty_outputs *outputs, const char *path, ty_error *error)
{
    if (strcmp(path, "-") == 0)
        return TY_OK;
    if (!ty_file_key(path, &outputs->key))
        return ty_error_nomem(error);
    ty_slice key = ty_buffer_slice(&outputs->key);
    size_t before = outputs->written.list.count;
    if (ty_strings_find(&outputs->read, key) != TY_STRINGS_NONE)
        return ty_error_set(error, TY_ERR_USAGE, "%s is read by this list and cannot be written", path);
    if (ty_strings_add(&outputs->written, key) == TY_STRINGS_NONE)
        return ty_error_nomem(error);
    if (outputs->written.list.count == before)
        return ty_error_set(error, TY_ERR_USAGE, "%s is written by another line of this list", path);
    return ty_output_check(path, NULL, 0, error);
}

void ty_outputs_release(ty_outputs *outputs)
{
    ty_strings_release(&outputs->read);
    ty_strings_release(&outputs->written);
    ty_buffer_release(&outputs->key);
}

ty_status ty_check_binary(const ty_run *run, const char *format, ty_error *error)
{
    bool binary = format && strcmp(format, "xlsx") == 0;
    if (!binary || run->common.output || !ty_sys_is_terminal(TY_SYS_OUTPUT))
        return TY_OK;
    return ty_error_set(error, TY_ERR_USAGE, "%s is nothing for a terminal; give -o FILE", format);
}
