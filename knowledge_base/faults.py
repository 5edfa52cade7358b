"""What an author sees when something is wrong: a place, what is wrong there, and what to do."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from knowledge_base.rules import RULES, Rule


@dataclass(frozen=True, order=True)
class Fault:
    """One thing that is wrong, at one place.

    Attributes:
        path: the file, relative to the project, with forward slashes.
        line: counted from 1; the line in the file, front matter included.
        column: counted from 1, in characters.
        code: a key of :data:`knowledge_base.rules.RULES`.
        message: what is wrong, as a sentence in plain words.
        remedy: what to do about it, as a sentence.
        severity: an ``error`` stops a build, a ``warning`` does not.
    """

    path: str
    line: int
    column: int
    code: str
    message: str
    remedy: str
    severity: Literal["error", "warning"] = "error"

    @property
    def rule(self) -> Rule:
        """What its code stands for."""
        return RULES[self.code]

    def __post_init__(self) -> None:
        # Both may quote what an author wrote, line ends and all; a fault is shown as one line.
        for name in ("message", "remedy"):
            object.__setattr__(self, name, " ".join(getattr(self, name).split()))

    def __str__(self) -> str:
        kind = "" if self.severity == "error" else "warning: "
        return f"{self.path}:{self.line}:{self.column}: {self.code} {kind}{self.message} {self.remedy}"


class AuthorError(Exception):
    """Something that an author wrote cannot be done; the check gives it a place.

    Attributes:
        message: what is wrong.
        remedy: what to do.
    """

    def __init__(self, message: str, remedy: str) -> None:
        self.message = message
        self.remedy = remedy
        super().__init__(f"{message} {remedy}")


class UnknownNameError(AuthorError):
    """A page asks for something that the catalogue does not hold; the remedy offers the nearest known names."""

    def __init__(self, what: str, name: str, known: Iterable[str]) -> None:
        super().__init__(f"There is no {what} '{name}'.", did_you_mean(name, known))


def nearest(name: str, known: Iterable[str], most: int = 3) -> list[str]:
    """The known names that look most like a name, best first; empty when none comes near."""
    by_folded = {candidate.casefold(): candidate for candidate in known}
    folded = name.casefold().replace("–", "-").replace("_", "-").replace(" ", "-")
    hits = difflib.get_close_matches(folded, by_folded, n=most, cutoff=0.6)
    # A name that was cut short ("munro" for "munro-2008") is near as well, though difflib says it is not.
    hits += [key for key in by_folded if folded and key.startswith(folded) and key not in hits]
    return [by_folded[key] for key in hits[:most]]


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """A sentence that offers the nearest known names, or the first few where none is near."""
    known = list(known)
    found = nearest(name, known)
    if found:
        return f"Did you mean {one_of(found)}?"
    if not known:
        return "None is defined yet."
    some = ", ".join(sorted(known)[:6])
    return f"Known are: {some}{' …' if len(known) > 6 else ''}."


def one_of(names: list[str]) -> str:
    """Names as they are read out: ``'a'``, ``'a' or 'b'``, ``'a', 'b' or 'c'``."""
    quoted = [f"'{name}'" for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"
