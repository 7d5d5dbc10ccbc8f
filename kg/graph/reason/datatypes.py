"""Literals of the datatypes of OWL 2 RL: which are well-formed, what they denote, in which value spaces they lie.

OWL 2 Structural Specification, section 4, with XML Schema 1.1 part 2 for lexical forms. A *value* is a pair of a value
space and something comparable there; literals with one value are equal (dt-eq), with two are different (dt-diff).
"""

from __future__ import annotations

import base64
import binascii
import re
import struct
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Final, TypeAlias
from xml.etree import ElementTree

from kg.graph.reason.vocabulary import DATATYPES, LITERAL, RDF, XSD

Value: TypeAlias = tuple[str, object]

_LITERAL: Final = re.compile(r'"(.*)"(?:@([A-Za-z0-9-]+)|\^\^<([^>]*)>)?', re.DOTALL)
_ESCAPE: Final = re.compile(r'\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|([tbnrf"\'\\]))')
_SINGLE: Final = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
_LANGUAGE: Final = re.compile(r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*")
_NAME_START: Final = (
    r"A-Za-z_\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C\u200D\u2070-\u218F"
    r"\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD"
)
_NAME_REST: Final = _NAME_START + r"\-.0-9\u00B7\u0300-\u036F\u203F\u2040"
_DATE_TIME: Final = re.compile(
    r"(-?(?:[1-9]\d{3,}|0\d{3}))-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(\.\d+)?(Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00))?"
)


def _bounds() -> dict[str, tuple[int | None, int | None]]:
    found: dict[str, tuple[int | None, int | None]] = {
        "integer": (None, None),
        "nonNegativeInteger": (0, None),
        "nonPositiveInteger": (None, 0),
        "positiveInteger": (1, None),
        "negativeInteger": (None, -1),
    }
    for name, bits in [("long", 64), ("int", 32), ("short", 16), ("byte", 8)]:
        found[name] = (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1)
        found["unsigned" + name.capitalize()] = (0, 2**bits - 1)
    return found


_INTEGERS: Final = _bounds()
_STRINGS: Final[dict[str, re.Pattern[str]]] = {
    "string": re.compile(r"[\t\n\r\u0020-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]*"),
    "normalizedString": re.compile(r"[^\t\n\r]*"),
    "token": re.compile(r"(?! )(?:[^\t\n\r ]| (?! |$))*"),
    "language": _LANGUAGE,
    "Name": re.compile(f"[:{_NAME_START}][:{_NAME_REST}]*"),
    "NCName": re.compile(f"[{_NAME_START}][{_NAME_REST}]*"),
    "NMTOKEN": re.compile(f"[:{_NAME_REST}]+"),
}


def parts(literal: str) -> tuple[str, str, str]:
    """Lexical form, language tag and datatype IRI of a literal in N-Triples; a plain one has none of the latter."""
    match = _LITERAL.fullmatch(literal)
    if match is None:
        return literal, "", ""
    return _ESCAPE.sub(_unescaped, match[1]), match[2] or "", match[3] or ""


def _unescaped(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else _SINGLE.get(match[3], match[3])


@lru_cache(maxsize=200_000)
def value(literal: str) -> Value | None:
    """What a literal denotes; None if it is ill-typed; a value of its own for a datatype that is not supported."""
    lexical, language, datatype = parts(literal)
    if language:
        return ("plain", (lexical, language.lower())) if _LANGUAGE.fullmatch(language) else None
    if not datatype:
        return _string("string", lexical)
    if datatype not in DATATYPES:
        return ("other", (datatype, lexical))
    if datatype.startswith(RDF):
        return _plain(lexical) if datatype.endswith("PlainLiteral") else _xml(lexical)
    return _xsd(datatype[len(XSD) :], lexical)


def _xsd(name: str, lexical: str) -> Value | None:
    if name in _STRINGS:
        return _string(name, lexical)
    read = _READERS.get(name)
    stripped = " ".join(lexical.split()) if name != "string" else lexical
    return read(stripped) if read else _integer(name, stripped)


def _string(name: str, lexical: str) -> Value | None:
    return ("plain", (lexical, "")) if _STRINGS[name].fullmatch(lexical) else None


def _plain(lexical: str) -> Value | None:
    text, at, tag = lexical.rpartition("@")
    if not at or (tag and not _LANGUAGE.fullmatch(tag)):
        return None
    return ("plain", (text, tag.lower()))


def _xml(lexical: str) -> Value | None:
    try:
        ElementTree.fromstring(f"<x>{lexical}</x>")
    except ElementTree.ParseError:
        return None
    return ("xml", ElementTree.canonicalize(f"<x>{lexical}</x>"))


def _integer(name: str, lexical: str) -> Value | None:
    if not re.fullmatch(r"[+-]?\d+", lexical):
        return None
    number = int(lexical)
    low, high = _INTEGERS[name]
    return (
        None
        if (low is not None and number < low) or (high is not None and number > high)
        else ("number", Fraction(number))
    )


def _decimal(lexical: str) -> Value | None:
    return (
        ("number", Fraction(lexical.removeprefix("+"))) if re.fullmatch(r"[+-]?(\d+(\.\d*)?|\.\d+)", lexical) else None
    )


def _floating(space: str) -> Callable[[str], Value | None]:
    """Reads floats or doubles; a number beyond their range is in no value space (XSD 1.0, section 3.2.4)."""

    def read(lexical: str) -> Value | None:
        if lexical in ("INF", "+INF", "-INF", "NaN"):
            return (space, lexical.removeprefix("+"))
        if not re.fullmatch(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", lexical):
            return None
        number = float(lexical)
        if space == "float":
            number = _single(number)
        lost = number in (float("inf"), float("-inf")) or (
            number == 0 and re.search("[1-9]", lexical.lower().split("e")[0])
        )
        return None if lost else (space, struct.pack("d", number))

    return read


def _single(number: float) -> float:
    try:
        found: float = struct.unpack("f", struct.pack("f", number))[0]
    except OverflowError:
        return float("inf")
    return found


def _boolean(lexical: str) -> Value | None:
    return {
        "true": ("boolean", True),
        "1": ("boolean", True),
        "false": ("boolean", False),
        "0": ("boolean", False),
    }.get(lexical)


def _hex(lexical: str) -> Value | None:
    return ("hex", lexical.lower()) if re.fullmatch(r"([0-9a-fA-F]{2})*", lexical) else None


def _base64(lexical: str) -> Value | None:
    try:
        return ("base64", base64.b64decode(lexical.replace(" ", ""), validate=True))
    except (binascii.Error, ValueError):
        return None


def _any_uri(lexical: str) -> Value | None:
    bad = re.search(r"[\s<>\"{}|\\^`]|%(?![0-9A-Fa-f]{2})", lexical) or lexical.count("#") > 1
    scheme, colon, _ = lexical.partition(":")
    if colon and "/" not in scheme and not re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*", scheme):
        bad = True
    return None if bad else ("uri", lexical)


def _date_time(lexical: str) -> Value | None:
    match = _DATE_TIME.fullmatch(lexical)
    if match is None:
        return None
    year, month, day, hour, minute, second = (int(match[i]) for i in range(1, 7))
    fraction = Fraction(match[7] or 0)
    if not (1 <= month <= 12 and minute < 60 and second < 60) or hour > 24:
        return None
    if day < 1 or day > _days(year, month) or (hour == 24 and (minute or second or fraction)):
        return None
    seconds = ((_day_number(year, month, day) * 24 + hour) * 60 + minute) * 60 + second + fraction
    zone = match[8] or ""
    return ("instant", (seconds - _offset(zone), bool(zone), _offset(zone)))


def _offset(zone: str) -> int:
    if zone in ("", "Z"):
        return 0
    minutes = int(zone[1:3]) * 60 + int(zone[4:6])
    return 60 * (minutes if zone[0] == "+" else -minutes)


def _days(year: int, month: int) -> int:
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if month == 2 and leap else (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]


def _day_number(year: int, month: int, day: int) -> int:
    cycles, rest = divmod(year - 1, 400)
    return cycles * 146097 + date(rest + 1, month, day).toordinal()


def _stamp(lexical: str) -> Value | None:
    return _date_time(lexical) if re.search(r"(Z|[+-]\d\d:\d\d)$", lexical) else None


_READERS: Final[dict[str, Callable[[str], Value | None]]] = {
    "decimal": _decimal,
    "double": _floating("double"),
    "float": _floating("float"),
    "boolean": _boolean,
    "hexBinary": _hex,
    "base64Binary": _base64,
    "anyURI": _any_uri,
    "dateTime": _date_time,
    "dateTimeStamp": _stamp,
}


def different(one: str, two: str) -> bool:
    """Whether two literals denote different values (dt-diff); values that are not known to are not different."""
    a, b = value(one), value(two)
    if a is None or b is None or "other" in (a[0], b[0]):
        return False
    return a != b


def inside(literal: str, datatype: int) -> bool | None:
    """Whether a literal's value lies in the value space of a supported datatype; None if that is not known."""
    found = value(literal)
    if datatype == LITERAL:
        return found is not None
    if found is None:
        return False
    if found[0] == "other":
        return None
    iri = _IRI_OF.get(datatype)
    return None if iri is None else _in_space(found, iri)


_IRI_OF: Final = {number: iri for iri, number in DATATYPES.items()}
_SPACES: Final = {
    "double": "double",
    "float": "float",
    "boolean": "boolean",
    "hexBinary": "hex",
    "base64Binary": "base64",
    "anyURI": "uri",
    "dateTime": "instant",
}


def _in_space(found: Value, iri: str) -> bool:
    space, content = found
    if iri.startswith(RDF):
        return space == ("plain" if iri.endswith("PlainLiteral") else "xml")
    name = iri[len(XSD) :]
    if name in _STRINGS:
        assert space != "plain" or isinstance(content, tuple)
        return space == "plain" and content[1] == "" and bool(_STRINGS[name].fullmatch(content[0]))  # type: ignore[index]
    if name in _INTEGERS or name == "decimal":
        return space == "number" and isinstance(content, Fraction) and _in_bounds(name, content)
    if name == "dateTimeStamp":
        return space == "instant" and isinstance(content, tuple) and bool(content[1])
    return space == _SPACES.get(name)


def _in_bounds(name: str, number: Fraction) -> bool:
    if name == "decimal":
        return True
    low, high = _INTEGERS[name]
    whole = number.denominator == 1
    return whole and (low is None or number >= low) and (high is None or number <= high)
