"""Two sites, compared page by page: which pages there are, and their titles, order, headings, links and text."""

from __future__ import annotations

import difflib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from posixpath import relpath

from canary.pages import Built, Part, target


@dataclass(frozen=True)
class Known:
    """A difference that is known, and why it is there.

    Attributes:
        what: the difference.
        why: its reason.
        part: what only one of the engines puts into a page. None: links lead one folder too high.
    """

    what: str
    why: str
    part: Part | None = None


@dataclass(frozen=True, order=True)
class Difference:
    """What a page of one site has and that of the other has not.

    Attributes:
        kind: ``page``, ``title``, ``heading``, ``link`` ... or ``known``.
        message: the same for all pages that differ in the same way.
        page: the address of the page.
        why: the reason, where it is known.
    """

    kind: str
    message: str
    page: str
    why: str = ""


def sites(ours: Path, theirs: Path, known: Sequence[Known] = ()) -> tuple[int, list[Difference]]:
    """How many pages two sites share, and how they differ.

    Args:
        ours: the folder of the site that MkDocs made.
        theirs: that of the other.
        known: what is known to differ. On each page where it does, it is told once and left out of the rest.
    """
    mine, other = _files(ours), _files(theirs)
    found = [Difference("page", "only MkDocs makes it", address) for address in mine.keys() - other.keys()]
    found += [Difference("page", "MkDocs does not make it", address) for address in other.keys() - mine.keys()]
    both = mine.keys() & other.keys()
    for address in both:
        sources = mine[address].read_text(encoding="utf-8"), other[address].read_text(encoding="utf-8")
        found += pages(*sources, address, known)
    return len(both), sorted(found)


def _files(site: Path) -> dict[str, Path]:
    """Every page's file, by the address of the page below the site's own."""
    return {path.relative_to(site).as_posix().removesuffix("index.html"): path for path in site.rglob("*.html")}


def pages(ours: str, theirs: str, address: str, known: Sequence[Known] = ()) -> Iterator[Difference]:
    """How two pages differ, by their HTML."""
    mine, other = Built(ours, address), Built(theirs, address)
    for difference in known:
        if difference.part and mine.has(difference.part) != other.has(difference.part):
            yield Difference("known", difference.what, address, difference.why)
            mine.take_out(difference.part)
            other.take_out(difference.part)
    first, second = mine.as_read(), other.as_read()
    too_high = next((difference for difference in known if difference.part is None), None)
    if too_high and (corrected := _lowered(first.links, second.links, address)) != second.links:
        yield Difference("known", too_high.what, address, too_high.why)
        second.links = corrected
    for kind, lines, others in (
        ("title", [first.title], [second.title]),
        ("description", [first.description], [second.description]),
        ("page before or after", first.order, second.order),
        ("heading", first.headings, second.headings),
        ("link", first.links, second.links),
        ("text", first.text, second.text),
    ):
        for line in difflib.ndiff(lines, others):
            if line.startswith(("- ", "+ ")):
                who = "only MkDocs" if line.startswith("- ") else "not MkDocs"
                yield Difference(kind, f"{who}: {line[2:]}", address)


def _lowered(ours: list[str], theirs: list[str], address: str) -> list[str]:
    """Their links, with those put right that lead one folder higher than a link of ours."""
    missing = Counter(ours) - Counter(theirs)
    higher = {_one_folder_higher(link, address): link for link in missing}
    surplus = Counter(theirs) - Counter(ours)
    return [higher[link] if surplus[link] and link in higher else link for link in theirs]


def _one_folder_higher(link: str, address: str) -> str:
    path, mark, fragment = link.partition("#")
    slash = "/" if path.endswith("/") else ""
    return target(f"../{relpath(path or '.', address or '.')}{slash}{mark}{fragment}", address)


def groups(differences: Iterable[Difference]) -> dict[tuple[str, str, str], list[str]]:
    """The pages on which a difference was found, by its kind, message and reason; what is on most pages first."""
    found: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for difference in differences:
        found[difference.kind, difference.message, difference.why].append(difference.page)
    return dict(sorted(found.items(), key=lambda group: -len(group[1])))
