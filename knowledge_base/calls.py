"""What a page says in double braces: calls of macros with plain values, and nothing else.

MkDocs would run whatever a page holds through a full Jinja environment, from which any code of the building
machine can be reached. So each page is parsed with Jinja's own parser first, and everything is refused that is
not a call of a name with constants: statements, filters, attributes, variables, arithmetic, lists. What is left
can do nothing that our macros cannot. Nothing is ever evaluated here.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from jinja2 import Environment, TemplateSyntaxError, nodes

from knowledge_base.faults import Fault

Value = str | int | float | bool | None

EXAMPLE = '{{ cite("munro-2008") }}'
_MOST_FAULTS = 30

# Only ever used to parse: it holds no macro, no global and no filter that a page could reach.
_PARSER = Environment(autoescape=True)
_OPENING = re.compile(r"\{[{%#]")
_TAG = re.compile(r"\{%[-+]?\s*(\w+)")
# What no value holds, and what would break the line on which a fault is shown.
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")

# Nearly all that stands in braces: a name and texts in double quotes. What Jinja makes of that is known without it,
# and reading a page this way takes a tenth of the time.
_TEXT = r"""(?:\w+=)?"[^"\\{}\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]*\""""
_SIMPLE = re.compile(rf"\{{\{{ (?P<name>[a-z]\w*)\((?P<values>(?:{_TEXT}(?:, {_TEXT})*)?)\) \}}\}}", re.ASCII)
_VALUE = re.compile(r'(?:(\w+)=)?"([^"]*)"')
JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
"""What Jinja would take for its own in a text, whether a page may say it or not."""
_JINJAS_OWN = frozenset("and else false if in is none not or true".split())

_TOO_DEEP = "too deep"
_OPEN_RAW = ("'{% raw %}' is not closed.", "Write {% endraw %} after the braces that are to be shown.")
_MOST_SEARCHED = 300


@dataclass(frozen=True, slots=True)
class Call:
    """One macro call on a page.

    Attributes:
        name: the macro.
        args: its values, in order.
        kwargs: its named values.
        line: the line of the file, front matter counted.
        column: where on the line the call's braces open.
        span: the beginning and the end of its braces in the text, where Jinja was not needed to read that.
    """

    name: str
    args: tuple[Value, ...]
    kwargs: tuple[tuple[str, Value], ...]
    line: int
    column: int
    span: tuple[int, int] | None = field(default=None, compare=False, repr=False)


def read_calls(text: str, path: str, first_line: int = 1) -> tuple[list[Call], list[Fault]]:
    """Every macro call of a page, and a fault for everything else in braces; see :func:`read_pieces`."""
    simple = _read_simple(text, first_line)
    if simple is not None:
        return simple, []
    pieces, faults = read_pieces(text, path, first_line)
    return [piece for piece in pieces if isinstance(piece, Call)], faults


def read_pieces(text: str, path: str, first_line: int = 1) -> tuple[list[str | Call], list[Fault]]:
    """A page as its words and its macro calls, in turn as they stand, and a fault for everything else.

    What Jinja would leave out is left out: comments, and the tags around words that show braces.

    Args:
        text: the page's body.
        path: the page's file, for faults.
        first_line: the line of the file on which the text begins.

    Returns:
        The pieces, and the faults; where there are any, the pieces are not the whole page.
    """
    simple = _read_simple(text, first_line)
    if simple is not None:
        return pieces_around(simple, text), []
    faults: list[Fault] = []
    lines = text.split("\n")

    def fault(line: int, code: str, message: str, remedy: str, column: int = 0) -> None:
        column = column or _column(lines, line)
        faults.append(Fault(path, line - 1 + first_line, column, code, message, remedy))

    # A page is parsed again without the line that could not be read, so that one slip does not hide the next.
    rest = list(lines)
    while len(faults) < _MOST_FAULTS:
        try:
            tree = _parse(rest)
            break
        except TemplateSyntaxError as error:
            line = _guilty_line(rest, error.lineno)
            message, remedy = _say(rest[line - 1], error.message or "")
            fault(line, "KB301", message, remedy)
            rest[line - 1] = ""
            if message == _OPEN_RAW[0]:
                rest[line:] = []  # nobody knows where it should have ended
    else:
        return [], faults

    found: list[str | Call] = []
    seen: Counter[tuple[int, str]] = Counter()
    for node in _nodes(tree):
        if isinstance(node, nodes.TemplateData):
            found.append(node.data)
            continue
        what = _refusal(node, lines)
        name = node.node.name if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) else ""
        column = _column(lines, node.lineno, name, seen[node.lineno, name])
        seen.update({(node.lineno, name), (node.lineno, "")})
        if what is not None:
            fault(node.lineno, "KB302", *what, column)
        elif isinstance(node, nodes.Call):
            args = tuple(arg.value for arg in node.args if isinstance(arg, nodes.Const))
            kwargs = tuple((k.key, k.value.value) for k in node.kwargs if isinstance(k.value, nodes.Const))
            found.append(Call(name, args, kwargs, node.lineno - 1 + first_line, column))
    return found, faults


def _read_simple(text: str, first_line: int) -> list[Call] | None:
    """The calls of a page on which nothing but simple calls stands in braces; None for any other."""
    hits = list(_SIMPLE.finditer(text))
    if "\r" in text or [hit.start() for hit in hits] != [hit.start() for hit in _OPENING.finditer(text)]:
        return None
    found = []
    end = 0
    line = first_line
    for hit in hits:
        values = _VALUE.findall(hit["values"])
        args = tuple(value for name, value in values if not name)
        kwargs = tuple((name, value) for name, value in values if name)
        mixed = any(name for name, _ in values[: len(args)]) or len(dict(kwargs)) < len(kwargs)
        if mixed or not _JINJAS_OWN.isdisjoint({hit["name"], *dict(kwargs)}):
            return None
        line += text.count("\n", end, hit.start())
        column = hit.start() - text.rfind("\n", 0, hit.start())
        found.append(Call(hit["name"], args, kwargs, line, column, hit.span()))
        end = hit.end()
    return found


def pieces_around(calls: Sequence[Call], text: str) -> list[str | Call]:
    """A text in turn with its calls, all of which have spans."""
    found: list[str | Call] = []
    end = 0
    for call in calls:
        assert call.span is not None
        found += [text[end : call.span[0]], call]
        end = call.span[1]
    # Jinja drops the last line end of a text.
    return [piece for piece in (*found, text[end:].removesuffix("\n")) if piece != ""]


def _parse(lines: list[str]) -> nodes.Template:
    """Jinja's own reading of a page; whatever it stumbles over is a syntax error with its line."""
    try:
        return _PARSER.parse("\n".join(lines))
    except (RecursionError, MemoryError, ValueError):
        # Brackets by the thousand, or a number of thousands of digits: it gives no line for these.
        for number, line in enumerate(lines, 1):
            try:
                _PARSER.parse(line)
            except TemplateSyntaxError:
                continue
            except (RecursionError, MemoryError, ValueError):
                raise TemplateSyntaxError(_TOO_DEEP, number) from None
        raise TemplateSyntaxError(_TOO_DEEP, next(_openings(lines), 1)) from None


def _nodes(tree: nodes.Template) -> Iterator[nodes.Node]:
    """Words, and what Jinja would act on."""
    for node in tree.body:
        if isinstance(node, nodes.Output):
            yield from node.nodes
        elif isinstance(node, nodes.Scope):
            yield from node.body  # {% autoescape %}: the parser gives a line to what is inside only
        else:
            yield node


def _refusal(node: nodes.Node, lines: list[str]) -> tuple[str, str] | None:
    """Why a page may not say this, and what to write; None for a macro call with plain values."""
    as_text = "To show braces as they are, write {% raw %} before and {% endraw %} after them."
    if isinstance(node, nodes.Stmt):
        tag = _TAG.search(lines[node.lineno - 1]) if node.lineno <= len(lines) else None
        said = f"{{% {tag[1] if tag else '...'} %}}"
        return f"'{said}' may not stand on a page.", f"Take it out. {as_text}"
    if isinstance(node, nodes.Name):
        return (
            f"'{{{{ {node.name} }}}}' is no macro call.",
            f"Write round brackets after the name: {{{{ {node.name}() }}}}. {as_text}",
        )
    if not isinstance(node, nodes.Call) or not isinstance(node.node, nodes.Name):
        return "Only a macro call may stand in double braces.", f"Write it like {EXAMPLE}. {as_text}"
    plain = "Macros take plain values only: text in straight quotes, or numbers."
    values = [*node.args, *(keyword.value for keyword in node.kwargs)]
    if node.dyn_args is not None or node.dyn_kwargs is not None:
        return plain, f"Take the star out; write it like {EXAMPLE}."
    for value in values:
        if isinstance(value, (nodes.Name, nodes.Sub, nodes.Getattr)):
            return plain, f'Put quotes around the value, as in {{{{ {node.node.name}("munro-2008") }}}}.'
        if not isinstance(value, nodes.Const):
            return plain, f"Write it like {EXAMPLE}."
        if isinstance(value.value, str) and _CONTROL.search(value.value):
            return "A value holds a line end or a control character.", "Write it on one line, with no backslash."
    names = [keyword.key for keyword in node.kwargs]
    for name in names:
        if names.count(name) > 1:
            return f"'{name}' stands twice in this macro call.", "Keep one of the two."
    return None


def _say(line: str, message: str) -> tuple[str, str]:
    if re.search("[“”‘’]", line):
        return "The quotation marks are curly.", f"Type straight ones: {EXAMPLE}."
    if message == _TOO_DEEP:
        return "The brackets here are nested too deep, or a number is too long.", f"Write calls like {EXAMPLE}."
    if "end of raw" in message:
        return _OPEN_RAW
    if "comment" in message:
        return (
            "'{#' opens a comment that is not closed.",
            "Close it with '#}', or put a space between '{' and '#'.",
        )
    if "nknown tag" in message or "{%" in line:
        return "'{% ... %}' may not stand on a page.", "Take it out; only macro calls in double braces may."
    return (
        "This macro call cannot be read.",
        f"Write it like {EXAMPLE}: two braces on each side, quotes, brackets.",
    )


def _guilty_line(lines: list[str], stumbled: int) -> int:
    """The line that an author has to mend, when the parser stumbles at a line.

    A quotation mark or a brace that is not closed takes in lines below it that are good. So each opening above is
    left out in turn: the one without which the parser comes furthest is to blame, the last of several.
    """
    openings = [number for number in _openings(lines) if number <= stumbled] or [max(1, min(stumbled, len(lines)))]
    if len(openings) > _MOST_SEARCHED:
        return openings[-1]

    def reached(without: int) -> float:
        try:
            _parse([*lines[: without - 1], "", *lines[without:]])
        except TemplateSyntaxError as error:
            return error.lineno
        return math.inf

    return max(reversed(openings[-8:]), key=reached)


def _openings(lines: list[str]) -> Iterator[int]:
    """The lines on which braces open."""
    return (number for number, line in enumerate(lines, 1) if _OPENING.search(line))


def _column(lines: list[str], line: int, name: str = "", nth: int = 0) -> int:
    """Where the braces of a call open on its line: the nth call of a name, or the nth opening of any kind."""
    text = lines[line - 1] if 0 < line <= len(lines) else ""
    pattern = rf"\{{\{{[-+]?\s*{re.escape(name)}\b" if name else _OPENING.pattern
    found = [hit.start() for hit in re.finditer(pattern, text)]
    return found[min(nth, len(found) - 1)] + 1 if found else 1
