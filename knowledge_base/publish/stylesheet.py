"""Takes out of a style sheet what no page and no script of the site can match: most of a theme's rules.

A rule stays if each class, id, element and value that a selector names is found somewhere in the pages, or as a word
in a script; what only the reader's doing decides (hover, focus, state) never takes a rule away. So a rule may stay in
vain, and none goes that a page could need.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any

import tinycss2
from rjsmin import jsmin

_TAG = re.compile(r"<([a-z][a-z0-9-]*)((?:\s+[^\s=>\"']+(?:=(?:\"[^\"]*\"|'[^']*'|[^\s>]+))?)*)\s*/?>", re.IGNORECASE)
_VALUES = re.compile(r"([^\s=]+)=(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))")
_WORD = re.compile(r"[A-Za-z][\w-]*")
# The theme's scripts name these, and make them only beside what a page has: then its HTML names them too.
_OF_PAGES = re.compile(
    r"(?:md-(?:annotation|banner|code|consent|source|status|tag|tooltip2?|version)|tabbed|highlight)(?:[_-]|$)"
    # Kinds of boxes, and footnotes: words that scripts use for other things.
    r"|(?:abstract|bug|example|failure|footnote|info|inline|note|question|success|tip|warning)(?:-ref)?$"
)
# The theme's own tips are made where one of its features asks for them, or a class of a page.
_TIPS = re.compile(r'"[\w.]+\.(?:annotate|preview|tooltips)"|class="[^"]*\bannotate\b')
_BARE = re.compile(r"([a-z][\w-]*):not\(\[class\]\)")
# These are what a page says of itself, and no script sets them: which way it is written, and the theme's colours.
_SET_BY_PAGES = re.compile(r"\[(dir|data-md-color-(?:accent|primary))=[\"']?([\w-]+)[\"']?\]")
# Rules inside these are judged like those outside.
_NESTING = {"media", "supports", "layer"}


@dataclass
class Used:
    """What the pages and scripts of a site name.

    Attributes:
        names: elements and classes of pages, values of their other attributes, and words of scripts.
        bare: elements of pages that have no class.
        attributes: of pages, with their values.
        beginnings: of names that a script makes, such as ``md-search-result__``.
    """

    names: set[str] = field(default_factory=lambda: {"html", "body"})
    bare: set[str] = field(default_factory=set)
    attributes: set[tuple[str, str]] = field(default_factory=set)
    beginnings: set[str] = field(default_factory=set)

    def page(self, text: str) -> None:
        """Adds what a page names."""
        if _TIPS.search(text):
            self.beginnings.add("md-tooltip")
        for tag, attributes in _TAG.findall(text):
            self.names.add(tag.lower())
            found = _VALUES.findall(attributes)
            if all(name != "class" for name, *_ in found):
                self.bare.add(tag.lower())
            for name, *values in found:
                # What a macro drew has some letters written as numbers: kb-tools&#95;&#95;from.
                value = unescape("".join(values))
                self.attributes.add((name, value))
                # The words of others are sentences: a "question" in a description is no box of that kind.
                self.names.update(value.split() if name == "class" else [value])

    def script(self, text: str) -> None:
        """Adds what a script may name."""
        words = {word for word in _WORD.findall(text) if not _OF_PAGES.match(word)}
        self.names |= words
        self.beginnings |= {word for word in words if word.endswith(("__", "--")) and len(word) > 4}

    def __contains__(self, name: str) -> bool:
        return name in self.names or any(name.startswith(beginning) for beginning in self.beginnings)


def used(site: Path) -> Used:
    """What the pages and scripts of a built site name."""
    found = Used()
    for path in site.rglob("*.html"):
        found.page(path.read_text(encoding="utf-8"))
    for path in site.rglob("*.js"):
        # Without comments, which speak of anything.
        found.script(str(jsmin(path.read_text(encoding="utf-8"))))
    return found


def pruned(
    sheet: str, names: Used, beside: str = "", *, wanted: Callable[[str], bool] = lambda selector: True
) -> str:
    """A style sheet without the rules that match nothing, what nothing asks for, and comments.

    Args:
        sheet: the style sheet.
        names: what the pages and scripts of the site name.
        beside: other sheets, which may ask for its variables.
        wanted: tells by a selector whether it is wanted here at all.
    """
    nodes = tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)
    rules = list(_kept(nodes, lambda selector: wanted(selector) and _matches(selector, names)))
    asked = {""}
    # A variable may be asked for by another that goes itself; an animation is asked for where one is named.
    while True:
        text = _text(rules, asked) + beside
        named = " ".join(re.findall(r"animation(?:-name)?:([^;}]*)", text))
        now = {"", *re.findall(r"var\(\s*(--[\w-]+)", text), *re.findall(r"[\w-]+", named)}
        if now == asked:
            return _text(rules, asked)
        asked = now


@dataclass
class _Rule:
    """A rule: what stands before its braces, and in them either declarations or other rules."""

    before: str
    declarations: list[tuple[str, str]]
    rules: list[_Rule]


def _kept(nodes: Iterable[Any], stays: Callable[[str], bool]) -> Iterator[_Rule]:
    for node in nodes:
        if node.type == "qualified-rule":
            selectors = [text for text in _selectors(node.prelude) if stays(text)]
            if selectors:
                yield _Rule(",".join(selectors), _declarations(node.content), [])
        elif node.type == "at-rule" and node.lower_at_keyword != "charset":
            before = f"@{node.at_keyword}{_squeezed(tinycss2.serialize(node.prelude), after_name=True)}"
            if node.content is None:
                yield _Rule(f"{before};", [], [])
            elif node.lower_at_keyword in _NESTING:
                inside = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
                if rules := list(_kept(inside, stays)):
                    yield _Rule(before, [], rules)
            else:  # a font, a page, frames of an animation
                yield _Rule(before, [("", tinycss2.serialize(node.content).strip())], [])


def _selectors(prelude: list[Any]) -> Iterator[str]:
    """The selectors of a rule, at its commas; a comma inside `:is()` divides none."""
    found: list[Any] = []
    for token in prelude:
        if token.type == "literal" and token.value == ",":
            yield _squeezed(tinycss2.serialize(found))
            found = []
        else:
            found.append(token)
    yield _squeezed(tinycss2.serialize(found))


def _matches(selector: str, names: Used) -> bool:
    if not names.bare.issuperset(_BARE.findall(selector)):
        return False
    # What else stands in brackets after a colon may be one of several, or must not be there: it decides nothing.
    bare = selector
    while (less := re.sub(r"::?[\w-]+(?:\([^()]*\))?|\([^()]*\)", " ", bare)) != bare:
        bare = less
    if any(pair not in names.attributes for pair in _SET_BY_PAGES.findall(bare)):
        return False
    bare = re.sub(r"\[[\w-]+=[\"']?([\w-]+)[\"']?\]", r" \1 ", bare)
    wanted = re.findall(r"[.#]?-?[A-Za-z_](?:[\w-]|\\.)*", re.sub(r"\[[^\]]*\]", " ", bare))
    return all(name.lstrip(".#").replace("\\", "") in names for name in wanted)


def _declarations(content: list[Any]) -> list[tuple[str, str]]:
    found = []
    for node in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if node.type == "declaration":
            value = _squeezed(tinycss2.serialize(node.value)) + ("!important" if node.important else "")
            found.append((node.name, value))
        elif node.type != "error":  # a nested rule, of which the theme has none: kept as it is
            found.append(("", node.serialize()))
    return found


def _squeezed(text: str, *, after_name: bool = False) -> str:
    """Without line breaks and spaces that mean nothing; what stands in quotation marks is left alone."""
    parts = re.split(r"(\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*')", text.strip() if not after_name else text.rstrip())
    parts[::2] = [re.sub(r",\s+", ",", re.sub(r"\s+", " ", part)) for part in parts[::2]]
    return "".join(parts)


def _text(rules: list[_Rule], asked: set[str]) -> str:
    return "".join(_text_of(rule, asked) for rule in rules)


def _text_of(rule: _Rule, asked: set[str]) -> str:
    if rule.before.endswith(";"):
        return rule.before
    if rule.before.startswith("@keyframes") and rule.before.split()[-1] not in asked:
        return ""
    if rule.rules:
        inside = _text(rule.rules, asked)
    else:
        kept = [
            f"{name}:{value}" if name else value
            for name, value in rule.declarations
            if not name.startswith("--") or name in asked
        ]
        inside = ";".join(kept)
    return f"{rule.before}{{{inside}}}" if inside else ""
