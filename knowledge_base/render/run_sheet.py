"""Run sheets of sessions and tools: times or minutes from the start, what happens, who leads, what to bring."""

from __future__ import annotations

from knowledge_base.faults import AuthorError
from knowledge_base.model import RunSheetItem
from knowledge_base.render import dates
from knowledge_base.render.text import Desk


def run_sheet(desk: Desk) -> str:
    """The run sheet of the session or tool that the page is; a tool's is ours, and says so.

    Raises:
        AuthorError: the page is neither, or has none.
    """
    matter = desk.page.session or desk.page.tool
    if matter is None:
        raise AuthorError(
            "This page is no session and no tool.",
            "Call this macro on a page in docs/sessions/ or docs/toolkit/ only.",
        )
    if not matter.run_sheet:
        kind = "session" if desk.page.session else "tool"
        raise AuthorError(f"This {kind} has no run sheet.", "Add 'run_sheet:' to its front matter.")
    items = matter.run_sheet
    begins = items[0].at
    total = sum(item.minutes for item in items)
    of_report = desk.page.session is not None and "added" not in matter.source
    return desk.draw(
        "run_sheet.html",
        caption=f"Run sheet: {desk.page.title}",
        timed=begins is not None,
        rows=list(zip(_times(items), items, strict=False)),
        end=_times(items)[-1],
        total=total,
        length=dates.minutes(total),
        materials=[*matter.materials, *(thing for item in items for thing in item.materials)],
        leads=any(item.lead for item in items),
        unknown="As you choose" if desk.page.tool else "Not in the report" if of_report else "Not stated",
        # A tool that is wholly ours is marked as a whole.
        boxed=desk.page.tool is not None and not desk.page.tool.added,
    )


def _times(items: list[RunSheetItem]) -> list[str]:
    """When each item begins, and when the last one ends: 09:45, or 0:15 from the start where no time is given."""
    first = items[0].at
    clock = 60 * first.hour + first.minute if first else 0
    found = []
    for minutes in [*(item.minutes for item in items), 0]:
        hours = clock // 60
        found.append(f"{hours % 24:02}:{clock % 60:02}" if first else f"{hours}:{clock % 60:02}")
        clock += minutes
    return found
