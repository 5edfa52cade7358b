"""HTML on pages: what a page may hold, and nothing that could run, load or break the page around it.

What is judged is the page as Markdown makes it, so that attribute lists, entities and raw HTML are seen as a browser
will see them. It is an allow-list: what is not named here is refused, whatever it may be good for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from lxml import etree

from knowledge_base.catalogue import Catalogue, Page
from knowledge_base.check.outline import TOO_DEEP, Source, outline, source, tree, written
from knowledge_base.check.placement import INLINE
from knowledge_base.faults import Fault
from knowledge_base.publish.inspect import left_over

_VOID = {"br", "col", "hr", "img"}
# HTML closes these by itself.
_CLOSED_BY_ITSELF = {"dd", "dt", "li", "p", "tbody", "td", "tfoot", "th", "thead", "tr", "colgroup"}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
TAGS = (
    set(
        "a abbr b blockquote caption cite code del dfn div dl em figcaption figure i ins kbd mark ol pre q s samp"
        " section small span strong sub sup table ul var".split()
    )
    | _VOID
    | _CLOSED_BY_ITSELF
    | _HEADINGS
)
"""The elements that a page may hold, those that Markdown makes included."""

ATTRIBUTES = set(
    "id class title lang dir href src alt width height align colspan rowspan scope start reversed value cite datetime"
    " data-label role aria-label aria-labelledby aria-describedby".split()
)
"""The attributes that an element may have; ``name`` besides, on a link."""

_TAG = re.compile(r"<([a-zA-Z][^\s/>]*)")
_INSTRUCTION = re.compile(r"<(?:\?|!(?!--))")
_OURS = re.compile(r"(?!kb-(?:caution|card)$)(?:kb|md)-")
"""Classes by which a part of a page would pass for another; cautions and cards are an author's to mark."""


def check(catalogue: Catalogue, undrawn: set[str]) -> Iterator[Fault]:
    """Every element, attribute and id that may not stand on a page, and what is left of braces.

    Args:
        catalogue: the whole.
        undrawn: the files of pages whose macros have a fault, so that their ids are not known.
    """
    for page in catalogue.pages.values():
        converted = written(catalogue, page)
        if converted == TOO_DEEP:
            message = "Boxes, lists or HTML are nested too deep on this page."
            remedy = "Close what is opened, before the next of its kind begins."
            yield Fault(f"docs/{page.path}", page.source.body_line, 1, "KB105", message, remedy)
            continue
        where = source(page)
        if "<" in where.text or "{" in where.text:
            yield from _elements(page, converted, where)
            yield from _open(page, converted, where)
        if f"docs/{page.path}" not in undrawn and page.source.matter is not None:
            for name in outline(catalogue, page).twice:
                yield from _twice(page, where, name, tree(converted) if converted.strip() else None)


def _elements(page: Page, converted: str, where: Source) -> Iterator[Fault]:
    path = f"docs/{page.path}"
    if not converted.strip():
        return
    nodes = tree(converted)
    # Those in comments too: nothing that could run has to stand there either.
    named = {hit[1].lower() for hit in _TAG.finditer(converted)} | {
        str(node.tag) for node in nodes.iter(etree.Element)
    }
    for tag in sorted(named - TAGS):
        for place in where.find(rf"<\s*{re.escape(tag)}\b"):
            remedy = "Write it in Markdown, or leave it out."
            yield Fault(path, *place, "KB404", f"A page may not hold <{tag}>.", remedy)
    for tag in sorted(named & _HEADINGS):
        for hit in re.finditer(rf"<{tag}\b", where.text, re.IGNORECASE):
            remedy = f"Write {'#' * int(tag[1])} and the words."
            yield Fault(path, *where.place(hit.start()), "KB404", "A heading is written as HTML.", remedy)
    if _INSTRUCTION.search(converted):
        for place in where.find(_INSTRUCTION.pattern):
            yield Fault(path, *place, "KB404", "A page may not hold instructions of this kind.", "Take it out.")
    seen = set()
    for node in nodes.iter(etree.Element):
        for name, value in node.attrib.items():
            what = _attribute(str(node.tag), str(name), str(value), where)
            if what and (name, what[0]) not in seen:
                seen.add((name, what[0]))
                for place in where.find(what[1]):
                    yield Fault(path, *place, "KB405", what[0], what[2])
    for text in left_over(nodes):
        # Word's converter puts a backslash before each brace.
        shown = re.search(r"\\?".join(re.escape(sign) for sign in ["", *text[:12]]), where.text)
        place = where.place(shown.start()) if shown else where.find(r"\{%[-+]?\s*raw")[0]
        remedy = "Put them between `backticks`, so that they stand as code."
        yield Fault(path, *place, "KB302", "Braces that are shown have to stand in code.", remedy)


def _attribute(tag: str, name: str, value: str, where: Source) -> tuple[str, str, str] | None:
    """What is wrong with an attribute, a pattern by which it is found in the source, and what to do."""
    if name not in ATTRIBUTES and not (name == "name" and tag == "a"):
        return f"'{name}' may not be set on a page.", rf"\b{re.escape(name)}\s*=", f"Take '{name}' out."
    if (name == "href" and tag != "a") or (name == "src" and tag != "img"):
        return f"'{name}' may not be set on <{tag}>.", rf"\b{name}\s*=", f"Take '{name}' out."
    if name in {"id", "name"} and value.startswith("__"):
        # The theme's scripts look for their settings and switches by such ids, and would take what an author wrote.
        message = f"The name '{value}' is the site's own."
        return message, re.escape(value), "Give it a name that does not begin with low lines."
    if name == "class":
        for word in value.split():
            # The extensions of Markdown give such classes too; it is the author's if it stands in the source.
            if _OURS.match(word) and re.search(rf"\b{re.escape(word)}\b", where.text):
                message = f"The class '{word}' is the site's own."
                return message, rf"\b{re.escape(word)}\b", "Take it out: what a macro draws has it already."
    return None


class _Tags(HTMLParser):
    """Reads the tags of a source, and keeps those that are open or close nothing."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, tuple[int, int]]] = []
        self.loose: list[tuple[str, tuple[int, int]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in TAGS - _VOID - _CLOSED_BY_ITSELF:
            self.open.append((tag, self.getpos()))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)  # browsers pass over the slash

    def handle_endtag(self, tag: str) -> None:
        if tag not in TAGS - _VOID - _CLOSED_BY_ITSELF:
            return
        for index in range(len(self.open) - 1, max(len(self.open) - 50, 0) - 1, -1):
            if self.open[index][0] == tag:
                self.loose += self.open[index + 1 :]
                del self.open[index:]
                return
        self.loose.append((f"/{tag}", self.getpos()))


def _open(page: Page, converted: str, where: Source) -> Iterator[Fault]:
    """Elements and comments that are opened and not closed, or closed and not opened."""
    reader = _Tags()
    reader.feed(where.text)
    for tag, (line, column) in [*reader.open, *reader.loose]:
        name = tag.lstrip("/")
        # In indented code it is text, and Markdown makes no element of it.
        indented = where.text.split("\n")[line - 1].startswith(("    ", "\t"))
        as_text = indented and f"&lt;{tag}" in converted.lower()
        if as_text or not re.search(rf"</?{name}\b", converted, re.IGNORECASE):
            continue
        told = (f"docs/{page.path}", line - 1 + page.source.body_line, column + 1, "KB406")
        if tag == name:
            yield Fault(*told, f"<{name}> is not closed.", f"Write </{name}> where it ends.")
        else:
            yield Fault(*told, f"<{tag}> closes nothing.", f"Write <{name}> where it begins, or take this out.")
    last = where.text.rfind("<!--")
    if last >= 0 and "-->" not in where.text[last:]:
        yield Fault(
            f"docs/{page.path}", *where.place(last), "KB406", "This comment is not closed.", "Write --> after it."
        )


def _twice(page: Page, where: Source, name: str, nodes: etree._Element | None) -> Iterator[Fault]:
    """The second of two places with one id; the second of two calls that draw it, where no author wrote it."""
    by_hand = where.of_id(name)
    if by_hand:
        line, column = by_hand[-1]
    elif nodes is not None and nodes.xpath("boolean(.//*[@id = $name])", name=name):
        words = r"[^a-z0-9]+".join(re.escape(word) for word in name.split("-"))
        heading = re.search(rf"^#+[^\n]*{words}", where.text, re.IGNORECASE | re.MULTILINE)
        line, column = where.place(heading.start() if heading else 0)
    else:
        drawn = [call for call in page.calls if call.name not in INLINE]
        same = [(call.name, call.args) for call in drawn]
        again = [call for index, call in enumerate(drawn) if same[index] in same[:index]]
        if not again:
            return  # two tables of data that have a name in common: no author can mend that here
        line, column = again[0].line, again[0].column
    remedy = "Give it another name, or take out what stands here a second time."
    yield Fault(f"docs/{page.path}", line, column, "KB410", f"Two places on this page are called '{name}'.", remedy)
