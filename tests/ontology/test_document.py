"""The page on the ontology lists the terms that the Turtle has."""

from __future__ import annotations

import importlib.util

from rdflib import Graph

from kg.config import data_dir


def test_the_page_is_up_to_date(ontology: Graph) -> None:
    spec = importlib.util.spec_from_file_location("document", data_dir("ontology") / "document.py")
    assert spec and spec.loader
    document = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(document)
    text = document.PAGE.read_text(encoding="utf-8")
    assert text == document.page(text, ontology), "run python ontology/document.py"
