"""The manual of the command line, from the commands' own help: ``python -m kg.cli.manual > docs/cli.md``."""

from __future__ import annotations

from collections.abc import Iterator

import click

from kg.cli import cli

_WIDTH = 100
_HEAD = """# Command line

Data goes to stdout, everything else to stderr; long work shows a progress bar when stderr is a terminal. Errors are one
line, `file:line: reason` where there is a line; `-vv` shows where in the program.

| exit status | means |
|---|---|
| 0 | fine |
| 1 | violations found, or some articles failed |
| 2 | usage: an unknown command, option, format or date |
| 3 | unreadable input or query; of several articles, when none could be read |
| 4 | store unavailable: missing, locked, or not a store |
| 130 | interrupted; what was done is kept |

This page is made from the commands' help (`python -m kg.cli.manual > docs/cli.md`), and a test holds the two in step.
"""


def manual() -> str:
    """The whole manual as Markdown."""
    return "\n".join([_HEAD, *_sections()])


def _sections() -> Iterator[str]:
    root = click.Context(cli, info_name="kg", max_content_width=_WIDTH, terminal_width=_WIDTH)
    yield _section("kg", cli.get_help(root))
    for name in cli.list_commands(root):
        command = cli.get_command(root, name)
        assert command is not None
        context = click.Context(command, root, name, max_content_width=_WIDTH, terminal_width=_WIDTH)
        yield _section(f"kg {name}", command.get_help(context))


def _section(title: str, text: str) -> str:
    return f"## {title}\n\n```text\n{text.rstrip()}\n```\n"


if __name__ == "__main__":
    print(manual(), end="")
