"""Lists that the small parser leaves open: "[Peru], [Chile and Bolivia] recalled their envoys" has two subjects."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.text.parse import Parse

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


def join_lists(parse: Parse) -> None:
    """Joins names in a row, with nothing but commas between them and an "and" before the last, into one subject."""
    for last, label in enumerate(parse.dep):
        if label not in _SUBJECTS or parse.tag[last][:3] != "NNP" or parse.child(last, "conj") is None:
            continue
        here = last
        while True:
            comma = parse.subtree(here)[0] - 1
            ends = (comma, comma + 1)
            before = next((kid for kid in parse.kids[parse.head[last]] if parse.subtree(kid)[1] in ends), None)
            if comma < 1 or parse.word[comma] != "," or before is None or not _is_listed(parse, before, label):
                break
            parse.move(here, before, "conj")
            here = before


def _is_listed(parse: Parse, name: int, label: str) -> bool:
    return parse.dep[name] == label and parse.tag[name][:3] == "NNP"
