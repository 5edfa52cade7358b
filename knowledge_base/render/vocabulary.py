"""The macros that a page may call: this is the whole list.

Each takes the desk it works at and plain values, and answers Markdown. To add one: write it here with a docstring
(the guide for authors is made from it), put its drawing into a module beside this one and its HTML into
``templates/``. ``macros.py`` hands the list to MkDocs; the check reads it here, without MkDocs.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from knowledge_base.render import catch_up as routes
from knowledge_base.render import coverage as matrix
from knowledge_base.render import figures, guide, local, pictures, research, review, sessions, tools
from knowledge_base.render import notes as notes_of_meetings
from knowledge_base.render import run_sheet as run_sheets
from knowledge_base.render.text import Desk


def cite(desk: Desk, *works: str, page: str = "", style: Literal["brackets", "text"] = "brackets") -> str:
    """A citation, linked to the bibliography, with the full reference on hover and focus.

    Args:
        desk: given by the site, not by the author.
        works: one or more ids from ``data/references.yml``.
        page: the page that is cited, where there is one work.
        style: ``brackets`` for (Munro, 2008), ``text`` for Munro (2008) inside a sentence.

    Example:
        cite("glisson-hemmelgarn-1998", page="416")
    """
    return research.cite(desk, works, page, style)


def cited_here(desk: Desk) -> str:
    """The works that this page cites, in full."""
    return research.cited_here(desk)


def references(desk: Desk) -> str:
    """The table of all references, and the bibliography with corrections and the pages that cite each work."""
    return research.references(desk)


def sources(desk: Desk) -> str:
    """The sections of the report that this page is taken from."""
    return research.sources(desk)


def practice_standards(desk: Desk) -> str:
    """The areas in which the report proposes practice standards."""
    return research.table(desk, "practice_standards")


def workshop_themes(desk: Desk) -> str:
    """The themes of the multi-agency workshops, run and planned."""
    return research.table(desk, "workshop_themes")


def outcomes(desk: Desk) -> str:
    """The six outcomes agreed for the programme."""
    return research.table(desk, "outcomes")


def evaluation(desk: Desk, topic: str = "", outcome: str = "") -> str:
    """The counts and percentages of the evaluation, each with its base and a bar.

    Args:
        desk: given by the site, not by the author.
        topic: ``response``, ``sets``, ``mentoring`` or ``outcomes`` for one table; all of them where left out.
        outcome: an id from ``data/outcomes.yml``, for the figures behind that outcome.

    Example:
        evaluation("mentoring")
    """
    return figures.evaluation(desk, topic, outcome)


def participation(desk: Desk) -> str:
    """Who took part in the programme, in numbers."""
    return figures.participation(desk)


def figure(desk: Desk, name: str, part: Literal["share", "count", "base", "percent"] = "share") -> str:
    """A figure of the evaluation or of the participation, inside a sentence.

    Args:
        desk: given by the site, not by the author.
        name: an id from ``data/evaluation.yml`` or ``data/participation.yml``.
        part: ``share`` for 16 of 23, ``count`` for 16, ``base`` for 23, ``percent`` for 70%.

    Example:
        figure("survey-members")
    """
    return figures.figure(desk, name, part)


def recommendations(desk: Desk, by: Literal["section-7", "summary"] = "section-7") -> str:
    """The ten recommendations of section 7, or the seven of the summary beside them.

    Args:
        desk: given by the site, not by the author.
        by: whose numbers lead.

    Example:
        recommendations("summary")
    """
    return research.recommendations(desk, by)


def councils(desk: Desk) -> str:
    """The councils that nominated managers: how many, and how many were left."""
    return figures.councils(desk)


def attendance(desk: Desk) -> str:
    """Attendance by council, as far as the report's text gives it."""
    return figures.attendance(desk)


def glossary(desk: Desk) -> str:
    """Abbreviations and terms, with what the report says of them."""
    return research.table(desk, "glossary")


def session_list(desk: Desk, style: Literal["full", "short"] = "full") -> str:
    """All sessions in the order of the programme.

    Args:
        desk: given by the site, not by the author.
        style: ``full`` with what each is about, ``short`` with its date only.
    """
    return sessions.all_sessions(desk, style)


def session_facts(desk: Desk) -> str:
    """The facts strip of a session: when, for whom, how long, which set, handouts held or not."""
    return sessions.facts(desk)


def session_outcomes(desk: Desk) -> str:
    """What this session set out to do, from its front matter."""
    return sessions.session_outcomes(desk)


def run_sheet(desk: Desk) -> str:
    """The run sheet of this session or tool, from its front matter: times for any start, and a view for the room."""
    return run_sheets.run_sheet(desk)


def catch_up(desk: Desk) -> str:
    """The route of somebody who missed this session, in minutes; on any other page the routes of all sessions."""
    return routes.catch_up(desk)


def downloads(desk: Desk) -> str:
    """The handouts of this session, held or not, and the page as PDF and Word to take away."""
    return sessions.downloads(desk)


def all_downloads(desk: Desk) -> str:
    """What can be taken away: the whole programme, each session and tool, and the notes published last."""
    return sessions.all_downloads(desk)


def picture(desk: Desk, name: Literal["timeline", "cycle", "double-loop", "catch-up"]) -> str:
    """A drawing, with what it shows in words below it.

    Args:
        desk: given by the site, not by the author.
        name: ``timeline`` (the programme), ``cycle`` (of action learning), ``double-loop`` or ``catch-up`` (how a
            session's papers reach somebody who missed it).

    Example:
        picture("cycle")
    """
    return pictures.picture(desk, name)


def toolkit(desk: Desk) -> str:
    """All tools, by where they are used, with the report's own and the added ones told apart."""
    return tools.toolkit(desk)


def tool_facts(desk: Desk) -> str:
    """The facts strip of a tool: what it is for, for whom, minutes, group, materials, the report's or added."""
    return tools.facts(desk)


def form(desk: Desk) -> str:
    """What is filled in with this tool, from its front matter: a form to print, and to fill in on the page."""
    return tools.form(desk)


def kept(desk: Desk) -> str:
    """The forms of which this browser keeps what was written, with a button that clears them all."""
    return tools.kept(desk)


def notes(desk: Desk, by: Literal["meeting", "cohort", "session", "newest"] = "meeting") -> str:
    """Notes of meetings.

    Args:
        desk: given by the site, not by the author.
        by: ``meeting`` for all of them, in a table for each cohort, or a link to the page of an earlier one that has
            its own; ``cohort`` for those of the cohort in whose folder the page stands; ``session`` for every session
            with the notes of its last cohort, or none; ``newest`` for the last three that were published.
    """
    return notes_of_meetings.listed(desk, by)


def note_facts(desk: Desk) -> str:
    """The facts strip of notes: session, cohort, set, date of the meeting, day of publication."""
    return notes_of_meetings.facts(desk)


def feed(desk: Desk) -> str:
    """The way to the feed of new notes, and what a feed is."""
    return notes_of_meetings.feed_link(desk)


def host_dates(desk: Desk, which: Literal["next", "all"] = "next") -> str:
    """The dates of the host's own sets from ``data/local.yml``, under a heading; nothing where there are none.

    Args:
        desk: given by the site, not by the author.
        which: ``next`` for a list that leaves out what has passed, ``all`` for a table.
    """
    return local.host_dates(desk, which)


def calendar(desk: Desk) -> str:
    """The calendars to subscribe to or download: what has an exact date, and one for each of the host's sets."""
    return local.calendar(desk)


def contacts(desk: Desk) -> str:
    """Whom the host names in ``data/local.yml``, by role; or that this copy names nobody."""
    return local.contacts(desk)


def your_council(desk: Desk) -> str:
    """The contacts and links of ``data/local.yml``, under a heading; nothing where there are none."""
    return local.your_council(desk)


def statement(desk: Desk, name: Literal["accessibility", "privacy"], part: str = "") -> str:
    """What the host says for a statement in ``data/local.yml``; where it says nothing, that it has to.

    Args:
        desk: given by the site, not by the author.
        name: ``accessibility`` or ``privacy``.
        part: for accessibility ``contact``, ``problems`` or ``prepared``, for privacy ``who`` or ``kept``; where left
            out, the box that lists what is missing.

    Example:
        statement("accessibility", "prepared")
    """
    return local.statement(desk, name, part)


def coverage(desk: Desk) -> str:
    """Sessions by outcomes, practice standards, tools and works, as far as pages say, with the gaps."""
    return matrix.coverage(desk)


def data_files(desk: Desk) -> str:
    """The files of data for other programs, and what each of their keys holds."""
    return matrix.data_files(desk)


def rules(desk: Desk) -> str:
    """What each fault of the check means, with an example that is found and one that is left alone."""
    return guide.rules(desk)


def review_dates(desk: Desk) -> str:
    """Every page with the day by which it is to be read again, and who looks after it."""
    return review.review_dates(desk)


def vocabulary(desk: Desk) -> str:
    """This list: every macro, with an example."""
    return guide.macros(desk, {name: macro for name, macro in MACROS.items() if macro is not vocabulary})


def template(desk: Desk, kind: Literal["session", "notes", "tool"]) -> str:
    """The text with which a new page of a kind begins, to copy.

    Args:
        desk: given by the site, not by the author.
        kind: ``session``, ``notes`` or ``tool``.

    Example:
        template("notes")
    """
    return guide.template(desk, kind)


def fields(desk: Desk, name: str = "") -> str:
    """The keys of a data file, or of the top of a page, with what may stand there.

    Args:
        desk: given by the site, not by the author.
        name: a file of ``data/`` such as ``references``, or a kind of page such as ``tool``; all where left out.

    Example:
        fields("synonyms")
    """
    return guide.fields(desk, name)


Macro = Callable[..., str]

MACROS: dict[str, Macro] = {
    "cite": cite,
    "cited_here": cited_here,
    "references": references,
    "sources": sources,
    "practice_standards": practice_standards,
    "workshop_themes": workshop_themes,
    "outcomes": outcomes,
    "evaluation": evaluation,
    "participation": participation,
    "figure": figure,
    "recommendations": recommendations,
    "councils": councils,
    "attendance": attendance,
    "glossary": glossary,
    "sessions": session_list,
    "session_facts": session_facts,
    "session_outcomes": session_outcomes,
    "run_sheet": run_sheet,
    "catch_up": catch_up,
    "downloads": downloads,
    "all_downloads": all_downloads,
    "picture": picture,
    "toolkit": toolkit,
    "tool_facts": tool_facts,
    "form": form,
    "kept": kept,
    "notes": notes,
    "note_facts": note_facts,
    "feed": feed,
    "dates": host_dates,
    "calendar": calendar,
    "contacts": contacts,
    "your_council": your_council,
    "statement": statement,
    "coverage": coverage,
    "data_files": data_files,
    "rules": rules,
    "review_dates": review_dates,
    "vocabulary": vocabulary,
    "fields": fields,
    "template": template,
}
"""By the name that an author writes."""
