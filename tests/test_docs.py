"""The documentation says what the code does."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pytest

from kg.cli import cli
from kg.cli.group import COMMANDS
from kg.cli.manual import manual
from kg.config import Settings
from kg.graph.query import query_library
from kg.text.events.conditions import CONDITIONS
from server.limits import Limits, variable_of

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
SET_BY = {
    "base": "KG_BASE",
    "store": "KG_STORE",
    "token": "KG_TOKEN",
    "model": "KG_SPACY_MODEL",
    "extractor": "KG_EXTRACTOR",
    "llm_url": "KG_LLM_URL",
    "llm_model": "KG_LLM_MODEL",
    "llm_key": "KG_LLM_KEY",
    "llm_timeout": "KG_LLM_TIMEOUT",
    "infer": "KG_INFER",
}
BLOCKS = re.compile(r"```(?:console|sh|bash)\n(.*?)```", re.DOTALL)


def test_manual_of_the_command_line_is_in_step(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in SET_BY.values():
        monkeypatch.delenv(name, raising=False)
    assert (ROOT / "docs" / "cli.md").read_text() == manual(), "run: python -m kg.cli.manual > docs/cli.md"


def test_every_setting_is_documented_with_its_default() -> None:
    page = (ROOT / "docs" / "configuration.md").read_text()
    rows = {
        cells[1].strip(" `"): cells[2].strip(" `") for line in page.splitlines() if len(cells := line.split("|")) > 3
    }
    assert {field.name for field in fields(Settings)} == set(SET_BY), "a new setting needs a row"
    for field in fields(Limits):
        assert rows.pop(variable_of(field.name)) == (str(field.default) or "none")
    assert {name for name in rows if name.startswith("KG_")} == set(SET_BY.values())
    assert (rows["KG_BASE"], rows["KG_STORE"]) == (Settings().base, str(Settings().store))


def test_environment_sets_what_the_page_says(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (
        ("KG_BASE", "https://e.org"),
        ("KG_STORE", "/tmp/x"),
        ("KG_TOKEN", "t"),
        ("KG_SPACY_MODEL", "m"),
    ):
        monkeypatch.setenv(name, value)
    expected = Settings(base="https://e.org/", store=Path("/tmp/x"), token="t", model="m")
    assert Settings.from_environment() == expected


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_links_within_the_project_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text()):
        if "://" not in target:
            assert (page.parent / target).exists(), target


def commands(page: Path) -> list[list[str]]:
    """The ``kg`` command lines that a page shows, after ``$`` in its blocks."""
    blocks = BLOCKS.findall(page.read_text())
    lines = [line for block in blocks for line in re.findall(r"^\$ (kg .*(?:\n    .*)*)", block, flags=re.MULTILINE)]
    found = (shlex.split(line, comments=True) for line in lines)
    return [words[1:] for words in found]


def test_commands_that_pages_show_exist_with_their_options() -> None:
    shown = [command for page in PAGES for command in commands(page)]
    assert shown, "the pages show no commands"
    for words in shown:
        words = words[: min((words.index(mark) for mark in ("|", "<<<") if mark in words), default=len(words))]
        assert words[0] in COMMANDS, words
        command = cli.get_command(None, words[0])  # type: ignore[arg-type]  # the context is not used
        assert command is not None
        command.make_context(words[0], list(words[1:]), resilient_parsing=False)


def shown(text: str, run: Callable[[str], str]) -> str:
    """A page with the output of every ``$`` command in its console blocks put in anew."""

    def block(match: re.Match[str]) -> str:
        asked = re.findall(r"^\$ (.*(?:\n    .*)*)", match[1], flags=re.MULTILINE)
        return "```console\n" + "".join(f"$ {command}\n{run(command)}" for command in asked) + "```"

    return re.sub(r"```console\n(.*?)```", block, text, flags=re.DOTALL)


def refreshed(scratch: Path) -> str:
    """The README with the output that its commands give on the seeds today."""
    (scratch / "seeds").symlink_to(ROOT / "seeds")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**{k: v for k, v in os.environ.items() if not k.startswith("KG_")}, "PATH": path}

    def run(command: str) -> str:
        done = subprocess.run(["bash", "-c", command], cwd=scratch, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return shown((ROOT / "README.md").read_text(), run)


@pytest.mark.slow
def test_readme_shows_what_its_commands_print(tmp_path: Path) -> None:
    assert refreshed(tmp_path) == (ROOT / "README.md").read_text(), "run: python -m tests.test_docs"


def test_named_queries_that_the_readme_shows_are_in_the_library() -> None:
    names = {words[1] for words in commands(ROOT / "README.md") if words[0] == "query"} - {"-"}
    assert names and names <= set(query_library())


def test_every_condition_of_a_trigger_is_told() -> None:
    text = (ROOT / "docs" / "extraction.md").read_text(encoding="utf-8")
    assert [name for name in CONDITIONS if f".{name}" not in text] == []


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        (ROOT / "README.md").write_text(refreshed(Path(folder)))
