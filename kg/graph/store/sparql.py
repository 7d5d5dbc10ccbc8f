"""SPARQL text as tokens: enough to see what a query or update would do before the engine is asked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_TOKEN = re.compile(
    r"""(?P<comment>\#[^\n\r]*)
    |(?P<iri><(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>)
    |(?P<string>\"\"\"(?:[^"\\]|\\.|\"(?!\"\"))*+(?:\"\"\")?|'''(?:[^'\\]|\\.|'(?!''))*+(?:''')?
        |"(?:[^"\\\n\r]|\\.)*+"?|'(?:[^'\\\n\r]|\\.)*+'?)
    |(?P<variable>[?$]\w+)
    |(?P<name>(?>[^\W\d](?:[\w.\-]*\w)?)?:(?:[\w:.\-%]|\\.)*)
    |(?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    |(?P<word>[^\W\d](?:[\w.\-]*\w)?)
    |(?P<space>\s+)
    |(?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
"""Takes time in proportion to the text, whatever it is: what does not close is one token, so nothing is read twice."""


class Token(NamedTuple):
    """One token: its kind, its text, where it begins, and the word in capitals where it is one."""

    kind: str
    text: str
    begin: int
    word: str

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.begin + len(self.text)


def read_tokens(text: str) -> list[Token]:
    """All tokens of a text."""
    return [Token(kind, token, begin, token.upper() if kind == "word" else "") for kind, token, begin in tokens(text)]


def closing(found: Sequence[Token], opening: int) -> int:
    """The index of the brace that closes the one at ``opening``; that of the last token where there is none."""
    depth = 0
    for index in range(opening, len(found)):
        depth += {"{": 1, "}": -1}.get(found[index].text, 0)
        if depth == 0:
            return index
    return len(found) - 1


def tokens(text: str) -> Iterator[tuple[str, str, int]]:
    """Kind, text and offset of each token; what is between them is white space and comments."""
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "other"
        if kind not in {"comment", "space"}:
            yield kind, match.group(), match.start()


def _unescaped(text: str) -> str:
    """Text with the escapes of letters undone, so that no keyword hides behind one (SPARQL 1.1, section 19.2)."""
    if "\\u" not in text and "\\U" not in text:
        return text
    return re.sub(
        r"\\u00([2-7][0-9A-Fa-f])", lambda m: chr(int(m[1], 16)) if chr(int(m[1], 16)).isalpha() else m[0], text
    )


def words(text: str) -> set[str]:
    """The bare words of a query or update in capitals: keywords, and names of functions."""
    return {token.upper() for kind, token, _ in tokens(text) if kind == "word"}


def reaches_out(text: str) -> bool:
    """Whether the text would make the engine fetch something: SERVICE in a pattern, LOAD in an update.

    The engine needs no space around a keyword (``trueSERVICE<iri>``, ``SERVICESILENT<iri>``, ``LOAD:name``), so any
    word or prefix that contains one counts.
    """
    upper = text.upper()
    if "SERVICE" not in upper and "LOAD" not in upper and "\\U" not in upper:
        return False
    bare = (token.upper().partition(":")[0] for kind, token, _ in tokens(_unescaped(text)) if kind in {"word", "name"})
    return any("SERVICE" in word or "LOAD" in word for word in bare)


def names_graphs(text: str) -> bool:
    """Whether a query may read other graphs than the default graph: GRAPH or FROM, also behind an escape."""
    upper = text.upper()
    if "GRAPH" not in upper and "FROM" not in upper and "\\U" not in upper:
        return False
    bare = (token.upper().partition(":")[0] for kind, token, _ in tokens(_unescaped(text)) if kind in {"word", "name"})
    return any("GRAPH" in word or "FROM" in word for word in bare)
