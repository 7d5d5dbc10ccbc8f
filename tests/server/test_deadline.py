"""Deadlines of pages, in threads that live on and serve others."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from server.deadline import Deadlines, TookTooLong

_TRACED = """
import sys
from server.deadline import Deadlines
with Deadlines(30).within():
    pass
sys.settrace(lambda *_: None)
(lambda: None)()
sys.settrace(None)
"""


def test_what_takes_too_long_is_broken_off_and_the_thread_goes_on() -> None:
    deadlines = Deadlines(0.1)
    for _ in range(2):
        with pytest.raises(TookTooLong), deadlines.within():
            while True:
                time.sleep(0.01)
    with Deadlines(30).within():
        total = sum(range(100_000))
    assert total


def test_what_was_broken_off_and_answered_inside_is_not_broken_off_again() -> None:
    with Deadlines(0.1).within(), pytest.raises(TookTooLong):
        while True:
            time.sleep(0.01)
    assert sum(range(100_000))


def test_what_is_in_time_leaves_nothing_for_python_to_look_for() -> None:
    """CPython 3.11 never returns from a traced call while an exception is said to be on its way to some thread."""
    subprocess.run([sys.executable, "-c", _TRACED], check=True, timeout=60)
