"""Pages with their macros drawn: each call once, for the check, for the count of minutes, and for the page itself."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Sequence

from knowledge_base.calls import Call
from knowledge_base.catalogue import Catalogue, Page
from knowledge_base.faults import AuthorError
from knowledge_base.render.text import Desk
from knowledge_base.render.vocabulary import MACROS, Macro


def answers(catalogue: Catalogue, page: Page) -> list[str | AuthorError]:
    """What each call of a page draws, in their order, or what is wrong with what it asks for.

    Nothing is drawn for a call that no macro can take, nor, where the front matter has a fault, for one that may need
    it. Kept until :func:`body` is asked for.
    """
    if page.path not in catalogue.drawn:
        desk = Desk(catalogue, page)
        catalogue.drawn[page.path] = [answer(desk, call) for call in page.calls]
    return catalogue.drawn[page.path]


def answer(desk: Desk, call: Call) -> str | AuthorError:
    """What a single call draws, or what is wrong with what it asks for."""
    if not _fits(call) or (desk.page.source.matter is None and not call.args):
        return ""
    try:
        return MACROS[call.name](desk, *call.args, **dict(call.kwargs))
    except AuthorError as error:
        return error


def body(desk: Desk, pieces: Sequence[str | Call] | None = None) -> str:
    """The body of the page at a desk, with its macros drawn.

    Args:
        desk: where it is drawn.
        pieces: what was read of the page since it was loaded; as it was loaded where left out.

    Raises:
        AuthorError: a call cannot be drawn; the check tells of all that it has seen.
    """
    kept = desk.catalogue.drawn.pop(desk.page.path, None)
    # The check draws for folders; a build of files has other addresses.
    if kept is None or pieces is not None or not desk.directory_urls:
        calls = desk.page.calls if pieces is None else [piece for piece in pieces if isinstance(piece, Call)]
        odd = [call.name for call in calls if not _fits(call)]
        if odd:
            raise AuthorError(f"'{odd[0]}' cannot be called like this.", "Run 'make check': it says more.")
        kept = [answer(desk, call) for call in calls]
    drawn = iter(kept)
    read = desk.page.pieces if pieces is None else pieces
    return "".join(piece if isinstance(piece, str) else _text(next(drawn)) for piece in read)


def misfit(call: Call) -> str | None:
    """Why a macro cannot take the values of a call, as Python says it."""
    return _misfit(call.name, len(call.args), tuple(name for name, _ in call.kwargs))


@functools.lru_cache(maxsize=10_000)  # few forms, thousands of calls
def _misfit(macro: str, args: int, kwargs: tuple[str, ...]) -> str | None:
    try:
        signature(MACROS[macro]).bind(None, *[""] * args, **dict.fromkeys(kwargs, ""))
    except TypeError as error:
        return str(error)
    return None


@functools.cache
def signature(macro: Macro) -> inspect.Signature:
    """What a macro takes."""
    return inspect.signature(macro)


def _fits(call: Call) -> bool:
    """Whether there is such a macro, and it takes these values: text, and no others."""
    values = [*call.args, *(value for _, value in call.kwargs)]
    return call.name in MACROS and all(isinstance(value, str) for value in values) and misfit(call) is None


def _text(drawn: str | AuthorError) -> str:
    if isinstance(drawn, AuthorError):
        raise drawn
    return drawn
