/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Mail and pages saved with all they need (EML, MHT): subject, date, and the one part that is to be read.
 * Sources: RFC 5322, RFC 2045 to 2047 and 2557 (MIME, encoded words, multipart/related).
 */
#include <stdio.h>
#include <stdlib.h>

#include "formats/documents/mime.h"
#include "formats/documents/reader.h"
#include "formats/documents/unwrap.h"

enum { DEEPEST = 16, MOST_PARTS = 1000 };

/* Parts that can be read, the first of each kind; empty where there is none. */
struct mail {
    struct mime_part html, plain;
    unsigned parts;
};

/* ------------------------------------------------------------------------------------------ parts */

static void take_leaf(struct mail *mail, const struct mime_part *part)
{
    if (part->attachment)
        return;
    if (ty_slice_equal_nocase(part->type, TY_SLICE("text/html")) && !mail->html.body.data)
        mail->html = *part;
    if ((!part->type.size || ty_slice_equal_nocase(part->type, TY_SLICE("text/plain"))) &&
        !mail->plain.body.data)
        mail->plain = *part;
}

static void take_part(struct mail *mail, ty_slice bytes, unsigned depth);

/* What lies between lines of the boundary. */
static void take_parts(struct mail *mail, const struct mime_part *whole, unsigned depth)
{
    ty_slice rest = whole->body, part;
    if (!ty_mime_next_part(&rest, whole->boundary, &part))
        return; /* what stands before the first boundary is for old readers */
    while (ty_mime_next_part(&rest, whole->boundary, &part))
        take_part(mail, part, depth + 1);
}

/* A mail within the mail is read where the outer one says nothing itself: a release that was forwarded. */
static bool is_forwarded(const struct mail *mail, const struct mime_part *part)
{
    return ty_slice_equal_nocase(part->type, TY_SLICE("message/rfc822")) && !mail->html.body.data &&
           !mail->plain.body.data;
}

static void take_part(struct mail *mail, ty_slice bytes, unsigned depth)
{
    struct mime_part part = ty_mime_read_part(bytes);
    if (depth > DEEPEST || mail->parts++ > MOST_PARTS)
        return;
    if (part.boundary.size)
        take_parts(mail, &part, depth);
    else if (is_forwarded(mail, &part))
        take_part(mail, ty_slice_trim(part.body), depth + 1);
    else
        take_leaf(mail, &part);
}

/* ------------------------------------------------------------------------------------------ header */

/* "Tue, 28 Jul 2026 10:00:00 +0900": the day as the sender has it. */
static void take_date(ty_document *out, ty_slice value)
{
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    char text[64], name[4] = "", date[11];
    int day = 0, year = 0;
    size_t comma = ty_slice_find(value, TY_SLICE(","), 0);
    value = ty_slice_trim(ty_slice_sub(value, comma == SIZE_MAX ? 0 : comma + 1, value.size));
    snprintf(text, sizeof text, "%.*s", TY_SLICE_FORMAT(ty_slice_sub(value, 0, sizeof text - 1)));
    const char *at = sscanf(text, "%2d %3s %4d", &day, name, &year) == 3 ? strstr(months, name) : NULL;
    if (!at || (at - months) % 3 || day < 1 || day > 31 || year < 1970 || year > 9999)
        return;
    snprintf(date, sizeof date, "%04u-%02u-%02u", (unsigned)year % 10000u,
             (unsigned)(at - months) / 3 % 12u + 1, (unsigned)day % 100u);
    out->date = ty_document_keep(out, ty_slice_of(date));
}

static ty_slice take_subject(ty_document *out, ty_slice header)
{
    ty_buffer subject = {0};
    ty_mime_decode_words(ty_mime_field(header, "Subject"), &subject);
    ty_slice kept = ty_document_keep(out, ty_buffer_slice(&subject));
    ty_buffer_release(&subject);
    return kept;
}

/* A browser that saves a page has no one to send it to, and puts the page's title where the subject is. */
static bool is_saved_page(ty_slice header, const struct mail *mail)
{
    return mail->html.body.data && !ty_mime_field(header, "To").size &&
           !ty_mime_field(header, "Received").size &&
           ty_mime_field(header, "Snapshot-Content-Location").size +
                   ty_mime_field(header, "Content-Location").size +
                   ty_slice_starts(ty_mime_field(header, "From"), TY_SLICE("<Saved by")) >
               0;
}

/* Where the page was: on the whole (Chromium), or on its part (Internet Explorer, Word). */
static ty_slice page_address(ty_slice header, const struct mail *mail)
{
    ty_slice whole = ty_mime_field(header, "Snapshot-Content-Location");
    ty_slice part = whole.size ? whole : mail->html.location;
    return ty_slice_starts(part, TY_SLICE("http")) ? part : (ty_slice){"", 0};
}

/* ------------------------------------------------------------------------------------------ text */

/* "-- " begins a signature (RFC 3676, 4.3). */
static ty_slice without_signature(ty_slice text)
{
    size_t at = ty_slice_find(text, TY_SLICE("\n-- \n"), 0);
    size_t other = ty_slice_find(text, TY_SLICE("\n-- \r\n"), 0);
    return ty_slice_sub(text, 0, at < other ? at : other);
}

static ty_status read_plain(struct reading *reading, const char *charset, ty_slice bytes, ty_error *error)
{
    ty_buffer text = {0}, unwrapped = {0};
    ty_status status = ty_document_decode(reading, bytes, charset, &text, error);
    ty_slice body = without_signature(ty_buffer_slice(&text));
    if (status == TY_OK && !reading->options->keep_lines)
        status = ty_document_unwrap(body, &unwrapped, error);
    if (status == TY_OK || status == TY_NO) {
        ty_document_add_paragraph(reading->out, status == TY_OK ? ty_buffer_slice(&unwrapped) : body);
        reading->out->blank_lines = status == TY_OK;
        status = TY_OK;
    }
    ty_buffer_release(&text);
    ty_buffer_release(&unwrapped);
    return status;
}

static ty_status read_body(struct reading *reading, const struct mail *mail, ty_error *error)
{
    const struct mime_part *part = mail->html.body.data ? &mail->html : &mail->plain;
    char charset[40];
    ty_buffer bytes = {0};
    ty_mime_decode_body(part, &bytes);
    snprintf(charset, sizeof charset, "%.*s",
             TY_SLICE_FORMAT(ty_slice_sub(part->charset, 0, sizeof charset - 1)));
    ty_status status = bytes.failed ? ty_error_nomem(error) : TY_OK;
    if (status == TY_OK && part == &mail->html)
        status = ty_document_read_page(reading, ty_buffer_slice(&bytes), charset, error);
    else if (status == TY_OK)
        status = read_plain(reading, charset, ty_buffer_slice(&bytes), error);
    ty_buffer_release(&bytes);
    return status;
}

static ty_status read_document(struct reading *reading, ty_slice bytes, ty_error *error)
{
    ty_document *out = reading->out;
    struct mail mail = {0};
    ty_slice header = ty_mime_header(bytes);
    take_part(&mail, bytes, 0);
    if (!mail.html.body.data && !mail.plain.body.data)
        return ty_error_set(error, TY_ERR_FORMAT, "the mail holds no text");
    ty_slice subject = take_subject(out, header);
    bool page = is_saved_page(header, &mail);
    if (!page) {
        take_date(out, ty_mime_field(header, "Date"));
        out->title = subject;
        ty_document_add_paragraph(out, subject);
    }
    ty_status status = read_body(reading, &mail, error);
    if (status == TY_OK && page && !out->url.size)
        out->url = ty_document_keep(out, page_address(header, &mail));
    return status;
}

/* ------------------------------------------------------------------------------------------ the format */

/* The name of a field, with its colon, that a mail has and no letter on paper. */
static bool is_mail_field(ty_slice line)
{
    static const char *const names[] = {"MIME-Version:",
                                        "Message-ID:",
                                        "Received:",
                                        "Return-Path:",
                                        "Content-Type:",
                                        "Delivered-To:",
                                        "Content-Transfer-Encoding:",
                                        "DKIM-Signature:",
                                        "Snapshot-Content-Location:"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (ty_slice_equal_nocase(ty_slice_sub(line, 0, strlen(names[i])), ty_slice_of(names[i])))
            return true;
    return false;
}

static bool is_field(ty_slice line)
{
    size_t colon = ty_slice_find(line, TY_SLICE(":"), 0);
    for (size_t i = 0; i < colon && i < line.size; i++)
        if (line.data[i] <= ' ' || line.data[i] == '?')
            return false;
    return colon != SIZE_MAX && colon > 0;
}

/* A header up to a blank line, all of it fields, one at least of those that only mail has. */
static bool is_mail(ty_slice text)
{
    ty_slice line;
    unsigned fields = 0, of_mail = 0;
    while (ty_slice_next(&text, '\n', &line) && ty_slice_trim(line).size) {
        if (line.data[0] == ' ' || line.data[0] == '\t')
            continue;
        if (!is_field(line))
            return false;
        fields++;
        of_mail += is_mail_field(line);
    }
    return fields >= 2 && of_mail;
}

static int bid(const struct head *head)
{
    return is_mail(head->text) ? BID_WORDS + 8 : BID_NONE;
}

const struct format ty_mail_format = {.name = "mail",
                                      .label = N_("a mail"),
                                      .endings = ".eml .mht .mhtml",
                                      .gives = TY_GIVES_DOCUMENT,
                                      .bid = bid,
                                      .read = read_document};
