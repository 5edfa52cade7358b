"""A finding: what is wrong, on which page, in which mode, and where on it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Finding:
    """Something that the audit holds against a page.

    Attributes:
        rule: the kind of fault: ``axe: image-alt``, ``scrolls sideways``.
        message: what is wrong, the same for all that have one cause.
        place: a CSS selector, or a line of the file.
        page: its address below the site's own; empty for the home page.
        mode: how the page was looked at; empty when it was read as a file.
        source: the HTML at fault, and what is said of this one.
        picture: the name of the picture's file, if there is something to see.
    """

    rule: str
    message: str
    place: str
    page: str
    mode: str = ""
    source: str = ""
    picture: str = ""

    @property
    def name_of_picture(self) -> str:
        """One picture serves all pages that have the same fault at the same place in the same mode."""
        said = "\n".join((self.rule, self.message, self.place, self.mode))
        return f"{hashlib.sha256(said.encode()).hexdigest()[:16]}.png"
