"""Why a fact holds: the engine's proof, down to what is stated, and to the sentences that state it."""

from __future__ import annotations

import io
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass

from kg.errors import NotFoundError
from kg.graph.evidence import reports_for
from kg.graph.export import export
from kg.graph.find import find
from kg.graph.proof import Proof, Triple, render, say, word
from kg.graph.reason.beyond import derivations
from kg.graph.reason.engine import Engine
from kg.graph.reason.following import Follower
from kg.graph.reason.keeping import Keeper
from kg.graph.reason.proofs import Derivation
from kg.graph.reason.proofs import Proof as Steps
from kg.graph.reason.render import LISTS, as_mermaid, as_prov
from kg.graph.reason.render import Proof as Renderable
from kg.graph.store import Store, open_store
from kg.graph.terms import Minter, iri, literal, shorten, value

_MOST_ALTERNATIVES = 50
FORMATS = ("text", "json", "turtle", "ntriples", "mermaid")
"""What an explanation can be written as; RDF is PROV-O."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """A proof, and every way in which its conclusion follows in one step, the one that the proof takes included."""

    proof: Proof
    derivations: tuple[Derivation, ...] = ()

    def alternatives(self) -> tuple[Derivation, ...]:
        """The ways that the proof does not take."""
        taken = self.proof.rule, tuple(premise.triple for premise in self.proof.premises)
        return tuple(found for found in self.derivations if (found.rule, found.premises) != taken)

    def as_dict(self) -> dict[str, object]:
        """For JSON: the proof, and beside it the alternatives, each a rule and its premises."""
        others = [{"rule": found.rule, "premises": [list(p) for p in found.premises]} for found in self.alternatives()]
        return self.proof.as_dict() | {"alternatives": others}

    def written(self, form: str, store: Store, base: str) -> str:
        """The explanation in one of ``FORMATS``; alternatives are in the text and in JSON."""
        match form:
            case "json":
                return json.dumps(self.as_dict(), ensure_ascii=False, indent=2) + "\n"
            case "mermaid":
                return as_mermaid(self.proof, lambda term: word(store, term))
            case "turtle" | "ntriples":
                return _rdf(self.proof, form, base)
            case _:
                return render(self.proof, store, base) + self._others(store)

    def _others(self, store: Store) -> str:
        others = self.alternatives()
        if not others:
            return ""
        ways = ["; ".join(say(p, store) for p in found.premises if p[1] not in LISTS) for found in others]
        lines = [f"  [{found.rule}] {way}" for found, way in zip(others, ways, strict=True)]
        return "\n".join([f"It also follows, in one step, from ({len(lines)}):", *lines, ""])


def _rdf(proof: Proof, form: str, base: str) -> str:
    """The proof in PROV-O; its leaves have reports, or else graphs, as their sources."""

    def sources(leaf: Renderable) -> list[str]:
        assert isinstance(leaf, Proof)
        return [report.iri for report in leaf.reports] or [value(graph) for graph in leaf.graphs]

    lines = as_prov(proof, f"{base}proof/", sources)
    if form == "ntriples":
        return lines.decode()
    with open_store(None) as scratch:
        graph, out = iri(f"{base}proof"), io.BytesIO()
        scratch.load(lines, "ntriples", graph=graph)
        export(scratch, out, "turtle", graph=graph, base=base)
    return out.getvalue().decode()


class Explainer:
    """Explains the triples of a store; it keeps a closed engine, which follows the store, from its first use on."""

    def __init__(self, store: Store, minter: Minter, kept: Keeper | None = None) -> None:
        """``kept`` is who keeps the store's inferred graph, and has such an engine already."""
        self._store = store
        self._minter = minter
        self._kept = kept
        self._follower: Follower | None = None
        self._lock = threading.Lock()

    def explain(self, triple: Triple) -> Explanation:
        """A proof of a triple of terms from as few rounds as possible, and its alternatives.

        Raises NotFoundError, which says that the triple is not derivable, where it is neither stated nor follows.
        """
        with self._search() as search:
            return search.explain(triple)

    def proof(self, triple: Triple) -> Proof:
        """The proof alone."""
        with self._search() as search:
            return search.prove(triple)

    @contextmanager
    def _search(self) -> Iterator[_Search]:
        with self._kept.closed() if self._kept else nullcontext() as engine, self._lock:
            yield _Search(self._store, self._minter, engine or self._own())

    def _own(self) -> Engine:
        if self._follower is None:
            self._follower = Follower(self._store, self._minter)
        return self._follower.update()[0]


def named(store: Store, minter: Minter, subject: str, predicate: str, obj: str) -> Triple:
    """The triple that a person means by IRIs, prefixed names, keys or names; the object may be a plain value, too."""
    return find(store, minter, subject), find(store, minter, predicate), _object(store, minter, obj)


def _object(store: Store, minter: Minter, text: str) -> str:
    try:
        return find(store, minter, text)
    except NotFoundError:
        plain = literal(text)
        if any(True for _ in store.triples(None, None, plain)):
            return plain
        raise


def explain(store: Store, minter: Minter, triple: Triple) -> Proof:
    """A proof of a triple of terms, from as few rounds as possible.

    Raises NotFoundError where it is neither stated nor derivable. To explain several, keep an ``Explainer``.
    """
    return Explainer(store, minter).proof(triple)


class _Search:
    """The engine's proofs with what the store knows of their leaves, and conclusions of the rules beyond OWL."""

    def __init__(self, store: Store, minter: Minter, engine: Engine) -> None:
        self._store = store
        self._minter = minter
        self._engine = engine
        self._derived = set(minter.derived)
        self._known: dict[Steps, Proof] = {}

    def explain(self, triple: Triple) -> Explanation:
        proof = self.prove(triple)
        found = [*self._engine.derivations(*triple)[:_MOST_ALTERNATIVES], *self._beyond(triple)]
        return Explanation(proof, tuple(dict.fromkeys(found)))

    def prove(self, triple: Triple) -> Proof:
        if self._stated(triple):
            return self._leaf(triple)
        for found in self._beyond(triple):
            return Proof(triple, rule=found.rule, premises=tuple(map(self.prove, found.premises)))
        try:
            return self._furnished(self._engine.prove(*triple))
        except NotFoundError:
            raise NotFoundError(self._unknown(triple)) from None

    def _beyond(self, triple: Triple) -> Iterator[Derivation]:
        return derivations(self._store, self._minter, triple)

    def _furnished(self, steps: Steps) -> Proof:
        """The engine's proof with graphs and reports at its leaves."""
        known = self._known.get(steps)
        if known is None:
            premises = tuple(map(self._furnished, steps.premises))
            known = (
                self._leaf(steps.triple) if steps.stated else Proof(steps.triple, rule=steps.rule, premises=premises)
            )
            self._known[steps] = known
        return known

    def _leaf(self, triple: Triple) -> Proof:
        graphs = self._stated(triple)
        articles = (graph for graph in graphs if graph.startswith(self._minter.graph("article/")[:-1]))
        return Proof(triple, graphs, reports_for(self._store, triple, articles))

    def _stated(self, triple: Triple) -> tuple[str, ...]:
        return tuple(sorted({graph for _, _, _, graph in self._store.quads(*triple)} - self._derived))

    def _unknown(self, triple: Triple) -> str:
        said = " ".join(shorten(term, self._minter.base) for term in triple)
        stale = self._store.contains(*triple, self._minter.inferred)
        why = "; the inferred graph has it, but is older than what is stated: kg infer renews it" if stale else ""
        return f"neither stated nor derived: {said} is not derivable from what is stated{why}"
