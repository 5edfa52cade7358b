"""Mends the theme's own HTML where it keeps a reader out or waiting, or is not valid: a hook of MkDocs for each page.

Each mend is a pattern, what takes its place, and why. The theme's pieces are kept as they come, so that a new version
of it brings its changes with it; a test builds pages without this hook, and says which mend is no longer needed.
"""

from __future__ import annotations

import re
from typing import Any

MENDS: dict[str, tuple[str, str]] = {
    "The search dialog has no name.": (
        r'(<div class="md-search" data-md-component="search" role="dialog")>',
        r'\1 aria-label="Search this site">',
    ),
    "The list of results is a stop for the Tab key, and nothing says what it is; its links are stops already.": (
        r'(<div class="md-search__scrollwrap") tabindex="0"',
        r"\1",
    ),
    "Nothing tells a screen reader how many are found.": (
        r'(<div class="md-search-result__meta")>',
        r'\1 role="status">',
    ),
    "No HTML standard knows this attribute of an input.": (r' autocorrect="off"', ""),
    "The way back is called Navigation, like the menu.": (
        r'(<nav class="md-path" aria-label=)"Navigation"',
        r'\1"You are here"',
    ),
    "The theme's script is fetched and run before a page is shown that can be read without it.": (
        r'(<script src="[^"]*assets/javascripts/bundle\.\w+\.min\.js")>',
        r"\1 defer>",
    ),
    "An attribute has no value.": (r' tabindex=""', ""),
    "A menu inside the menu takes its name from an element that holds an icon only; and a <nav> is never expanded.": (
        r'(<nav class="md-nav" data-md-level="\d+") aria-labelledby="[^"]*"(?: aria-expanded="[^"]*")?>'
        r'(\s*<label class="md-nav__title"[^>]*>\s*<span class="md-nav__icon md-icon"></span>\s*)'
        r"([^<]*?)(\s*</label>)",
        r'\1 aria-label="\3">\2\3\4',
    ),
}
"""By the reason: the pattern, and what takes its place."""

_MENDS = [(re.compile(pattern), mended) for pattern, mended in MENDS.values()]
# On some pages the theme leaves out the switch that this label is for.
_LABEL, _SWITCH = '<label class="md-nav__title" for="__toc">', 'id="__toc"'


def on_post_template(output: str, *, template_name: str, **_: Any) -> str:
    """The page for wrong addresses, which is no page to MkDocs, with everything mended."""
    return on_post_page(output) if template_name.endswith(".html") else output


def on_post_page(output: str, **_: Any) -> str:
    """A page with everything mended; MkDocs calls it with the page's whole HTML."""
    for pattern, mended in _MENDS:
        output = pattern.sub(mended, output)
    return output if _SWITCH in output else output.replace(_LABEL, '<label class="md-nav__title">')
