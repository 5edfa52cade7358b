"""Takes the pictures of the site that README shows, from the site as it is built now: `make pictures`."""

from __future__ import annotations

import tempfile
from pathlib import Path

from audit import chromium
from audit.site import served
from knowledge_base.publish import build

ROOT = Path(__file__).resolve().parents[1]

PICTURES = {
    "home": ("", 1280, 860, "light"),
    "session": ("sessions/als-3/", 1280, 860, "light"),
    "tool-on-a-phone": ("toolkit/areas-to-probe-cards/", 390, 800, "light"),
    "evaluation-in-the-dark": ("research/evaluation/", 390, 800, "dark"),
}
"""By the picture's name: the page, the window's width and height, and the scheme."""


def main() -> None:
    """Builds the site aside, opens each page in Chromium and keeps what a reader would see first."""
    if not chromium.path():
        raise SystemExit("Chromium is missing. On Debian or Ubuntu: sudo apt install chromium")
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        said = build.mkdocs(ROOT, site, Path(folder) / "mkdocs.log")
        if said:
            raise SystemExit("\n".join(said))
        with served(site, "/") as address, chromium.browser() as browser:
            for name, (page, width, height, colours) in PICTURES.items():
                context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=colours)
                window = context.new_page()
                window.goto(address + page, wait_until="networkidle")
                window.screenshot(path=ROOT / "pictures" / f"{name}.png")
                context.close()


if __name__ == "__main__":
    main()
