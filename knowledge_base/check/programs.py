"""What other programs find: ``typos`` slips of spelling, ``rumdl`` Markdown that does not do what it looks like.

Both are installed with this package, read all files in one run of some milliseconds, and change none.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sysconfig
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from knowledge_base.catalogue import Catalogue
from knowledge_base.faults import Fault

_SETTINGS = Path(__file__).with_name("typos.toml")
# Data that people type who look for a page, slips and all; and, by key, titles and names as they are printed.
_UNREAD = {"data/synonyms.yml"}
_AS_PRINTED = re.compile(
    r"[ -]*(?:id|title|container-title|collection-title|event-title|publisher|publisher-place|author|editor|archive"
    r"|URL|url|printed|corrected|synonyms|keywords)\b"
)

_MARKDOWN = {
    "MD007": ("This list is indented by other than four spaces, so that it may not show as one.", "Indent by four."),
    "MD011": ("The brackets of this link are swapped.", "Write [text](address)."),
    "MD031": ("A block of code touches the text around it.", "Put an empty line before it and after it."),
    "MD032": (
        "A list touches the text above or below it, and shows as part of it.",
        "Put an empty line between them.",
    ),
    "MD034": ("This address is no link.", "Write [the name of the page](address), or put it between < and >."),
    "MD037": ("A space stands inside the stars of bold or italic text, so that they show.", "Take the space out."),
    "MD058": (
        "A table touches the text above or below it, and shows as part of it.",
        "Put an empty line between them.",
    ),
}
"""The rules of rumdl that are asked, each in an author's words; what our own rules find is not asked again."""


def check(catalogue: Catalogue) -> Iterator[Fault]:
    """Every slip of spelling in pages and data, and Markdown that shows as something else."""
    pages = [f"docs/{path}" for path in catalogue.pages]
    data = [f"data/{name}.yml" for name in catalogue.data.documents if f"data/{name}.yml" not in _UNREAD]
    yield from _spelling(catalogue.root, [*pages, *data])
    yield from _markdown(catalogue.root, pages)


def _spelling(root: Path, files: list[str]) -> Iterator[Fault]:
    # A word that is right in American English is no slip of the fingers: it is told as a warning.
    british, said = _typos(root, files, "en-gb")
    anywhere, _ = _typos(root, sorted({path for path, *_ in british}), "en")
    yield from said
    for path, line, column, word, better in sorted(british):
        text = _line(root, path, line)
        if path == "data/references.yml" or (path.startswith("data/") and _AS_PRINTED.match(text)):
            continue
        # The program counts bytes.
        column = len(text.encode()[:column].decode(errors="ignore")) + 1
        remedy = f"Write {better}; or, if the word is right, ask the curator to add it to check/typos.toml."
        if (path, line, word) in {(slip[0], slip[1], slip[3]) for slip in anywhere}:
            yield Fault(path, line, column, "KB510", f"'{word}' is misspelt.", remedy)
        else:
            yield Fault(path, line, column, "KB511", f"'{word}' is not British spelling.", remedy, "warning")


_Slip = tuple[str, int, int, str, str]


def _typos(root: Path, files: list[str], language: str) -> tuple[set[_Slip], list[Fault]]:
    if not files:
        return set(), []
    words = [
        "--config",
        str(_SETTINGS),
        "--isolated",
        "--locale",
        language,
        "--format",
        "json",
        "--no-check-filenames",
    ]
    out, faults = _run(root, "typos", [*words, "--no-ignore", "--file-list", "-"], "\n".join(files))
    slips = set()
    for text in out.splitlines():
        slip = json.loads(text)
        if slip.get("type") == "typo" and "line_num" in slip:
            better = " or ".join(f"'{word}'" for word in slip["corrections"][:3])
            path = slip["path"].replace("\\", "/").removeprefix("./")
            slips.add((path, slip["line_num"], slip["byte_offset"], slip["typo"], better))
    return slips, faults


def _markdown(root: Path, pages: list[str]) -> Iterator[Fault]:
    words = ["check", "--isolated", "--config", 'global.flavor="mkdocs"', "-e", ",".join(_MARKDOWN), "-o", "json"]
    out, faults = _run(root, "rumdl", [*words, "--no-cache", *pages], "")
    yield from faults
    for found in json.loads(out) if out.strip() else ():
        message, remedy = _MARKDOWN.get(found["rule"], (found["message"], "Correct it."))
        path = Path(found["file"])
        shown = path.relative_to(root).as_posix() if path.is_absolute() else path.as_posix()
        yield Fault(shown.removeprefix("./"), found["line"], found["column"], "KB512", message, remedy)


def _run(root: Path, name: str, words: Iterable[str], given: str) -> tuple[str, list[Fault]]:
    """What a program answers; a fault where it is not there, or could not do its work."""
    # Where this interpreter has its own programs; a shell may not have that folder on its path.
    program = shutil.which(name, path=sysconfig.get_path("scripts")) or shutil.which(name)
    if program is None:
        message, remedy = f"'{name}' is not installed, so that part of the check is missing.", "Run 'make check'."
        return "", [Fault("pyproject.toml", 1, 1, "KB107", message, remedy)]
    ran = subprocess.run(  # noqa: S603 - our own program; file names only ever come as arguments
        [program, *words], cwd=root, input=given, capture_output=True, text=True, encoding="utf-8", check=False
    )
    if ran.returncode not in {0, 1, 2} or (ran.returncode and not ran.stdout.strip()):
        said = " ".join(ran.stderr.split())[:200]
        message = f"'{name}' could not read the pages ({said})."
        return "", [Fault("pyproject.toml", 1, 1, "KB107", message, "Run 'make check' again.")]
    return ran.stdout, []


def _line(root: Path, path: str, number: int) -> str:
    lines: list[Any] = (root / path).read_bytes().split(b"\n")
    return str(lines[number - 1].decode("utf-8", "replace")) if number <= len(lines) else ""
