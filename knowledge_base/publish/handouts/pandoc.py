"""Runs pandoc, which pypandoc_binary brings; never a pandoc that the machine may have."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

TEMPLATES = Path(str(files("knowledge_base"))) / "templates" / "handouts"
"""Filters, styles and the Typst template."""

# pandoc puts this moment into what it writes, in place of now: the first that a zip archive can hold.
_THEN = "315532800"


def run(source: str, *options: str, binary: bool = False) -> bytes:
    """What pandoc makes of HTML.

    Args:
        source: the HTML.
        options: of the command line.
        binary: whether the answer is a file; pandoc refuses to print one unless told.

    Raises:
        RuntimeError: pandoc failed; the text is what it said.
    """
    from pypandoc import get_pandoc_path

    # Pages are typed with straight quotation marks, and paper is set with curled ones.
    command = [get_pandoc_path(), "--from", "html+smart", *options, *(["--output", "-"] if binary else [])]
    return _ran(command, source.encode())


def default_file(name: str) -> bytes:
    """A file that pandoc would use by itself: ``reference.docx``."""
    from pypandoc import get_pandoc_path

    return _ran([get_pandoc_path(), "--print-default-data-file", name], b"")


def _ran(command: Sequence[str], given: bytes) -> bytes:
    ran = subprocess.run(  # noqa: S603 - pandoc's own path and our options
        command, input=given, capture_output=True, check=False, env={"SOURCE_DATE_EPOCH": _THEN, "LC_ALL": "C.UTF-8"}
    )
    if ran.returncode or ran.stderr:  # a warning is a handout that lacks something
        raise RuntimeError(" ".join(ran.stderr.decode(errors="replace").split()) or "pandoc stopped without a word")
    return ran.stdout
