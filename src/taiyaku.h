/*
 * taiyaku.h - the public interface of libtaiyaku.
 *
 * It has two parts: the words that everyone shares (slice, status, error, listener), and the
 * use cases (segment, align, a memory with import, export, match, search and terms).
 *
 * Rules that hold for every function, exceptions are named where they stand:
 *  - Text is UTF-8 in a ty_slice: pointer and length in bytes, no terminating NUL needed, NUL allowed.
 *    Offsets and sizes are bytes of UTF-8.
 *  - A pointer or slice handed to a callback, or found in a struct that the library filled, is borrowed:
 *    it lives as long as the object it came from, in a callback until the callback returns.
 *  - An object given through an `out` parameter is the caller's and goes back with its _free or _close.
 *  - Functions that can fail return a ty_status and take a ty_error as last parameter, which may be NULL.
 *    After a failure `out` parameters are NULL or empty and nothing has changed in the memory.
 *  - No global state. Different objects may be used by different threads; one object by one thread at a
 *    time, unless its comment says more.
 */
#ifndef TAIYAKU_H
#define TAIYAKU_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define TY_API __attribute__((visibility("default")))
#define TY_PRINTF(form, rest) __attribute__((format(printf, form, rest)))
#else
#define TY_API
#define TY_PRINTF(form, rest)
#endif

/* ------------------------------------------------------------------------------------------ words */

/* A piece of text somebody else owns. data may be NULL when size is 0. */
typedef struct ty_slice {
    const char *data;
    size_t size; /* bytes */
} ty_slice;

typedef enum ty_status {
    TY_OK = 0,
    TY_NO,           /* the answer is no: nothing found, no translation, findings of lint or check */
    TY_STOP,         /* a callback asked to end early */
    TY_ERR_USAGE,    /* the call, an option or a value in it makes no sense */
    TY_ERR_IO,       /* a file cannot be opened, read, written or renamed; the disk is full */
    TY_ERR_ENCODING, /* bytes that are no text in the encoding they claim or were told */
    TY_ERR_FORMAT,   /* the input is not what it should be: broken XML, no TMX, a binary */
    TY_ERR_LIMIT,    /* larger or deeper than any honest input */
    TY_ERR_STORE,    /* the memory file is not ours, newer than we know, damaged or read-only */
    TY_ERR_BUSY,     /* another process holds the memory file */
    TY_ERR_NOMEM
} ty_status;

/* What went wrong and where in the input. Initialise with {0}; the first failure is kept. */
typedef struct ty_error {
    ty_status status;
    char message[640]; /* one clear sentence, without file and line */
    char file[256];    /* the input's name, "" where there is none */
    size_t line;       /* 1-based line of the input, 0 where unknown */
    size_t unit;       /* 1-based number of the unit in the input, 0 where unknown */
} ty_error;

/* Something worth telling that did not stop the work: a warning, or a unit that was rejected. */
typedef struct ty_notice {
    const char *file;    /* "" where there is none */
    size_t line;         /* 1-based, 0 where unknown */
    size_t unit;         /* 1-based number of the unit in the input, 0 where unknown */
    bool rejected;       /* the unit was left out; otherwise a warning */
    const char *rule;    /* short stable name of the rule, e.g. "tuv-lang-duplicate" */
    const char *message; /* one sentence */
} ty_notice;

/* How the library talks while it works. Any member may be NULL; a NULL listener is silent. */
typedef struct ty_listener {
    void *payload;
    void (*notice)(void *payload, const ty_notice *notice);
    /* done and total count units or bytes (total 0: unknown); return false to stop the work. */
    bool (*progress)(void *payload, const char *what, uint64_t done, uint64_t total);
} ty_listener;

/* The name of a status, for messages and tests: "ok", "no", "format", ... Never NULL. */
TY_API const char *ty_status_name(ty_status status);

/* The library's version, "MAJOR.MINOR.PATCH". */
TY_API const char *ty_version(void);

/* A sentence of a text. Sentences come in order; between them lies only white space. */
typedef struct ty_sentence {
    size_t start, end;  /* bytes into the text, end exclusive; never empty, no white space at either end */
    uint32_t paragraph; /* 0-based, never falling */
} ty_sentence;

/* A bead: sentences that stand for each other. One side may be empty (count 0, start = where it would stand).
 */
typedef struct ty_bead {
    uint32_t source_start, source_count; /* 0-based sentence number and how many */
    uint32_t target_start, target_count;
    float confidence; /* 0..1: the probability that exactly these sentences stand for each other */
} ty_bead;

typedef enum ty_term_status {
    TY_TERM_UNKNOWN = 0, /* the source says nothing */
    TY_TERM_APPROVED,
    TY_TERM_PROVISIONAL,
    TY_TERM_NON_STANDARD,
    TY_TERM_FORBIDDEN
} ty_term_status;

#ifdef __cplusplus
}
#endif

#endif
