"""Handouts: pages to print and to take away, as PDF, Word and EPUB.

Each session, note and tool is made of its built page: what stands on the site is what stands on paper. A page's text
is made for Typst once, and set by itself, in large print, and in the book of the whole programme.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

from knowledge_base.catalogue import Catalogue, Page
from knowledge_base.downloads import LARGE_PRINT, of_page, of_programme
from knowledge_base.publish.handouts import book, epub, typeset, word
from knowledge_base.publish.handouts.article import Article, BrokenPageError, read
from knowledge_base.publish.handouts.kept import Kept
from knowledge_base.render import local


@dataclass(frozen=True)
class _Job:
    """A file to be made: of one page, or of the whole programme where there is none."""

    path: str
    page: Page | None
    kind: str


class HandoutError(Exception):
    """A handout that cannot be made; its text says which and why, for a person."""


def paths(whole: Catalogue) -> list[str]:
    """The published path of every handout: ``downloads/sessions/als-3.pdf``."""
    return [job.path for job in _jobs(whole)]


def make(whole: Catalogue, site: Path, path: str, address: str, cache: Path | None = None) -> bytes:
    """One handout, for a preview.

    Args:
        whole: everything that the site knows.
        site: the folder of the built site.
        path: the published path: one of `paths`.
        address: at which the site will be served, with its closing slash; empty where the host has not said.
        cache: where made files are kept; None to keep nothing.

    Raises:
        KeyError: no handout has this path.
        HandoutError: it cannot be made.
    """
    job = {job.path: job for job in _jobs(whole)}[path]
    return _Press(whole, site, address, Kept(cache)).make(job)


def write(
    whole: Catalogue,
    site: Path,
    address: str,
    cache: Path,
    say: Callable[[str], None] = lambda _: None,
    only: Iterable[str] | None = None,
) -> list[str]:
    """Writes handouts into a built site, as many at a time as the machine has processors.

    Args:
        whole: everything that the site knows.
        site: the folder of the built site.
        address: at which the site will be served, with its closing slash; empty where the host has not said.
        cache: where made files are kept by their content; what is no longer needed there is removed.
        say: told how far it has got.
        only: the published paths wanted; all where left out, and then the cache is swept.

    Returns:
        What went wrong, a sentence for each handout that could not be made.
    """
    press = _Press(whole, site, address, Kept(cache))
    wanted = set(only) if only is not None else None
    jobs = [job for job in _jobs(whole) if wanted is None or job.path in wanted]
    found = []
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for number, wrong in enumerate(pool.map(functools.partial(_write, press, site), jobs), 1):
            if wrong:
                found.append(wrong)
            if number % 10 == 0 or number == len(jobs):
                say(f"Making handouts: {number} of {len(jobs)}")
    if wanted is None and not found:
        press.kept.sweep()
    return found


def _write(press: _Press, site: Path, job: _Job) -> str | None:
    try:
        made = press.make(job)
    except HandoutError as error:
        return str(error)
    target = site / job.path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(made)
    return None


def _jobs(whole: Catalogue) -> list[_Job]:
    pages = [page for page in whole.pages.values() if page.source.matter]
    single = [_Job(path, page, kind) for page in pages for kind, path in of_page(page)]
    books = [_Job(path, None, kind) for kind, path in of_programme(whole)]
    # The EPUB takes longest and needs nothing of the others; the book as PDF comes last, when its pages are made.
    return [
        *(job for job in books if job.kind == "EPUB"),
        *sorted(single, key=lambda job: job.path),
        *(job for job in books if job.kind != "EPUB"),
    ]


class _Press:
    """Makes handouts of one built site; threads share it."""

    def __init__(self, whole: Catalogue, site: Path, address: str, kept: Kept) -> None:
        self.whole, self.site, self.address, self.kept = whole, site, address, kept
        self.programme = whole.programme.title if whole.programme else ""
        self.host = local.imprint(whole.local)
        # A page stands in up to five files, and reading it takes longer than finding those that are kept.
        self._articles: dict[str, Article] = {}

    def make(self, job: _Job) -> bytes:
        """One handout.

        Raises:
            HandoutError: it cannot be made.
        """
        try:
            return self._of_page(job.kind, job.page) if job.page else self._of_programme(job.kind)
        except (BrokenPageError, RuntimeError, ValueError) as error:
            of = f"docs/{job.page.path}" if job.page else "the whole programme"
            raise HandoutError(f"{job.path}: no handout can be made of {of}: {error}.") from error

    def _chapter(self, page: Page) -> Article:
        try:
            return self._article(page)
        except BrokenPageError as error:
            raise BrokenPageError(f"{error} (docs/{page.path})") from error

    def _article(self, page: Page) -> Article:
        if page.path not in self._articles:
            self._articles[page.path] = read(self.whole, self.site, page)
        return self._articles[page.path]

    def _of_page(self, kind: str, page: Page) -> bytes:
        article = self._article(page)
        made_of = ("page", kind, _told(article), self.programme, self.address, self.host)
        if kind == "Word":
            draw = functools.partial(word.page, article, self.programme, self.address, typeset.drawing, self.host)
            return self.kept.get(draw, *made_of)
        text = self._fragment(article.body)
        large = kind == LARGE_PRINT

        def draw_page() -> bytes:
            return typeset.page(article, text, self.programme, self.address, self.host, large=large)

        return self.kept.get(draw_page, *made_of)

    def _of_programme(self, kind: str) -> bytes:
        plan = book.plan(self.whole)
        assert plan is not None
        parts = [(name, [self._chapter(page) for page in pages]) for name, pages in plan.parts]
        works = book.references(self.whole)
        said = (plan.title, plan.subtitle, plan.about)
        told = [(name, [_told(article) for article in chapters]) for name, chapters in parts]
        made_of = ("book", kind, said, told, works, self.address, self.host)
        if kind == "EPUB":
            return self.kept.get(lambda: epub.book(*said, parts, works, self.address, self.host), *made_of)
        set_parts = [(name, [(some, self._fragment(some.body)) for some in chapters]) for name, chapters in parts]
        set_works = self._fragment(works)
        return self.kept.get(lambda: typeset.book(*said, set_parts, set_works, self.address, self.host), *made_of)

    def _fragment(self, body: str) -> str:
        return self.kept.get(lambda: typeset.fragment(body).encode(), "fragment", body).decode()


def _told(article: Article) -> dict[str, str]:
    return {name: str(value) for name, value in asdict(article).items()}
