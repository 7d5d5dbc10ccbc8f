"""Plans, treaties and resolutions as texts speak of them: "Annan's peace plan", "a draft resolution", "the text"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.text.coref import Tracker
    from kg.text.document import Referent
    from kg.text.names.phrases import Modifiers
    from kg.text.names.scene import Scene


class Documents:
    """Reads the nouns of documents of one scene."""

    def __init__(self, scene: Scene, tracker: Tracker) -> None:
        self.scene = scene
        self.tracker = tracker

    def read(self, noun: str, left: Modifiers, index: int, plural: bool) -> tuple[Referent, ...]:
        """ "Annan's peace plan", "a draft resolution", "the text"."""
        scene = self.scene
        if tuple(noun.split()) not in scene.nouns.documents or plural:
            return ()
        head = noun.split()[-1]
        if head not in scene.nouns.document_heads:
            return ()
        people = [p for p in left.possessors if p.kind == "Person"]
        if scene.tag[index + 1 : index + 2] == ["CD"] and head == "resolution":
            return (scene.named("Document", f"Resolution {scene.low[index + 1]}"),)
        if people:
            surname = people[0].aliases[0].split()[-1] if people[0].aliases else people[0].name.split()[-1]
            words = " ".join(w for w in (noun if " " in noun else " ".join((*reversed(left.words), noun))).split())
            found = scene.named("Document", f"{surname} {words}", None)
            found.authors = (people[0],)
            return (found,)
        earlier = self._earlier(head, index)
        if left.determiner == "the" and earlier:
            return (earlier,)
        if left.determiner in ("a", "an", "the") or left.number:
            return (self._fresh(noun, left, index),)
        return ()

    def _earlier(self, head: str, index: int) -> Referent | None:
        alike = {"text", "measure", "draft", "proposal", "document"}

        def fits(referent: Referent) -> bool:
            last = referent.name.lower().split(" on ")[0].split(" for ")[0].split()
            if referent.kind != "Document":
                return False
            return head in last or head in alike or (head == "resolution" and "draft" in last) or _pair(head, last)

        return self.tracker.last(fits, index, 12)

    def _fresh(self, noun: str, left: Modifiers, index: int) -> Referent:
        """A document first spoken of: named by its words and, where told, what it is on; one of this article only."""
        topic = ""
        scene = self.scene
        for ahead in range(index + 1, min(index + 14, scene.parse.size)):
            piece = scene.after(ahead)
            if scene.low[ahead] in (".", ";"):
                break
            if piece and piece.referents and self._is_topic(piece.referents[0].kind, ahead):
                topic = f" on {piece.referents[0].name}"
                break
        words = [w for w in reversed(left.words) if w.isalpha()][-2:] if " " not in noun else []
        name = " ".join((*words, noun)) + topic
        found = scene.named("Document", name)
        found.key = (
            f"document/{scene.document.article.slug}-{found.key.rpartition('/')[2]}" if not found.score else found.key
        )
        return found

    def _is_topic(self, kind: str, index: int) -> bool:
        """Whether a document is on the state or place named there; a city "in" which it was agreed on is no topic."""
        before = next((w for w in reversed(self.scene.low[:index]) if w not in ("the", "a")), "")
        return kind == "State" or (kind == "Place" and before not in ("in", "at", "near", "from", "to"))


def _pair(head: str, words: list[str]) -> bool:
    groups = (
        ("plan", "proposal", "initiative"),
        ("agreement", "accord", "deal", "pact"),
        ("truce", "ceasefire", "cease-fire"),
    )
    return any(head in group and any(word in group for word in words) for group in groups)
