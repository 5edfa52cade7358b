"""Routes for somebody who missed a session: what to read, whom to ask, and how many minutes that takes.

The report prints no route. What is chosen for one stands in the front matter of its session; the rest is the same for
all, and ours as well.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from markupsafe import Markup

from knowledge_base import downloads
from knowledge_base.catalogue import Page
from knowledge_base.model import CatchUp, Reading, SessionMatter
from knowledge_base.render import dates, local, research
from knowledge_base.render.reading import minutes
from knowledge_base.render.text import Desk, plain

PLAN = "catch-up.md"
SUMMARY = "In one minute"
_QUESTIONS = "questions-to-take-into-supervision"
# Minutes that no words tell. Ours: long enough for three questions, and for one.
_TO_TALK, _TO_ASK = 10, 2


@dataclass(frozen=True)
class Step:
    """One thing to do.

    Attributes:
        says: what, as Markdown.
        minutes: how long it takes; None where there is nothing to do.
        items: a list below it.
        once: what it is known by, where a plan for several sessions has it once only.
    """

    says: Markup
    minutes: int | None = None
    items: tuple[str, ...] = ()
    once: str = ""

    @property
    def length(self) -> str:
        """Its minutes in words."""
        return dates.minutes(self.minutes) if self.minutes else ""


@dataclass(frozen=True)
class Route:
    """The steps of a session, in their order."""

    page: Page
    session: SessionMatter
    steps: tuple[Step, ...]

    @property
    def length(self) -> str:
        """The minutes of all steps together, in words."""
        return dates.minutes(sum(step.minutes or 0 for step in self.steps))

    @property
    def when(self) -> str:
        """When the session ran, as exactly as that is known."""
        return dates.span(self.session.when)


def catch_up(desk: Desk) -> str:
    """The route of the session that the page is; on any other page those of all sessions, to choose from."""
    own = desk.page.session
    if own is not None:
        mark = f"missed={own.id}"
        drawn = route(desk, desk.page, own)
        return desk.draw("catch_up.html", route=drawn, plan=_plan(desk, mark), asked=local.asked_first(desk))
    routes = [route(desk, page, page.session) for page in desk.catalogue.sessions if page.session]
    meetings = {found.session.id: local.of_session(desk, found.session.id) for found in routes}
    return desk.draw("catch_up_all.html", routes=routes, meetings=meetings, asked=local.asked_first(desk))


def length(desk: Desk) -> str | None:
    """How long the route of the session takes that the page is, in words."""
    return route(desk, desk.page, desk.page.session).length if desk.page.session else None


def route(desk: Desk, page: Page, session: SessionMatter) -> Route:
    """The route of a session: summary, handout, readings, notes, questions, what to bring."""
    chosen = session.catch_up or CatchUp()
    steps = [
        _read(desk, "Summary", page, SUMMARY),
        _handout(desk, page),
        *(_reading(desk, entry) for entry in chosen.readings),
        *([] if chosen.readings else [Step(Markup("**Essential reading:** none is named."))]),
        _notes(desk, session),
        _talk(desk, page, session, chosen),
        _bring(session, chosen),
    ]
    return Route(page, session, tuple(steps))


def _plan(desk: Desk, mark: str) -> Markup | None:
    """The way to the page with all routes, with this one chosen; None in an edition that has no such page."""
    return desk.address(PLAN, mark) if PLAN in desk.catalogue.pages else None


def _read(desk: Desk, what: str, page: Page, section: str = "") -> Step:
    link = desk.link(page.path, section or page.title, section.lower().replace(" ", "-"))
    once = "" if section else page.path
    return Step(Markup(f"**{what}:** {link}"), minutes(desk.catalogue, page, section), once=once)


def _handout(desk: Desk, page: Page) -> Step:
    step = _read(desk, "Handout, the whole page", page)
    kind, file = downloads.of_page(page)[0]
    # A link to a file is of use on the screen only; paper may be that very file.
    also = Markup('<span class="kb-screen">, or <a href="{}">as {}</a></span>').format(desk.file(file), kind)
    return replace(step, says=step.says + also)


def _reading(desk: Desk, reading: Reading) -> Step:
    what = "Essential reading"
    if reading.reference:
        work = research.cite_from_data(desk, [reading.reference], "text")
        return Step(Markup(f"**{what}:** {work}"), reading.minutes, once=reading.reference)
    page = desk.catalogue.pages.get(reading.page or "")
    # A page that is missing, or cannot be read, has a fault that is told elsewhere.
    return _read(desk, what, page) if page else Step(Markup(f"**{what}:** {plain(reading.page)} is missing."))


def _notes(desk: Desk, session: SessionMatter) -> Step:
    """The notes of the last cohort, of which a reader needs those of one set: theirs."""
    pages, _ = desk.catalogue.last_notes_of(session.id)
    if not pages:
        return Step(Markup("**Notes:** there are no notes of this session."))
    if len(pages) == 1:
        return _read(desk, "Notes", pages[0])
    links = Markup("; ").join(desk.link(page.path, page.title) for page in pages)
    return Step(
        Markup(f"**Notes**, one of these, your set's if it is there: {links}"),
        max(minutes(desk.catalogue, page) or 0 for page in pages),
    )


def _talk(desk: Desk, page: Page, session: SessionMatter, chosen: CatchUp) -> Step:
    whom = (
        "another mentor, or the manager whom you mentor"
        if session.kind == "mentors"
        else "your mentor or a buddy, somebody in your set who was there"
    )
    if chosen.questions:
        return Step(Markup(f"**Three questions** for {whom}:"), _TO_TALK, tuple(chosen.questions))
    link = desk.link(page.path, "Questions to take into supervision", _QUESTIONS)
    return Step(Markup(f"**A question or two** for {whom}: choose from {link}"), _TO_TALK)


def _bring(session: SessionMatter, chosen: CatchUp) -> Step:
    if chosen.bring:
        return Step(Markup("**For next time:**"), _TO_ASK, tuple(chosen.bring))
    unknown = "not stated" if "added" in session.source else "not in the report"
    return Step(Markup(f"**What to bring next time:** {unknown}. Ask somebody who was there."), _TO_ASK)
