"""What the endpoint says of itself (SPARQL 1.1 Service Description)."""

from __future__ import annotations

from kg.graph import terms
from server.rdf import Row, write
from server.statistics import Statistics

_SD = terms.PREFIXES["sd"]
_SIMPLE = "<http://www.w3.org/ns/entailment/Simple>"
_OWL = "<http://www.w3.org/ns/entailment/OWL-RDF-Based>"
_RL = "<http://www.w3.org/ns/owl-profile/RL>"
_FORMATS = "http://www.w3.org/ns/formats/"
_RESULTS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV")
_GRAPHS = ("Turtle", "N-Triples", "RDF_XML", "JSON-LD", "TriG", "N-Quads")


def service_description(statistics: Statistics, base: str, fmt: str, *, true: bool = True) -> bytes:
    """The description in an RDF format: languages, formats, features, and the graphs with their sizes.

    What follows by OWL 2 RL is in the default graph when there is an inferred graph, whichever reasoner wrote it, that
    is ``true`` still; named graphs hold what is in them and no more (SPARQL 1.1 Entailment Regimes).
    """
    service, dataset, default = f"<{base}sparql#service>", f"<{base}sparql#dataset>", f"<{base}sparql#default>"
    rows: list[Row] = [
        (service, "rdf:type", f"<{_SD}Service>"),
        (service, "sd:endpoint", f"<{base}sparql>"),
        (service, "sd:supportedLanguage", f"<{_SD}SPARQL11Query>"),
        (service, "sd:feature", f"<{_SD}UnionDefaultGraph>"),
        (service, "sd:defaultDataset", dataset),
        (dataset, "rdf:type", f"<{_SD}Dataset>"),
        (dataset, "sd:defaultGraph", default),
        (default, "rdf:type", f"<{_SD}Graph>"),
        (default, "void:triples", terms.typed(statistics.triples)),
        (f"<{base}update#service>", "rdf:type", f"<{_SD}Service>"),
        (f"<{base}update#service>", "sd:endpoint", f"<{base}update>"),
        (f"<{base}update#service>", "sd:supportedLanguage", f"<{_SD}SPARQL11Update>"),
    ]
    inferred = true and terms.Minter(base).inferred in statistics.graphs
    rows.append((service, "sd:defaultEntailmentRegime", _OWL if inferred else _SIMPLE))
    rows += [(service, "sd:defaultSupportedEntailmentProfile", _RL)] if inferred else []
    rows += [(service, "sd:resultFormat", f"<{_FORMATS}{name}>") for name in (*_RESULTS, *_GRAPHS)]
    for i, (graph, triples) in enumerate(statistics.graphs.items()):
        entry, content = f"<{base}sparql#named-{i}>", f"<{base}sparql#graph-{i}>"
        rows += [
            (dataset, "sd:namedGraph", entry),
            (entry, "rdf:type", f"<{_SD}NamedGraph>"),
            (entry, "sd:name", graph),
            (entry, "sd:graph", content),
            (entry, "sd:entailmentRegime", _SIMPLE),
            (content, "rdf:type", f"<{_SD}Graph>"),
            (content, "void:triples", terms.typed(triples)),
        ]
    return write(rows, fmt)
