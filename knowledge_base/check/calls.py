"""Macro calls: the name, the values, and whether what they name exists. Each call is drawn once to find out."""

from __future__ import annotations

import functools
import inspect
import re
from collections.abc import Iterator

from knowledge_base.calls import Call
from knowledge_base.catalogue import Catalogue, Page
from knowledge_base.check.headings import lines_outside_code
from knowledge_base.faults import AuthorError, Fault, did_you_mean
from knowledge_base.render.text import Desk
from knowledge_base.render.vocabulary import MACROS, Macro

_CALL = re.compile(rf"(\{{*)[-+]?\s*\b(?:{'|'.join(MACROS)})\s*\((?:[^(){{}}]*\)\s*(\}}*))?")


def check(catalogue: Catalogue) -> Iterator[Fault]:
    """Every call that names no macro, has the wrong values, or asks for something unknown."""
    for page in catalogue.pages.values():
        yield from check_page(catalogue, page)


def check_page(catalogue: Catalogue, page: Page) -> Iterator[Fault]:
    """The same for one page."""
    path = f"docs/{page.path}"
    for number, line in lines_outside_code(page):
        for hit in _CALL.finditer(line):
            message = _braces(hit, line)
            if message is not None:
                remedy = "Write two braces on each side: {{ ... }}."
                column = hit.end() - len(hit[0].lstrip()) + 1
                yield Fault(path, number, column, "KB301", message, remedy)
    desk = Desk(catalogue, page)
    for call in page.calls:
        found = _check_call(desk, call)
        if found is not None:
            code, message, remedy = found
            yield Fault(path, call.line, call.column, code, message, remedy)


def _braces(hit: re.Match[str], line: str) -> str | None:
    """What is wrong with the braces of what looks like a macro call; what Jinja reads is judged elsewhere."""
    inside = line.rfind("{{", 0, hit.start()) > line.rfind("}}", 0, hit.start())
    if len(hit[1]) == 1:
        return "A macro call stands in single braces."
    return "The braces of this macro call close and do not open." if hit[2] and not hit[1] and not inside else None


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
