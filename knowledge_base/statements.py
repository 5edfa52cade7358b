"""What the accessibility statement and the privacy notice need of a host: one list, of which all else is made.

Pages draw the facts, and a box that names those that are missing; the check warns of the same ones.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from knowledge_base.model import AccessibilityFacts, Local, PrivacyFacts

Value = Callable[[Local], object]


@dataclass(frozen=True)
class Fact:
    """Something that only the host knows.

    Attributes:
        part: the part of the statement that it stands in.
        key: where it stands below ``local:`` in ``data/local.yml``.
        label: what it is, as readers see it.
        value: what the host says; None where it says nothing.
        needed: whether the statement is incomplete without it.
    """

    part: str
    key: str
    label: str
    value: Value
    needed: bool = True


_NO_ACCESSIBILITY, _NO_PRIVACY = AccessibilityFacts(), PrivacyFacts()


def _accessibility(part: str, name: str, label: str, *, needed: bool = True) -> Fact:
    def value(local: Local) -> object:
        return getattr(local.accessibility or _NO_ACCESSIBILITY, name)

    return Fact(part, f"accessibility.{name}", label, value, needed)


def _privacy(part: str, name: str, label: str, *, needed: bool = True) -> Fact:
    def value(local: Local) -> object:
        return getattr(local.privacy or _NO_PRIVACY, name)

    return Fact(part, f"privacy.{name}", label, value, needed)


STATEMENTS: dict[str, tuple[Fact, ...]] = {
    "accessibility": (
        Fact("contact", "council", "Who answers for this copy", lambda local: local.council),
        Fact(
            "contact",
            "contacts, the one with accessibility: true",
            "Whom to tell",
            lambda local: local.answering_for("accessibility"),
        ),
        _accessibility("contact", "answer_within", "You get an answer within"),
        _accessibility("problems", "problems", "What is known not to work in this copy"),
        _accessibility("prepared", "prepared", "This statement was prepared on"),
        _accessibility("prepared", "reviewed", "It was last reviewed on", needed=False),
        _accessibility("prepared", "tested", "This copy was last tested on"),
        _accessibility("prepared", "how", "How it was tested, and by whom"),
    ),
    "privacy": (
        Fact(
            "who",
            "council",
            "Who answers for personal data (the controller)",
            lambda local: (local.privacy or _NO_PRIVACY).controller or local.council,
        ),
        Fact(
            "who",
            "contacts, the one with data_protection: true",
            "Data protection officer",
            lambda local: local.answering_for("data_protection"),
        ),
        _privacy("who", "prepared", "This notice was prepared on"),
        _privacy("who", "notice", "The council's own privacy notice", needed=False),
        _privacy("kept", "logs", "What the web server writes down"),
        _privacy("kept", "logs_kept", "How long that is kept"),
        _privacy("kept", "sign_in", "Signing in"),
        _privacy("kept", "basis", "Why this is done, and the lawful basis"),
        _privacy("kept", "shared_with", "Who else gets it"),
        _privacy("kept", "notes_kept_years", "How long notes of meetings stay here", needed=False),
    ),
}
"""By its name, what each statement needs, in the order of its page."""


def blanks(local: Local, name: str) -> list[Fact]:
    """What a statement needs and the host has not said."""
    return [fact for fact in STATEMENTS[name] if fact.needed and fact.value(local) is None]
