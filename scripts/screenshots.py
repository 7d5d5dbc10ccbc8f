#!/usr/bin/env python3
"""Takes the pictures of README and docs from a running server over the graph of ``seeds/`` (`make screenshots`).

    scripts/screenshots.py [FOLDER]

Builds the graph in a temporary store, serves it on a free port, opens pages in Debian's Chromium and writes PNG files
of few colours, so that they stay small. Needs Chromium and the dev extra.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from werkzeug.serving import make_server

from kg.build import build
from kg.config import Settings, data_dir
from kg.graph.store import open_store
from server import create_app

ROOT = Path(__file__).resolve().parent.parent
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
ARGUMENTS += ["--disable-component-update", "--disable-sync", "--force-device-scale-factor=1"]
SHOTS = {
    "state": ("/page/state/russia", "light", 900),
    "article": ("", "light", 820),
    "sparql": ("/sparql?example=voted-together", "dark", 900),
}


def take(page: Page, site: str, folder: Path) -> None:
    """Writes one picture a shot."""
    for name, (path, scheme, height) in SHOTS.items():
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
        page.set_viewport_size({"width": 1280, "height": height})
        page.goto(site + (path or newest_article(page, site)))
        page.wait_for_load_state("networkidle")
        if name == "article" and page.locator(".taken > li").count():
            page.locator(".taken > li").nth(1).hover()
        page.wait_for_timeout(500)
        target = folder / f"{name}.png"
        page.screenshot(path=target)
        shrink(target)


def newest_article(page: Page, site: str) -> str:
    """The address of the page of the newest article."""
    home = page.request.get(f"{site}/", headers={"Accept": "application/json"}).json()
    return "/page/" + str(home["articles"][0]["iri"]).partition("/id/")[2]


def shrink(path: Path) -> None:
    """Reduces a picture to few colours where the system has pngquant; it stays as it is elsewhere."""
    tool = shutil.which("pngquant")
    if tool:
        subprocess.run([tool, "--force", "--speed", "1", "--output", str(path), "64", str(path)], check=True)


def main(arguments: list[str]) -> int:
    """Builds, serves, takes the pictures."""
    folder = Path(arguments[0]) if arguments else ROOT / "docs" / "images"
    folder.mkdir(parents=True, exist_ok=True)
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        print("no chromium here: apt-get install chromium", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as place, open_store(Path(place) / "store") as store:
        build([data_dir("seeds")], store, Settings())
        server = make_server("127.0.0.1", 0, create_app(store, Settings()), threaded=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
            take(browser.new_page(), f"http://127.0.0.1:{server.server_port}", folder)
            browser.close()
        server.shutdown()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
