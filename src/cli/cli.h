/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cli - the program: a table of commands, one file a command, printers for text and JSON.
 *
 * Knows taiyaku.h, base and present, nothing else of the house: what a command can do, a program of yours can
 * do.
 */
#ifndef TY_CLI_H
#define TY_CLI_H

#include <stdio.h>

#include "base/base.h"
#include "config.h"
#include "present/present.h"

/* ------------------------------------------------------------------------------------------ options */

typedef enum ty_option_kind {
    TY_OPTION_FLAG,
    TY_OPTION_TEXT,
    TY_OPTION_INTEGER,
    TY_OPTION_REAL
} ty_option_kind;

typedef struct ty_command ty_command;

/* One option; tables of them end with a zeroed one and drive parsing and help alike. */
typedef struct ty_option {
    const char *name;    /* long name, without dashes */
    char letter;         /* short name, or 0 */
    const char *metavar; /* NULL for a flag */
    const char *help;
    ty_option_kind kind;
    size_t offset; /* of the bool, const char *, long or double it sets */
} ty_option;

#define TY_FLAG(type, member, name, letter, help)                                                            \
    {                                                                                                        \
        name, letter, NULL, help, TY_OPTION_FLAG, offsetof(type, member)                                     \
    }
#define TY_TEXT(type, member, name, letter, metavar, help)                                                   \
    {                                                                                                        \
        name, letter, metavar, help, TY_OPTION_TEXT, offsetof(type, member)                                  \
    }
#define TY_INTEGER(type, member, name, letter, metavar, help)                                                \
    {                                                                                                        \
        name, letter, metavar, help, TY_OPTION_INTEGER, offsetof(type, member)                               \
    }
#define TY_REAL(type, member, name, letter, metavar, help)                                                   \
    {                                                                                                        \
        name, letter, metavar, help, TY_OPTION_REAL, offsetof(type, member)                                  \
    }

/* What all commands share. */
typedef struct ty_common {
    const char *memory, *source, *target, *lang, *output, *encoding, *color;
    bool json, progress, verbose, quiet, help, version;
} ty_common;

extern const ty_option ty_common_options[];

/* Whether a flag of the table was given; false where the table has none of that name. */
bool ty_options_flag(const ty_option *options, const void *settings, const char *name);

/*
 * Reads options from arguments[0..count) into `common` and `settings` (by two tables, the second may be
 * NULL) until the end, or, when `first_only`, until the first word that is no option. Other words are moved
 * to the front, *count is how many are left. "--" ends the options; "-" is a word.
 */
ty_status ty_options_parse(char **arguments, int *count, ty_common *common, const ty_option *table,
                           void *settings, bool first_only, ty_error *error);
/* Prints a table as part of a help text: of the shared options those that the command heeds (NULL: all). */
void ty_options_help(const ty_option *table, const ty_command *command, FILE *stream);

/* ------------------------------------------------------------------------------------------ commands */

typedef enum ty_command_mode {
    TY_COMMAND_PLAIN = 0,      /* needs no memory */
    TY_COMMAND_READS = 1,      /* opens the memory to read */
    TY_COMMAND_WRITES = 2,     /* opens the memory to write; it must be there */
    TY_COMMAND_CREATES = 3,    /* opens the memory to write, making it where there is none */
    TY_COMMAND_OWN_OUTPUT = 4, /* flag: takes -o itself; run->output is NULL */
    TY_COMMAND_LANGS = 8,      /* flag: wants two languages, those of the configuration where none is told */
    TY_COMMAND_HELPED = 16     /* flag: needs no memory, but one helps */
} ty_command_mode;

/* One run of the program. */
typedef struct ty_run {
    ty_common common; /* as it holds */
    ty_common told;   /* as the command line says */
    ty_config config;
    const ty_command *command;
    ty_memory *memory; /* open as the command's mode says, else NULL */
    ty_output *output; /* where results go */
    ty_buffer scratch; /* what is being said */
    ty_present show;   /* how: into scratch */
    ty_listener listener;
    uint64_t notices; /* told so far */
    bool in_table;    /* a header was said */
    ty_buffer table;  /* at a terminal: its rows, until all are there */
    bool color;       /* highlight on this output */
    bool progress_shown;
    double progress_from, progress_at; /* seconds, monotonic */
    uint64_t progress_done;
} ty_run;

struct ty_command {
    const char *name; /* "import", "term lookup" */
    const char *arguments;
    const char *summary;
    const char *examples;     /* lines of a help text */
    int mode;                 /* ty_command_mode */
    const char *shared;       /* which of the shared options s, t, l and e (encoding) it heeds; NULL: none */
    const char *nothing;      /* said where the answer is no and nothing else is; NULL: the output says it */
    const ty_option *options; /* NULL: only the common ones */
    size_t settings_size;
    const void *usual; /* settings before options are read; NULL: all zero */
    /* Words are what is left of the command line. TY_OK, TY_NO or a failure becomes the exit status. */
    ty_status (*run)(ty_run *run, void *settings, char **words, int count, ty_error *error);
};

extern const ty_command ty_command_worker, ty_command_list, ty_command_show;
extern const ty_command ty_command_align, ty_command_backup, ty_command_restore, ty_command_confirm,
    ty_command_analyse, ty_command_check, ty_command_edit, ty_command_export, ty_command_import,
    ty_command_lint, ty_command_match, ty_command_merge, ty_command_pretranslate, ty_command_refresh,
    ty_command_remove, ty_command_search, ty_command_segment, ty_command_text, ty_command_serve,
    ty_command_split, ty_command_stats, ty_command_term_add, ty_command_term_edit, ty_command_term_merge,
    ty_command_term_remove, ty_command_term_status, ty_command_term_check, ty_command_term_export,
    ty_command_term_extract, ty_command_term_history, ty_command_term_import, ty_command_term_list,
    ty_command_term_lookup, ty_command_term_scan, ty_command_undo, ty_command_redo, ty_command_log,
    ty_command_verify, ty_command_review, ty_command_config, ty_command_migrate, ty_command_watch;

/* TY_ERR_USAGE where the output is a file that the command line names to be read, or a database. */
ty_status ty_outputs_check(const ty_run *run, const ty_command *command, const void *settings, char **words,
                           int count, ty_error *error);

/* The files of a list: told first what all its lines read, then line by line what each would write. */
typedef struct ty_outputs {
    ty_strings read, written; /* keys of files */
    ty_buffer key;
} ty_outputs;
ty_status ty_outputs_read(ty_outputs *outputs, const char *path, ty_error *error);
/* TY_ERR_USAGE where it is one that is read, or written by another line, or a database. */
ty_status ty_outputs_write(ty_outputs *outputs, const char *path, ty_error *error);
void ty_outputs_release(ty_outputs *outputs);

/* The number of a unit. */
ty_status ty_unit_number(const char *word, int64_t *out, ty_error *error);
/* For a command that reads, where an option has it write: the memory is opened anew. */
ty_status ty_reopen_to_write(ty_run *run, ty_error *error);
/* Who is at work, as the system says; may be NULL. */
const char *ty_user(void);
/* The name of the configuration, unless the environment has one. */
void ty_set_user(const char *name);
/* What --paragraphs says (NULL: auto). */
ty_status ty_named_paragraphs(const char *name, ty_paragraph_mode *out, ty_error *error);
/* The place of what --OPTION says in the list of names, which ends with NULL; the first where it says
 * nothing. */
ty_status ty_choose(const char *option, const char *name, const char *const *names, int *out,
                    ty_error *error);
/* The dictionary that --dictionary names (the source's path): a table, or NULL for "auto", "none" and
 * nothing. */
const ty_source *ty_named_dictionary(const ty_source *table);
bool ty_no_dictionary(const char *name);
/* What options say of how two texts are read and aligned; and that as the library takes it, in one piece. */
typedef struct ty_align_words {
    const char *dictionary, *anchors, *srx, *paragraphs, *source_encoding, *target_encoding;
    bool segmented, force;
} ty_align_words;
typedef struct ty_align_how {
    ty_bitext_settings bitext; /* which points to what follows */
    ty_text_settings reading;
    ty_source table, anchors, srx;
} ty_align_how;
ty_status ty_align_as_told(const ty_run *run, const ty_align_words *said, ty_align_how *out, ty_error *error);
/* The memory that helps a command which needs none, opened to read, the caller's to close: NULL where there
 * is none that can be read. */
ty_status ty_helping_memory(const ty_run *run, ty_memory **out, ty_error *error);
/* A failure that says how the command is used. */
ty_status ty_usage(const ty_command *command, ty_error *error);
/* The words as one file's text or, for "-", standard input: what look-ups take as their query. */
ty_status ty_query(const char *word, ty_buffer *scratch, ty_slice *out, ty_error *error);

/* TY_ERR_USAGE where the value of option --NAME is no language tag, or no day of the calendar; NULL is good.
 */
ty_status ty_check_lang(const char *name, const char *tag, ty_error *error);
/* What --header says: yes, no; NULL: to be seen from the table. */
ty_status ty_cli_header_row(const char *value, ty_header_row *out, ty_error *error);
ty_status ty_check_date(const char *name, const char *date, ty_error *error);
/* A date, or one with a time as TMX and ISO 8601 write it. */
ty_status ty_check_moment(const char *name, const char *moment, ty_error *error);
/* TY_ERR_USAGE where a format that is no text would be written to a terminal. */
ty_status ty_check_binary(const ty_run *run, const char *format, ty_error *error);
/* TY_ERR_ENCODING where the text, a word of the command line, is not UTF-8. */
ty_status ty_check_text(ty_slice text, ty_error *error);

/* ------------------------------------------------------------------------------------------ printers */

/* What is said goes through here: present/ writes to what ty_say gives, ty_said puts it out. */
const ty_present *ty_say(ty_run *run);
void ty_said(ty_run *run);
/* Are results for eyes: a terminal's? Then rows of a table wait for ty_table_end. */
bool ty_table_is_seen(const ty_run *run);
void ty_table_end(ty_run *run);
/* For a row of a table: before the first of all, its header. */
const ty_present *ty_say_row(ty_run *run, void (*header)(const ty_present *p));
/* The same, of what was done rather than found: not with --quiet, but in JSON. */
void ty_said_done(ty_run *run);
/* "7 more; --max shows more" on stderr, where the list that was asked for is longer. */
void ty_say_more(ty_run *run, size_t more);
/* The same to standard error, unless --quiet: for what would disturb the results; with --json, to the
 * results. */
void ty_said_aside(ty_run *run);

/* What was imported. */
void ty_say_counts(ty_run *run, const char *file, const ty_counts *counts);
/* Plain text. */
void ty_print(ty_run *run, const char *format, ...) TY_PRINTF(2, 3);
void ty_print_slice(ty_run *run, ty_slice text);

#endif
