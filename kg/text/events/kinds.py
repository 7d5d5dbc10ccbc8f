"""Groups of event classes that circumstances go by: what is said, where people gather, what is done with force."""

from __future__ import annotations

GATHERING = frozenset({"Meeting", "Summit", "Negotiation", "Agreement", "Consultation", "Vote"})
TALKS = frozenset({"Meeting", "Negotiation", "Summit", "Consultation"})
SPOKEN = frozenset({"Statement", "Appeal", "Demand", "Accusation", "Rejection", "Threat", "Support"})
PHYSICAL = frozenset(
    {"Attack", "Killing", "Protest", "Mobilisation", "Coercion", "Detention", "Retreat", "WeaponsTest", "Visit"}
)
VIOLENT = frozenset({"Attack", "Killing", "Detention"})
LASTING = frozenset(
    {"Attack", "Killing", "Protest", "Coercion", "Negotiation", "Mediation", "Cooperation", "Rejection"}
)
