/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The weights of the model. Rates and priors were set by hand from what the terms mean, then fitted on the
 * project's gold documents and public test sets together (docs/alignment.md).
 */
#ifndef TY_ALIGN_WEIGHTS_H
#define TY_ALIGN_WEIGHTS_H

#define WEIGHTS(W)                                                                                           \
    W(words, 0.445f)     /* both directions count the same words, and words come in company */               \
    W(gain_max, 7.19f)   /* no single word may say more */                                                   \
    W(drawn, 2.89f)      /* sentences of pull towards the share by chance below */                           \
    W(chance, 0.0383f)   /* of a word meeting a random sentence */                                           \
    W(unmet, 0.321f)     /* voice of a word that nothing in the other text can meet */                       \
    W(bare, 0.5f)        /* cost of a sentence that no word speaks for */                                    \
    W(bare_line, 0.777f) /* the same for a line that is no sentence */                                       \
    W(support, 0.713f)   /* gain from words that does away with it */                                        \
    W(twice, 0.65f)      /* cost of a word that is met in two sentences of a bead */                         \
    W(by_size,                                                                                               \
      0.25f)         /* how much joined sentences count by their size among how many a word is looked for */ \
    W(number, 0.97f) /* rates at which a word with a link meets it in a true bead */                         \
    W(small_number, 0.84f)                                                                                   \
    W(marker, 0.0564f)                                                                                       \
    W(same, 0.205f)                                                                                          \
    W(sound, 0.665f)                                                                                         \
    W(sound_weak, 0.07f)                                                                                     \
    W(cognate, 0.651f)                                                                                       \
    W(cognate_weak, 0.0561f)                                                                                 \
    W(dictionary, 0.827f)                                                                                    \
    W(dictionary_weak, 0.131f)                                                                               \
    W(taught, 0.3f)                                                                                          \
    W(learnt, 0.975f)                                                                                        \
    W(one_two, 0.0625f) /* priors of bead types */                                                           \
    W(one_three, 0.00452f)                                                                                   \
    W(one_four, 0.00294f)                                                                                    \
    W(one_five, 0.000911f)                                                                                   \
    W(one_six, 0.0002f)                                                                                      \
    W(two_two, 0.00166f)                                                                                     \
    W(two_three, 0.000362f)                                                                                  \
    W(two_four, 0.000205f)                                                                                   \
    W(temper, 0.7f)   /* power of the likelihood in posteriors */                                            \
    W(doubt, 1.0f)    /* log odds that each sentence of a bead beyond two costs its confidence */            \
    W(untied, 2.5f)   /* the same for a pair of lines that no word ties */                                   \
    W(settled, 19.5f) /* beads that the priors count as, against those of the document */                    \
    W(rated, 22.0f)   /* words that the rates count as */                                                    \
    W(gap, 0.05f)     /* share of beads a gap follows */                                                     \
    W(gap_goes_on, 0.279f)                                                                                   \
    W(kind_sentence, 0.945f) /* how sure a line of a kind stands for one of its kind */                      \
    W(kind_fragment, 0.71f)                                                                                  \
    W(kind_label, 0.944f)                                                                                    \
    W(kind_heading, 0.545f)                                                                                  \
    W(kind_date, 0.839f)                                                                                     \
    W(kind_paren, 0.824f)                                                                                    \
    W(kind_formula, 0.995f)                                                                                  \
    W(kind_floor, 0.00645f)   /* no kind is rarer by chance */                                               \
    W(kind_alike, 0.0f)       /* share of that for kinds that are alike */                                   \
    W(join_fragment, -0.691f) /* what a line of a kind costs in a bead of several */                         \
    W(join_label, -3.0f)                                                                                     \
    W(join_heading, -2.13f)                                                                                  \
    W(join_date, -3.64f)                                                                                     \
    W(join_paren, -2.35f)                                                                                    \
    W(join_formula, -5.66f)                                                                                  \
    W(sign_question, 0.932f)                                                                                 \
    W(sign_quote, 0.555f)                                                                                    \
    W(sign_colon, 0.8f)                                                                                      \
    W(sign_paren, 0.81f)                                                                                     \
    W(signs, 0.875f)                                                                                         \
    W(sign_asking, 0.6f)     /* share of lines that ask without a sign for which a question stands */        \
    W(marker_chance, 0.568f) /* headings are numbered from one on both sides */                              \
    W(gap_turn, -1.6f)                                                                                       \
    W(gap_most, 0.12f)                                                                                       \
    W(goes_most, 0.192f)                                                                                     \
    W(turn_line, -0.1f)                                                                                      \
    W(alone_line, 0.08f)                                                                                     \
    W(next_line, -0.1f)                                                                                      \
    W(alone_label, -0.1f)                                                                                    \
    W(next_label, 0.0f)                                                                                      \
    W(alone_formula, 0.625f)                                                                                 \
    W(next_formula, 0.0f)                                                                                    \
    W(alone_marks, 0.3f)                                                                                     \
    W(next_marks, 0.0f)                                                                                      \
    W(alone_clause, -1.6f) /* a piece of a sentence */                                                       \
    W(sure_cross, 0.5f)    /* confidence of a sentence alone: what a partner beyond others costs */          \
    W(sure_beside, 0.8f)   /* neighbours that are sure */                                                    \
    W(sure_sizes, 0.5f)    /* neighbours of several sentences */                                             \
    W(sure_words, 0.5f)    /* words of its own that could be met */                                          \
    W(sure_formula, 1.5f)  /* a set phrase */                                                                \
    W(sure_slope, 0.5f)                                                                                      \
    W(sure_less, 0.5f)                                                                                       \
    W(open_border, 1.8f) /* gain of a border inside where a sentence goes on, that only one side has */      \
    W(join_brief, 1.2f)                                                                                      \
    W(brief, 0.25f)                                                                                          \
    W(inner_one, 0.95f) /* beads of one with one that hold as many sentences on both sides */                \
    W(inner_many, 0.4f) /* other beads */                                                                    \
    W(inner_weight, 1.0f)                                                                                    \
    W(length_line, 0.0039f) /* variance that titles and the like add */                                      \
    W(length_character, 1.04f)                                                                               \
    W(length_weight, 1.69f)                                                                                  \
    W(length_variance, 0.0416f)

#define WEIGHT_FIELD(name, value) float name;
typedef struct ty_weights {
    WEIGHTS(WEIGHT_FIELD)
} ty_weights;
#undef WEIGHT_FIELD

#ifndef TY_WEIGHTS_CONST
#define TY_WEIGHTS_CONST const
#endif
extern TY_WEIGHTS_CONST ty_weights ty_align_weights;

#endif
