"""The data files of the lexicon: that none of what they list is lost when they are read."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import yaml

FILES = sorted((Path(__file__).parents[2] / "ontology" / "lexicon").glob("*.yaml"))


def _repeated(node: yaml.Node) -> list[str]:
    """The keys that a mapping has twice, of which YAML keeps the last, here and below."""
    if isinstance(node, yaml.SequenceNode):
        return [key for child in node.value for key in _repeated(child)]
    if not isinstance(node, yaml.MappingNode):
        return []
    counts = Counter(key.value for key, _ in node.value)
    below = [key for _, child in node.value for key in _repeated(child)]
    return [*(str(key) for key, count in counts.items() if count > 1), *below]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_list_is_told_twice(path: Path) -> None:
    assert _repeated(yaml.compose(path.read_text(encoding="utf-8"))) == []
