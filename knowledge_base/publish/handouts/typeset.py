"""PDF by Typst, as PDF/UA-1: tagged, with language, title and bookmarks. Typst refuses what is not.

pandoc writes the text of a page once (``fragment``); ``handout.typ`` draws it as a page, in large print, or in the
book.
"""

from __future__ import annotations

import datetime
import json
import re
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import typst

from knowledge_base.publish.handouts.article import Article
from knowledge_base.publish.handouts.pandoc import TEMPLATES, run

FONTS = Path(__file__).parents[2] / "fonts"
"""The sans; the serif comes with Typst. No font of the machine is ever used."""

# A compiler is not shared between threads; within one it keeps what it has read.
_local = threading.local()
_fonts = threading.Lock()
_MARKUP = re.compile(r"[\\#$*_`<>@\[\]~=/+-]|(?<=^\d)\.|(?<=^\d\d)\.")  # a number with a full stop begins a list


def fragment(body: str) -> str:
    """The text of a page as Typst, calling functions of ``handout.typ``."""
    options = ("--to", "typst+smart", "--wrap", "none", "--lua-filter", str(TEMPLATES / "typst.lua"))
    return run(body, *options).decode()


def page(article: Article, text: str, programme: str, site: str, host: str = "", *, large: bool = False) -> bytes:
    """A page as PDF.

    Args:
        article: what its title block says.
        text: its ``fragment``.
        programme: the programme's title.
        site: the address at which the site will be served; empty where the host has not said.
        host: whose copy it is from, and whom to ask; empty in the plain edition.
        large: in large print, 18 point.

    Raises:
        RuntimeError: Typst refused it; the text is what it said.
    """
    source = [
        _head(article.title, article.description, article.day),
        "#show: look",
        _foot(article, site),
        _top(article, f"{article.kind} · {programme}"),
        text,
    ]
    return _compile(source, {"site": site, "host": host, "large": "yes" if large else ""})


def book(
    title: str,
    subtitle: str,
    about: str,
    parts: Iterable[tuple[str, list[tuple[Article, str]]]],
    works: str,
    site: str,
    host: str = "",
) -> bytes:
    """Many pages as one PDF, with cover, contents and the references at the end.

    Args:
        title: of the programme.
        subtitle: of the programme.
        about: what the book holds, in a sentence or two, for the cover.
        parts: each with its title, and its pages with their fragments.
        works: the references, as a fragment.
        site: the address at which the site will be served; empty where the host has not said.
        host: whose copy it is from, and whom to ask; empty in the plain edition.

    Raises:
        RuntimeError: Typst refused it; the text is what it said.
    """
    parts = list(parts)
    newest = max(article.day for _, chapters in parts for article, _ in chapters)
    source = [
        _head(title, about, newest),
        "#show: look",
        f"#cover({_markup(title)}, {_markup(subtitle)}, {_markup(about)})",
        f'#foot.update((address: {_string(site)}, dated: ""))',
        "#contents",
    ]
    for name, chapters in parts:
        source.append(f"#part({_markup(name)})")
        for number, (article, text) in enumerate(chapters):
            source += [
                "#pagebreak(weak: true)" if number else "",
                _foot(article, site),
                "#[#set heading(offset: 1)",
                _top(article, article.kind),
                text,
                "]",
            ]
    source += [f"#part({_markup('References')})", works]
    return _compile(source, {"site": site, "host": host, "book": "yes"})


def drawing(svg: str) -> bytes:
    """A drawing as a picture of dots (PNG), for programs that draw none themselves."""
    source = [_template(), "#set page(width: auto, height: auto, margin: 2mm)", f'#kb-drawing({_string(svg)}, "")']
    return _compiled("\n".join(source), {}, format="png", ppi=220)


def _head(title: str, description: str, day: datetime.date) -> str:
    when = f"datetime(year: {day.year}, month: {day.month}, day: {day.day})"
    said = f"title: {_string(title)}, description: {_string(description)}, date: {when}"
    return f"{_template()}\n#set document({said})"


def _foot(article: Article, site: str) -> str:
    address = (site or "/") + article.address
    return f"#foot.update((address: {_string(address)}, dated: {_string(article.dated)}))"


def _top(article: Article, kind: str) -> str:
    said = [_markup(part) for part in (kind, article.title, article.description, article.dated)]
    added = _markup(article.added) if article.added else '""'
    return f"#top({', '.join(said)}, {added}, {_string(article.mark)})"


def _template() -> str:
    return (TEMPLATES / "handout.typ").read_text(encoding="utf-8")


def _string(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _markup(text: str) -> str:
    """Text as markup: quotation marks and apostrophes come out curled, and nothing else is acted on."""
    return f"[{_MARKUP.sub(lambda hit: chr(92) + hit.group(), text)}]"


def _compile(source: list[str], inputs: dict[str, str]) -> bytes:
    return _compiled("\n".join(source), inputs, format="pdf", pdf_standards="ua-1")


def _compiled(source: str, inputs: dict[str, str], **options: Any) -> bytes:
    try:
        made = _compiler().compile(input=source.encode(), sys_inputs=inputs, **options)
    except typst.TypstError as error:
        raise RuntimeError(" ".join([error.message, *error.hints])) from None
    assert isinstance(made, bytes)
    return made


def _compiler() -> typst.Compiler:
    if not hasattr(_local, "compiler"):
        with _fonts:
            fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(FONTS)])
            _local.compiler = typst.Compiler(font_paths=fonts, ignore_system_fonts=True)
    compiler: typst.Compiler = _local.compiler
    return compiler
