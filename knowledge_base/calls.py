"""What a page says in double braces: calls of macros with plain values, and nothing else.

MkDocs would run whatever a page holds through a full Jinja environment, from which any code of the building
machine can be reached. So each page is parsed with Jinja's own parser first, and everything is refused that is
not a call of a name with constants: statements, filters, attributes, variables, arithmetic, lists. What is left
can do nothing that our macros cannot. Nothing is ever evaluated here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from jinja2 import Environment, TemplateSyntaxError, nodes

from knowledge_base.faults import Fault

Value = str | int | float | bool | None

EXAMPLE = '{{ cite("munro-2008") }}'
_MOST_FAULTS = 30

# Only ever used to parse: it holds no macro, no global and no filter that a page could reach.
_PARSER = Environment(autoescape=True)
_OPENING = re.compile(r"\{[{%#]")


@dataclass(frozen=True)
class Call:
    """One macro call on a page.

    Attributes:
        name: the macro.
        args: its values, in order.
        kwargs: its named values.
        line: the line of the file, front matter counted.
        column: where on the line the call's braces open.
    """

    name: str
    args: tuple[Value, ...]
    kwargs: tuple[tuple[str, Value], ...]
    line: int
    column: int


def read_calls(text: str, path: str, first_line: int = 1) -> tuple[list[Call], list[Fault]]:
    """Every macro call of a page, and a fault for everything else that Jinja would act on.

    Args:
        text: the page's body.
        path: the page's file, for faults.
        first_line: the line of the file on which the text begins.
    """
    faults: list[Fault] = []
    lines = text.split("\n")

    def fault(line: int, code: str, message: str, remedy: str) -> None:
        faults.append(Fault(path, line - 1 + first_line, _column(lines, line), code, message, remedy))

    # A page is parsed again without the line that could not be read, so that one slip does not hide the next.
    rest = list(lines)
    while len(faults) < _MOST_FAULTS:
        try:
            tree = _PARSER.parse("\n".join(rest))
            break
        except TemplateSyntaxError as error:
            line = _line_of_opening(rest, error.lineno)
            fault(line, "KB301", *_say(rest[line - 1], error.message or ""))
            rest[line - 1] = ""
        except RecursionError:
            remedy = f"Write calls like {EXAMPLE}."
            return [], [Fault(path, first_line, 1, "KB301", "The brackets on this page are nested too deep.", remedy)]
    else:
        return [], faults

    found = []
    for node in _statements_and_values(tree):
        what = _refusal(node)
        if what is not None:
            fault(node.lineno, "KB302", *what)
        elif isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name):
            args = tuple(arg.value for arg in node.args if isinstance(arg, nodes.Const))
            kwargs = tuple((k.key, k.value.value) for k in node.kwargs if isinstance(k.value, nodes.Const))
            column = _column(lines, node.lineno, node.node.name)
            found.append(Call(node.node.name, args, kwargs, node.lineno - 1 + first_line, column))
    return found, faults


def _statements_and_values(tree: nodes.Template) -> Iterator[nodes.Node]:
    """What Jinja would act on, text left out."""
    for node in tree.body:
        if isinstance(node, nodes.Output):
            yield from (part for part in node.nodes if not isinstance(part, nodes.TemplateData))
        else:
            yield node


def _refusal(node: nodes.Node) -> tuple[str, str] | None:
    """Why a page may not say this, and what to write; None for a macro call with plain values."""
    as_text = "To show braces as they are, write {% raw %} before and {% endraw %} after them."
    if isinstance(node, nodes.Stmt):
        return f"'{{% {type(node).__name__.lower()} %}}' may not stand on a page.", f"Take it out. {as_text}"
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
    return None


def _say(line: str, message: str) -> tuple[str, str]:
    if re.search("[“”‘’]", line):
        return "The quotation marks are curly.", f"Type straight ones: {EXAMPLE}."
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


def _line_of_opening(lines: list[str], line: int) -> int:
    """The line on which the construct opens that the parser stumbles over at, or after, that line."""
    for candidate in range(min(line, len(lines)), 0, -1):
        if _OPENING.search(lines[candidate - 1]):
            return candidate
    return min(line, len(lines))


def _column(lines: list[str], line: int, name: str = "") -> int:
    text = lines[line - 1] if line <= len(lines) else ""
    found = re.search(r"\{\{-?\s*" + re.escape(name), text) if name else _OPENING.search(text)
    return found.start() + 1 if found else 1
