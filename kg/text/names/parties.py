"""Of which party an office or a person is: that which ruled a state alone, "the Conservative leader", "a Socialist"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.link.titles import load_titles
from kg.text.lexicon import load, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.text.document import Referent
    from kg.text.names.office import Office
    from kg.text.names.scene import Scene

_PARTISAN = words("naming", "partisan")
_LED = frozenset({"Leader", "PartyLeader", "Spokesperson"})


def ruling(scene: Scene, state: Referent) -> Referent | None:
    """The party that ruled a state alone at the article's date, of which "the Soviet party leader" is one."""
    for name, first, last in load_titles().ruling.get(state.name, ()):
        if first <= (scene.date[:4] or "9999") <= last:
            return _party(scene, name, state)
    return None


def called(scene: Scene, office: Office) -> Referent | None:
    """The party whose adjective stands before the title: "the *Conservative* leader"."""
    at = office.piece.start - 1
    if office.title.role not in _LED or at < 1 or scene.low[at] not in _PARTISAN:
        return None
    word = scene.text(at, at + 1)
    opens = at == scene.parse.sentences[scene.parse.sentence[at]][0]
    if opens or not word[:1].isupper():
        return None
    return _party(scene, f"{word} Party", office.left.states[0] if office.left.states else scene.document.focus)


def enrol(scene: Scene, state_of: Callable[[Referent], Referent | None]) -> None:
    """Takes note of who is called by his party after his name: "Ann Lee, *a Socialist*, refused"."""
    low, parties = scene.low, load("naming")["partisans"]
    persons = {span.end: span.referents[0] for span in scene.document.spans if len(span.referents) == 1}
    for index in range(3, scene.parse.size):
        for size in (1, 2):
            name = parties.get(" ".join(low[index : index + size]))
            comma = index - 2
            if name is None or low[comma : comma + 1] != [","] or low[comma + 1] not in ("a", "an"):
                continue
            person = persons.get(comma)
            if person is not None and person.kind == "State" and low[comma - 2] == "of":
                person = persons.get(comma - 2)
            if person is None or person.kind != "Person" or not scene.text(index, index + 1)[:1].isupper():
                continue
            party = _party_there(scene, name, state_of(person) or scene.document.focus)
            scene.mention(index, index + size, (party,))
            scene.document.affiliations.append((index, person, party))


def _party_there(scene: Scene, name: str, state: Referent | None) -> Referent:
    """The party of a common name in a state, called by the state where no other is known there."""
    found = _party(scene, name, state)
    if not found.score and state is not None and " of " not in found.name:
        found.aliases.append(f"{name} of {state.name}")
    return found


def _party(scene: Scene, name: str, state: Referent | None) -> Referent:
    """The party of this name in a state: of those that the reference data knows, else one of the article's own."""
    senses = [sense.record for sense in scene.reference.lookup(name) if sense.record.kind == "PoliticalParty"]
    records = scene.reference.records
    code = records[state.key].state if state and state.key in records else ""
    record = next((one for one in senses if one.state in ("", code)), None)
    return scene.known(record) if record else scene.named("PoliticalParty", name, state)
