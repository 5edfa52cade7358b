"""Takes a page down: out of the sources, the published site, the builds that are kept, and every cache.

It is for the worst case, that something private was published, so it does not wait for a build: the published files
are changed first, and the site is built again afterwards. The page's address stays, and says that it was withdrawn.
"""

from __future__ import annotations

import datetime
import os
import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from knowledge_base.faults import AuthorError, did_you_mean
from knowledge_base.publish import full_text, package, switch
from knowledge_base.render import dates

_STUB = """\
---
title: This page was withdrawn
description: The page that stood at this address was taken down.
source: [added]
reviewed: {day}
withdrawn: {day}
---

This page was withdrawn on {words}.

If you kept a copy, on paper or on a device, please destroy it and do not pass it on. If you have a question, ask
whoever runs this site.
"""
_ANSWER = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
<title>This page was withdrawn</title>
</head>
<body>
<h1>This page was withdrawn</h1>
<p>It was taken down on {words}. If you kept a copy, please destroy it and do not pass it on.</p>
</body>
</html>
"""


@dataclass
class Withdrawn:
    """What was done.

    Attributes:
        removed: files of the project and of the published site that are gone, relative to the project.
        named_on: pages that still link to the address; their words may say what the page was about.
    """

    removed: list[str] = field(default_factory=list)
    named_on: list[str] = field(default_factory=list)


def find(root: Path, name: str) -> str:
    """The path of a page below ``docs/``, from whatever somebody calls it: its file, its path or its address.

    Raises:
        AuthorError: there is no such page, or it is one that the site cannot be without.
    """
    docs = root / "docs"
    known = sorted(path.relative_to(docs).as_posix() for path in docs.rglob("*.md"))
    wanted = re.sub(r"^https?://[^/]+/", "", name.strip()).strip("/").removeprefix("./").removeprefix("docs/")
    bare = wanted.removesuffix(".md").removesuffix("/index.html").removesuffix(".html")
    hits = [path for path in known if bare and re.search(rf"(?:^|/){re.escape(path.removesuffix('.md'))}$", bare)]
    if not hits:
        raise AuthorError(f"There is no page '{name}'.", did_you_mean(bare, known))
    if PurePosixPath(hits[0]).name == "index.md":
        raise AuthorError(
            f"The site cannot be without {hits[0]}.", "Edit it: take out what must go, and build again."
        )
    return max(hits, key=len)


def withdraw(root: Path, path: str, today: datetime.date) -> Withdrawn:
    """Takes a page down everywhere on this machine but in the history of the repository.

    Args:
        root: the project's folder.
        path: of the page, below ``docs/``.
        today: the day that the address will name.

    Raises:
        knowledge_base.publish.switch.BusyError: a build is running; the page is gone from the sources by then.
    """
    done = Withdrawn()
    page = root / "docs" / path
    text = page.read_text(encoding="utf-8", errors="replace")
    page.write_text(_STUB.format(day=today, words=dates.day(today)), encoding="utf-8")
    _remove_pictures(root, page, text, done)
    done.named_on = _named_on(root, path)
    with switch.alone(root / ".cache"):
        site = root / "site"
        if site.exists():
            for name in list(done.removed):
                (site / Path(name).relative_to((root / "docs").resolve())).unlink(missing_ok=True)
            _out_of_the_site(site.resolve(), path.removesuffix(".md"), f"{dates.day(today)}", done)
        _purge(root, site.resolve())
    done.removed = [os.path.relpath(name, root).replace(os.sep, "/") for name in done.removed]
    return done


def _remove_pictures(root: Path, page: Path, text: str, done: Withdrawn) -> None:
    """Removes the files that only this page shows or links to."""
    others = [other.read_text(encoding="utf-8", errors="replace") for other in (root / "docs").rglob("*.md")]
    for address in re.findall(r"\]\(\s*<?([^)\s>#]+)", text):
        target = (page.parent / address).resolve()
        inside = (root / "docs").resolve() in target.parents
        if (
            inside
            and target.is_file()
            and target.suffix != ".md"
            and not any(target.name in other for other in others)
        ):
            target.unlink()
            done.removed.append(str(target))


def _named_on(root: Path, path: str) -> list[str]:
    name = re.compile(rf"(?<![\w-]){re.escape(Path(path).name)}(?![\w-])")
    docs = root / "docs"
    pages = sorted(docs.rglob("*.md"))
    found = [page.relative_to(root).as_posix() for page in pages if name.search(page.read_text(encoding="utf-8"))]
    return [page for page in found if page != f"docs/{path}"]


def _out_of_the_site(site: Path, address: str, day: str, done: Withdrawn) -> None:
    for file in [site / address / "index.html", site / f"{address}.html"]:
        if file.is_file():
            file.write_text(_ANSWER.format(words=day), encoding="utf-8")
            done.removed += [str(extra) for extra in file.parent.glob("*") if extra != file and extra.is_file()]
    # The index has the words of all pages mixed, packed; the next build makes it again.
    index = site / full_text.FOLDER
    done.removed += [str(file) for file in index.rglob("*") if file.is_file()]
    # Whatever was made from the page: its own handouts, those of the whole programme, and every list that names it.
    for file in sorted(site.rglob("*")):
        if (
            not file.is_file()
            or index in file.parents
            or file.suffix in {".html", ".js", ".css", ".svg", ".png", ".woff2"}
        ):
            continue
        where = file.relative_to(site).as_posix()
        own = where.startswith(
            (f"downloads/{address}.", f"downloads/{address}-", f"{address}/", "downloads/programme.")
        )
        if own or (file.suffix in {".xml", ".json", ".ics", ".csv"} and address.encode() in file.read_bytes()):
            done.removed.append(str(file))
        elif file.suffix in {".gz", ".br"}:
            done.removed.append(str(file))  # packed before: it may hold the old page
    for name in dict.fromkeys(done.removed):
        Path(name).unlink(missing_ok=True)
    done.removed = list(dict.fromkeys(done.removed))
    (site / package.SUMS).write_text(package.sums(site), encoding="utf-8", newline="\n")


def _purge(root: Path, published: Path) -> None:
    """Removes every other build, and whatever the caches and ``dist/`` hold."""
    cache = root / ".cache"
    for entry in [*(cache / "builds").glob("*"), *cache.glob("*"), *(root / "dist").glob("*")]:
        if entry in {cache / "builds", cache / "build.lock", published} or published in entry.parents:
            continue
        if entry.name.startswith("building-") or entry == published:
            continue
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry, ignore_errors=True)
        else:
            entry.unlink(missing_ok=True)
