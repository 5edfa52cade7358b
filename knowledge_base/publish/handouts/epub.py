"""The programme as EPUB by pandoc: for a phone or a reader, with letters as large as one likes."""

from __future__ import annotations

import datetime
import io
import re
import uuid
import zipfile
from collections.abc import Iterable
from html import escape

from lxml import html

from knowledge_base.publish.handouts.article import Article
from knowledge_base.publish.handouts.pandoc import TEMPLATES, run

_HEADING = re.compile(rb"<h[12][^>]*>(.*?)</h", re.DOTALL)
_TAG = re.compile(rb"<[^>]*>")
_DEEPER = {"h3": "h4", "h2": "h3"}


def book(
    title: str,
    subtitle: str,
    about: str,
    parts: Iterable[tuple[str, list[Article]]],
    works: str,
    site: str,
    host: str = "",
) -> bytes:
    """Many pages as one EPUB, the same bytes for the same pages.

    Args:
        title: of the programme.
        subtitle: of the programme.
        about: what the book holds.
        parts: each with its title and its pages.
        works: the references, as HTML.
        site: the address at which the site will be served; empty where the host has not said.
        host: whose copy it is from, and whom to ask; empty in the plain edition.

    Raises:
        RuntimeError: pandoc failed; the text is what it said.
    """
    parts = list(parts)
    newest = max(article.day for _, chapters in parts for article in chapters)
    body = [f"<h1>Whose copy this is</h1><p>{escape(host)}</p>"] if host else []
    for name, chapters in parts:
        body.append(f"<h1>{escape(name)}</h1>")
        body += [_chapter(article, site) for article in chapters]
    body.append(f"<h1>References</h1>{works}")
    told = {
        "title": title,
        "subtitle": subtitle,
        "description": about,
        "lang": "en-GB",
        "date": newest.isoformat(),
        "identifier": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, site or title)}",
        "site": site,
    }
    options = [
        *(f"--metadata={name}:{value}" for name, value in told.items()),
        f"--metadata-file={TEMPLATES / 'epub.yml'}",
        f"--lua-filter={TEMPLATES / 'links.lua'}",
        f"--lua-filter={TEMPLATES / 'epub.lua'}",
        f"--css={TEMPLATES / 'epub.css'}",
        "--split-level=2",
        "--toc",
        "--toc-depth=2",
        "--to=epub3",
    ]
    return _finished(run("\n".join(body), *options, binary=True), newest)


def _finished(made: bytes, newest: datetime.date) -> bytes:
    """Each file has the title of its page, where pandoc writes the file's own name; and the book has its own day."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as old, zipfile.ZipFile(written, "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename.endswith(".xhtml") and (heading := _HEADING.search(content)):
                title = b" ".join(_TAG.sub(b" ", heading[1]).split())
                name = entry.filename.rpartition("/")[2].encode()
                content = content.replace(b"<title>%s</title>" % name, b"<title>%s</title>" % title)
            elif entry.filename.endswith(".opf"):
                content = content.replace(b"1980-01-01T00:00:00Z", f"{newest}T00:00:00Z".encode())
            new.writestr(entry, content)
    return written.getvalue()


def _chapter(article: Article, site: str) -> str:
    tree = html.fragment_fromstring(article.body, create_parent="div")
    for works in [node for node in tree.iter("div") if node.get("class") == "kb-cited"]:
        works.drop_tree()  # once, at the end
    for node in tree.iter(*_DEEPER):
        node.tag = _DEEPER[str(node.tag)]
    body = "".join(html.tostring(node, encoding="unicode") for node in tree)
    dated = f"{article.dated}. {site or '/'}{article.address}"
    added = f'<div class="added"><p><b>Added: not in the report.</b> {escape(article.added)}</p></div>'
    return (
        f'<h2 id="{article.mark}">{escape(article.title)}</h2><p>{escape(article.description)}</p>'
        f'<div class="dated"><p>{escape(dated)}</p></div>{added if article.added else ""}{body}'
    )
