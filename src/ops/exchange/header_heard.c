/* SPDX-License-Identifier: Apache-2.0 */
/* What the header of a TMX of ours says, taken out of it (header_releases.h). */
#include "ops/exchange/header_properties.h"
#include "ops/exchange/header_releases.h"

/* A number from 1 at the beginning of the text; 0 where there is none. */
static uint32_t cut_number(ty_slice *text)
{
    uint64_t value = 0;
    size_t i = 0;
    for (; i < text->size && text->data[i] >= '0' && text->data[i] <= '9' && value < 100000000; i++)
        value = value * 10 + (unsigned)(text->data[i] - '0');
    *text = ty_slice_sub(*text, i, text->size);
    return (uint32_t)value;
}

static bool cut_char(ty_slice *text, char wanted)
{
    bool there = text->size && text->data[0] == wanted;
    *text = ty_slice_sub(*text, there, text->size);
    return there;
}

static bool hear_sentence(ty_told_release *release, ty_slice text)
{
    ty_told_sentence sentence = {.side = cut_char(&text, ':')};
    uint32_t number = cut_number(&text);
    bool good = number && (sentence.side || cut_char(&text, ':')) && cut_char(&text, ' ') && text.size;
    sentence.place = number - 1;
    sentence.text = text;
    return !good || ty_vector_push(&release->sentences, sentence);
}

static bool hear_label(ty_told_release *release, ty_slice text)
{
    char number[24] = "";
    double confidence = 0;
    uint32_t source = cut_number(&text);
    bool good = source && cut_char(&text, ':');
    uint32_t target = cut_number(&text);
    good = good && target && cut_char(&text, ' ') && text.size < sizeof number;
    memcpy(number, text.data, good ? text.size : 0);
    if (!good || !ty_decimal_parse(number, &confidence) || !(confidence >= 0 && confidence <= 1))
        return true;
    ty_told_label label = {{source - 1, target - 1}, (float)confidence};
    return ty_vector_push(&release->labels, label);
}

static bool hear_accepted(ty_told_releases *out, ty_slice text)
{
    ty_accepted one = {0};
    ty_slice *const fields[] = {&one.id, &one.fault, &one.words, &one.source, &one.target, &one.who};
    size_t count = 0;
    while (count < sizeof fields / sizeof *fields && ty_slice_next(&text, '\t', fields[count]))
        count++;
    return !one.id.size || count < 5 || ty_vector_push(&out->accepted, one);
}

static bool hear_bead(ty_told_release *release, ty_slice text)
{
    ty_stored_bead bead;
    return !ty_told_bead_read(text, &bead) || ty_vector_push(&release->beads, bead);
}

static bool hear_form(ty_told_releases *out, ty_slice text)
{
    ty_told_form form;
    return !ty_told_form_read(text, &form) || ty_vector_push(&out->forms, form);
}

static bool hear_step(ty_told_releases *out, ty_slice text)
{
    ty_step step;
    return out->steps.count == TY_TOLD_STEPS || !ty_told_step_read(text, &step) ||
           ty_vector_push(&out->steps, step);
}

static bool hear_in_release(ty_told_releases *out, ty_slice type, ty_slice text)
{
    if (!out->releases.count)
        return true;
    ty_told_release *release = &out->releases.items[out->releases.count - 1];
    if (ty_slice_equal(type, TY_SLICE(TY_TOLD_AGENCY)))
        release->agency = text;
    else if (ty_slice_equal(type, TY_SLICE(TY_TOLD_TEXTS)))
        release->texts = text;
    else if (ty_slice_equal(type, TY_SLICE(TY_TOLD_SENTENCE)))
        return hear_sentence(release, text);
    else if (ty_slice_equal(type, TY_SLICE(TY_TOLD_BEAD)))
        return hear_bead(release, text);
    else
        return hear_label(release, text);
    return true;
}

/* *ours: it is one of these properties, understood or not. */
static bool hear_info(ty_told_releases *out, const ty_info *info, bool *ours)
{
    static const char *const of_release[] = {TY_TOLD_AGENCY, TY_TOLD_TEXTS, TY_TOLD_SENTENCE, TY_TOLD_LABEL,
                                             TY_TOLD_BEAD};
    ty_slice type = ty_attribute_find(info->attributes, "type");
    *ours = info->kind == TY_INFO_PROP;
    if (*ours && ty_slice_equal(type, TY_SLICE(TY_TOLD_RELEASE)))
        return ty_vector_push(&out->releases, ((ty_told_release){.name = info->text}));
    if (*ours && ty_slice_equal(type, TY_SLICE(TY_TOLD_ACCEPTED)))
        return hear_accepted(out, info->text);
    if (*ours && ty_slice_equal(type, TY_SLICE(TY_TOLD_FORM)))
        return hear_form(out, info->text);
    if (*ours && ty_slice_equal(type, TY_SLICE(TY_TOLD_STEP)))
        return hear_step(out, info->text);
    for (size_t i = 0; *ours && i < sizeof of_release / sizeof *of_release; i++)
        if (ty_slice_equal(type, ty_slice_of(of_release[i])))
            return hear_in_release(out, type, info->text);
    *ours = false;
    return true;
}

ty_status ty_header_hear(ty_header *header, ty_told_releases *out, ty_error *error)
{
    size_t kept = 0;
    bool ours;
    for (size_t i = 0; i < header->infos.count; i++) {
        ty_info info = header->infos.items[i];
        if (!hear_info(out, &info, &ours))
            return ty_error_nomem(error);
        if (!ours)
            header->infos.items[kept++] = info;
    }
    header->infos.count = kept;
    ty_told_forms_sort(&out->forms);
    return TY_OK;
}

const ty_told_release *ty_told_release_named(const ty_told_releases *told, ty_slice name)
{
    for (size_t i = 0; i < told->releases.count; i++)
        if (ty_slice_equal(told->releases.items[i].name, name))
            return &told->releases.items[i];
    return NULL;
}

void ty_told_releases_release(ty_told_releases *told)
{
    for (size_t i = 0; i < told->releases.count; i++) {
        ty_vector_release(&told->releases.items[i].sentences);
        ty_vector_release(&told->releases.items[i].labels);
        ty_vector_release(&told->releases.items[i].beads);
    }
    ty_vector_release(&told->releases);
    ty_vector_release(&told->forms);
    ty_vector_release(&told->accepted);
    ty_vector_release(&told->steps);
}
