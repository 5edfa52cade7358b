"""Which handouts there are, and where they are published; `knowledge_base.publish.handouts` makes them."""

from __future__ import annotations

from knowledge_base.catalogue import Catalogue, Page

FOLDER = "downloads"
"""Where handouts are published."""

PROGRAMME = "programme"
"""How the files of the whole programme are called."""

LARGE_PRINT = "PDF in large print"

MOST_NOTES = 100
"""Meetings whose notes the book and the feed hold and the page of downloads lists, the last published: they come in
year after year, and to set a page of the book takes 8 MB of memory."""


def of_page(page: Page) -> list[tuple[str, str]]:
    """The handouts of a page, each as its format in words and its published path; none for most pages."""
    if not (page.session or page.notes or page.tool):
        return []
    name = f"{FOLDER}/{page.address.rstrip('/')}"
    large = [(LARGE_PRINT, f"{name}-large-print.pdf")] if page.session else []
    return [("PDF", f"{name}.pdf"), *large, ("Word", f"{name}.docx")]


def newest_notes(whole: Catalogue) -> list[Page]:
    """The pages of notes that the book holds, in order of meetings."""
    newest = set(whole.newest_notes[:MOST_NOTES])
    return [page for page in whole.notes if page in newest]


def of_programme(whole: Catalogue) -> list[tuple[str, str]]:
    """The files of the whole programme, each as its format in words and its published path."""
    if whole.programme is None or not any(of_page(page) for page in whole.pages.values()):
        return []
    return [("PDF", f"{FOLDER}/{PROGRAMME}.pdf"), ("EPUB", f"{FOLDER}/{PROGRAMME}.epub")]
