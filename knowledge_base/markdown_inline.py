"""A Markdown extension: passes over the inline patterns that a text cannot match. The HTML stays the same.

Python-Markdown tries each of its patterns on each piece of text, and most pieces hold none of the characters by which
these begin. To look for the characters once saves a tenth of a build.
"""

from __future__ import annotations

import re
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import Pattern
from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString

# By the name under which Python-Markdown registers a pattern: the characters of which each match holds one.
_HOLDS = {
    "backtick": "`",
    "escape": "\\",
    "footnote": "[",
    "reference": "[",
    "link": "[",
    "image_link": "!",
    "image_reference": "!",
    "short_reference": "[",
    "short_image_ref": "!",
    "autolink": "<",
    "automail": "<",
    "linebreak": "\n",
    "html": "<",
    "entity": "&",
    "em_strong": "*_",
}
_ANY = re.compile(r"[`\\\[!<\n&*_]")


class Inline(Extension):  # type: ignore[misc]
    """Takes the place of Python-Markdown's own way through inline text."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name is Python-Markdown's
        """Registers it under the name of the other, and at its place."""
        md.treeprocessors.register(_Inline(md), "inline", 20)


class _Inline(InlineProcessor):  # type: ignore[misc]
    _known: list[tuple[Pattern, str | None]] | None = None

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Any:
        """As the class above, but holds on to nothing of the page."""
        made = super().run(tree, ancestors)
        self.stashed_nodes.clear()
        self.parent_map.clear()
        return made

    # So the class above calls its own; it has no other place at which a pattern could be passed over.
    def _InlineProcessor__handleInline(self, data: Any, patternIndex: int = 0) -> Any:  # noqa: N802, N803
        if isinstance(data, AtomicString):
            return data
        # What a match leaves in its place holds none of them.
        there = set(_ANY.findall(data))
        patterns = self._patterns
        for index in range(patternIndex, len(patterns)):
            pattern, holds = patterns[index]
            if holds is not None and there.isdisjoint(holds):
                continue
            matched, start = True, 0
            while matched:
                data, matched, start = self._InlineProcessor__applyPattern(pattern, data, index, start)
        return data

    @property
    def _patterns(self) -> list[tuple[Pattern, str | None]]:
        """The patterns in their order, with what they hold; None for one that is not known here."""
        if self._known is None:  # not before a text comes: by then every extension has registered its own
            named = {id(pattern): name for name, pattern in self.inlinePatterns._data.items()}
            self._known = [(pattern, _HOLDS.get(named[id(pattern)])) for pattern in self.inlinePatterns]
        return self._known


def makeExtension(**kwargs: Any) -> Inline:  # noqa: N802 - the name is Python-Markdown's
    """What Python-Markdown calls."""
    return Inline(**kwargs)
