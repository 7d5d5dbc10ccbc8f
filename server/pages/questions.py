"""The competency questions of ``queries/``: each a query with a header that says what it answers and how to show it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kg.config import data_dir

_HEADER = re.compile(r"^#\s*(title|answers|description|view)\s*:\s*(.+)$", re.I | re.M)


@dataclass(frozen=True, slots=True)
class Question:
    """A query of the project: name, title, what it answers, and view (table, graph, timeline, map, chart)."""

    name: str
    title: str
    answers: str
    view: str
    text: str


@lru_cache(maxsize=1)
def questions() -> tuple[Question, ...]:
    """All of them, by name."""
    folder = data_dir("queries")
    return tuple(read_question(path.stem, path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.rq")))


def read_question(name: str, text: str) -> Question:
    """A query with what its header says; a missing title is the name in words."""
    header = {key.lower(): said.strip() for key, said in _HEADER.findall(text)}
    answers = header.get("answers") or header.get("description", "")
    title = header.get("title") or name.replace("-", " ").replace("_", " ").capitalize()
    return Question(name, title, answers, header.get("view", "table").split()[0].lower(), text)
