"""What one check has found out of a text, and the next need not: kept in ``.cache/check.json`` by a digest."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

_KEPT = ".cache/check.json"
_MOST_KEPT = 20_000
# By digest, whichever project it was for; and what the last check of each used.
_memory: dict[str, Any] = {}
_loaded: dict[Path, dict[str, Any]] = {}
_used: dict[Path, set[str]] = {}


def digest(*parts: bytes) -> str:
    """A short name for all of this."""
    return hashlib.blake2b(b"\0".join(parts), digest_size=16).hexdigest()


def kept(root: Path, by: str, text: str, make: Callable[[], Any]) -> Any:
    """What was made of a text before, or is made now.

    Args:
        root: the project's folder.
        by: a digest of what else the answer depends on: the code, settings, versions.
        text: what it is made of.
        make: makes it; the answer is what JSON can hold.
    """
    if root not in _loaded:
        _loaded[root] = _load(root)
        _memory.update(_loaded[root])
    key = digest(by.encode(), text.encode(errors="surrogatepass"))
    _used.setdefault(root, set()).add(key)
    if key not in _memory:
        _memory[key] = make()
    return _memory[key]


def keep(root: Path) -> None:
    """Writes what this check has used for the next; a folder that cannot be written to is no fault."""
    found = {key: _memory[key] for key in _used.pop(root, set())}
    if len(found) > _MOST_KEPT or _loaded.get(root, {}).keys() == found.keys():
        return
    _loaded[root] = found
    fresh = root / f"{_KEPT}.{os.getpid()}"
    try:
        fresh.parent.mkdir(exist_ok=True)
        fresh.write_text(json.dumps(found), encoding="utf-8")
        fresh.replace(root / _KEPT)
    except OSError:
        return


def _load(root: Path) -> dict[str, Any]:
    try:
        found = json.loads((root / _KEPT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
