"""A Markdown extension: a ``<caption>`` is part of its table.

Python-Markdown does not know ``<caption>`` as a block, and would put it into a paragraph, where browsers lose it.
"""

from __future__ import annotations

from typing import Any

from markdown import Markdown
from markdown.extensions import Extension


class Captions(Extension):  # type: ignore[misc]
    """Makes ``<caption>`` a block-level element."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name is Python-Markdown's
        """Registers the element; listed before ``md_in_html``, which copies the list of blocks."""
        md.block_level_elements.append("caption")


def makeExtension(**kwargs: Any) -> Captions:  # noqa: N802 - the name is Python-Markdown's
    """What Python-Markdown calls."""
    return Captions(**kwargs)
