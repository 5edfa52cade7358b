"""What a reference, a session, a practice standard ... is: every key of data and front matter.

The models are the one description of the data: the loader checks against them, the JSON Schemas in
``data/schemas/`` are written from them, and the guide for authors takes its field descriptions from them.
All values arrive as text (see :mod:`knowledge_base.strict_yaml`); a model turns them into what they mean.
"""


# No `from __future__ import annotations` here: pydantic would evaluate each annotation again from its text, which
# takes as long as all the rest of this module.

import datetime
import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from typing import Annotated, Any, Literal, Self, TypeVar, get_args
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    WithJsonSchema,
    computed_field,
    model_validator,
)
from pydantic_core import PydanticCustomError
from stdnum import isbn


def problem(message: str, remedy: str, at: Sequence[str | int] = (), code: str = "KB113") -> PydanticCustomError:
    """An error that the loader shows as it stands.

    Args:
        message: what is wrong, as a sentence.
        remedy: what to do, as a sentence.
        at: where inside the model, for example ``("run_sheet", 2, "at")``.
        code: a key of :data:`knowledge_base.rules.RULES`.
    """
    message = message if len(message) <= 240 else f"{message[:239]}…"
    context = {"message": message, "remedy": remedy, "at": tuple(at), "code": code}
    return PydanticCustomError("plain", "{message}", context)


# --- values -----------------------------------------------------------------------------------------


def _day(value: Any) -> Any:
    if isinstance(value, datetime.date):
        return value
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        raise problem(f"'{value}' is not a date.", "Write year, month and day: 2026-11-23.")
    try:
        return datetime.date.fromisoformat(value)
    except ValueError:
        raise problem(f"There is no day '{value}'.", "Write year, month and day: 2026-11-23.") from None


def part_of_a_date(value: str) -> str:
    """A day, a month or a year as it stands; anything else is a problem."""
    match = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", value)
    try:
        if match is None:
            raise ValueError(value)
        datetime.date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError:
        remedy = "Write 2010-09-07, or 2010-09 where the day is not known."
        raise problem(f"'{value}' is not a date.", remedy) from None
    return value


def _clock(value: Any) -> Any:
    if isinstance(value, datetime.time):
        return value
    match = re.fullmatch(r"(\d\d):(\d\d)", value) if isinstance(value, str) else None
    if match is None or int(match[1]) > 23 or int(match[2]) > 59:
        raise problem(f"'{value}' is not a time of day.", "Write hours and minutes with a colon: '09:45'.")
    return datetime.time(int(match[1]), int(match[2]))


def _no_markup(value: str) -> str:
    found = re.search(r"[<>{}]", value)
    if found:
        remedy = "Titles and descriptions are plain text: write the words only."
        raise problem(f"'{found.group()}' may not stand here.", remedy)
    return value


def _no_quote(value: str) -> str:
    # The theme writes both into attributes as they are: a double quote would end the attribute.
    if '"' in value:
        raise problem("A double quotation mark may not stand here.", "Use single ones.")
    if found := re.search(r"&#?\w+;", value):
        raise problem(f"'{found.group()}' would show as another sign.", "Write the sign itself.")
    return value


def _one_line(value: str) -> str:
    if "\n" in value:
        raise problem("This has to be one line.", "Join the lines.")
    return value


def _not_everywhere(value: str) -> str:
    # One letter, or one small word, stands on nearly every line: the entry would allow what nobody agreed to.
    if len(re.findall(r"\w", value)) < 6:
        raise problem("This is too short: it would fit many lines.", "Write two or three words of the line.")
    return value


Day = Annotated[
    datetime.date, BeforeValidator(_day), WithJsonSchema({"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"})
]
PartDate = Annotated[
    str,
    AfterValidator(part_of_a_date),
    WithJsonSchema({"type": "string", "pattern": r"^\d{4}(-\d\d(-\d\d)?)?$"}),
]
"""A day, a month or a year: ``2010-09-07``, ``2010-09`` or ``2010``."""
Clock = Annotated[
    datetime.time, BeforeValidator(_clock), WithJsonSchema({"type": "string", "pattern": r"^\d\d:\d\d$"})
]
Text = Annotated[str, Field(min_length=1)]
PlainText = Annotated[str, Field(min_length=1), AfterValidator(_no_markup), AfterValidator(_one_line)]
HeadText = Annotated[PlainText, AfterValidator(_no_quote)]
"""Text that goes into the head of a page."""
Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
"""Small letters, digits and single hyphens: ``munro-2008``."""
Minutes = Annotated[int, Field(gt=0, le=24 * 60)]
Count = Annotated[int, Field(ge=0)]

Section = Literal[
    "acknowledgements",
    "executive-summary",
    "section-1",
    "section-2",
    "launch",
    "als-1",
    "als-2",
    "als-3",
    "als-4",
    "als-5",
    "als-6",
    "mentors-1",
    "mentors-2",
    "absence",
    "section-4",
    "section-5",
    "section-6",
    "section-7",
    "references",
    "appendix-a",
    "appendix-b",
    "appendix-c",
]
"""A part of the report; ``launch`` to ``absence`` are the parts of its section 3."""

Source = Annotated[
    list[Literal[Section, "added"]],
    Field(min_length=1, description="The sections of the report that this is taken from, or [added]."),
]
"""Where a thing comes from: sections of the report, or ``added`` where the report does not say it."""

SECTIONS: tuple[str, ...] = get_args(Section)


class Model(BaseModel):
    """A mapping that knows every key it may have."""

    # Built when first used: most models are parts of others, and are never used by themselves.
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Item(Model):
    """One thing in a collection: it has an id and says where it comes from."""

    id: Id = Field(description="Small letters, digits and hyphens; never changed once published.")
    source: Source

    @property
    def works(self) -> tuple[str, ...]:
        """The ids of the references that are cited wherever this is drawn."""
        return ()


_Item = TypeVar("_Item", bound=Item)


def _no_id_twice(items: list[_Item]) -> list[_Item]:
    seen: set[str] = set()
    for index, item in enumerate(items):
        if item.id in seen:
            message = f"The id '{item.id}' is used a second time."
            raise problem(message, "Give each item an id of its own.", (index, "id"), "KB114")
        seen.add(item.id)
    return items


Collection = Annotated[list[_Item], AfterValidator(_no_id_twice)]


class OfOnePerson:
    """Marks a value that tells what a single person did: pages may say it in its place, no file hands it on."""


# --- references -------------------------------------------------------------------------------------


class Name(Model):
    """A person as the report prints the name, or a body."""

    family: Text | None = None
    given: Text | None = None
    literal: Text | None = Field(None, description="The name of a body, or a name that is never inverted.")

    @model_validator(mode="after")
    def _person_or_body(self) -> Self:
        if (self.family is None) == (self.literal is None):
            raise problem(
                "A name has either 'family' (with 'given') or 'literal'.",
                "Write {family: Munro, given: E} or {literal: Social Work Task Force}.",
            )
        return self


class Correction(Model):
    """What the report prints and what is right, as far as that is known."""

    field: Text = Field(description="The CSL field that is concerned.")
    printed: Text | None = Field(description="What the report prints; null when it prints nothing.")
    corrected: Text | None = Field(description="What is right; null when the printed value should go.")
    source: Text = Field(description="Where the right value was seen, or 'unverified: seen in no source'.")
    confidence: Literal["high", "medium", "low"]
    remark: Text | None = None
    names: list[Name] = Field(
        default_factory=list, description="Where authors are corrected: the right ones, each as a name of its own."
    )

    @computed_field  # type: ignore[prop-decorator]
    @property
    def verified(self) -> bool:
        """Whether the right value was seen anywhere: if not, it is a doubt and no correction."""
        return not self.source.startswith("unverified")


class Identifier(Model):
    """A DOI or ISBN that was seen, and where."""

    field: Literal["DOI", "ISBN"]
    value: Text
    form: Text | None = None
    source: Text


def _kebab(name: str) -> str:
    return name if name in {"DOI", "ISBN", "URL"} else name.replace("_", "-")


class Reference(Item):
    """A work in the report's list of references, as printed; what is wrong there stands in ``correction``.

    The names are those of CSL-JSON; the others are ours: ``source``, ``list-position``, ``report-cited-in``,
    ``report-mentions``, ``correction``, ``identifiers-seen``, ``verified``, ``availability``, ``curator-note``,
    ``year-suffix-printed`` and ``topics``.
    """

    model_config = ConfigDict(alias_generator=_kebab)

    type: Literal["article-journal", "book", "chapter", "report", "thesis", "webpage"]
    author: list[Name] = Field(default_factory=list)
    editor: list[Name] = Field(default_factory=list)
    issued: int = Field(ge=1800, le=2100, description="The year.")
    title: Text
    container_title: Text | None = None
    collection_title: Text | None = None
    edition: Text | None = None
    volume: Text | None = None
    issue: Text | None = None
    page: Text | None = None
    genre: Text | None = None
    number: Text | None = None
    status: Literal["forthcoming"] | None = None
    publisher: Text | None = None
    publisher_place: Text | None = None
    DOI: Text | None = None
    ISBN: Text | None = None
    URL: Text | None = Field(None, description="As printed in 2011: shown as text, never as a link.")
    list_position: list[Count] = Field(default_factory=list, description="Its places in the printed list.")
    report_cited_in: list[Section] = Field(default_factory=list, description="Sections that cite it by year.")
    report_mentions: list[Section] = Field(
        default_factory=list, description="Sections that mention it, or its author's work, without a year."
    )
    year_suffix_printed: Annotated[str, Field(pattern="^[a-z]$")] | None = None
    correction: list[Correction] = Field(default_factory=list)
    identifiers_seen: list[Identifier] = Field(default_factory=list)
    verified: Text | None = None
    availability: Text | None = None
    curator_note: list[Text] = Field(default_factory=list)
    topics: list[Id] = Field(default_factory=list)

    @model_validator(mode="after")
    def _somebody_wrote_it(self) -> Self:
        if not self.author and not self.editor:
            raise problem("A work needs an author or an editor.", "Add 'author:' or 'editor:'.")
        return self

    @model_validator(mode="after")
    def _identifiers_can_be_right(self) -> Self:
        if self.ISBN is not None and not isbn.is_valid(self.ISBN):
            raise problem("No book can have this ISBN: its last digit does not fit.", "Copy it again.", ("ISBN",))
        if self.DOI is not None and not re.fullmatch(r"10\.\d[\d.]*/\S+", self.DOI):
            raise problem("A DOI begins with '10.'.", "Write it without https://doi.org/ before it.", ("DOI",))
        return self

    @property
    def year(self) -> str:
        """The year with the letter that tells it from the same author's other works of that year."""
        editorial = [entry.corrected for entry in self.correction if entry.field == "year-suffix"]
        suffix = next((letter for letter in editorial if letter), self.year_suffix_printed)
        return f"{self.issued}{suffix or ''}"


class Footnote(Item):
    """A source that the report gives in a footnote only."""

    number: Count
    author: Text
    URL: Text = Field(description="As printed in 2011: shown as text, never as a link.")
    note: list[Text] = Field(default_factory=list)


# --- the report's facts -----------------------------------------------------------------------------


class PracticeStandard(Item):
    """An area in which the report proposes that practice standards be worked out."""

    title: PlainText
    question: Text = Field(description="What a standard here would let a team ask of itself.")
    evidence: list[Text] = Field(min_length=1, description="What the report says could show it.")
    threshold: Text | None = Field(None, description="A level, where the report sets one. It sets none.")
    references: list[Id] = Field(default_factory=list)

    @property
    def works(self) -> tuple[str, ...]:
        """The works that the report cites for this area."""
        return tuple(self.references)


class WorkshopTheme(Item):
    """A theme of the multi-agency reflective practice workshops."""

    title: PlainText
    status: Literal["run", "planned"]
    repeated: bool = False
    note: Text | None = None


class Outcome(Item):
    """One of the six outcomes agreed in April 2010."""

    title: PlainText
    number: Count = Field(description="Its place in section 1 and in both appendices.")
    summary_position: Count = Field(description="Its place in the executive summary and section 6.")


class Finding(Item):
    """A figure of the report, with the number of people that it is a share of."""

    statement: Text
    who: PlainText = Field(description="Who answered or took part: set members, mentors, both.")
    count: Count | None = Field(None, description="How many; null where the report gives a percentage only.")
    base: Count | None = Field(None, description="Of how many; null where the report does not say.")
    percent: Annotated[int, Field(ge=0, le=100)] | None = Field(
        None, description="The percentage as the report prints it."
    )
    note: Text | None = None
    topic: Literal["response", "sets", "mentoring"] | None = Field(
        None, description="What it is about, where it is no evidence of an outcome."
    )
    outcomes: list[Id] = Field(default_factory=list, description="The outcomes that it is evidence of.")
    rating: Literal["high", "medium", "low"] | None = Field(
        None, description="How far the outcome was met, where that was rated."
    )

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        if self.count is None and self.percent is None:
            raise problem("A finding needs a count or a percentage.", "Add 'count:' or 'percent:'.")
        if self.base is not None and (self.count is None or self.count > self.base):
            raise problem("The base is smaller than the count, or stands alone.", "Check both.", ("base",))
        if self.base == 0 and self.percent is not None:
            raise problem("Nobody has no percentage.", "Take out 'percent:', or correct 'base:'.", ("percent",))
        if self.base and self.count is not None and self.percent is not None:
            computed = round(100 * self.count / self.base)
            # A half may be printed either way.
            if abs(100 * self.count / self.base - self.percent) > 0.5:
                message = f"{self.count} of {self.base} is {computed} per cent, and not {self.percent}."
                raise problem(message, "Check count, base and percentage against the report.", ("percent",))
        return self

    @property
    def share(self) -> float | None:
        """From 0 to 1, computed from the counts where there are any; None where nobody knows of how many."""
        if self.count is not None and self.base:
            return self.count / self.base
        return self.percent / 100 if self.percent is not None else None


class Recommendation(Item):
    """One of the ten recommendations of section 7, and where the summary has it."""

    number: Count
    title: PlainText
    text: list[Text] = Field(min_length=1, description="What it asks for, in own words.")
    summary_number: Count | None = Field(None, description="Its number in the summary; null where absent.")
    differs: Text | None = Field(None, description="What the summary says otherwise.")
    references: list[Id] = Field(default_factory=list)

    @property
    def works(self) -> tuple[str, ...]:
        """The works that the report cites in this recommendation."""
        return tuple(self.references)


SESSIONS_OF_A_MEMBER = 7
"""The launch and six meetings of the set (section 4)."""


Score = Annotated[float, Field(ge=0, le=SESSIONS_OF_A_MEMBER, allow_inf_nan=False)]


class Council(Item):
    """A council that nominated managers; what the report does not give stays empty."""

    name: PlainText
    nominees: Count = Field(description="Nominated at the start.")
    withdrew: Count = Field(0, description="Of these, formally withdrew or retired.")
    average_attendance: Score | None = Field(None, description="Sessions a nominee, of seven.")
    finisher_attendance: Annotated[Score | None, OfOnePerson()] = Field(
        None, description="Sessions of the one who finished, of seven."
    )
    at_last_two: Count | None = Field(None, description="Nominees who took part in December and January.")
    mentor_at_follow_ups: Annotated[bool | None, OfOnePerson()] = Field(
        None, description="Mentor at September's or November's session."
    )
    note: Text | None = None

    @model_validator(mode="after")
    def _no_more_than_were_there(self) -> Self:
        for key in ("withdrew", "at_last_two"):
            if (getattr(self, key) or 0) > self.nominees:
                message = f"'{key}' is more than the {self.nominees} who were nominated."
                raise problem(message, "Check both against the report.", (key,))
        return self

    @property
    def possible(self) -> int:
        """Attendances, if every nominee had come each time."""
        return self.nominees * SESSIONS_OF_A_MEMBER

    @property
    def attendances(self) -> int | None:
        """All nominees' attendances added up, where the report's average lets us work them out."""
        return round(self.average_attendance * self.nominees) if self.average_attendance is not None else None

    @property
    def attendances_at_least(self) -> int | None:
        """The attendances of the one who finished, where the report gives no more."""
        known = self.finisher_attendance if self.average_attendance is None else None
        return round(known) if known is not None else None


class Term(Item):
    """An abbreviation or a term of art."""

    term: PlainText
    stands_for: PlainText | None = Field(None, description="What the letters stand for.")
    expansion_added: bool = Field(False, description="Whether the report itself does not give the expansion.")
    everyday: bool = Field(False, description="An everyday word as well, such as set: never explained in place.")
    meaning: Text | None = None


class Synonym(Item):
    """Words that people type for the same thing: the pages that name its id are found by each of them."""

    words: list[PlainText] = Field(min_length=1, description="As people type it: short, and one way an entry.")


class Set(Item):
    """An action learning set of the programme of 2010-11."""

    name: PlainText
    members_at_start: Count
    note: Text | None = None


class SectionTitle(Model):
    """A section of the report, as a reader is pointed to it."""

    id: Section
    label: PlainText


class Event(Model):
    """Something in the course of the programme that is no session."""

    when: PartDate
    to: PartDate | None = None
    about: PlainText | None = Field(None, description="The date in words, where it is no day or month: Early 2010.")
    title: PlainText
    source: Source

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.to is not None and self.to < self.when:
            raise problem(f"'{self.to}' is before '{self.when}'.", "Swap 'when' and 'to'.", ("to",))
        return self


class Programme(Model):
    """The programme and its report."""

    title: PlainText
    subtitle: PlainText
    report_title: PlainText
    author: PlainText
    organisation: PlainText
    client: PlainText
    commissioner: PlainText
    published: PartDate
    cohort: PlainText
    sets: Collection[Set]
    events: list[Event] = Field(default_factory=list)
    sections: list[SectionTitle]
    source: Source

    @model_validator(mode="after")
    def _every_section(self) -> Self:
        missing = [name for name in SECTIONS if name not in {section.id for section in self.sections}]
        if missing:
            raise problem(f"Without a label: {', '.join(missing)}.", "Add each to 'sections'.", ("sections",))
        return self

    def label(self, section: str) -> str:
        """How a reader is pointed to a section of the report."""
        return next(entry.label for entry in self.sections if entry.id == section)


# --- a host's own edition ---------------------------------------------------------------------------


_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_TELEPHONE = re.compile(r"\+?[0-9][0-9 ()-]{2,}")
# A name alone, too: inside a council https://intranet/ is an address like any other.
_HOST = re.compile(r"[a-z0-9]+(?:-+[a-z0-9]+)*(?:\.[a-z0-9]+(?:-+[a-z0-9]+)*)*")
_LOGO = r"^[a-z0-9]+(-[a-z0-9]+)*\.(svg|png|jpg|webp)$"


def _https(value: str) -> str:
    remedy = "Write it as the browser shows it: https://intranet.council.example/practice"
    if not value.startswith("https://"):
        raise problem(f"'{value}' does not begin with 'https://'.", remedy)
    try:
        parts = urlsplit(value)
        right = _HOST.fullmatch(parts.hostname or "") and parts.port != 0 and "@" not in parts.netloc
    except ValueError:
        right = None
    if not right or re.search(r"[\s\"'\\|^`]", value):
        raise problem(f"'{value}' is no address.", remedy)
    return value


def _picture(value: str) -> str:
    if not re.fullmatch(_LOGO, value):
        message = f"'{value}' is no name of a picture that may stand here."
        remedy = "Write the name only, in small letters: logo.svg or logo.png. The file stands in data/local/."
        raise problem(message, remedy)
    return value


Address = Annotated[
    PlainText, AfterValidator(_https), WithJsonSchema({"type": "string", "minLength": 1, "pattern": "^https://"})
]
"""An address that a reader may follow; nothing is ever loaded from it."""
PictureName = Annotated[str, AfterValidator(_picture), WithJsonSchema({"type": "string", "pattern": _LOGO})]
"""The name of a file in ``data/local/``."""

Duty = Literal["mistakes", "accessibility", "data_protection"]
"""What one of a host's contacts answers for."""


class Contact(Model):
    """Whom readers turn to: a role and its mailbox or number, never a private one."""

    role: PlainText
    email: PlainText | None = None
    telephone: PlainText | None = None
    mistakes: bool = Field(
        False, description="Whether readers tell this contact of mistakes; the first one where none is marked."
    )
    accessibility: bool = Field(
        False, description="Whether this contact answers for accessibility: the accessibility statement names it."
    )
    data_protection: bool = Field(
        False, description="Whether this is the data protection officer: the privacy notice names it."
    )

    @model_validator(mode="after")
    def _can_be_reached(self) -> Self:
        if self.email is None and self.telephone is None:
            raise problem("Nobody can reach this contact.", "Add 'email:' or 'telephone:'.")
        if self.email is not None and not _EMAIL.fullmatch(self.email):
            remedy = "Write it like programme@council.example."
            raise problem(f"'{self.email}' is no e-mail address.", remedy, ("email",))
        if self.telephone is not None and not _TELEPHONE.fullmatch(self.telephone):
            remedy = "Write digits and spaces only, in quotes: '01632 960000'."
            raise problem(f"'{self.telephone}' is no telephone number.", remedy, ("telephone",))
        return self


def slug(name: str) -> str:
    """A name as it stands in addresses: ``Set 1, north`` as ``set-1-north``; empty if it has no letter."""
    ascii_only = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only.lower()).strip("-")


class Meeting(Model):
    """One set's sitting of a session, on a date."""

    session: Id
    set: PlainText = Field(description="The name of the set, or 'Mentors'.")
    date: Day
    starts: Clock | None = Field(None, description="British time, such as '09:45'.")
    ends: Clock | None = None
    venue: PlainText | None = None

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Self:
        if self.ends is not None and self.starts is None:
            raise problem("The meeting ends, and does not start.", "Add 'starts:', or take out 'ends'.", ("ends",))
        if self.starts is not None and self.ends is not None and self.ends <= self.starts:
            raise problem("The meeting ends before it starts.", "Check 'starts' and 'ends'.", ("ends",))
        return self

    @property
    def set_id(self) -> str:
        """The set's name as it stands in addresses."""
        return slug(self.set)


class Link(Model):
    """A page elsewhere that the host wants its readers to know."""

    title: PlainText = Field(description="What the page is called.")
    address: Address = Field(description="Where it is, with https:// before it. It is never loaded, only led to.")
    about: PlainText | None = Field(None, description="What a reader finds there, in a few words.")


class Banner(Model):
    """A short message above every page."""

    text: PlainText = Field(max_length=200, description="A sentence or two.")
    level: Literal["notice", "important"] = Field("notice", description="How much it matters.")
    until: Day | None = Field(None, description="The last day on which it is shown, by the reader's own calendar.")


class AccessibilityFacts(Model):
    """What the accessibility statement says of this copy, besides what is true of every copy."""

    prepared: Day | None = Field(None, description="The day on which you prepared the statement.")
    reviewed: Day | None = Field(None, description="The day on which you last looked it through.")
    tested: Day | None = Field(None, description="The day on which your copy was last tested.")
    how: PlainText | None = Field(None, description="How your copy was tested, on which pages, and by whom.")
    problems: list[PlainText] | None = Field(
        None, description="What you know does not work in your copy; [] where you looked and found nothing."
    )
    answer_within: PlainText | None = Field(None, description="How soon you answer: 10 working days.")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.reviewed and self.prepared and self.reviewed < self.prepared:
            message = f"The statement was reviewed ({self.reviewed}) before it was prepared ({self.prepared})."
            raise problem(message, "Check both dates.", ("reviewed",))
        return self


class PrivacyFacts(Model):
    """What the privacy notice says of this copy, besides what is true of every copy."""

    controller: PlainText | None = Field(
        None, description="The body that answers for personal data; the council where left out."
    )
    prepared: Day | None = Field(None, description="The day on which you prepared the notice.")
    basis: PlainText | None = Field(
        None, description="Why you may keep a log and have people sign in: the lawful basis."
    )
    logs: PlainText | None = Field(None, description="What your web server writes down about a visit.")
    logs_kept: PlainText | None = Field(None, description="How long you keep that: 30 days.")
    sign_in: PlainText | None = Field(
        None, description="What people sign in with, and who runs it; or that nobody has to."
    )
    shared_with: PlainText | None = Field(None, description="Who else gets any of it; or nobody.")
    notice: Address | None = Field(None, description="Your council's own privacy notice, to lead to.")
    notes_kept_years: Annotated[int, Field(ge=1, le=50)] | None = Field(
        None, description="For how many years after they were published notes of your own meetings stay on the site."
    )


class Local(Model):
    """What a host adds: its name, contacts, dates, links and duties. Empty in the plain edition."""

    council: PlainText | None = Field(None, description="Your council's name, as readers know it.")
    logo: PictureName | None = Field(
        None,
        description="The name of a picture in data/local/, such as logo.svg. It is read out as your council's name.",
    )
    banner: Banner | None = Field(None, description="A short message above every page.")
    contacts: list[Contact] = Field(
        default_factory=list, description="Roles, the one for questions about the programme first."
    )
    meetings: list[Meeting] = Field(default_factory=list, description="The dates of your own sets.")
    links: list[Link] = Field(default_factory=list, description="Pages of yours that readers should know.")
    accessibility: AccessibilityFacts | None = Field(None, description="For the accessibility statement.")
    privacy: PrivacyFacts | None = Field(None, description="For the privacy notice.")
    search_engines: bool = Field(
        False, description="Whether search engines may list your copy. Where left out they are asked not to."
    )

    @model_validator(mode="after")
    def _a_logo_has_a_name(self) -> Self:
        if self.logo and not self.council:
            remedy = "Add 'council:': it is what is read out in place of the logo."
            raise problem("There is a logo, and no name of a council.", remedy, ("logo",))
        return self

    @model_validator(mode="after")
    def _each_duty_has_one_contact(self) -> Self:
        said: dict[Duty, str] = {
            "mistakes": "is told of mistakes",
            "accessibility": "answers for accessibility",
            "data_protection": "is the data protection officer",
        }
        for duty, does in said.items():
            marked = [index for index, contact in enumerate(self.contacts) if getattr(contact, duty)]
            if len(marked) > 1:
                remedy = f"Leave '{duty}: true' with one contact."
                raise problem(f"A second contact {does}.", remedy, ("contacts", marked[1], duty))
        return self

    @model_validator(mode="after")
    def _sets_and_meetings_are_told_apart(self) -> Self:
        names: dict[str, str] = {}
        held: set[tuple[str, str]] = set()
        for index, meeting in enumerate(self.meetings):
            at = ("meetings", index, "set")
            if not meeting.set_id:
                raise problem(f"'{meeting.set}' makes no address.", "Use letters or digits of English.", at)
            other = names.setdefault(meeting.set_id, meeting.set)
            if other != meeting.set:
                message = f"'{meeting.set}' and '{other}' would have one calendar, '{meeting.set_id}'."
                raise problem(message, "Write the same name each time, or names that differ more.", at, "KB114")
            # Its calendar entry is known by session and set: so it keeps its place when date or venue change.
            if (meeting.session, meeting.set_id) in held:
                message = f"'{meeting.set}' has '{meeting.session}' a second time."
                remedy = "Correct session or set; a set of another year needs its own name: North 2027-28."
                raise problem(message, remedy, at, "KB114")
            held.add((meeting.session, meeting.set_id))
        return self

    @property
    def meetings_in_order(self) -> list[Meeting]:
        """The meetings by day and hour; those of a day without an hour come first."""
        return sorted(self.meetings, key=lambda entry: (entry.date, entry.starts or datetime.time.min, entry.set))

    @property
    def sets(self) -> dict[str, str]:
        """The names of the sets by their ids, in the order of the alphabet."""
        return dict(sorted((entry.set_id, entry.set) for entry in self.meetings))

    @property
    def first_contact(self) -> Contact | None:
        """Whom readers ask about the programme; None where the host names nobody."""
        return next(iter(self.contacts), None)

    @property
    def told_of_mistakes(self) -> Contact | None:
        """Whom readers tell of a mistake; None where the host names nobody."""
        return self.answering_for("mistakes") or self.first_contact

    def answering_for(self, duty: Duty) -> Contact | None:
        """The contact that is marked for a duty; None where none is."""
        return next((contact for contact in self.contacts if getattr(contact, duty)), None)

    @property
    def begun(self) -> bool:
        """Whether a host has begun to make the site its own: from then on its statements have to be complete."""
        return bool(self.council or self.accessibility or self.privacy)


# --- what may stand though it looks private -----------------------------------------------------------


PrivateKind = Literal[
    "NHS number",
    "pupil number",
    "National Insurance number",
    "telephone number",
    "e-mail address",
    "postcode",
    "street address",
    "date of birth",
    "case number",
    "name beside an age, a school or a family",
    "user name",
    "vehicle registration",
    "bank account",
    "place on a map",
    "author in a file",
    "place where a picture was taken",
]
"""What the check for private data looks for."""


class Allowed(Model):
    """Something that looks private and tells nobody who anyone is.

    It is named by the words beside it. The value would stand here a second time; and a digest of it would be no
    secret, since all telephone numbers can be tried in minutes.
    """

    file: PlainText = Field(description="Where it stands: docs/research/references.md.")
    kind: PrivateKind = Field(description="What the check takes it for.")
    beside: Annotated[PlainText, AfterValidator(_not_everywhere)] = Field(
        description="Words of the same line, never the value itself."
    )
    count: Annotated[int, Field(ge=1, le=100)] = Field(1, description="How many such values the line or lines hold.")
    reason: Text = Field(description="Why nobody could be known by it.")
    approver: PlainText = Field(description="The role that agreed to it, never a person's name.")
    date: Day = Field(description="The day it was agreed.")


def _once(collection: str, key: str, numbers: list[int]) -> None:
    """Refuses a number that two entries have."""
    for index, number in enumerate(numbers):
        if number in numbers[:index]:
            raise problem(f"Two entries have '{key}: {number}'.", "Check both.", (collection, index, key), "KB114")


# --- the files of data/ -----------------------------------------------------------------------------


class References(Model):
    """``data/references.yml``."""

    references: Collection[Reference]
    footnotes: Collection[Footnote] = Field(default_factory=list)


class PracticeStandards(Model):
    """``data/practice_standards.yml``."""

    practice_standards: Collection[PracticeStandard]


class WorkshopThemes(Model):
    """``data/workshop_themes.yml``."""

    workshop_themes: Collection[WorkshopTheme]


class Outcomes(Model):
    """``data/outcomes.yml``."""

    outcomes: Collection[Outcome]

    @model_validator(mode="after")
    def _no_place_twice(self) -> Self:
        _once("outcomes", "number", [outcome.number for outcome in self.outcomes])
        _once("outcomes", "summary_position", [outcome.summary_position for outcome in self.outcomes])
        return self


class Evaluation(Model):
    """``data/evaluation.yml``."""

    evaluation: Collection[Finding]

    @model_validator(mode="after")
    def _each_is_shown(self) -> Self:
        for index, finding in enumerate(self.evaluation):
            if finding.topic is None and not finding.outcomes:
                message = f"The figure '{finding.id}' would be shown nowhere."
                remedy = "Give it a 'topic' (response, sets or mentoring), or the 'outcomes' that it is evidence of."
                raise problem(message, remedy, ("evaluation", index))
        return self


class Participation(Model):
    """``data/participation.yml``."""

    participation: Collection[Finding]


class Recommendations(Model):
    """``data/recommendations.yml``."""

    recommendations: Collection[Recommendation]

    @model_validator(mode="after")
    def _no_number_twice(self) -> Self:
        _once("recommendations", "number", [entry.number for entry in self.recommendations])
        return self


class Councils(Model):
    """``data/councils.yml``."""

    councils: Collection[Council]


class Glossary(Model):
    """``data/glossary.yml``."""

    glossary: Collection[Term]

    @model_validator(mode="after")
    def _no_term_twice(self) -> Self:
        seen: set[str] = set()
        for index, term in enumerate(self.glossary):
            folded = term.term.strip().casefold()
            if not folded or folded in seen:
                message = (
                    f"The term '{term.term}' stands here a second time." if folded else "This term has no words."
                )
                raise problem(message, "Give each term one entry.", ("glossary", index, "term"), "KB114")
            seen.add(folded)
        return self


class Synonyms(Model):
    """``data/synonyms.yml``."""

    synonyms: Collection[Synonym]


class ProgrammeFile(Model):
    """``data/programme.yml``."""

    programme: Programme


class LocalFile(Model):
    """``data/local.yml``."""

    local: Local | None = None


class AllowedFile(Model):
    """``data/allowed.yml``."""

    # No list: what stands in lists is drawn on pages, by its id.
    allowed: tuple[Allowed, ...] | None = None


FILES: dict[str, type[Model]] = {
    "references": References,
    "practice_standards": PracticeStandards,
    "workshop_themes": WorkshopThemes,
    "outcomes": Outcomes,
    "evaluation": Evaluation,
    "participation": Participation,
    "recommendations": Recommendations,
    "councils": Councils,
    "glossary": Glossary,
    "synonyms": Synonyms,
    "programme": ProgrammeFile,
    "local": LocalFile,
    "allowed": AllowedFile,
}
"""The files of ``data/`` by name, each with what it holds."""


# --- front matter -----------------------------------------------------------------------------------


class SearchHints(Model):
    """Words by which a page should be found besides its own."""

    keywords: list[PlainText] = Field(
        default_factory=list, description="Ids of data/synonyms.yml, or words that are in no list there."
    )


class PageMatter(Model):
    """What every page says of itself."""

    title: HeadText = Field(max_length=100, description="What the page is called, in lists and above its text.")
    description: HeadText = Field(max_length=200, description="One sentence: what the reader gets.")
    source: Source
    reviewed: Day = Field(description="The day somebody last read the page against its source.")
    review_by: Day | None = Field(None, description="The day by which it is to be read again.")
    owner: PlainText | None = Field(None, description="The role that answers for the page.")
    search: SearchHints | None = Field(None, description="{keywords: [words that people type for it]}.")
    related: list[PlainText] = Field(default_factory=list, description="Pages under docs/: toolkit/index.md.")

    @model_validator(mode="after")
    def _reviewed_before_due(self) -> Self:
        if self.review_by is not None and self.review_by < self.reviewed:
            message = f"The next review ({self.review_by}) is due before the last one ({self.reviewed})."
            raise problem(message, "Check both dates.", ("review_by",))
        return self


class When(Model):
    """When a session ran in 2010-11, as exactly as the report says."""

    # `from` is a word of Python's own.
    since: PartDate = Field(alias="from")
    to: PartDate | None = None
    starts: Clock | None = None
    ends: Clock | None = None
    venue: PlainText | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.to is not None and self.to < self.since:
            raise problem(f"'{self.to}' is before '{self.since}'.", "Swap 'from' and 'to'.", ("to",))
        if self.starts and self.ends and self.ends <= self.starts:
            raise problem("The session ends before it starts.", "Check 'starts' and 'ends'.", ("ends",))
        return self


class Handout(Model):
    """A handout that the report names, and whether this site holds it."""

    title: PlainText
    held: bool
    note: Text | None = None


class RunSheetItem(Model):
    """One line of a run sheet."""

    at: Clock | None = Field(None, description="When it begins; left out where only the minutes are known.")
    minutes: Minutes
    title: PlainText
    kind: Literal["activity", "break"] = "activity"
    lead: PlainText | None = Field(None, description="Who leads it: a role such as Facilitator, never a name.")
    materials: list[PlainText] = Field(default_factory=list, description="What to bring for it.")


def _in_sequence(items: list[RunSheetItem]) -> list[RunSheetItem]:
    """Each time given is the sum of the minutes before it, counted from the first line's."""
    if not items or items[0].at is None:
        timed = next((index for index, item in enumerate(items) if item.at is not None), None)
        if timed is not None:
            message = f"The run sheet gives a time for '{items[timed].title}', and none for its beginning."
            raise problem(message, "Give the first line its 'at' too, or leave out all of them.", (timed, "at"))
        return items
    begun, end = items[0].at, 60 * items[0].at.hour + items[0].at.minute + items[0].minutes
    for index, (item, following) in enumerate(pairwise(items), 1):
        if following.at is not None:
            start = 60 * following.at.hour + following.at.minute
            if following.at <= begun:
                message = f"{following.at:%H:%M} does not come after {begun:%H:%M}."
                raise problem(message, "Put the items in the order of their times.", (index, "at"))
            if start != end:
                how = "begins before" if start < end else "leaves a gap after"
                message = f"'{following.title}' {how} the end of '{item.title}' ({end // 60:02}:{end % 60:02})."
                raise problem(message, "Change 'at' here or 'minutes' on the line above.", (index, "at"))
            begun = following.at
        end += following.minutes
    return items


RunSheet = Annotated[list[RunSheetItem], AfterValidator(_in_sequence)]
"""What happens in turn, each line with its minutes; either with times of day or without any."""


def _lasts(items: list[RunSheetItem], minutes: int | None, key: str) -> None:
    """Refuses a run sheet that does not last as long as its page says under ``key``."""
    total = sum(item.minutes for item in items)
    if items and minutes is None:
        message = f"The run sheet adds up to {total} minutes, and '{key}' is missing."
        raise problem(message, f"Add '{key}: {total}'.")
    if items and minutes != total:
        message = f"The run sheet adds up to {total} minutes, and '{key}' says {minutes}."
        raise problem(message, "Make the two agree.", (key,))


class Reading(Model):
    """Something that whoever missed a session should read: a page of this site, or a work."""

    page: PlainText | None = Field(None, description="A page under docs/: research/evidence/reasoning.md.")
    reference: Id | None = Field(None, description="A work of data/references.yml.")
    minutes: Minutes | None = Field(None, description="For a work only: those of a page are counted.")

    @model_validator(mode="after")
    def _page_or_work(self) -> Self:
        if (self.page is None) == (self.reference is None):
            remedy = "Write {page: research/evidence/reasoning.md} or {reference: munro-2008, minutes: 20}."
            raise problem("A reading is either a 'page' or a 'reference'.", remedy)
        if self.page is not None and self.minutes is not None:
            raise problem("The minutes of a page are counted from its words.", "Take 'minutes' out.", ("minutes",))
        if self.reference is not None and self.minutes is None:
            remedy = "Say how many minutes a reader should set aside: {reference: munro-2008, minutes: 20}."
            raise problem("Nobody can count the minutes of a work.", remedy)
        return self


class CatchUp(Model):
    """What is chosen for the route of somebody who missed the session. All of it is ours, and shown as added."""

    questions: list[PlainText] = Field(
        default_factory=list, description="Three questions of the page, for a talk with a mentor or a buddy."
    )
    readings: list[Reading] = Field(default_factory=list, description="At most two, and the essential ones.")
    bring: list[PlainText] = Field(
        default_factory=list, description="What to bring next time; left out where nobody has said."
    )

    @model_validator(mode="after")
    def _short(self) -> Self:
        if self.questions and len(self.questions) != 3:
            remedy = "Choose three from 'Questions to take into supervision'."
            raise problem(f"A route has three questions, and not {len(self.questions)}.", remedy, ("questions",))
        if len(self.readings) > 2:
            message = f"A route has at most two readings, and not {len(self.readings)}."
            raise problem(message, "Keep the two that nobody should miss.", ("readings",))
        return self


class SessionMatter(PageMatter):
    """What the page of a session says of itself."""

    id: Id = Field(description="The same as the file's name.")
    kind: Literal["launch", "set", "mentors"] = Field(description="Whose session it is.")
    when: When = Field(description="{from: 2027-01-15}, and to, starts, ends and venue where they are known.")
    sets: Literal["together", "each", "mentors"] = Field(
        description="One event for all, once in each set, or for the mentors."
    )
    duration: Minutes | None = Field(None, description="Minutes, from arrival to departure.")
    handouts: list[Handout] = Field(default_factory=list, description="What was handed out, held here or not.")
    run_sheet: RunSheet = Field(default_factory=list, description="What happens, item by item.")
    materials: list[PlainText] = Field(default_factory=list, description="What to bring, besides single items' own.")
    outcomes: list[PlainText] = Field(default_factory=list, description="What the session itself set out to do.")
    catch_up: CatchUp | None = Field(None, description="What goes into the route of somebody who missed it.")

    @model_validator(mode="after")
    def _run_sheet_fits(self) -> Self:
        _lasts(self.run_sheet, self.duration, "duration")
        starts, ends = self.when.starts, self.when.ends
        if starts and ends and self.duration is not None:
            span = (ends.hour - starts.hour) * 60 + ends.minute - starts.minute
            if span != self.duration:
                message = f"From {starts:%H:%M} to {ends:%H:%M} is {span} minutes, 'duration' says {self.duration}."
                raise problem(message, "Make the two agree.", ("duration",))
        begins = self.run_sheet[0].at if self.run_sheet else None
        if starts and begins and begins != starts:
            message = f"The run sheet begins at {begins:%H:%M}, the session at {starts:%H:%M}."
            raise problem(message, "Make the two agree.", ("run_sheet", 0, "at"))
        return self


class NotesMatter(PageMatter):
    """What a page of notes says of itself."""

    session: Id = Field(description="The id of the session: als-3.")
    cohort: Annotated[str, Field(pattern=r"^\d{4}-\d\d$")] = Field(description="The years of the programme: 2026-27.")
    set: Id | None = Field(None, description="Left out where the notes are of all sets together.")
    date: PartDate = Field(description="The day of the meeting, or its month.")
    published: Day = Field(description="The day the notes were put on the site.")

    @model_validator(mode="after")
    def _published_after_the_meeting(self) -> Self:
        if f"{self.published}" < self.date:
            message = f"The notes were published ({self.published}) before the meeting ({self.date})."
            raise problem(message, "Check both dates.", ("published",))
        return self


def _anchor(words: str) -> str:
    """Words as part of an address: ``What fell?`` becomes ``what-fell``. Empty where nothing of them is left."""
    ascii_only = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().casefold()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only.replace("'", "")).strip("-")


class FormField(Model):
    """One thing to fill in or to tick off."""

    label: PlainText
    hint: PlainText | None = None
    lines: Annotated[int, Field(ge=1, le=12)] = Field(2, description="Ruled lines to write on.")
    recommendation: Id | None = Field(None, description="The recommendation that this follows from.")


class FormPart(Model):
    """A part of a form: it becomes one table."""

    title: PlainText
    kind: Literal["lines", "checklist"] = Field("lines", description="Room to write, or boxes to tick.")
    paper: bool = Field(
        False, description="Whether what is written here is about a child or a family: then never on the screen."
    )
    fields: list[FormField] = Field(min_length=1)

    @property
    def anchors(self) -> list[str]:
        """By what a reader's words are kept, one for each field: another question has another. `forms.js` agrees."""
        return [f"form-{_anchor(self.title)}--{_anchor(field.label)}" for field in self.fields]


ToolUse = Literal["supervision", "team", "set", "mentoring", "agencies", "council"]


class ToolMatter(PageMatter):
    """What the page of a tool says of itself."""

    purpose: PlainText = Field(description="In one sentence.")
    audience: PlainText = Field(description="For whom it is.")
    use: ToolUse | None = Field(None, description="Where it is used: the toolkit lists it there.")
    minutes: Minutes | None = Field(None, description="How long it takes, where that is known.")
    group_size: PlainText | None = Field(None, description="For how many people, where that is known.")
    materials: list[PlainText] = Field(default_factory=list, description="What is needed.")
    added: bool = Field(False, description="Whether the tool is not the report's.")
    form: list[FormPart] = Field(default_factory=list, description="What is filled in.")
    run_sheet: RunSheet = Field(
        default_factory=list, description="A running order of ours: it is drawn in a box of added guidance."
    )

    @model_validator(mode="after")
    def _added_is_a_source(self) -> Self:
        if (self.added or self.run_sheet) and "added" not in self.source:
            whose = "An added tool" if self.added else "The run sheet of a tool"
            raise problem(f"{whose} is not the report's.", "Write 'added' under 'source' as well.", ("source",))
        return self

    @model_validator(mode="after")
    def _run_sheet_fits(self) -> Self:
        _lasts(self.run_sheet, self.minutes, "minutes")
        return self

    @model_validator(mode="after")
    def _no_question_twice(self) -> Self:
        # What a reader writes is kept by part and question: twice the same, and it would stand in both places.
        seen: set[str] = set()
        for number, part in enumerate(self.form):
            for index, anchor in enumerate(part.anchors):
                if anchor in seen:
                    message = f"'{part.fields[index].label}' stands a second time in '{part.title}'."
                    at = ("form", number, "fields", index, "label")
                    raise problem(message, "Word the question, or the title of the part, differently.", at, "KB114")
                seen.add(anchor)
        return self


class WithdrawnMatter(PageMatter):
    """What stands at the address of a page that was taken down; ``kb withdraw`` writes it."""

    withdrawn: Day = Field(description="The day the page was taken down.")


FRONT_MATTER: dict[str, type[PageMatter]] = {
    "page": PageMatter,
    "session": SessionMatter,
    "notes": NotesMatter,
    "tool": ToolMatter,
    "withdrawn": WithdrawnMatter,
}
"""The kinds of pages, each with its front matter."""


def kind_of_page(path: str) -> str:
    """The kind of a page by its place: ``sessions/als-1.md`` is a session, ``notes/2010-11/als-1.md`` notes."""
    folder, _, name = path.rpartition("/")
    if name == "index.md":
        return "page"
    if folder == "sessions":
        return "session"
    if folder.startswith("notes/"):
        return "notes"
    return "tool" if folder == "toolkit" else "page"
