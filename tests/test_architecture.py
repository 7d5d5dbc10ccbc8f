"""The boundaries of the design: which imports must never exist."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

FORBIDDEN: list[tuple[str, tuple[str, ...], tuple[str, ...]]] = [
    ("kg/text", ("rdflib", "pyoxigraph", "flask", "kg.graph"), ()),
    ("kg/link", ("rdflib", "pyoxigraph", "flask", "kg.graph"), ()),
    ("kg/graph", ("kg.text", "kg.link", "flask"), ()),
    ("kg", ("server",), ("kg/cli",)),
    ("server", ("kg.text", "kg.link", "pyoxigraph"), ()),
    ("kg", ("pyoxigraph",), ("kg/graph/store",)),
    ("kg", ("owlrl",), ("kg/graph/owlrl_reasoner.py",)),
    ("kg", ("kg.cli",), ("kg/cli",)),
    ("server", ("kg.cli",), ()),
]


def imports_of(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            module = node.module or ""
            names |= {module} | {f"{module}.{alias.name}" for alias in node.names}
    return names


@pytest.mark.parametrize(("folder", "banned", "but"), FORBIDDEN)
def test_layer_imports_nothing_it_must_not_know(folder: str, banned: tuple[str, ...], but: tuple[str, ...]) -> None:
    for path in sorted((ROOT / folder).rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        if name.startswith(but or ("\0",)):
            continue
        wrong = {n for n in imports_of(path) for b in banned if n == b or n.startswith(b + ".")}
        assert not wrong, f"{name} imports {sorted(wrong)}"
