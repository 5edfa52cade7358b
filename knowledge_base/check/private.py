"""Private data: in pages, data, the names of files, documents, pictures and what was said of a change.

The value itself is never told, since what the check says is kept by whoever runs it: only what it looks like, and
where it stands.
"""

from __future__ import annotations

import functools
import re
import subprocess
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

from knowledge_base import model
from knowledge_base.catalogue import Catalogue
from knowledge_base.check import memory
from knowledge_base.faults import Fault
from knowledge_base.private import NAME, Hit, files, find

MAX_TEXT_BYTES = 2 * 1024 * 1024
"""Size of the largest text that is read."""

# Where a line of a drawing goes: long rows of digits that are nobody's number.
_LINES_OF_A_DRAWING = re.compile(r"""\b(?:d|points|transform|viewBox)\s*=\s*(?:"[^"<]*"|'[^'<]*')""")
_ALLOW = "If nobody could be known by it, an entry in data/allowed.yml allows it."
_REMEDIES = {
    "e-mail address": f"Take it out, or write a role's mailbox, such as programme@. {_ALLOW}",
    "telephone number": f"Take it out; a role's number belongs into data/local.yml. {_ALLOW}",
    "postcode": f"Take it out; beside a postcode of a venue, name the venue. {_ALLOW}",
    "street address": f"Take it out; beside the address of a venue, name the venue. {_ALLOW}",
    NAME: f"Take the name out, and what is beside it if that could tell who it is. {_ALLOW}",
    files.AUTHOR: f"Take the names out of the file's properties, comments and tracked changes. {_ALLOW}",
    files.PLACE: "Save the picture again without its details (its place, its camera).",
}
_REMEDY = f"Take it out. {_ALLOW}"


def check(catalogue: Catalogue) -> Iterator[Fault]:
    """Everything private in ``docs/`` and ``data/``, and every entry of the allow-list that allows nothing."""
    root = catalogue.root
    allowed = _Allowed(catalogue)
    for path in _files(root):
        shown = path.relative_to(root).as_posix()
        yield from allowed.sift(_in_name(shown), shown, {})
        if path.suffix.lower() in files.DOCUMENTS:
            yield from allowed.sift(*_in_document(path, shown))
        else:
            yield from allowed.sift(*_in_text_file(root, path, shown))
    yield from allowed.unused()


def check_commits(root: Path, base: str) -> list[Fault]:
    """Everything private in what was said of the commits between a branch and where it began.

    Args:
        root: the project's folder.
        base: what the branch began from, as Git knows it (``main``, ``origin/main``), or two ends: ``main..change``.

    Raises:
        OSError: Git is not there, or does not know the base; with a sentence for the reader.
    """
    command = [
        "git",
        "log",
        "-z",
        "--format=%H%n%B",
        "--end-of-options",
        base if ".." in base else f"{base}..HEAD",
        "--",
    ]
    try:
        ran = subprocess.run(command, cwd=root, capture_output=True, check=False)  # noqa: S603 - no shell, no options
    except OSError as error:
        raise OSError("Git was not found, so that no commit can be read.") from error
    if ran.returncode != 0:
        raise OSError(f"Git does not know where '{base}' and this branch part, so that no commit was read.")
    found = []
    for commit in ran.stdout.decode("utf-8", errors="replace").split("\0"):
        name, _, message = commit.partition("\n")
        found += [
            _fault(
                f"commit {name[:12]}",
                message,
                hit,
                " Say the same without it, in a new message (git commit --amend).",
            )
            for hit in find(_without_trailers(message))
        ]
    return found


def _without_trailers(message: str) -> str:
    """A message without the lines by which Git names who made a change, of the same length."""
    return re.sub(
        r"(?im)^(?:signed-off|co-authored|reviewed|acked|tested)-by:.*$", lambda line: " " * len(line[0]), message
    )


def shown(path: str) -> str:
    """A path as it may be told: what is private in a name is left out."""
    for hit in reversed(_hits_in_name(path)):
        path = f"{path[: hit.start]}…{path[hit.end :]}"
    return path


def lines(text: str) -> set[int]:
    """The numbers of the lines, from 1, on which something private stands, whatever the allow-list says."""
    return {
        number
        for hit in _found(text)
        for number in range(text.count("\n", 0, hit.start) + 1, text.count("\n", 0, hit.end) + 2)
    }


def withhold(faults: Iterable[Fault]) -> list[Fault]:
    """Faults of all rules without what is private: other rules quote what they do not understand."""
    faults = list(faults)
    private = {(fault.path, fault.line) for fault in faults if fault.code in {"KB601", "KB602"}}
    return [_withheld(fault, private) for fault in faults]


def _withheld(fault: Fault, private: set[tuple[str, int]]) -> Fault:
    if fault.code.startswith("KB60"):
        return fault
    message, remedy = fault.message, fault.remedy
    if (fault.path, fault.line) in private:
        message = re.sub(r"'[^']*'", "'…'", message)
        remedy = re.sub(r"'[^']*'", "'…'", remedy)
    return replace(fault, path=shown(fault.path), message=_blanked(message), remedy=_blanked(remedy))


def _blanked(text: str) -> str:
    for hit in reversed(_found(text)):
        text = f"{text[: hit.start]}…{text[hit.end :]}"
    return text


@functools.lru_cache(maxsize=1024)
def _found(text: str) -> tuple[Hit, ...]:
    """What is private in a text; a preview asks again and again, and most texts stay as they are."""
    return tuple(find(text))


# --- where to look ----------------------------------------------------------------------------------------


def _files(root: Path) -> Iterator[Path]:
    """Every file of ``data/`` and ``docs/``; a link to elsewhere is refused by another rule, and not followed."""
    for folder in ("data", "docs"):
        for path in sorted((root / folder).rglob("*")):
            if path.is_file() and not path.is_symlink() and "schemas" not in path.relative_to(root).parts[1:2]:
                yield path


Found = Iterable[tuple[str, Fault]]
"""Faults, each with its kind, or nothing where no entry may allow it."""


@functools.cache
def _made_by() -> str:
    """The patterns, as they stand."""
    code = sorted(Path(files.__file__).parent.glob("*.py"))
    return memory.digest(version("phonenumbers").encode(), *(path.read_bytes() for path in code))


def _in_text_file(root: Path, path: Path, shown_path: str) -> tuple[Found, str, dict[int, str]]:
    nothing: tuple[Found, str, dict[int, str]] = ((), shown_path, {})
    try:
        source = path.read_bytes()
    except OSError:
        return nothing  # told by whoever loads it
    if len(source) > MAX_TEXT_BYTES:
        return (
            [("", _unreadable(shown_path, f"it has more than {MAX_TEXT_BYTES // 1024 // 1024} MB"))],
            shown_path,
            {},
        )
    text = _decoded(source)
    if text is None:
        return nothing
    if path.suffix.lower() == ".svg":
        text = _LINES_OF_A_DRAWING.sub(lambda hit: re.sub(r"[^\n]", " ", hit.group()), text)
    # Only that there is nothing is remembered; what was found is looked for anew.
    if memory.kept(root, _made_by(), text, lambda: not _found(text)):
        return nothing
    hits = [hit for hit in _found(text) if not _is_of_a_role(shown_path, text, hit)]
    lines = dict(enumerate(text.split("\n"), 1)) if hits else {}
    return [(hit.kind, _fault(shown_path, text, hit)) for hit in hits], shown_path, lines


def _decoded(source: bytes) -> str | None:
    if source.startswith((b"\xff\xfe", b"\xfe\xff")):
        return source.decode("utf-16", errors="replace")
    if b"\0" in source:
        return None if b"\0\0" in source else source.replace(b"\0", b" ").decode("utf-8", errors="replace")
    try:
        return source.decode("utf-8")
    except UnicodeDecodeError:
        return source.decode("cp1252", errors="replace")


def _is_of_a_role(path: str, text: str, hit: Hit) -> bool:
    """Whether a number is that of a contact in ``data/local.yml``: a role's, and not a mobile telephone's."""
    if path != "data/local.yml" or hit.kind != "telephone number":
        return False
    before = text[text.rfind("\n", 0, hit.start) + 1 : hit.start]
    mobile = re.match(r"\D*(?:00)?(?:44)?\D*0?\D*7", text[hit.start : hit.end])
    return bool(re.fullmatch(r"[\s{#-]*(?:.*,\s*)?telephone:\s*['\"+]*", before)) and not mobile


def _in_document(path: Path, shown_path: str) -> tuple[Found, str, dict[int, str]]:
    try:
        inside = files.look(path)
    except (files.UnreadableError, OSError) as error:
        why = str(error) if isinstance(error, files.UnreadableError) else "it cannot be opened"
        return [("", _unreadable(shown(shown_path), why))], shown_path, {}
    found = {
        (hit.kind, _told(shown(shown_path), 1, 1, hit.kind, f" in {where}"))
        for where, text in inside.texts
        for hit in find(text)
    }
    found |= {(kind, _told(shown(shown_path), 1, 1, kind, f" in {where}")) for kind, where in inside.left}
    return sorted(found), shown_path, {1: "\n".join(text for _, text in inside.texts)}


@functools.lru_cache(maxsize=1024)
def _hits_in_name(path: str) -> tuple[Hit, ...]:
    """What is private in a path: as it stands, and with spaces for what stands for spaces in names of files."""
    spaced = re.sub(r"[-_.](?=[^/]*[-_.])|[-_]", " ", path.replace("/", "\n"))
    return tuple(find(path)) or tuple(find(spaced))


def _in_name(path: str) -> Found:
    hits = _hits_in_name(path)
    return [(hit.kind, _told(shown(path), 1, 1, hit.kind, " in the file's name")) for hit in hits[:1]]


# --- what is said -----------------------------------------------------------------------------------------


def _fault(path: str, text: str, hit: Hit, more: str = "") -> Fault:
    line = text.count("\n", 0, hit.start) + 1
    column = hit.start - text.rfind("\n", 0, hit.start)
    fault = _told(shown(path), line, column, hit.kind)
    return replace(fault, remedy=f"Take it out.{more}") if more else fault


def _told(path: str, line: int, column: int, kind: str, where: str = "") -> Fault:
    code = "KB602" if kind == NAME else "KB603" if kind in {files.AUTHOR, files.PLACE} else "KB601"
    article = "an" if kind[0] in "aeN" and kind != "National Insurance number" else "a"
    verb = "There is" if code == "KB603" else "This looks like"
    return Fault(path, line, column, code, f"{verb} {article} {kind}{where}.", _REMEDIES.get(kind, _REMEDY))


def _unreadable(path: str, why: str) -> Fault:
    message = f"Nobody can look for private data in this file: {why}."
    return Fault(path, 1, 1, "KB603", message, "Save it again from its program, unlocked and alone; or leave it out.")


class _Allowed:
    """The allow-list, and how much of it was used."""

    def __init__(self, catalogue: Catalogue) -> None:
        file = catalogue.data.files.get("allowed")
        self._entries = list(file.allowed or ()) if isinstance(file, model.AllowedFile) else []
        self._used: Counter[int] = Counter()
        self._catalogue = catalogue

    def sift(self, found: Found, path: str, lines: dict[int, str]) -> Iterator[Fault]:
        """The faults that no entry allows.

        Args:
            found: faults, each with its kind.
            path: the file, as an entry names it.
            lines: the text of each line of it.
        """
        for kind, fault in found:
            if not self._allows(kind, path, lines.get(fault.line, path)):
                yield fault

    def _allows(self, kind: str, path: str, line: str) -> bool:
        for index, entry in enumerate(self._entries):
            fits = entry.file == path and entry.kind == kind and entry.beside in line
            if fits and self._used[index] < entry.count:
                self._used[index] += 1
                return True
        return False

    def unused(self) -> Iterator[Fault]:
        """A warning for each entry that allows less than it might."""
        for index, entry in enumerate(self._entries):
            if self._used[index] < entry.count:
                place = self._catalogue.data.documents["allowed"].place(("allowed", index))
                few = f"only {self._used[index]} of {entry.count}" if self._used[index] else "nothing"
                message = f"This entry allows {few}."
                remedy = "Take it out, or correct 'file', 'kind', 'beside' and 'count'."
                yield Fault("data/allowed.yml", *place, "KB604", message, remedy, "warning")
