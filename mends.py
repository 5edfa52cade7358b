"""Mends the theme's own HTML where it keeps a reader out or waiting, or is not valid: a hook of MkDocs for each page.

Each mend says what is wrong, what takes its place, and why. The theme's pieces are kept as they come, so that a new
version of it brings its changes with it; a test builds pages without this hook, and says which mend can go.
"""

from __future__ import annotations

import re
from typing import Any

MENDS = {
    "The search dialog has no name.": (
        '<div class="md-search" data-md-component="search" role="dialog">',
        '<div class="md-search" data-md-component="search" role="dialog" aria-label="Search this site">',
    ),
    "The list of results is a stop for the Tab key, and nothing says what it is; its links are stops already.": (
        '<div class="md-search__scrollwrap" tabindex="0"',
        '<div class="md-search__scrollwrap"',
    ),
    "Nothing tells a screen reader how many are found.": (
        '<div class="md-search-result__meta">',
        '<div class="md-search-result__meta" role="status">',
    ),
    "No HTML standard knows this attribute of an input.": (' autocorrect="off"', ""),
    "The way back is called Navigation, like the menu.": (
        '<nav class="md-path" aria-label="Navigation"',
        '<nav class="md-path" aria-label="You are here"',
    ),
    "The theme's script is fetched and run before a page is shown that can be read without it.": (
        '.min.js"></script>',
        '.min.js" defer></script>',
    ),
    "An attribute has no value.": (' tabindex=""', ""),
}
"""By the reason: what is wrong as the theme writes it, and what takes its place."""

# A menu inside the menu takes its name from an element that holds an icon only; and a <nav> is never expanded.
MENU = re.compile(
    r'(<nav class="md-nav" data-md-level="\d+") aria-labelledby="[^"]*"(?: aria-expanded="[^"]*")?>'
    r'(\s*<label class="md-nav__title"[^>]*>\s*<span class="md-nav__icon md-icon"></span>\s*)'
    r"([^<]*?)(\s*</label>)"
)
# On some pages the theme leaves out the switch that this label is for.
_LABEL, _SWITCH = '<label class="md-nav__title" for="__toc">', 'id="__toc"'


def on_post_template(output: str, *, template_name: str, **_: Any) -> str:
    """The page for wrong addresses, which is no page to MkDocs, with everything mended."""
    return on_post_page(output) if template_name.endswith(".html") else output


def on_post_page(output: str, **_: Any) -> str:
    """A page with everything mended; MkDocs calls it with the page's whole HTML."""
    for wrong, mended in MENDS.values():
        output = output.replace(wrong, mended)
    output = MENU.sub(r'\1 aria-label="\3">\2\3\4', output)
    return output if _SWITCH in output else output.replace(_LABEL, '<label class="md-nav__title">')
