# SPDX-License-Identifier: Apache-2.0
"""What the tools of the glossary share: its rows, and how a term is folded before it is compared with a page's."""
import pathlib
import re
import unicodedata

ROOT = pathlib.Path(__file__).resolve().parent.parent
ENGLISH, JAPANESE, STATUS, CONCEPT, ORGANISATION, SOURCE, DATE = 0, 1, 4, 5, 7, 9, 10

# What sources are worth, as tools/count-glossary tells them apart: catalogues of what programs (games mostly) print in both
# languages; dictionaries; lists of names, encyclopedias and news with a translation; and what is of none of these, official pages.
DICTIONARIES = ("edrdg.org/", "/dicts/download", "wiktionary.org/", "/omw-data/", "/graded-enja-corpus/", "/SudachiDict/",
                "packages.debian.org/")
CATALOGUES = ("/MiG_Datamine/", "/kc3-translations/", "/cataclysm-dda-data", "/freeciv-data")
LISTS = ("/unicode-org/", "/Gazetteer_JP_2007/", "salsa.debian.org/", "gitlab.gnome.org/", "/const/area.json", "geonames.org/",
         "wikipedia.org/", "wikidata.org/", "kotobank.jp/", "kotoba.ne.jp/", "mainichi-kotoba.jp/", "/BilingualCorpus/", "/NTREX/",
         "wikiwand.com/", "weblio.jp/", "pedia.3rd-in.co.jp/", "/mledoze/countries/", "-news-systems/",
         "/srachai", "/kiyoshimatforklog.")
OFFICIAL = 4

SPELLING = [(r"\bdefence", "defense"), (r"programme", "program"), (r"(?<=[a-z])our\b", "or"), (r"centre\b", "center"),
            (r"isation\b", "ization"), (r"u\.s\.", "us"), (r"\bunited nations\b", "un"),
            (r"\bunited states\b(?: of america\b)?", "us"), (r"[-‐–/]", " "), (r"[’']s\b", ""), (r"^(the|an?) ", ""),
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
    """An official page is worth more than an encyclopedia or a list, that more than a dictionary, a catalogue, nothing."""
    if not source.startswith("http"):
        return 0
    kinds = (1, CATALOGUES), (2, DICTIONARIES), (3, LISTS)
    return next((value for value, addresses in kinds if any(part in source for part in addresses)), OFFICIAL)


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
