"""Titles of office: what texts and reference data call an office, normalised to a title and a role concept.

The lexicon is ``ontology/lexicon/titles.yaml``; to teach a new title is an edit there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import yaml

from kg.config import data_dir

_WORD = re.compile(r"[^\s-]+|-")
_SMALL = frozenset({"of", "the", "to", "for", "and", "in"})
_MINISTERS = {"minister": "Minister", "secretary": "Secretary", "ministers": "Minister", "secretaries": "Secretary"}
_RANKED = frozenset({"first", "second", "third"})
_DEPUTY = {
    "HeadOfState": "DeputyHeadOfState",
    "HeadOfGovernment": "DeputyHeadOfGovernment",
    "HeadOfOrganisation": "DeputyHeadOfOrganisation",
}
_MINISTERIAL = frozenset(
    {
        "ForeignMinister",
        "DefenceMinister",
        "InteriorMinister",
        "FinanceMinister",
        "JusticeMinister",
        "EnergyMinister",
        "TradeMinister",
        "Minister",
    }
)


@dataclass(frozen=True, slots=True)
class Title:
    """An office as we record it: ``text`` in normal words, ``role`` a concept of the ontology.

    ``body_role`` applies where the office is in an organisation; ``at`` is an entity key, ``body`` the pattern of
    a body's name, ``state`` an ISO 3166 code, that the title itself implies; ``person`` is false for words that name
    no office worth a tenure. ``national`` offices are the state's where nothing else is said; ``in_state`` is the title
    to record instead of this one where it is held in a state; ``only`` are the states that have such an office.
    """

    text: str
    role: str
    body_role: str = ""
    at: str = ""
    body: str = ""
    state: str = ""
    person: bool = True
    national: bool = False
    in_state: str = ""
    only: tuple[str, ...] = ()

    def deputy(self, word: str = "Deputy") -> Title:
        """The office of this one's deputy."""
        role = "DeputyMinister" if self.role in _MINISTERIAL else _DEPUTY.get(self.role, self.role)
        body_role = _DEPUTY.get(self.body_role, self.body_role)
        return replace(self, text=f"{word} {self.text}", role=role, body_role=body_role, person=True)


@dataclass(frozen=True, slots=True)
class TitleMatch:
    """A title found in a sequence of words: its end (exclusive) and what it is."""

    end: int
    title: Title
    plural: bool = False


class TitleLexicon:
    """Finds titles in sequences of lower-case words by hash lookup."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.roles: tuple[str, ...] = tuple(data["roles"])
        self._titles: dict[tuple[str, ...], Title] = {}
        self._plurals: dict[tuple[str, ...], Title] = {}
        for entry in data["titles"]:
            for form in _variants(entry["forms"]):
                self._titles[form] = _title(entry)
                self._plurals[_pluralised(form)] = _title(entry)
        self._portfolios: dict[tuple[str, ...], dict[str, str]] = {_split(k): v for k, v in data["portfolios"].items()}
        self.modifiers: dict[str, frozenset[str]] = {k: frozenset(v) for k, v in data["modifiers"].items()}
        self.modifying: frozenset[str] = frozenset().union(*self.modifiers.values())
        self.honorifics: dict[str, str] = {h: sex for sex, words in data["honorifics"].items() for h in words}
        self.ranks: frozenset[str] = frozenset(data["ranks"])
        self.ruling: dict[str, list[tuple[str, str, str]]] = {
            state: [(one[0], str(one[1]), str(one[2])) for one in parties]
            for state, parties in data["ruling_parties"].items()
        }
        self._normalised: dict[str, Title] = {}
        self._first: frozenset[str] = frozenset(
            k[0] for k in (*self._titles, *self._plurals, *self._portfolios, ("ministers",))
        )
        self._longest = max(map(len, self._titles))

    def match(self, words: Sequence[str], start: int) -> TitleMatch | None:
        """The longest title that begins at ``words[start]``, with its deputy prefix, or nothing."""
        if words[start] in _RANKED and words[start + 1 : start + 2] and words[start + 1] in self.modifiers["deputy"]:
            found = self.match(words, start + 1)
            text = f"{words[start].capitalize()} {found.title.text}" if found else ""
            return replace(found, title=replace(found.title, text=text)) if found else None
        if words[start] in self.modifiers["deputy"]:
            found = self._plain(words, start)
            if found and found.title.person:
                return found
            after = start + 1 + (tuple(words[start + 1 : start + 2]) == ("-",))
            inner = self._plain(words, after) if after < len(words) else None
            if inner:
                vice = words[start] == "vice" and inner.title.role in _MINISTERIAL
                word = "Deputy" if vice else words[start].capitalize()
                return TitleMatch(inner.end, inner.title.deputy(word), inner.plural)
        return self._plain(words, start)

    def normalise(self, text: str) -> Title:
        """The title that a whole string names ("Minister of Foreign Affairs"); unknown ones keep their words."""
        known = self._normalised.get(text)
        if known is None:
            known = self._normalised[text] = self._read(_split(text))
        return known

    def _read(self, words: tuple[str, ...]) -> Title:
        found = self.match(words, 0) if words else None
        if found and found.end == len(words):
            return found.title
        if found and found.title.role == "Ambassador" and words[found.end] == "to":
            return replace(found.title, text="Ambassador " + titled(words[found.end :]).replace("To", "to", 1))
        return Title(titled(words), "")

    def portfolio(self, words: Sequence[str], start: int) -> tuple[int, str] | None:
        """The end and recorded name of a portfolio that begins at ``words[start]``."""
        for end in range(min(start + 4, len(words)), start, -1):
            found = self._portfolios.get(tuple(words[start:end]))
            if found:
                return end, found["name"]
        return None

    def _plain(self, words: Sequence[str], start: int) -> TitleMatch | None:
        if words[start] not in self._first:
            return None
        best = self._ministerial(words, start)
        for end in range(min(start + self._longest, len(words)), start, -1):
            if best and end < best.end:
                break
            form = tuple(words[start:end])
            title = self._titles.get(form) or self._plurals.get(form)
            if title:
                return TitleMatch(end, title, form not in self._titles)
        return best

    def _ministerial(self, words: Sequence[str], start: int) -> TitleMatch | None:
        """ "oil minister" and "minister of (the) oil (and mines)"."""
        if words[start] in _MINISTERS:
            state = start + 3 if tuple(words[start + 1 : start + 3]) == ("of", "state") else start + 1
            minister = self._minister_of(words, start, state)
            if minister and state > start + 1 and words[start].startswith("secretar"):
                text = f"Secretary of State for {_subject(minister.title)}"
                return replace(minister, title=replace(minister.title, text=text))
            return minister if state == start + 1 else None
        for end in range(min(start + 4, len(words) - 1), start, -1):
            found = self._portfolios.get(tuple(words[start:end]))
            if found and words[end] in _MINISTERS:
                return TitleMatch(end + 1, _portfolio_title(found, words[end]), words[end].endswith("s"))
            joined = self._ministerial(words, end + 1) if found and words[end] == "and" else None
            if found and joined and words[end + 1] not in _MINISTERS:
                text = f"{found['name']} and {joined.title.text}"
                role = joined.title.role if joined.title.role != "Minister" else found["role"]
                return replace(joined, title=replace(joined.title, text=text, role=role))
        return None

    def _minister_of(self, words: Sequence[str], start: int, after: int) -> TitleMatch | None:
        if after >= len(words) or words[after] not in ("of", "for"):
            return None
        after += 1
        if after < len(words) and words[after] == "the":
            after += 1
        for end in range(min(after + 4, len(words)), after, -1):
            found = self._portfolios.get(tuple(words[after:end]))
            if found:
                title = _portfolio_title(found, words[start])
                return TitleMatch(self._further(words, end), title, words[start].endswith("s"))
        return None

    def _further(self, words: Sequence[str], end: int) -> int:
        """The end of the portfolios that follow the first: "foreign affairs, trade and cooperation"."""
        while end + 1 < len(words) and words[end] in (",", "and"):
            start = end + 1 + (words[end] == "," and words[end + 1] == "and")
            longest = range(min(start + 4, len(words)), start, -1)
            after = next((e for e in longest if tuple(words[start:e]) in self._portfolios), None)
            if after is None or (after < len(words) and words[after] in _MINISTERS):
                return end
            end = after
        return end


def _subject(title: Title) -> str:
    """What a minister is of: "Defence" of "Defence Secretary"."""
    return title.text.rpartition(" ")[0]


def _variants(forms: Sequence[str]) -> list[tuple[str, ...]]:
    """Forms as words, those of several also with a hyphen after the first: "foreign-policy chief", "vice-premier"."""
    found = [_split(form) for form in forms]
    return [*found, *((f[0], "-", *f[1:]) for f in found if len(f) > 1 and "-" not in f and f[1] not in _SMALL)]


def _portfolio_title(portfolio: dict[str, str], noun: str) -> Title:
    return Title(f"{portfolio['name']} {_MINISTERS[noun]}", portfolio["role"])


def _title(entry: dict[str, Any]) -> Title:
    return Title(
        text=entry["title"],
        role=entry["role"],
        body_role=entry.get("body_role", ""),
        at=entry.get("at", ""),
        body=entry.get("body", ""),
        state=entry.get("state", ""),
        person=entry.get("person", True),
        national=entry.get("national", False),
        in_state=entry.get("in_state", ""),
        only=tuple(entry.get("only", ())),
    )


def _split(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.lower()))


def _pluralised(form: tuple[str, ...]) -> tuple[str, ...]:
    """The plural of a title: "heads of state", "spokesmen", "secretaries of state"."""
    head = next((i - 1 for i, word in enumerate(form) if i and word in ("of", "for", "to", "in")), len(form) - 1)
    word = form[head]
    endings = (("man", "men"), ("y", "ies"), ("", "s"))
    plural = next(word.removesuffix(one) + many for one, many in endings if word.endswith(one))
    return (*form[:head], plural, *form[head + 1 :])


def titled(words: Sequence[str]) -> str:
    """Words as a title: capitalised but for the small ones."""
    text = " ".join(w if i and w in _SMALL else w[:1].upper() + w[1:] for i, w in enumerate(words))
    return text.replace(" - ", "-")


@lru_cache(maxsize=1)
def load_titles() -> TitleLexicon:
    """The lexicon of titles, read once."""
    return TitleLexicon(yaml.safe_load((data_dir("ontology") / "lexicon" / "titles.yaml").read_text(encoding="utf-8")))
