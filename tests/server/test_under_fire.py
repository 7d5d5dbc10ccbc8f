"""The fuzz, the kills and the soak of ``benchmarks/serving``, small; the commands there do it at length."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from benchmarks.serving.crash import Builds, Loads, Scene, Updates
from benchmarks.serving.fuzz import Fuzz
from benchmarks.serving.soak import Soak, counted
from kg.graph.store import open_store
from tests.server.conftest import TOKEN, Served, filled, wait_until
from tests.server.running import kg_serve

AUTH = {"Authorization": f"Bearer {TOKEN}"}


def test_strangers_input_is_answered_as_documented(served: Served) -> None:
    fuzz = Fuzz(served.url)
    fuzz.run(900)
    assert fuzz.wrong == {}
    assert set(fuzz.sent) == {"queries", "updates", "documents", "accepts", "names", "openapi"}
    assert served.client.get("/health").status_code == 200


@pytest.mark.slow
@pytest.mark.parametrize(("scene", "kills"), [(Updates, 2), (Loads, 1), (Builds, 1)])
def test_what_was_acknowledged_survives_kills(scene: Callable[[Path], Scene], kills: int, tmp_path: Path) -> None:
    killed, chance = scene(tmp_path), random.Random(7)
    assert [killed.kill(chance) for _ in range(kills)] == [""] * kills


@pytest.mark.slow
def test_everything_at_once_loses_no_write_and_leaves_no_worker_busy(tmp_path: Path) -> None:
    with open_store(tmp_path / "store") as store:
        filled(store)
    with (
        kg_serve(tmp_path / "store", tmp_path / "log", KG_WORKERS="2", KG_TIMEOUT="20") as running,
        httpx.Client(base_url=running.url, timeout=120) as http,
    ):
        before = counted(http)
        soak = Soak(running.url, 0.01, 5)
        threads = [threading.Thread(target=soak.client, args=(number + 1,)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert soak.wrong == []
        assert soak.written and counted(http) - before == soak.written
        wait_until(lambda: not http.get("/queries", headers=AUTH).json()["queries"], 60)
