"""A Markdown extension: the first use of each glossary term on a page opens its meaning, and leads to the glossary.

Only running text is marked: no heading, link, code, caption, picture or form. Which terms there are, and where the
glossary is, seen from the page, is told by whoever converts the page; without that, nothing is marked.
"""

from __future__ import annotations

import functools
import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeGuard
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

MOST = 12
"""Terms marked on one page; a page full of dotted lines is not read."""

# After `abbr` (7), `toc` (5) and `markdown_tables` (3), which makes captions; before MkDocs turns addresses (0).
_PRIORITY = 2
# In italics stand titles of works, and words that a page explains itself.
_LEFT_OUT = frozenset(
    "a abbr button caption cite code dt em figcaption figure h1 h2 h3 h4 h5 h6 i kbd label math meter option pre "
    "samp script select style summary svg textarea th".split()
)
_LEFT_OUT_CLASSES = frozenset({"admonition-title", "kb-cited", "kb-form", "kb-local", "kb-title", "kb-work"})
# Python-Markdown keeps each raw inline tag, and each entity, in its stash, and writes such a mark into the text.
_STASHED = re.compile("\x02wzxhzdk:([0-9]+)\x03")
_TAG = re.compile(r"<(/?)([A-Za-z][^\s/>]*)([^>]*)>")
_ATTRIBUTE = re.compile(r"""([^\s=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|(\S+)))?""")


@dataclass(frozen=True)
class Known:
    """A term that is known.

    Attributes:
        id: its place in the glossary.
        term: as it is written; one with capitals inside is found with those only.
        stands_for: the words behind an abbreviation. They explain themselves, and no term inside them is marked.
        expansion_added: whether these words are ours.
        meaning: what a reader is told.
    """

    id: str
    term: str
    stands_for: str
    expansion_added: bool
    meaning: str


class Terms(Extension):  # type: ignore[misc]
    """Marks the terms that it is given."""

    def __init__(self, **kwargs: Any) -> None:
        self.config = {
            "terms": [(), "a tuple of Known"],
            "glossary": ["", "the glossary's source, seen from the page"],
        }
        super().__init__(**kwargs)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name is Python-Markdown's
        """Registers the work on the tree, where there is any."""
        if self.getConfig("terms"):
            marks = _Marks(md, self.getConfig("terms"), self.getConfig("glossary"))
            md.treeprocessors.register(marks, "knowledge_base_terms", _PRIORITY)


class _Marks(Treeprocessor):  # type: ignore[misc]
    """Walks through a page in the order of reading."""

    def __init__(self, md: Markdown, terms: tuple[Known, ...], glossary: str) -> None:
        super().__init__(md)
        self._glossary = glossary
        self._pattern, self._terms = _finder(terms)
        self._marked: set[str] = set()
        # Inside a raw tag that is left out: its name, and how many of that name are open.
        self._raw, self._open = "", 0

    def run(self, root: Element) -> None:
        """What Python-Markdown calls."""
        self._marked.clear()
        self._open = 0
        self._walk(root, quiet=False)

    def _walk(self, node: Element, quiet: bool) -> None:
        if len(self._marked) == MOST:
            return
        quiet = quiet or _left_out(node.tag, node.attrib)
        children = list(node)
        if self._is_to_read(node.text, quiet):
            node.text, found = self._mark(node.text, quiet)
            node[:0] = found
        for child in children:
            self._walk(child, quiet)
            if self._is_to_read(child.tail, quiet):
                child.tail, found = self._mark(child.tail, quiet)
                place = list(node).index(child) + 1
                node[place:place] = found

    def _is_to_read(self, text: str | None, quiet: bool) -> TypeGuard[str]:
        """Whether a text may hold a term or a raw tag: few do."""
        if not text or text == "\n":
            return False
        return "\x02" in text or (not quiet and self._pattern.search(text) is not None)

    def _mark(self, text: str, quiet: bool) -> tuple[str, list[Element]]:
        """A text up to its first term, and the terms with what follows each."""
        found: list[Element] = []
        lead = ""

        def add(words: str) -> None:
            nonlocal lead
            if found:
                found[-1].tail = (found[-1].tail or "") + words
            else:
                lead += words

        # Pieces of text in turn with the numbers of raw tags.
        for place, piece in enumerate(_STASHED.split(_STASHED.sub(self._entity, text))):
            if place % 2:
                self._pass(self._stashed(piece))
                add(f"\x02wzxhzdk:{piece}\x03")
                continue
            begin = 0
            for hit in () if quiet or self._open else self._pattern.finditer(piece):
                term = self._terms[hit.lastindex - 1] if hit.lastindex else None
                if term and term.id not in self._marked and len(self._marked) < MOST:
                    self._marked.add(term.id)
                    add(piece[begin : hit.start()])
                    found.append(self._element(term, hit.group()))
                    begin = hit.end()
            add(piece[begin:])
        return (lead, found) if found else (text, [])

    def _stashed(self, number: str) -> str:
        blocks = self.md.htmlStash.rawHtmlBlocks
        raw = blocks[int(number)] if int(number) < len(blocks) else ""
        return raw if isinstance(raw, str) else ""

    def _entity(self, mark: re.Match[str]) -> str:
        """The character that an entity stands for, so that ``Devil&#39;s`` is found; what is none stays."""
        raw = self._stashed(mark.group(1))
        character = html.unescape(raw) if re.fullmatch(r"&#?\w+;", raw) else ""
        # An ampersand, put into the text as it is, might join what follows it: "&" and "copy;".
        joins = character == "&" and re.match(r"#?\w+;", mark.string[mark.end() :])
        return character if character and not joins else mark.group()

    def _pass(self, raw: str) -> None:
        """Takes note of a raw tag inside text."""
        tag = _TAG.fullmatch(raw)
        if tag is None:
            return
        closing, name, rest = tag.group(1), tag.group(2).lower(), tag.group(3)
        if self._open:
            self._open += (-1 if closing else 1) if name == self._raw else 0
        elif not closing and not rest.endswith("/"):
            attributes = {hit.group(1): hit.group(2) or hit.group(3) or "" for hit in _ATTRIBUTE.finditer(rest)}
            if _left_out(name, attributes):
                self._raw, self._open = name, 1

    def _element(self, term: Known, words: str) -> Element:
        # Like a citation: a link, described by what shows beside it. Search and print leave that out.
        tip = f"term:{term.id}"  # no heading has a colon in its id
        mark = Element("span", {"class": "kb-term"})
        link = SubElement(mark, "a", {"href": f"{self._glossary}#{term.id}", "aria-describedby": tip})
        link.text = words
        full = SubElement(
            mark, "span", {"class": "kb-term__full", "id": tip, "role": "tooltip", "data-search-exclude": ""}
        )
        if term.stands_for:
            long = SubElement(full, "strong")
            long.text = term.stands_for
            long.tail = f"{' (expansion added)' if term.expansion_added else ''}. {term.meaning}"
        else:
            full.text = term.meaning
        return mark


def _left_out(tag: str, attributes: Mapping[str, str]) -> bool:
    """Whether nothing inside is running text."""
    if tag in _LEFT_OUT or not attributes:
        return tag in _LEFT_OUT
    return (
        "data-search-exclude" in attributes
        or attributes.get("role") == "tooltip"
        or not _LEFT_OUT_CLASSES.isdisjoint(attributes.get("class", "").split())
    )


@functools.lru_cache(maxsize=4)
def _finder(terms: tuple[Known, ...]) -> tuple[re.Pattern[str], tuple[Known, ...]]:
    """One pattern for all terms, the longest first; the number of the group that a hit has says which it is."""
    known = {term.term.casefold() for term in terms}
    forms: list[tuple[str, Known | None]] = [(term.term, term) for term in terms]
    forms += [
        (term.stands_for, None) for term in terms if term.stands_for and term.stands_for.casefold() not in known
    ]
    forms.sort(key=lambda form: len(form[0]), reverse=True)
    branches = "|".join(f"({_spelled(words)})" if term else _spelled(words) for words, term in forms)
    # Most words of a page are passed over by their first letter.
    initials = "".join({letter for words, _ in forms for letter in (words[0].upper(), words[0].lower())})
    pattern = re.compile(rf"(?<![\w-])(?=[{re.escape(initials)}])(?:{branches})(?![\w-])")
    return pattern, tuple(term for _, term in forms if term)


def _spelled(words: str) -> str:
    """How words are found: over line ends, with either apostrophe, in the plural; capitals inside must be there."""
    pattern = re.escape(words).replace("\\ ", r"\s+").replace("'", "['’]")
    return f"{pattern}(?:e?s)?" if words[1:] != words[1:].lower() else f"(?i:{pattern}(?:e?s)?)"


def makeExtension(**kwargs: Any) -> Terms:  # noqa: N802 - the name is Python-Markdown's
    """What Python-Markdown calls."""
    return Terms(**kwargs)
