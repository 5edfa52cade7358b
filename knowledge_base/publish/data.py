"""The data as JSON for other programs: a file for each collection, and an index of them."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any

from knowledge_base import __version__
from knowledge_base.catalogue import Catalogue
from knowledge_base.records import File, about, published

if TYPE_CHECKING:
    from knowledge_base.publish.exports import Make


def files(whole: Catalogue) -> dict[str, Make]:
    """What makes each file, by its path in the site."""
    found: dict[str, Make] = {file.path: partial(_file, file) for file in published(whole)}
    return {**found, "data/index.json": partial(_index, whole)}


def as_json(value: Any) -> bytes:
    """JSON in UTF-8, one value a line, in the order in which it is given."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _file(file: File) -> bytes:
    return as_json({"about": about(file), **file.content})


def _index(whole: Catalogue) -> bytes:
    listed = [{"path": file.path, **about(file)} for file in published(whole)]
    return as_json({"about": {"version": __version__}, "files": listed})
