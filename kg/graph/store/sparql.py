"""SPARQL text as tokens: enough to see what a query or update would do before the engine is asked."""

from __future__ import annotations

import re
from collections.abc import Iterator

_TOKEN = re.compile(
    r"""(?P<comment>\#[^\n\r]*)
    |(?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    |(?P<string>\"\"\"(?:[^"\\]|\\.|\"(?!\"\"))*\"\"\"|'''(?:[^'\\]|\\.|'(?!''))*'''
        |"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')
    |(?P<variable>[?$]\w+)
    |(?P<name>[\w.\-]*:(?:[\w:.\-%]|\\.)*)
    |(?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    |(?P<word>[A-Za-z_][\w]*)
    |(?P<space>\s+)
    |(?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)


def tokens(text: str) -> Iterator[tuple[str, str, int]]:
    """Kind, text and offset of each token; what is between them is white space and comments."""
    for match in _TOKEN.finditer(_unescaped(text)):
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
    bare = (token.upper().partition(":")[0] for kind, token, _ in tokens(text) if kind in {"word", "name"})
    return any("SERVICE" in word or "LOAD" in word for word in bare)
