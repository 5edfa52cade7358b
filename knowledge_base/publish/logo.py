"""The host's logo, where it has one: every page shows it from this site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge_base.catalogue import Catalogue
from knowledge_base.check.logo import FOLDER
from knowledge_base.render.local import LOGO

if TYPE_CHECKING:
    from knowledge_base.publish.exports import Make


def files(whole: Catalogue) -> dict[str, Make]:
    """What answers the logo, by its path in the site."""
    name = whole.local.logo
    return {f"{LOGO}{name}": (whole.root / FOLDER / name).read_bytes} if name else {}
