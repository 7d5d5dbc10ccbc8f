"""The group of all commands, which loads each only when asked for, and tells every error in one line."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module

import click

from kg.errors import KgError

COMMANDS = {
    "build": "ingest",
    "extract": "ingest",
    "load": "data",
    "infer": "data",
    "check": "data",
    "query": "ask",
    "explain": "ask",
    "describe": "ask",
    "export": "data",
    "stats": "data",
    "backup": "copies",
    "restore": "copies",
    "evaluate": "measure",
    "serve": "web",
}
"""Every command and the module of ``kg.cli`` that holds it, in the order of ``--help``."""

INTERRUPTED = 130
_FAULT = 1


class KgGroup(click.Group):
    """Commands by name; nothing that one command needs slows another down."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All commands, in the order in which they are used."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported now."""
        module = COMMANDS.get(cmd_name)
        if module is None:
            return None
        command: click.Command = getattr(import_module(f"kg.cli.{module}"), f"{cmd_name}_command")
        return command


def run(group: click.Group, arguments: Sequence[str]) -> int:
    """Runs a command line and returns its exit status; every error is told in one line."""
    try:
        with group.make_context("kg", list(arguments)) as context:
            status = group.invoke(context)
        sys.stdout.flush()
        return status if isinstance(status, int) else 0
    except click.exceptions.Exit as done:
        return done.exit_code
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (KeyboardInterrupt, click.Abort):
        click.echo("kg: interrupted; what was done is kept", err=True)
        return INTERRUPTED
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return error.exit_code
    except click.ClickException as error:
        return _told(error.format_message(), error.exit_code, arguments, error)
    except KgError as error:
        return _told(str(error), error.exit_status, arguments, error)
    except Exception as error:
        return _told(f"unexpected {type(error).__name__}: {error} (-vv tells where)", _FAULT, arguments, error)


def _told(message: str, status: int, arguments: Sequence[str], error: Exception) -> int:
    """Says what is wrong in one line on stderr, after a traceback where ``-vv`` asks for it."""
    if "-vv" in arguments or [*arguments].count("-v") + [*arguments].count("--verbose") > 1:
        sys.excepthook(type(error), error, error.__traceback__)
    click.echo(f"kg: {' '.join(message.split())}", err=True)
    return status
