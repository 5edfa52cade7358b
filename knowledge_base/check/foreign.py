"""What other programs take for Markdown, or for a list, and what shows as text on this site."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge_base.catalogue import Catalogue, Page
from knowledge_base.check.headings import lines_outside_code
from knowledge_base.check.outline import tree, written
from knowledge_base.check.wording import without_code
from knowledge_base.faults import Fault

_AS_TEXT = "shows as text here"
_PLAIN = "Write the words without these signs."
_LIST = "Write '- ' instead, with an empty line before the list."
_NUMBERS = "Write '1. ' instead, with an empty line before the list."
_TABLE = "Write | between the cells, and a row such as | --- | --- | below the headings."
# What stands anywhere on a line.
_SIGNS = [
    (
        re.compile(r"(?<!~)~~[^~\s][^~]*~~(?!~)"),
        "text that is struck out",
        "Take it out, or say that it has changed.",
    ),
    (re.compile(r"(?<![=\w])==[^=\s][^=]*(?<!\s)==(?![=\w])"), "highlighted text", "Write **two stars** around it."),
    (re.compile(r"\[\[[^\[\]]+\]\]"), "a link of a wiki", "Write [text](address)."),
    (re.compile(r"\]\{(?:\.underline|\.mark|\.smallcaps|custom-style=)[^{}]*\}"), "Word's formatting", _PLAIN),
    (re.compile(r"(?<![\w:]):[a-z]+-[a-z0-9-]+:(?![\w:])"), "the name of a symbol", _PLAIN),
    (re.compile(r"^> ?\[!\w+\]"), "a box of another program", "Write '!!! added', and indent the text below."),
    (re.compile(r"^:::"), "a box of another program", "Write '!!! added', and indent the text below."),
    (re.compile(r"^\s*[-*+] \[[ xX]\] "), "a box to tick", "Write a plain list."),
    (re.compile(r"^\+(?:[-=:]+\+)+\s*$"), "the frame of a table", _TABLE),
]
# What a paragraph begins with, where somebody meant a list.
_BULLETS = [
    (re.compile(r"[–—]\s+\S"), "A dash makes no list.", _LIST),
    (re.compile(r"[o§]\t"), "This bullet of a word processor makes no list.", _LIST),
    (re.compile(r"-[^\W\d_]"), "A hyphen without a space makes no list.", _LIST),
    (re.compile(r"(?:\d{1,2}|[a-z])\)\s+\S"), "A bracket after the number or letter makes no list.", _NUMBERS),
]
_TABS = re.compile(r"\S\t+\S")
_BOLD = re.compile(r"(?<![\\*])\*\*(?!\*)")
_INDENTED = re.compile(r"(?: {4}|\t)(\s*\S.*)")
_OF_CODE = set("{}<>=;|\\/_")  # signs that code has and sentences have not


def check(catalogue: Catalogue) -> Iterator[Fault]:
    """Every such sign, once for a block of lines."""
    for page in catalogue.pages.values():
        for block in _blocks(page):
            for number, column, message, remedy in _in_block(block):
                yield Fault(f"docs/{page.path}", number, column, "KB512", message, remedy)
        yield from _prose_as_code(catalogue, page)


def _blocks(page: Page) -> Iterator[list[tuple[int, str]]]:
    """Lines without an empty one between them, code blanked out; those in fences left out."""
    block: list[tuple[int, str]] = []
    for number, line in [*lines_outside_code(page), (0, "")]:
        follows = not block or number == block[-1][0] + 1
        if block and not (line.strip() and follows):
            yield block
            block = []
        if line.strip():
            block.append((number, without_code(line)))


def _in_block(block: list[tuple[int, str]]) -> Iterator[tuple[int, int, str, str]]:
    told = set()
    for number, line in block:
        for pattern, what, remedy in _SIGNS:
            hit = pattern.search(line)
            if hit and what not in told:
                told.add(what)
                yield number, hit.start() + 1, f"'{hit.group().strip()}' is {what}, which {_AS_TEXT}.", remedy
    first, beginning = block[0]
    for pattern, message, remedy in _BULLETS:
        if pattern.match(beginning):
            yield first, 1, message, remedy
            return
    if len(block) > 1 and all(_TABS.search(line) for _, line in block[:2]):
        yield first, 1, "These lines are set apart by tabs, which makes no table.", _TABLE
    marks = [(number, hit.start() + 1) for number, line in block for hit in _BOLD.finditer(line)]
    if len(marks) % 2 and not any(line.lstrip().startswith("|") for _, line in block):
        message = "Two stars stand here without two others, so that they show."
        yield *marks[-1], message, "Write two stars before and after the bold words, or take these out."


def _prose_as_code(catalogue: Catalogue, page: Page) -> Iterator[Fault]:
    """Sentences that are indented by four spaces where nothing is that they could belong to: they show as code."""
    indented = [
        (number, hit[1]) for number, line in lines_outside_code(page) if (hit := _INDENTED.match(line)) is not None
    ]
    candidates = [(number, words) for number, words in indented if _is_sentence(words)]
    if not candidates:
        return
    converted = written(catalogue, page)
    code = {
        line.strip()
        for block in (tree(converted).iter("pre") if "<pre" in converted else ())
        for line in str(block.xpath("string()")).split("\n")
    }
    before = 0
    for number, words in candidates:
        if words.strip() in code and number != before + 1:
            message = "This text is indented by four spaces, so that it shows as code."
            remedy = "Take the spaces out; or begin the box or list above that it belongs to."
            yield Fault(f"docs/{page.path}", number, 1, "KB512", message, remedy)
        before = number


def _is_sentence(words: str) -> bool:
    """Whether a line reads as prose: it begins and ends as a sentence does, and has four words at least."""
    bare = words.strip().lstrip("-* ")
    begins = bare[:1].isupper() or bare[:1] in "“‘"
    return begins and bare[-1:] in ".:?!" and bare.count(" ") >= 3 and not _OF_CODE & set(bare)
