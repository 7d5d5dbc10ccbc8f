"""Our reading of the eight sentences of the PIKES evaluation against its gold graphs, as far as they can be mapped.

A gold graph has a node for each mention, named by its head token, and frames of PropBank, NomBank, VerbNet and FrameNet
over them. We name no frames, so what is compared is what both say: links to DBpedia, which mentions are one thing, and
*edges*, pairs of a frame and a participant. As in the published comparison, a noun that is its own frame ("officials")
is one node with what it names. ``FRAMES`` says which gold frames our vocabulary has, and by which classes; edges of
those are the covered part, and docs/quality.md says what is left out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from rdflib import OWL, RDF, Graph, URIRef
from rdflib.term import Node

from kg.config import Settings
from kg.errors import InputError
from kg.evaluate.schema import load
from kg.model import Article, Event, Mention, Reading, Tenure

Edge: TypeAlias = frozenset[str]
"""Two nodes, in either order."""

PREFIXES = "@prefix dul: <eval:dul#> .\n"
THEORIES = ("eval:propbank#", "eval:nombank#", "eval:verbnet#", "eval:framenet#", "eval:dul#")
MODIFIER = re.compile(r"am-|neg$|hasQuality$|manner$|descriptor$")
DBPEDIA = "http://dbpedia.org/resource/"
FRAMES: Mapping[str, frozenset[str]] = {
    "approve.01": frozenset({"Support", "Agreement"}),
    "support.01": frozenset({"Support"}),
    "help.01": frozenset({"Support", "Cooperation", "Aid"}),
    "storm.02": frozenset({"Attack"}),
    "capture.01": frozenset({"Attack"}),
    "fight.01": frozenset({"Attack"}),
    "say.01": frozenset({"Statement"}),
    "contribute.01": frozenset({"Aid"}),
    "donate.01": frozenset({"Aid"}),
    "push.02": frozenset({"Request"}),
    "isolate.01": frozenset({"Sanction"}),
    "blacklist.01": frozenset({"Sanction"}),
    "impose.01": frozenset({"Sanction"}),
    "group.01": frozenset(),
    "official.01": frozenset(),
    "insurgent.01": frozenset(),
    "opposition.01": frozenset(),
    "president.01": frozenset(),
    "veteran.02": frozenset(),
}
"""PropBank and NomBank frames that our vocabulary has; without a class, those that say whose somebody is."""


@dataclass(slots=True)
class Figures:
    """True, predicted and gold items."""

    right: int = 0
    predicted: int = 0
    gold: int = 0

    @property
    def precision(self) -> float:
        """Right of predicted."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Right of gold."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def add(self, right: int, predicted: int, gold: int) -> None:
        """Counts the items of one sentence."""
        self.right, self.predicted, self.gold = self.right + right, self.predicted + predicted, self.gold + gold


@dataclass(frozen=True, slots=True)
class GoldGraph:
    """One sentence's gold: edges by frame, which frames are covered, links, coreference, and pairs not to be judged."""

    edges: frozenset[Edge]
    frames: Mapping[str, frozenset[Edge]]
    links: frozenset[tuple[str, str]]
    same: frozenset[Edge]
    ignored: frozenset[Edge]
    classes: Mapping[str, frozenset[str]]
    verbs: frozenset[str]

    @property
    def nodes(self) -> frozenset[str]:
        """Every token that something is said of."""
        linked = {node for node, _ in self.links}
        return frozenset().union(linked, self.frames, *self.edges, *self.same)

    @property
    def covered(self) -> frozenset[Edge]:
        """Edges of frames that our vocabulary has, between the frame and who or what is no verb that it lacks."""
        lacking = self.verbs - self.classes.keys()
        return frozenset(edge for token in self.classes for edge in self.frames[token] if not edge & lacking)


@dataclass(slots=True)
class Result:
    """Figures by measure, and a line for each edge that was missed in the covered part or is extra."""

    figures: dict[str, Figures] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)

    def add(self, measure: str, right: int, predicted: int, gold: int) -> None:
        """Counts the items of one sentence for a measure."""
        self.figures.setdefault(measure, Figures()).add(right, predicted, gold)


def evaluate(folder: Path) -> Result:
    """Reads each sentence of ``sentences.jsonl`` as an article of its own and compares it with ``gold/gold.N.ttl``.

    Raises InputError for a folder without these.
    """
    from kg.build import load_tools, read_article

    tools, result = load_tools(Settings.from_environment()), Result()
    for number, text in sentences(folder / "sentences.jsonl"):
        reading = read_article(Article(slug=f"s{number}", title="", text=text, source=folder.name), tools)
        compare(gold(folder / "gold" / f"gold.{number}.ttl"), reading, result)
    return result


def sentences(path: Path) -> Iterator[tuple[int, str]]:
    """Numbers and texts; raises InputError for a file that does not hold them."""
    try:
        for line in path.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            yield record["id"], record["text"]
    except (OSError, ValueError, KeyError) as error:
        raise InputError(f"holds no sentences: {error}", source=str(path)) from error


def gold(path: Path) -> GoldGraph:
    """One gold graph; slips of its Turtle are put right (``a nb:group.01 ; fn:Organization``, ``:eval:``)."""
    try:
        return parse(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot be read: {error}", source=str(path)) from error
    except SyntaxError as error:
        raise InputError("not Turtle", source=str(path)) from error


def parse(text: str) -> GoldGraph:
    """What one gold graph in Turtle says."""
    text = re.sub(r";(\s*fn:\w+\s*\.\s)", r",\1", text).replace(" :eval:", " eval:")
    graph = Graph().parse(data=PREFIXES + re.sub(r"\.(?=\s*\n\s*nb:)", ";", text), format="turtle")
    edges: set[Edge] = set()
    frames: dict[str, frozenset[Edge]] = {}
    classes: dict[str, frozenset[str]] = {}
    verbs = {s for s, kind in graph.subject_objects(RDF.type) if THEORIES[0] in str(kind) and _token(s) == _local(s)}
    for subject in sorted(set(graph.subjects()), key=str):
        token, pairs = _token(subject), _arguments(graph, subject)
        if pairs:
            edges |= pairs.keys()
            core = frozenset(pair for pair, names in pairs.items() if not all(map(MODIFIER.match, names)))
            frames[token] = frames.get(token, frozenset()) | core
            for roleset in sorted(FRAMES.keys() & set(map(_local, graph.objects(subject, RDF.type)))):
                classes[token] = classes.get(token, frozenset()) | FRAMES[roleset]
    return GoldGraph(
        edges=frozenset(edges),
        frames=frames,
        links=frozenset(
            (_token(node), str(other).removeprefix(DBPEDIA))
            for node, other in graph.subject_objects(OWL.sameAs)
            if str(other).startswith(DBPEDIA)
        ),
        same=_pairs(graph, OWL.sameAs),
        ignored=_pairs(graph, URIRef("eval:schema#associableTo")),
        classes=classes,
        verbs=frozenset(map(_token, verbs)),
    )


def _arguments(graph: Graph, subject: Node) -> dict[Edge, set[str]]:
    """The pairs of a frame with its participants, each with the names of the roles that say so."""
    found: dict[Edge, set[str]] = {}
    for predicate, other in graph.predicate_objects(subject):
        pair = frozenset({_token(subject), _token(other)})
        if _theory(predicate) and len(pair) == 2:
            found.setdefault(pair, set()).add(_local(predicate))
    return found


def _theory(predicate: Node) -> bool:
    return any(theory in str(predicate) for theory in THEORIES)


def _local(node: Node) -> str:
    return re.split(r"[/#]", str(node))[-1]


def _token(node: Node) -> str:
    return _local(node).removesuffix("_v")


def _pairs(graph: Graph, predicate: URIRef) -> frozenset[Edge]:
    found = (frozenset({_token(a), _token(b)}) for a, b in graph.subject_objects(predicate) if DBPEDIA not in str(b))
    return frozenset(pair for pair in found if len(pair) == 2)


def compare(wanted: GoldGraph, reading: Reading, result: Result) -> None:
    """Scores one sentence."""
    keys = anchors(wanted.nodes, reading)
    links = _links(keys, reading)
    same = {frozenset({a, b}) for a in keys for b in keys if a < b and keys[a] == keys[b]}
    closed = _closed(wanted.same)
    predicted = set(_belonging(wanted, keys, reading)) | set(_participation(wanted, keys, reading))
    right = {edge for edge in predicted if _known(edge, wanted.edges, closed)}
    judged = right | {edge for edge in predicted - right if not _known(edge, wanted.ignored, closed)}
    found = {edge for edge in wanted.edges if any(_known(edge, {other}, closed) for other in predicted)}
    result.add("links", len(links & wanted.links), len(links), len(wanted.links))
    result.add("coreference", len(same & closed), len(same), len(wanted.same))
    result.add("edges, covered part", len(found & wanted.covered), len(judged), len(wanted.covered))
    result.add("edges, whole gold", len(found), len(judged), len(wanted.edges))
    result.add(
        "all three, whole gold",
        len(links & wanted.links) + len(same & closed) + len(found),
        len(links) + len(same) + len(judged),
        len(wanted.links) + len(wanted.same) + len(wanted.edges),
    )
    slug = reading.article.slug
    result.errors += [f"{slug}: missed {' – '.join(sorted(edge))}" for edge in _ordered(wanted.covered - found)]
    result.errors += [f"{slug}: extra {' – '.join(sorted(edge))}" for edge in _ordered(judged - right)]


def _ordered(edges: Iterable[Edge]) -> list[Edge]:
    return sorted(edges, key=sorted)


def anchors(nodes: Iterable[str], reading: Reading) -> dict[str, str]:
    """The key of the entity that each node's token is the last word of a mention of, the shortest such mention's."""
    found: dict[str, tuple[int, str]] = {}
    for node in nodes:
        finish = _finish(node, reading.article.text)
        fitting = [mention for mention in reading.mentions if mention.finish == finish]
        if fitting:
            best = min(fitting, key=_length)
            found[node] = (_length(best), best.key)
    return {node: key for node, (_, key) in sorted(found.items())}


def _length(mention: Mention) -> int:
    return mention.finish - mention.begin


def _finish(node: str, text: str) -> int:
    """Where the token of a node ends: ``iraq_2`` is the second "Iraq"; -1 where it is not in the text."""
    word, _, count = node.partition("_")
    places = [found.end() for found in re.finditer(rf"\b{re.escape(word)}\b", text, re.IGNORECASE)]
    number = int(count) - 1 if count.isdigit() else 0
    return places[number] if number < len(places) else -1


def _links(keys: Mapping[str, str], reading: Reading) -> set[tuple[str, str]]:
    """Nodes with the DBpedia resource whose title is a name of the linked entity, else with the entity's own name."""
    titles = {}
    for entity in reading.entities:
        if entity.identities:
            titles[entity.key] = entity.name.replace(" ", "_")
    return {(node, titles[key]) for node, key in keys.items() if key in titles}


def _belonging(wanted: GoldGraph, keys: Mapping[str, str], reading: Reading) -> Iterator[Edge]:
    """Pairs of somebody and the state or body that he is of, by office or origin; gold's mention where it has one."""
    related = {(entity.key, entity.of_state) for entity in reading.entities if entity.of_state}
    related |= {(fact.holder, fact.organisation) for fact in reading.facts if isinstance(fact, Tenure)}
    for one, other in sorted(related):
        pairs = [frozenset({a, b}) for a in _nodes(one, keys) for b in _nodes(other, keys)]
        yield from [pair for pair in pairs if pair in wanted.edges][:1] or pairs[:1]


def _nodes(key: str, keys: Mapping[str, str]) -> list[str]:
    return [node for node, anchored in keys.items() if anchored == key]


def _participation(wanted: GoldGraph, keys: Mapping[str, str], reading: Reading) -> Iterator[Edge]:
    """Pairs of an event and a participant; the event stands at the gold frame of its class that shares most of them."""
    free = {token for token, classes in wanted.classes.items() if classes}
    closed = _closed(wanted.same)
    for number, (kind, participants) in enumerate(_happenings(reading)):
        kinds = load().supers(kind)
        pairs = {token: _at(token, participants, keys, wanted, closed) for token in free}
        fitting = [token for token in sorted(free) if wanted.classes[token] & kinds]
        best = max(fitting, key=lambda token: len(pairs[token] & wanted.edges), default="")
        free.discard(best)
        yield from pairs[best] if best else (frozenset({f"{kind} {number}", key}) for key in participants)


def _happenings(reading: Reading) -> Iterator[tuple[str, list[str]]]:
    """Events with their participants, and what the content of one describes with what it mentions."""
    for fact in reading.facts:
        if isinstance(fact, Event):
            yield fact.kind, list(dict.fromkeys(role.key for role in fact.roles))
            if fact.content and fact.content.describes:
                yield fact.content.describes, list(fact.content.mentions)


def _at(
    token: str, participants: list[str], keys: Mapping[str, str], wanted: GoldGraph, closed: frozenset[Edge]
) -> set[Edge]:
    """One pair for each participant: with the node that the gold has there, else with the first that names it."""
    found = set()
    for key in participants:
        nodes = _nodes(key, keys) or [key]
        pairs = [frozenset({token, node}) for node in nodes if node != token]
        found |= set([pair for pair in pairs if _known(pair, wanted.edges, closed)][:1] or pairs[:1])
    return found


def _known(edge: Edge, edges: Iterable[Edge], closed: frozenset[Edge]) -> bool:
    """Whether an edge is among others, a node standing for any that is the same thing."""
    return any(edge == other or (len(edge & other) == 1 and edge ^ other in closed) for other in edges)


def _closed(same: frozenset[Edge]) -> frozenset[Edge]:
    """Coreference as pairs, closed under transitivity."""
    closed = set(same)
    while more := {a ^ b for a in closed for b in closed if len(a & b) == 1} - closed:
        closed |= more
    return frozenset(closed)


__all__ = ["FRAMES", "Figures", "GoldGraph", "Result", "compare", "evaluate", "gold", "parse", "sentences"]
