"""Macro calls: the name, the values, and whether what they name exists. Each call is drawn once to find out."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Iterator

from knowledge_base.calls import Call
from knowledge_base.catalogue import Catalogue, Page
from knowledge_base.faults import AuthorError, Fault, did_you_mean
from knowledge_base.render.text import Desk
from knowledge_base.render.vocabulary import MACROS, Macro


def check(catalogue: Catalogue) -> Iterator[Fault]:
    """Every call that names no macro, has the wrong values, or asks for something unknown."""
    for page in catalogue.pages.values():
        yield from check_page(catalogue, page)


def check_page(catalogue: Catalogue, page: Page) -> Iterator[Fault]:
    """The same for one page."""
    path = f"docs/{page.path}"
    desk = Desk(catalogue, page)
    for call in page.calls:
        found = _check_call(desk, call)
        if found is not None:
            code, message, remedy = found
            yield Fault(path, call.line, call.column, code, message, remedy)


def _check_call(desk: Desk, call: Call) -> tuple[str, str, str] | None:
    macro = MACROS.get(call.name)
    if macro is None:
        return "KB303", f"There is no macro '{call.name}'.", did_you_mean(call.name, MACROS)
    values = [*call.args, *(value for _, value in call.kwargs)]
    if any(not isinstance(value, str) for value in values):
        return "KB304", f"'{call.name}' takes text.", "Put quotes around each value."
    try:
        _signature(macro).bind(desk, *call.args, **dict(call.kwargs))
    except TypeError as error:
        takes = [name for name in _signature(macro).parameters if name != "desk"]
        remedy = f"It takes: {', '.join(takes)}." if takes else f"It takes none: {{{{ {call.name}() }}}}."
        return "KB304", f"'{call.name}' does not take these values ({error}).", remedy
    if desk.page.source.matter is None and not call.args:
        return None  # the front matter has a fault of its own, and what takes no values may need it
    try:
        macro(desk, *call.args, **dict(call.kwargs))
    except AuthorError as error:
        return "KB305", error.message, error.remedy
    return None


@functools.cache
def _signature(macro: Macro) -> inspect.Signature:
    return inspect.signature(macro)
