"""Tables written with pipes: as many cells in each row as the header has, and words in each header cell."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge_base.catalogue import Catalogue, Page
from knowledge_base.check.headings import lines_outside_code
from knowledge_base.check.wording import without_code
from knowledge_base.faults import Fault

_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_CALL = re.compile(r"\{\{.*?\}\}")
_BAR = re.compile(r"(?<!\\)\|")


def check(catalogue: Catalogue) -> Iterator[Fault]:
    """Every row with more or fewer cells than its header, and every header that is missing or says nothing."""
    for page in catalogue.pages.values():
        if "|" in page.source.body:
            yield from _check_page(page)


def _check_page(page: Page) -> Iterator[Fault]:
    block: list[tuple[int, str]] = []
    for number, line in [*lines_outside_code(page), (0, "")]:
        bare = _CALL.sub(lambda call: "x" * len(call.group()), without_code(line, "x"))
        if bare.strip() and not (block and number != block[-1][0] + 1):
            block.append((number, bare))
            continue
        if block and block[0][1].lstrip().startswith("!!!"):
            del block[0]  # a box may begin with its table
        yield from _check_block(f"docs/{page.path}", block)
        block = [(number, bare)] if bare.strip() else []


def _check_block(path: str, block: list[tuple[int, str]]) -> Iterator[Fault]:
    """What is wrong with a table, if these lines are one."""
    if not block or not any("|" in line for _, line in block):
        return
    rules = [index for index, (_, line) in enumerate(block) if "|" in line and _RULE.fullmatch(line)]
    first, header = block[0]
    if not rules or rules[0] == 0:
        if all(line.strip().startswith("|") and len(_BAR.findall(line)) > 1 for _, line in block):
            remedy = "Write a row of headings first, and below it a row such as | --- | --- |."
            yield Fault(path, first, 1, "KB507", "This table has no row of headings.", remedy)
        return
    if rules[0] > 1:
        remedy = "Put an empty line before the table."
        yield Fault(path, block[rules[0] - 1][0], 1, "KB507", "This table follows right after text.", remedy)
        return
    wanted = _cells(header)
    empty = [str(column) for column, cell in enumerate(wanted, 1) if not cell.strip()]
    if empty:
        message = f"The heading of column {' and '.join(empty)} has no words."
        yield Fault(path, first, 1, "KB507", message, "Say in a word or two what stands in the column.")
    for number, line in block[1:]:
        if _attributes(line):
            continue
        cells = len(_cells(line))
        if cells != len(wanted):
            message = f"This row has {_count(cells)}, and the row of headings has {len(wanted)}."
            remedy = "Give it as many; write \\| for a bar that is text."
            yield Fault(path, number, 1, "KB506", message, remedy)


def _attributes(line: str) -> bool:
    """Whether the line gives the table above it a class or an id, and is no row."""
    return re.fullmatch(r"\s*\{:?[^{}|]*\}\s*", line) is not None


def _count(cells: int) -> str:
    return f"{cells} cell{'s' if cells > 1 else ''}"


def _cells(line: str) -> list[str]:
    bare = line.strip()
    bare = bare.removeprefix("|")
    if bare.endswith("|") and not bare.endswith("\\|"):
        bare = bare[:-1]
    return _BAR.split(bare)
