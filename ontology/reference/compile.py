"""Compiles the reference data that ships with the project: ``python ontology/reference/compile.py SOURCE [TARGET]``.

SOURCE is the folder of collected tables (``../shared/reference``), TARGET this folder. What we know ourselves lies in
``own/`` beside this file and comes first. Only rows that may be passed on are taken: Wikidata (CC0) as kept by
EveryPolitician, Natural Earth (public domain), country-coder (ISC), opensanctions, the veto list
and country groups (MIT, CC0). The output is sorted and its archives carry no time, so the same input gives the
same bytes. Columns are described in docs/reference.md.
"""

from __future__ import annotations

import csv
import gzip
import io
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

Row = dict[str, str]
HERE = Path(__file__).resolve().parent
OWN = HERE / "own"
OWN_SOURCE = "own knowledge"
_GROWN_UP = 16  # years, for kings
FAMOUS = 500_000  # inhabitants from which a city is more likely meant than a person who bears its name

COUNTRIES = "qid iso2 iso3 name official_name aliases demonyms capital capital_qid un_member status latitude longitude"
CITIES = "qid name country_iso3 latitude longitude population capital aliases admin1"
ORGANISATIONS = "qid name acronym aliases kind headquarters part_of state_iso3 qid_source"
REGIONS = "qid name aliases kind state_iso3 latitude longitude source"
METONYMS = "alias country_iso3 role source"
OFFICEHOLDERS = "country country_qid position position_qid person person_qid start end source_repo"
PERSONS = "qid gender birth death"
PERSON_NAMES = "person aliases"
MEMBERSHIPS = "organisation member_iso3 kind start end source"
VETOES = "date resolution meeting_record subject topic veto_iso3"


def read(path: Path) -> list[Row]:
    """The rows of a CSV file; nothing where the file is not there."""
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def write(path: Path, columns: str, rows: Iterable[Row]) -> int:
    """Writes rows with these columns, gzipped without a time where the name says so; returns how many."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns.split(), restval="", extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    kept = list(rows)
    writer.writerows(kept)
    data = text.getvalue().encode()
    path.write_bytes(gzip.compress(data, compresslevel=9, mtime=0) if path.suffix == ".gz" else data)
    return len(kept)


def cell(value: str) -> list[str]:
    """The values of a cell that holds several, separated by bars."""
    return [part for part in (p.strip() for p in value.split("|")) if part]


def by(rows: Iterable[Row], column: str) -> dict[str, Row]:
    """The first row for each value of a column, empty values left out."""
    found: dict[str, Row] = {}
    for row in rows:
        if row[column]:
            found.setdefault(row[column], row)
    return found


# -- states ------------------------------------------------------------------------------------------------------------


def countries(source: Path, cities: Sequence[Row]) -> list[Row]:
    """Our own table of states, with codes of country-coder's items and the capital's place by Natural Earth."""
    known = by(read(source / "countries.csv"), "iso3")
    capitals = {row["iso3"]: row["capital"] for row in read(OWN / "capitals.csv")}
    first = by((c for c in cities if c["capital"] == "country"), "country_iso3")
    named = {(c["country_iso3"], n): c for c in cities for n in (c["name"], *cell(c["aliases"]))}
    rows = []
    for row in read(OWN / "states.csv"):
        iso3 = row["iso3"]
        capital = capitals.get(iso3) or first.get(iso3, {}).get("name", "")
        place = named.get((iso3, capital)) or first.get(iso3, {})
        rows.append(
            row
            | {
                "qid": known.get(iso3, {}).get("qid", "") or row["qid"],
                "capital": capital,
                "capital_qid": place.get("qid", ""),
                "un_member": "true" if row["status"] == "member" else "false",
                "latitude": place.get("latitude", ""),
                "longitude": place.get("longitude", ""),
            }
        )
    return sorted(rows, key=lambda r: r["iso3"])


def state_names(source: Path, states: Sequence[Row]) -> dict[str, Row]:
    """Our states by every Wikidata item that stands for them."""
    ours = by(states, "iso3")
    found = {}
    for row in read(source / "countries.csv"):
        if row["iso3"] in ours:
            for qid in (row["qid"], *cell(row["alt_qids"])):
                found[qid] = ours[row["iso3"]]
    return found


# -- places ------------------------------------------------------------------------------------------------------------

_TRUNCATED = re.compile(r"^(.{1,2}|Ciudad de M|Ciudad de Panam)$")


def cities(source: Path) -> list[Row]:
    """Natural Earth's populated places, without those whose names are words or people, with our corrections."""
    words = {row["name"] for row in read(OWN / "cities_not_names.csv")}
    people = personal_names(source)
    extra = {(row["name"], row["country_iso3"]): row for row in read(OWN / "cities.csv")}
    states = {name for row in read(OWN / "states.csv") for name in (row["name"], *cell(row["aliases"]))}
    rows = []
    for row in read(source / "extra" / "cities_all.csv"):
        if row["country_iso3"] == "ATA":
            continue  # research stations, whose other names are those of the states that run them
        famous = row["capital"].startswith("country") or int(row["population"] or 0) >= FAMOUS
        more = extra.pop((row["name"], row["country_iso3"]), None)
        if not more and (row["name"] in words or (not famous and row["name"] in people)):
            continue
        aliases = [a for a in cell(row["aliases"]) if not _TRUNCATED.match(a) and a not in states | words]
        aliases += [a for a in cell(more["aliases"]) if a not in aliases] if more else []
        rows.append(
            row | {"aliases": "|".join(aliases), "qid": row["qid"] if row["qid_source"] == "natural-earth" else ""}
        )
    rows += [row for row in extra.values() if row["latitude"]]
    return sorted(rows, key=lambda r: (r["country_iso3"], r["name"], r["admin1"], -int(r["population"] or 0), r["qid"]))


def personal_names(source: Path) -> set[str]:
    """Words that three office-holders or more are called, so that a small town of that name is rarely meant."""
    borne: Counter[str] = Counter()
    for row in read(source / "extra" / "persons.csv"):
        borne.update(set(row["name"].split()))
    return {word for word, count in borne.items() if count >= 3}


def regions(source: Path) -> list[Row]:
    """Our own list of regions, with items of country-coder by name, and country-coder's continents and regions."""
    coded = {r["name"]: r for r in read(source / "extra" / "regions.csv")}
    rows = [
        r | {"qid": coded.get(r["name"], {}).get("qid", ""), "source": OWN_SOURCE} for r in read(OWN / "regions.csv")
    ]
    ours = {r["name"] for r in rows}
    states = {r["name"] for r in read(OWN / "states.csv")}
    kinds = {"region": "continent", "subregion": "region", "intermediateRegion": "region"}
    for name, row in coded.items():
        if row["level"] in kinds and name not in ours and name not in states:
            rows.append({"qid": row["qid"], "name": name, "kind": kinds[row["level"]], "source": "country-coder"})
    return sorted(rows, key=lambda r: r["name"])


def metonyms(source: Path, states: Sequence[Row]) -> list[Row]:
    """Names of buildings, agencies and capitals that stand for a state; our own, and all capitals."""
    known = {row["iso3"] for row in states}
    dropped = {row["alias"].casefold() for row in read(OWN / "metonyms_not.csv")}
    taken = [r | {"source": OWN_SOURCE} for r in read(OWN / "metonyms.csv")]
    for row in read(source / "metonyms.csv"):
        if (
            row["role"] != "CAPITAL"
            and row["source"] in ("hand", "Phoenix.Countries.actors")
            and row["country_iso3"] in known
        ):
            taken.append(row)
    taken += [
        {"alias": s["capital"], "country_iso3": s["iso3"], "role": "CAPITAL", "source": "Natural Earth"}
        for s in states
        if s["capital"] and s["status"] != "former"
    ]
    found: dict[tuple[str, str], Row] = {}
    for row in taken:
        if row["alias"].casefold() not in dropped:
            found.setdefault((row["alias"].casefold(), row["country_iso3"]), row)
    return sorted(found.values(), key=lambda r: (r["alias"], r["country_iso3"]))


# -- organisations -----------------------------------------------------------------------------------------------------


def organisations(source: Path) -> list[Row]:
    """The collected list of organisations, corrected and completed by our own; items as its sources state them."""
    own = {row["name"]: row for row in read(OWN / "organisations.csv")}
    rows = []
    for row in read(source / "organisations.csv"):
        change = own.pop(row["name"], None)
        if change:
            row |= {column: value for column, value in change.items() if value}
        rows.append(row)
    rows += [row for row in own.values() if row["kind"]]
    for row in rows:
        dropped = {a for a in cell(row["aliases"]) if a in _NOT_ALIASES}
        row["aliases"] = "|".join(a for a in cell(row["aliases"]) if a not in dropped)
    return sorted(rows, key=lambda r: r["name"])


# Descriptions and ambiguous words of the collected list that are not names.
_NOT_ALIASES = {
    "the bloc",
    "EU leaders",
    "Hamas movement",
    "IS",
    "RSF",
    "AI",
    "euro zone finance ministers",
    "AQ",
    "Wagner",
}


def memberships(source: Path, organisations: Sequence[Row], states: Sequence[Row]) -> list[Row]:
    """Our own dated memberships; where we have none of an organisation, freely licensed undated lists."""
    names = {row["name"] for row in organisations}
    known = {row["iso3"] for row in states}
    rows = [
        row | {"member_iso3": iso3, "source": OWN_SOURCE}
        for row in read(OWN / "memberships.csv")
        for iso3 in row["members"].split()
    ]
    ours = {row["organisation"] for row in rows}
    seen = set()
    for row in read(source / "memberships.csv"):
        free = row["source"].startswith(("openclimatedata", "dieghernan/Country-Codes", "hand"))
        kind = _KINDS.get(row["kind"], row["kind"])
        spot = (row["organisation"], row["member_iso3"])
        if (
            not free
            or row["organisation"] not in names
            or row["organisation"] in ours
            or row["member_iso3"] not in known
        ):
            continue
        if spot in seen:
            continue
        seen.add(spot)
        rows.append(row | {"kind": kind})
    return sorted(rows, key=lambda r: (r["organisation"], r["member_iso3"], r["start"], r["kind"]))


_KINDS = {"full member": "member", "members": "member", "": "member"}


# -- people ------------------------------------------------------------------------------------------------------------


def officeholders(source: Path, states: Sequence[Row]) -> list[Row]:
    """EveryPolitician's office-holders under our names of states, completed by those we know ourselves."""
    ours = state_names(source, states)
    rows = []
    for row in read(source / "officeholders.csv"):
        state = ours.get(row["country_qid"])
        if row["end"] and row["end"] < row["start"][: len(row["end"])]:
            continue
        rows.append(
            row
            | {
                "country": state["name"] if state else row["country"],
                "source_repo": row["source_repo"].removeprefix("every-politician-scrapers/"),
            }
        )
    return sorted(
        rows + own_officeholders(source, rows),
        key=lambda r: (r["country"], r["position"], r["start"], r["person"], r["person_qid"], r["end"]),
    )


def own_officeholders(source: Path, taken: Sequence[Row]) -> list[Row]:
    """Those we know ourselves and the data lacks; a person's item only where one person of the data bears the name."""
    people = read(source / "extra" / "persons.csv")
    lives = {row["qid"]: (row["birth"][:4], row["death"][:4]) for row in people}
    items = defaultdict(set)
    for row in (*people, *taken):
        items[folded(row.get("person") or row["name"])].add(
            (row.get("person_qid") or row["qid"], row.get("person", ""))
        )
    have = defaultdict(set)
    for row in taken:
        have[row["country"], office(row["position"]), folded(row["person"]).split()[-1]].add(row["start"][:4])
    rows = []
    for row in read(OWN / "officeholders.csv"):
        starts = have[row["country"], office(row["position"]), folded(row["person"]).split()[-1]]
        if not starts & {str(int(row["start"][:4]) + shift) for shift in (-1, 0, 1)}:
            found = {i for i in items.get(folded(row["person"]), set()) if could_hold(row, *lives.get(i[0], ("", "")))}
            qids = {qid for qid, _ in found}
            labels = sorted(label for _, label in found if label)
            known = {"person_qid": qids.pop(), "person": [*labels, row["person"]][0]} if len(qids) == 1 else {}
            rows.append({"person_qid": ""} | row | known | {"source_repo": OWN_SOURCE})
    return rows


def could_hold(tenure: Row, birth: str, death: str) -> bool:
    """Whether somebody of these years of birth and death was grown up at the start of a tenure, and alive."""
    start = tenure["start"][:4]
    return not (birth and int(start) < int(birth) + _GROWN_UP) and not (death and death < start)


def folded(name: str) -> str:
    """A name without accents, hyphens and case, to compare spellings."""
    plain = unicodedata.normalize("NFKD", name.replace("ı", "i").replace("đ", "d").replace("-", " "))
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


# The same office under different titles, so that a holder is not entered twice; the first pattern that fits counts.
_OFFICES = [
    (re.compile(pattern, re.IGNORECASE), name)
    for pattern, name in [
        (r"\bvice|\bdeputy", "deputy"),
        (r"united nations", "United Nations"),
        (r"foreign|external|secretary of state$", "foreign"),
        (r"defen[cs]e", "defence"),
        (r"interior|home", "interior"),
        (r"finance|treasury", "finance"),
        (r"oil|petroleum|energy", "energy"),
        (r"prime minister|premier|chancellor|council of ministers|government", "government"),
        (r"king|queen|emir|sultan|monarch|pope|supreme leader", "monarch"),
        (r"president|leader", "president"),
        (r"secretary[ -]general", "secretary-general"),
    ]
]


def office(position: str) -> str:
    """A rough class of an office by its title; the title itself where none fits."""
    return next((name for pattern, name in _OFFICES if pattern.search(position)), position)


def persons(source: Path, holders: Sequence[Row]) -> list[Row]:
    """Gender, birth and death of those who hold an office."""
    wanted = {row["person_qid"] for row in holders}
    rows = [row for row in read(source / "extra" / "persons.csv") if row["qid"] in wanted]
    return sorted(rows, key=lambda r: r["qid"])


def person_names(holders: Sequence[Row]) -> list[Row]:
    """Other names and spellings of office-holders, by the name that the table of office-holders has."""
    names = {folded(row["person"]): row["person"] for row in holders}
    rows = [
        {"person": names.get(folded(row["person"]), ""), "aliases": row["aliases"]}
        for row in read(OWN / "person_names.csv")
    ]
    return sorted((row for row in rows if row["person"]), key=lambda r: r["person"])


def vetoes(source: Path) -> list[Row]:
    """Each veto in the Security Council, one row a state."""
    rows = [row | {"resolution": row["resolution_draft"]} for row in read(source / "vetoes.csv")]
    return sorted(rows, key=lambda r: (r["date"], r["resolution"], r["veto_iso3"]))


def compile_reference(source: Path, target: Path) -> dict[str, int]:
    """Writes every table to ``target``; returns the number of rows of each."""
    places = cities(source)
    states = countries(source, places)
    bodies = organisations(source)
    holders = officeholders(source, states)
    return {
        "countries.csv": write(target / "countries.csv", COUNTRIES, states),
        "cities.csv": write(target / "cities.csv", CITIES, places),
        "organisations.csv": write(target / "organisations.csv", ORGANISATIONS, bodies),
        "regions.csv": write(target / "regions.csv", REGIONS, regions(source)),
        "metonyms.csv": write(target / "metonyms.csv", METONYMS, metonyms(source, states)),
        "officeholders.csv.gz": write(target / "officeholders.csv.gz", OFFICEHOLDERS, holders),
        "persons.csv.gz": write(target / "persons.csv.gz", PERSONS, persons(source, holders)),
        "person_names.csv": write(target / "person_names.csv", PERSON_NAMES, person_names(holders)),
        "memberships.csv": write(target / "memberships.csv", MEMBERSHIPS, memberships(source, bodies, states)),
        "vetoes.csv": write(target / "vetoes.csv", VETOES, vetoes(source)),
    }


def main(arguments: Sequence[str]) -> int:
    """Runs from the command line; 2 where the source folder is missing."""
    if not arguments or not (Path(arguments[0]) / "officeholders.csv").is_file():
        print(
            "usage: compile.py SOURCE [TARGET], SOURCE being a folder with officeholders.csv and others",
            file=sys.stderr,
        )
        return 2
    target = Path(arguments[1]) if len(arguments) > 1 else HERE
    target.mkdir(parents=True, exist_ok=True)
    for name, count in compile_reference(Path(arguments[0]), target).items():
        print(f"{count:6d} {name}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
