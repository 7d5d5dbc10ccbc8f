"""Bytes to text: which encoding, and what is no text at all."""

from __future__ import annotations

import codecs
import gzip
import re
import unicodedata
import zlib
from pathlib import Path

from kg.errors import InputError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a ZIP or office file",
    b"\xd0\xcf\x11\xe0": "an office file",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"GIF8": "an image",
    b"{\\rtf": "an RTF file",
}
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]{2,40})|encoding=["']([\w-]{2,40})["']""", re.I)
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad\x00-\x08\x0b-\x1f\x7f]")
_SPACES = re.compile(r"[^\S\n]+")


def load(path: Path) -> bytes:
    """The bytes of a file, unzipped where it is gzip; raises InputError where it is missing, empty or broken."""
    try:
        data = path.read_bytes()
        if data[:2] == b"\x1f\x8b":
            data = gzip.decompress(data)
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(reason_of(error), source=str(path)) from error
    if not data.strip():
        raise InputError("is empty", source=str(path))
    return data


def reason_of(error: Exception) -> str:
    """Why a file cannot be read, in a few words."""
    if isinstance(error, OSError) and error.strerror:
        return f"cannot be read: {error.strerror}"
    return f"cannot be read: {error}"


def refuse_binary(data: bytes, source: str) -> None:
    """Raises InputError for bytes that are no text in any encoding."""
    for magic, name in _MAGIC.items():
        if data.startswith(magic):
            raise InputError(f"is {name}, not text", source=source)
    if b"\0" in data[:65536] and not any(data.startswith(bom) for bom, _ in _BOMS):
        raise InputError("is a binary file, not text", source=source)


def plain(data: bytes, source: str) -> str:
    """Text in UTF-8, or UTF-16/32 with a byte order mark; raises InputError with the line of the first wrong byte."""
    refuse_binary(data, source)
    encoding = next((name for bom, name in _BOMS if data.startswith(bom)), "utf-8")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        reason = f"is not {encoding.upper()} text (byte 0x{data[error.start]:02x}); convert it to UTF-8"
        raise InputError(reason, source=source, line=line) from error


def html(data: bytes, source: str, charset: str = "") -> str:
    """A page in the encoding of its mark, the transport's ``charset``, its own declaration, UTF-8 or Windows-1252.

    That order is the one of the HTML standard (section 13.2.3); a declaration that the bytes contradict is passed over.
    """
    refuse_binary(data, source)
    declared = _CHARSET.search(data[:4096])
    own = (declared[1] or declared[2]).decode("ascii") if declared else ""
    marked = [name for bom, name in _BOMS if data.startswith(bom)]
    for encoding in (*marked, charset, own, "utf-8"):
        try:
            if encoding:
                return data.decode(_html_encoding(encoding))
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("windows-1252", errors="replace")


def _html_encoding(name: str) -> str:
    """Pages that say Latin-1 or ASCII mean Windows-1252 (Encoding Standard, section 4.2)."""
    return "windows-1252" if name.casefold() in {"iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii"} else name


def tidy(text: str) -> str:
    """Text with composed characters, ordinary spaces and line ends, and nothing invisible."""
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n")
    text = _INVISIBLE.sub("", text.replace("\x0b", "\n").replace("\x0c", "\n\n").replace("\u2029", "\n\n"))
    return _SPACES.sub(" ", text)
