"""Fixtures that many tests share: material beside the project, present in CI and skipped with a reason elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of source articles, gold files, reference tables and conformance suites."""
    if not SHARED.is_dir():
        pytest.skip("../shared is absent: source articles, gold files and suites are not part of the project")
    return SHARED
