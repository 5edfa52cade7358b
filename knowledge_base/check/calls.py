"""Macro calls: the name, the values, and whether what they name exists. Each call is drawn to find out."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge_base.calls import Call
from knowledge_base.catalogue import Catalogue, Page
from knowledge_base.faults import AuthorError, Fault, did_you_mean
from knowledge_base.render import drawing
from knowledge_base.render.vocabulary import MACROS


def check(catalogue: Catalogue) -> Iterator[Fault]:
    """Every call that names no macro, has the wrong values, or asks for something unknown."""
    for page in catalogue.pages.values():
        yield from check_page(catalogue, page)


def check_page(catalogue: Catalogue, page: Page) -> Iterator[Fault]:
    """The same for one page."""
    path = f"docs/{page.path}"
    for call, answer in zip(page.calls, drawing.answers(catalogue, page), strict=True):
        found = _check_call(call, answer)
        if found is not None:
            code, message, remedy = found
            yield Fault(path, call.line, call.column, code, message, remedy)


def _check_call(call: Call, answer: str | AuthorError) -> tuple[str, str, str] | None:
    macro = MACROS.get(call.name)
    if macro is None:
        return "KB303", f"There is no macro '{call.name}'.", did_you_mean(call.name, MACROS)
    values = [*call.args, *(value for _, value in call.kwargs)]
    if any(not isinstance(value, str) for value in values):
        return "KB304", f"'{call.name}' takes text.", "Put quotes around each value."
    misfit = drawing.misfit(call)
    if misfit is not None:
        takes = [name for name in drawing.signature(macro).parameters if name != "desk"]
        remedy = f"It takes: {', '.join(takes)}." if takes else f"It takes none: {{{{ {call.name}() }}}}."
        return "KB304", f"'{call.name}' does not take these values ({misfit}).", remedy
    return ("KB305", answer.message, answer.remedy) if isinstance(answer, AuthorError) else None
