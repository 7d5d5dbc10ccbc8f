#!/usr/bin/env python3
"""Fetches the scripts, styles and fonts that the web pages use, so that no page ever asks another host for anything.

    scripts/vendor.py           fetch every package with `npm pack`, take the files named below, write VENDORED.md
    scripts/vendor.py --check   compare the files on disk with the sums written in VENDORED.md; exit 1 where they differ

Needs `npm` (part of Node.js) for fetching, nothing for checking. To upgrade a library change its version in PACKAGES,
run the script, run `pytest tests/browser`, and commit the files together with both VENDORED.md.
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHIPPED = ROOT / "server" / "static" / "vendor"
TESTING = ROOT / "tests" / "browser" / "vendor"


@dataclass(frozen=True, slots=True)
class Package:
    """An npm package: its exact version, where its files go, and which file inside it becomes which file here."""

    name: str
    version: str
    files: dict[str, str]
    folder: Path = SHIPPED
    used: str = ""


PACKAGES = (
    Package(
        "@zazuko/yasqe",
        "4.6.2",
        {"build/yasqe.min.js": "yasqe.min.js", "build/yasqe.min.css": "yasqe.min.css"},
        used="SPARQL editor",
    ),
    Package(
        "cytoscape",
        "3.34.4",
        {"dist/cytoscape.min.js": "cytoscape.min.js", "LICENSE": "cytoscape.LICENSE"},
        used="graph explorer, graph view of results",
    ),
    Package(
        "leaflet",
        "1.9.4",
        {"dist/leaflet.js": "leaflet.js", "dist/leaflet.css": "leaflet.css", "LICENSE": "leaflet.LICENSE"},
        used="map, map view of results",
    ),
    Package(
        "world-atlas",
        "2.0.2",
        {"countries-110m.json": "countries-110m.json", "LICENSE": "world-atlas.LICENSE"},
        used="basemap",
    ),
    Package(
        "topojson-client",
        "3.1.0",
        {"dist/topojson-client.min.js": "topojson-client.min.js", "LICENSE": "topojson-client.LICENSE"},
        used="basemap",
    ),
    Package(
        "@fontsource-variable/newsreader",
        "5.3.0",
        {
            "files/newsreader-latin-wght-normal.woff2": "newsreader-latin.woff2",
            "files/newsreader-latin-ext-wght-normal.woff2": "newsreader-latin-ext.woff2",
            "LICENSE": "newsreader.LICENSE",
        },
        used="headlines, article text",
    ),
    Package(
        "@fontsource-variable/inter",
        "5.3.0",
        {
            "files/inter-latin-wght-normal.woff2": "inter-latin.woff2",
            "files/inter-latin-ext-wght-normal.woff2": "inter-latin-ext.woff2",
            "LICENSE": "inter.LICENSE",
        },
        used="everything else",
    ),
    Package(
        "axe-core", "4.14.1", {"axe.min.js": "axe.min.js", "LICENSE": "axe.LICENSE"}, TESTING, "accessibility tests"
    ),
)


def fetch(package: Package) -> str:
    """Downloads one package and unpacks its files; answers its licence as its package.json states it."""
    with tempfile.TemporaryDirectory() as folder:
        named = f"{package.name}@{package.version}"
        subprocess.run(["npm", "pack", "--silent", "--pack-destination", folder, named], check=True, cwd=folder)
        packed = next(Path(folder).glob("*.tgz"))
        with tarfile.open(packed) as archive:
            for inside, here in package.files.items():
                (package.folder / here).write_bytes(_member(archive, inside))
            return str(json.loads(_member(archive, "package.json"))["license"])


def _member(archive: tarfile.TarFile, name: str) -> bytes:
    stream = archive.extractfile(f"package/{name}")
    if stream is None:
        raise SystemExit(f"the package holds no file {name}")
    return stream.read()


def digest(path: Path) -> str:
    """The sha256 of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def write_list(folder: Path, licences: dict[str, str]) -> None:
    """Writes VENDORED.md of one folder: a row per file with package, version, licence, use and sha256."""
    lines = [
        "# Vendored files",
        "",
        "Unchanged files of npm packages, fetched by `scripts/vendor.py`; its option `--check` compares the sums.",
        "",
        "| file | package | version | licence | used for | sha256 |",
        "|---|---|---|---|---|---|",
    ]
    for package in PACKAGES:
        if package.folder == folder:
            about = f"{package.name} | {package.version} | {licences[package.name]} | {package.used}"
            lines += [f"| {here} | {about} | `{digest(folder / here)}` |" for here in package.files.values()]
    (folder / "VENDORED.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


def mismatches(folder: Path) -> list[str]:
    """Files of a folder that its VENDORED.md does not list, or lists with another sum."""
    listed = dict(re.findall(r"^\| (\S+) \|.*`([0-9a-f]{64})` \|$", (folder / "VENDORED.md").read_text(), re.M))
    present = {path.name: digest(path) for path in folder.iterdir() if path.name != "VENDORED.md"}
    return sorted(name for name in listed.keys() | present.keys() if listed.get(name) != present.get(name))


def main(arguments: list[str]) -> int:
    """Runs one of the two modes; the exit status is 1 where files and sums differ."""
    if arguments == ["--check"]:
        wrong = [str(folder.relative_to(ROOT) / name) for folder in (SHIPPED, TESTING) for name in mismatches(folder)]
        print("\n".join(wrong) or "all vendored files are as listed")
        return 1 if wrong else 0
    for folder in (SHIPPED, TESTING):
        folder.mkdir(parents=True, exist_ok=True)
    licences = {package.name: fetch(package) for package in PACKAGES}
    for folder in (SHIPPED, TESTING):
        write_list(folder, licences)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
