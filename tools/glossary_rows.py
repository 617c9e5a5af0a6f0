# SPDX-License-Identifier: Apache-2.0
"""What the tools of the glossary share: its rows, and how a term is folded before it is compared with a page's."""
import pathlib
import re
import unicodedata

ROOT = pathlib.Path(__file__).resolve().parent.parent
ENGLISH, JAPANESE, STATUS, CONCEPT, ORGANISATION, SOURCE, DATE = 0, 1, 4, 5, 7, 9, 10

# What sources are worth, as tools/count-glossary tells them apart: dictionaries; lists of names, encyclopedias and news with
# a translation; and what is of none of these, official pages.
KINDS = [(1, re.compile(r"edrdg\.org/|/dicts/download|wiktionary\.org/|/omw-data/")),
         (2, re.compile(r"^https://(github\.com/(unicode-org|nyampire)|salsa\.debian\.org|gitlab\.gnome\.org)/")),
         (2, re.compile(r"/const/area\.json|wikipedia\.org/|wikidata\.org/|/BilingualCorpus/|/NTREX/"))]
OFFICIAL = 3

SPELLING = [(r"\bdefence", "defense"), (r"programme", "program"), (r"(?<=[a-z])our\b", "or"), (r"centre\b", "center"),
            (r"isation\b", "ization"), (r"u\.s\.", "us"), (r"[-‐–/]", " "), (r"[’']s\b", ""), (r"^(the|an?) ", ""),
            (r"(?<=[a-z]{2})ies\b", "y"), (r"(?<=[^s])s\b", "")]
SPELLING = [(re.compile(pattern), by) for pattern, by in SPELLING]


def fold_english(term):
    term = unicodedata.normalize("NFKD", term).casefold().strip()
    term = "".join(c for c in term if not unicodedata.combining(c))
    for pattern, by in SPELLING:
        term = pattern.sub(by, term)
    return " ".join(term.split())


def fold_japanese(term):
    return re.sub(r"[\s「」『』・]", "", unicodedata.normalize("NFKC", term).casefold())


def worth(source):
    """An official page is worth more than an encyclopedia or a list, that more than a dictionary, that more than nothing."""
    if not source.startswith("http"):
        return 0
    return next((value for value, addresses in KINDS if addresses.search(source)), OFFICIAL)


def read_glossaries():
    files = {path: path.read_text(encoding="utf-8").split("\n") for path in sorted((ROOT / "glossaries").glob("*.utx"))}
    rows = [(path, number, line.split("\t")) for path, lines in files.items() for number, line in enumerate(lines)
            if line and not line.startswith("#")]
    return files, rows


def by_folded_pair(rows):
    """The entries of each pair, but for what is forbidden."""
    pairs = {}
    for entry in rows:
        row = entry[2]
        if row[STATUS] != "forbidden":
            pairs.setdefault((fold_english(row[ENGLISH]), fold_japanese(row[JAPANESE])), []).append(entry)
    return pairs


def of_one_concept(entries):
    return len({row[CONCEPT] for _, _, row in entries}) == 1
