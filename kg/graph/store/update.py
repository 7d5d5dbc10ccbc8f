"""SPARQL Update on a store whose default graph is the merge of all others.

What an update writes to the default graph is meant for a graph of its own (``own``), since a triple of the merge is
there as long as some graph states it. So updates are taken apart here and become exact changes, which listeners can
follow. An operation after others has to see what these wrote: the engine writes it, asks, and takes it all back. Only
where that is very much is a sequence rewritten for the engine, which merges anew after each operation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from kg.errors import QueryError
from kg.graph.store.changes import DEFAULT, FUNCTIONS, Changes, update_text
from kg.graph.store.parse import graph_name, query_error
from kg.graph.store.sparql import Token, closing, read_tokens
from kg.graph.terms import PREFIXES

_VARIABLE = "urn:communique:variable:"
_DECLARED = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items())
_ROW = ox.NamedNode("urn:communique:row")
_UNBOUND = ox.NamedNode("urn:communique:unbound")
_NOWHERE = "<urn:communique:nowhere>"
_MOST = 50_000
"""More changes than these are not written and taken back only to ask about them."""
_SIZES = {"PREFIX": 3, "BASE": 2, "VERSION": 2}
"""Declarations of a prologue, and how many tokens each takes."""
_SEEN = re.compile(r"\S")
_MANAGES = ("CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "LOAD")

MERGE = """
DELETE { ?s ?p ?o } WHERE { ?s ?p ?o FILTER NOT EXISTS { GRAPH ?g { ?s ?p ?o } } } ;
INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } FILTER NOT EXISTS { ?s ?p ?o } }
"""
"""Makes the default graph the merge of all graphs, whatever it was."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation: its text, all prologues so far, its own prologue, and its parts as texts, without braces.

    ``verb`` is INSERT DATA, DELETE DATA, MODIFY or a word of graph management. ``using`` are the clauses for the
    pattern as FROM clauses; ``graph`` is that of WITH.
    """

    verb: str
    text: str
    prologue: str
    declares: str
    delete: str = ""
    insert: str = ""
    where: str = ""
    graph: str = ""
    using: str = ""


def operations(text: str) -> list[Operation]:
    """The operations of an update that the engine has found to be well-formed."""
    found, prologue, tokens = [], "", read_tokens(text)
    start = 0
    while start < len(tokens):
        end = _end(tokens, start)
        begin, declares = start, ""
        while begin < end and tokens[begin].word in _SIZES:
            begin += _SIZES[tokens[begin].word]
        if begin > start:
            declares = text[tokens[start].begin : tokens[begin - 1].end] + "\n"
            prologue += declares
        if begin < end:
            found.append(_operation(text, tokens[begin:end], prologue, declares))
        start = end + 1
    return found


def understood(text: str, base: str | None) -> str:
    """An update as the engine understands it, all prefixes first; raises QueryError with line and column."""
    try:
        _validate(text, base)
    except QueryError:
        moved = hoisted(text)
        if moved == text:
            raise
        _validate(moved, base)
        return moved
    return text


def _validate(text: str, base: str | None) -> None:
    """Has the engine parse an update, against nothing."""
    try:
        ox.Store().update(text, base_iri=base, prefixes=PREFIXES)
    except (SyntaxError, ValueError) as error:
        raise query_error(error, text) from None
    except (OSError, RuntimeError):
        return  # a graph that is not there, here


def hoisted(text: str) -> str:
    """The update with all prefixes declared at its beginning, where the engine wants them, if that means the same.

    It does not where an operation gives a prefix another namespace, or another base; then the text stays as it is.
    """
    tokens, known = read_tokens(text), {f"{prefix}:": f"<{namespace}>" for prefix, namespace in PREFIXES.items()}
    start = front = 0
    moved, rest = list[str](), text
    while start < len(tokens):
        end, place = _end(tokens, start), start
        while place < end and tokens[place].word in _SIZES:
            declaration = tokens[place : place + _SIZES[tokens[place].word]]
            piece = text[declaration[0].begin : declaration[-1].end]
            if start == 0:
                front = declaration[-1].end
            elif len(declaration) < 3 or known.get(declaration[1].text, declaration[2].text) != declaration[2].text:
                return text
            else:
                moved.append(piece)
                rest = rest[: declaration[0].begin] + _SEEN.sub(" ", piece) + rest[declaration[-1].end :]
            known |= {declaration[1].text: declaration[2].text} if len(declaration) == 3 else {}
            place += len(declaration)
        start = end + 1
    return " ".join([rest[:front], *moved, rest[front:]]) if moved else text


def _end(tokens: list[Token], start: int) -> int:
    """Where the operation ends: at a semicolon outside braces, or at the end of the update."""
    index = start
    while index < len(tokens) and tokens[index].text != ";":
        index = closing(tokens, index) + 1 if tokens[index].text == "{" else index + 1
    return index


def _operation(text: str, tokens: list[Token], prologue: str, declares: str) -> Operation:
    words, whole = [token.word for token in tokens[:2]], text[tokens[0].begin : tokens[-1].end]
    if words[0] in _MANAGES:
        return Operation(words[0], whole, prologue, declares)
    blocks = {}
    graph = using = ""
    index, verb = 0, " ".join(words) if words[-1] == "DATA" else "MODIFY"
    while index < len(tokens):
        token = tokens[index]
        if token.text == "{":
            end = closing(tokens, index)
            name = tokens[index - 1].word
            blocks["WHERE" if name not in ("INSERT", "DELETE", "DATA") else name] = text[token.end : tokens[end].begin]
            index = end
        elif token.word == "WITH":
            graph = tokens[index + 1].text
        elif token.word == "USING":
            named = tokens[index + 1].word == "NAMED"
            using += f" FROM {'NAMED ' if named else ''}{tokens[index + 2 if named else index + 1].text}"
        index += 1
    where, data = blocks.get("WHERE", ""), blocks.get("DATA", "")
    short = verb == "MODIFY" and words == ["DELETE", "WHERE"]
    return Operation(
        verb,
        whole,
        prologue,
        declares,
        delete=data if verb == "DELETE DATA" else where if short else blocks.get("DELETE", ""),
        insert=data if verb == "INSERT DATA" else blocks.get("INSERT", ""),
        where=where,
        graph=graph,
        using=using,
    )


class Applier:
    """Turns operations into changes; ``apply`` says where that cannot be done exactly."""

    def __init__(self, engine: ox.Store, changes: Changes, own: str, base: str | None) -> None:
        self._engine = engine
        self._changes = changes
        self._own = graph_name(own)
        self._base = base

    def apply(self, found: Iterable[Operation]) -> bool:
        """Applies all; False when one would have to see very much that was changed, or needs the engine itself."""
        for operation in found:
            if operation.verb == "MODIFY":
                if len(self._changes.added) + len(self._changes.removed) > _MOST:
                    return False
                self._modify(operation)
            elif operation.verb.endswith("DATA"):
                self._data(operation)
            elif not self._manage(operation):
                return False
        return True

    def _data(self, operation: Operation) -> None:
        for quad in self._template(operation, operation.delete):
            self._changes.remove_quad(quad)
        for quad in self._template(operation, operation.insert, fresh=True):
            self._changes.add_quad(quad)

    def _modify(self, operation: Operation) -> None:
        gone, new = self._template(operation, operation.delete), self._template(operation, operation.insert)
        removed: list[ox.Quad] = []
        added: list[ox.Quad] = []
        for row in self._after(operation, _variables(gone + new)) if self._changes else self._solutions(operation):
            removed += _filled(gone, row)
            added += _filled(new, row)
        for quad in removed:
            self._changes.remove_quad(quad)
        for quad in added:
            self._changes.add_quad(quad)

    def _solutions(self, operation: Operation) -> Iterator[dict[str, object]]:
        """The solutions of the pattern, in the dataset of USING, else of WITH, else of the store."""
        query = f"{operation.prologue}SELECT *{operation.using} WHERE {{{operation.where}}}"
        alone = operation.graph and not operation.using
        default = self._resolve(operation, operation.graph) if alone else None
        answer = self._engine.query(query, base_iri=self._base, prefixes=PREFIXES, default_graph=default)
        assert isinstance(answer, ox.QuerySolutions)
        names = [variable.value for variable in answer.variables]
        return (dict(zip(names, row, strict=True)) for row in answer)

    def _after(self, operation: Operation, names: list[str]) -> Iterator[dict[str, object]]:
        """The solutions as the changes leave the store, of these variables.

        All is done in one update, which notes the solutions by a function and then fails, so that nothing is written.
        """
        rows: list[tuple[object, ...]] = []

        def note(*row: object) -> object:
            rows.append(row)
            return _ROW

        changes, (gained, lost) = self._changes, self._changes.merged()
        terms = ", ".join(f"COALESCE(?{name}, {_UNBOUND})" for name in names)
        text = f"""{operation.prologue}
        {update_text([*changes.removed, *lost], [*changes.added, *gained], changes.emptied())} ;
        {f"WITH {operation.graph}" if operation.graph else ""}
        INSERT {{ GRAPH {_ROW} {{ ?urn_row ?urn_row ?urn_row }} }} {operation.using.replace(" FROM ", " USING ")}
        WHERE {{ {{{operation.where}}} BIND({_ROW}({terms}) AS ?urn_row) }} ;
        CLEAR GRAPH {_NOWHERE}"""
        functions = {**FUNCTIONS, _ROW: note}
        try:
            self._engine.update(text, base_iri=self._base, prefixes=PREFIXES, custom_functions=functions)  # type: ignore[arg-type]  # the stubs want exact signatures
        except RuntimeError as error:
            if _NOWHERE not in str(error):
                raise QueryError(str(error)) from None
        return (dict(zip(names, (None if term == _UNBOUND else term for term in row), strict=True)) for row in rows)

    def _resolve(self, operation: Operation, name: str) -> ox.NamedNode:
        (quad,) = self._parsed(operation, f"{name} {name} {name} .")
        assert isinstance(quad.subject, ox.NamedNode)
        return quad.subject

    def _template(self, operation: Operation, block: str, *, fresh: bool = False) -> list[ox.Quad]:
        """The quads of a template, its variables as IRIs; what names no graph goes to that of WITH, or to ``own``."""
        if not block.strip():
            return []
        name = self._resolve(operation, operation.graph) if operation.graph else self._own
        quads = self._parsed(operation, as_trig(block), fresh=fresh)
        return [
            ox.Quad(quad.subject, quad.predicate, quad.object, name) if quad.graph_name == DEFAULT else quad
            for quad in quads
        ]

    def _parsed(self, operation: Operation, text: str, *, fresh: bool = False) -> list[ox.Quad]:
        data = f"{_DECLARED}{operation.prologue}{text}"
        return list(ox.parse(data, ox.RdfFormat.TRIG, base_iri=self._base, rename_blank_nodes=fresh))

    def _manage(self, operation: Operation) -> bool:
        tokens = [token for token in read_tokens(operation.text) if token.word not in ("SILENT", "GRAPH", "TO")]
        verb, ends = tokens[0].word, [self._graphs(operation, token) for token in tokens[1:]]
        if verb == "CREATE":
            return True
        if verb in ("CLEAR", "DROP"):
            for name in ends[0]:
                self._changes.clear(str(name))
            return True
        if verb == "LOAD" or ends[0] == ends[1]:
            return verb != "LOAD"
        (source,), (target,) = ends
        moved = list(self._changes.quads_of(source))
        if verb in ("COPY", "MOVE"):
            self._changes.clear(str(target))
        for quad in moved:
            self._changes.add_quad(ox.Quad(quad.subject, quad.predicate, quad.object, target))
        if verb == "MOVE":
            self._changes.clear(str(source))
        return True

    def _graphs(self, operation: Operation, token: Token) -> list[ox.NamedNode]:
        if token.word == "DEFAULT":
            return [self._own]
        if token.word in ("ALL", "NAMED"):
            names = [name for name in self._changes.graphs() if token.word == "ALL" or name != self._own]
            return [name for name in names if isinstance(name, ox.NamedNode)]
        return [self._resolve(operation, token.text)]


def as_trig(block: str, own: str = "") -> str:
    """The quads of a template as TriG, variables as IRIs; with ``own``, as a template again, nothing in no graph."""
    tokens, parts, index = read_tokens(block), [""], 0
    while index < len(tokens):
        named = tokens[index].word == "GRAPH"
        end = closing(tokens, index + 2) if named else _next_graph(tokens, index) - 1
        piece = _piece(block, tokens[index : end + 1], own)
        closed = tokens[end].text == "."
        parts.append(piece if named else f"GRAPH {own} {{ {piece} }}" if own else piece if closed else f"{piece} .")
        index = end + 1
        if named and index < len(tokens) and tokens[index].text == ".":
            index += 1
    return "\n".join(parts)


def _next_graph(tokens: list[Token], index: int) -> int:
    return next((i for i in range(index, len(tokens)) if tokens[i].word == "GRAPH"), len(tokens))


def _piece(block: str, tokens: list[Token], own: str) -> str:
    """The text from the first token to the last, its variables replaced unless it is to stay a template."""
    parts, place = [], tokens[0].begin
    for token in tokens:
        if token.kind == "variable" and not own:
            parts += [block[place : token.begin], f"<{_VARIABLE}{token.text[1:]}>"]
            place = token.end
    return "".join([*parts, block[place : tokens[-1].end]])


def rewritten(found: Iterable[Operation], own: str) -> str:
    """The operations for the engine, with what is meant for the default graph going to ``own``; each with the merge."""
    return " ;\n".join(text for operation in found for text in (_rewritten(operation, own), MERGE))


def _rewritten(operation: Operation, own: str) -> str:
    if operation.verb in _MANAGES:
        tokens = read_tokens(operation.text)
        words = [f"GRAPH {own}" if token.word == "DEFAULT" else token.text for token in tokens]
        if words[-1].upper() == "NAMED":
            kept = f"COPY SILENT GRAPH {own} TO DEFAULT ; {{}} ; COPY SILENT DEFAULT TO GRAPH {own}"
            return operation.declares + kept.format("CLEAR SILENT NAMED")
        silent = [] if "SILENT" in words or words[0].upper() == "LOAD" else ["SILENT"]
        return operation.declares + " ".join([words[0], *silent, *words[1:]])
    if operation.graph:
        return operation.declares + operation.text
    delete, insert = (as_trig(block, own) for block in (operation.delete, operation.insert))
    if operation.verb != "MODIFY":
        return f"{operation.declares}{operation.verb} {{ {delete or insert} }}"
    parts = [f"DELETE {{ {delete} }}" if delete else "", f"INSERT {{ {insert} }}" if insert else ""]
    using = operation.using.replace(" FROM ", " USING ")
    return f"{operation.declares}{' '.join(parts)}{using} WHERE {{{operation.where}}}"


def _variables(template: list[ox.Quad]) -> list[str]:
    """The variables of a template, each once."""

    def inside(term: object) -> Iterator[str]:
        if isinstance(term, ox.NamedNode) and term.value.startswith(_VARIABLE):
            yield term.value[len(_VARIABLE) :]
        elif isinstance(term, ox.Triple | ox.Quad):
            for part in term:
                yield from inside(part)

    return sorted({name for quad in template for name in inside(quad)})


def _filled(template: list[ox.Quad], row: dict[str, object]) -> Iterator[ox.Quad]:
    """The quads that a solution makes of a template; those that would not be RDF are left out."""
    nodes: dict[str, ox.BlankNode] = {}

    def fill(term: object) -> object:
        if isinstance(term, ox.NamedNode) and term.value.startswith(_VARIABLE):
            return row.get(term.value[len(_VARIABLE) :])
        if isinstance(term, ox.BlankNode):
            return nodes.setdefault(term.value, ox.BlankNode())
        if isinstance(term, ox.Triple):
            return ox.Triple(*(fill(part) for part in (term.subject, term.predicate, term.object)))  # type: ignore[arg-type]  # checked below
        return term

    for quad in template:
        try:
            yield ox.Quad(*(fill(part) for part in (quad.subject, quad.predicate, quad.object, quad.graph_name)))  # type: ignore[arg-type]  # a TypeError tells
        except TypeError:
            continue
