"""A store built once by the command line itself, and a way to run commands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg.cli import cli, run

STORIES = {
    "treaty.txt": "---\ntitle: Treaty signed in Lima\npublished: 2014-02-04\npublisher: Andes Post\n---\n"
    "LIMA — Peru and Chile signed a treaty in Lima on Monday. The Peruvian government hailed the treaty.\n",
    "vote.txt": "Cuba and Brazil vote no\n\nPublished: March 10, 2014\n\n"
    "GENEVA — Brazil and Cuba voted against a resolution of the UN Human Rights Council on Friday.\n",
}


@dataclass(frozen=True)
class Answer:
    """What a command said and how it ended."""

    status: int
    out: str
    err: str


Kg = Callable[..., Answer]


@pytest.fixture
def kg(capfd: pytest.CaptureFixture[str]) -> Kg:
    """Runs a command line as the ``kg`` script does."""

    def call(*arguments: object) -> Answer:
        status = run(cli, [str(argument) for argument in arguments])
        out, err = capfd.readouterr()
        return Answer(status, out, err)

    return call


@pytest.fixture(scope="session")
def stories(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stories")
    for name, text in STORIES.items():
        (folder / name).write_text(text)
    return folder


@pytest.fixture(scope="session")
def store(stories: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the stories; for reading only."""
    folder = tmp_path_factory.mktemp("store") / "kg.store"
    assert run(cli, ["build", "-s", str(folder), str(stories)]) == 0
    return folder
