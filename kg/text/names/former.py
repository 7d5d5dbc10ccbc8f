"""Who held an office before, and what a short title may mean: "the former mayor", "the minister"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.text.document import Referent
    from kg.text.names.office import Office
    from kg.text.names.offices import Offices


def held_before(offices: Offices, person: Referent, office: Office, wanted: frozenset[str]) -> bool:
    """Whether a person is said or known to have held such an office before, in one of the organisations wanted."""
    scene, role = offices.scene, office.title.role
    if person.kind != "Person":
        return False
    told = (h for h in offices.by_holder.get(person.id, ()) if h.former)
    if any(h.role == role and (not wanted or h.organisation.key in wanted) for h in told):
        return True
    record = scene.people.records.get(person.id)
    known = scene.reference.offices(record.key) if record and scene.date else ()
    fits = (one for one in known if one.role == role and one.end and one.end <= scene.date)
    return any(not wanted or one.organisation in wanted for one in fits)


def is_generic(said: str, held: str) -> bool:
    """Whether a short title may mean a longer one: "Minister" for "Foreign Minister", "Envoy" for "Special Envoy"."""
    return held.endswith(said) or (said == "Spokesman" and held.startswith("Spokes"))
