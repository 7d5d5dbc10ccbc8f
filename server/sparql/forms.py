"""Texts that differ only in IRIs, strings and comments: what they have in common, and how to tell it quickly."""

from __future__ import annotations

import re
from itertools import count
from typing import Final, Generic, NamedTuple, TypeVar

_KINDS: Final = {
    "<": r"""<(?:[^<>"{}|^`\\\x00-\x20]++|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*+>""",
    "#": r"""#[^\n\r]*+""",
    '"': r'''"""(?:[^"\\]|\\.|"(?!""))*+(?:""")?|"(?:[^"\\\n\r]++|\\.)*+"?''',
    "'": r"""'''(?:[^'\\]|\\.|'(?!''))*+(?:''')?|'(?:[^'\\\n\r]++|\\.)*+'?""",
}
"""An IRI, a comment or a string, by how it begins."""
_OPAQUE: Final = re.compile(f"({'|'.join(_KINDS.values())})", re.DOTALL)
_MOST_BEGINNINGS: Final = 256
_MOST_OF_ONE: Final = 4

_T = TypeVar("_T")


def split(text: str) -> list[str]:
    """The text in parts, of which every second one is an IRI, a comment or a string."""
    return _OPAQUE.split(text)


def hollow(parts: list[str]) -> str:
    """A text that was split, with numbers for its IRIs and strings, and without comments."""
    made, number = parts[:], count()
    for at in range(1, len(parts), 2):
        mark = parts[at][0]
        made[at] = " " if mark == "#" else f"<{next(number)}>" if mark == "<" else f'"{next(number)}"'
    return "".join(made)


class _Form(NamedTuple, Generic[_T]):
    pattern: re.Pattern[str]
    seen: _T


class Forms(Generic[_T]):
    """What was seen in texts, by expressions for all that have it in common; a match is quicker than a split."""

    def __init__(self) -> None:
        self._forms: dict[str, tuple[_Form[_T], ...]] = {}

    def add(self, prologue: str, parts: list[str], seen: _T) -> None:
        """Notes what was seen, unless a split of another text that matches might find other parts."""
        before, brace, _ = parts[0].partition("{")
        if not brace or before.lstrip()[:6].upper() == "PREFIX" or any(map(_is_open, parts[:-1:2])):
            return
        if len(self._forms) >= _MOST_BEGINNINGS:
            self._forms.clear()
        form = _Form(_pattern(prologue, parts), seen)
        others = self._forms.get(prologue + before, ())
        self._forms[prologue + before] = (form, *others)[:_MOST_OF_ONE]

    def recall(self, text: str) -> tuple[_T, tuple[str, ...]] | None:
        """What was seen in texts that have in common with this one all but their IRIs and strings, and those it has."""
        for pattern, seen in self._forms.get(text[: text.find("{")], ()):
            found = pattern.fullmatch(text)
            if found:
                return seen, found.groups()
        return None


def _is_open(part: str) -> bool:
    """Whether a part has a sign that what follows may make the beginning of an IRI."""
    return "<" in part and not re.search(r"\s", part[part.rindex("<") :])


def _pattern(prologue: str, parts: list[str]) -> re.Pattern[str]:
    """What matches the same parts around any constants of the same kinds; comments are no groups."""
    pieces = [re.escape(prologue + parts[0])]
    for opaque, after in zip(parts[1::2], parts[2::2], strict=True):
        kind = f"(?>{_KINDS[opaque[0]]})"
        pieces += [kind if opaque[0] == "#" else f"({kind})", re.escape(after)]
    return re.compile("".join(pieces), re.DOTALL)
