"""Voices and leftovers: what is told by reading line by line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from knowledge_base import strict_yaml
from knowledge_base.catalogue import Catalogue, Page
from knowledge_base.check.headings import lines_outside_code
from knowledge_base.faults import Fault, did_you_mean
from knowledge_base.render.vocabulary import MACROS

VOICES = ("added", "curator")
"""The two voices besides the report's own."""

_BOX = re.compile(r"(\s*)(!{2,5}(?=\s*[\w\"]|$)|!!!|\?\?\?\+?)(\s*)([\w-]*)(.*)")
_CALL = re.compile(rf"(\{{*)[-+]?\s*\b(?:{'|'.join(MACROS)})\s*\((?:[^(){{}}]*\)\s*(\}}*))?")
_CONFLICT = re.compile(r"(?:<{7}|>{7}|\|{7})(?:\s|$)")
_BETWEEN = re.compile(r"={7}\s*")  # below words it would make a heading of them, which is told as such
_CODE_SPAN = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)")
# [text][name], [name][] and [^name]; and the line elsewhere that says what is meant.
_NAMED = re.compile(r"\[([^\[\]^]+)\]\[([^\[\]]*)\]|\[(\^[^\[\]]+)\](?!:)")
_DEFINED = re.compile(r" {0,3}\[([^\[\]]+)\]:")
_NO_LINKS = [
    (re.compile(r"\]\s+\((?:\S+\.md\b|https?:)[^()]*\)"), "A space stands inside this link", "take the space out"),
    (re.compile(r"\)\[(?:[^\]\s]+\.md\b|https?:)[^\]]*\]"), "The brackets of this link are swapped", "swap them"),
    (re.compile(r"\]\((?:[^()\s]+\.md\b|https?:)[^()\"]*$"), "This link is not closed", "close it with ')'"),
    (
        re.compile(r"\[[^\[\]]*[^\[\]\s(]\((?:[^()\s]+\.md\b|https?:)[^()]*\)(?!\])"),
        "The words of this link are not closed",
        "put ']' after them",
    ),
]
_FINISH = "Finish it, or take it out."
_WRITTEN_LAST = [
    (re.compile(r"\b(?:TODO|FIXME|XXX|TBC|TBA|TBD)\b"), "a note to yourself", _FINISH),
    (re.compile(r"(?<=[\s(])\?{3,}"), "a note to yourself", _FINISH),
    (re.compile(r"\b(?:replace[- ]me|lorem ipsum|dolor sit amet)\b", re.IGNORECASE), "text of a template", _FINISH),
    (re.compile(r"\[(?:insert|enter|type) [^\[\]]*\](?![\[(:])", re.IGNORECASE), "text of a template", _FINISH),
    (re.compile(r"â€|Ã[\x80-\xbf]|Â[\xa0-\xbf]"), "letters that were read in a wrong encoding", "Type them again."),
    (
        re.compile(r"\b(the|a|an|and|of|to|for|with|we|they) \1\b", re.IGNORECASE),
        "the same word twice",
        "Take one out.",
    ),
]
"""What is left over wherever it stands: on a page, at its top, and in data."""
_LEFTOVERS = [
    *_WRITTEN_LAST,
    (re.compile(r"^\s*[•▪◦‣·●○■]\s"), "a bullet from a word processor, which makes no list", "Write '- ' instead."),
    (re.compile(r"^\s*-{1,}8<-{1,}"), "a call for another file, which shows as text", "Take it out."),
]


def check(catalogue: Catalogue) -> Iterator[Fault]:
    """Every unknown or badly written box, and everything left over from editing."""
    yield from _in_data(catalogue)
    for page in catalogue.pages.values():
        path = f"docs/{page.path}"
        yield from _boxes(page)
        yield from _conflicts(page)
        yield from _loose_ends(page)
        yield from _braces(page)
        # At the top a value of a wrong kind has been told of already, and a comment is none.
        told = {fault.line for fault in catalogue.faults if fault.path == path}
        top = enumerate(page.source.front.split("\n"), 2)
        values = [(number, line) for number, line in top if not line.startswith("#") and number not in told]
        yield from _left_over(path, values, _WRITTEN_LAST)
        yield from _left_over(path, lines_outside_code(page), _LEFTOVERS)
        for number, line in lines_outside_code(page):
            for pattern, what, remedy in _NO_LINKS:
                hit = pattern.search(without_code(line))
                if hit:
                    message = f"{what}, so that it shows as text."
                    yield Fault(path, number, hit.start() + 1, "KB401", message, f"Write [text](address): {remedy}.")


def _in_data(catalogue: Catalogue) -> Iterator[Fault]:
    """What is left over in data; what people type who search may be anything."""
    for name in catalogue.data.documents:
        shown = f"data/{name}.yml"
        if name in {"synonyms", "allowed"}:
            continue
        text, _ = strict_yaml.decode((catalogue.root / shown).read_bytes(), shown)
        lines = [(number, line) for number, line in enumerate((text or "").split("\n"), 1) if line.strip()[:1] != "#"]
        yield from _left_over(shown, lines, _WRITTEN_LAST)


def _left_over(
    path: str, lines: Iterable[tuple[int, str]], patterns: list[tuple[re.Pattern[str], str, str]]
) -> Iterator[Fault]:
    before: dict[str, int] = {}
    for number, line in lines:
        for pattern, what, remedy in patterns:
            hit = pattern.search(without_code(line))
            if not hit:
                continue
            if before.get(what) != number - 1:  # a list of them is told once
                message = f"'{hit.group().strip()}' is {what}."
                yield Fault(path, number, hit.start() + 1, "KB503", message, remedy)
            before[what] = number


def _braces(page: Page) -> Iterator[Fault]:
    """Macro calls whose braces are not two on each side, so that they show as text; Jinja's reading is not asked."""
    for number, line in lines_outside_code(page):
        for hit in _CALL.finditer(line) if "(" in line else ():
            inside = line.rfind("{{", 0, hit.start()) > line.rfind("}}", 0, hit.start())
            if len(hit[1]) == 1:
                message = "A macro call stands in single braces."
            elif not hit[1] and not hit[2] and not inside and re.search(r"\([\"“']", hit.group()):
                if "`" in line:
                    continue  # it is told of, and not called
                message = "This macro call stands without its braces."
            elif hit[2] and not hit[1] and not inside:
                message = "The braces of this macro call close and do not open."
            else:
                continue
            column = hit.end() - len(hit[0].lstrip()) + 1
            remedy = "Write two braces on each side: {{ ... }}."
            yield Fault(f"docs/{page.path}", number, column, "KB301", message, remedy)


def _loose_ends(page: Page) -> Iterator[Fault]:
    """Footnotes and addresses that stand apart from the place that names them, where one of the two is missing."""
    path = f"docs/{page.path}"
    lines = [(number, without_code(line)) for number, line in lines_outside_code(page)]
    defined: dict[str, int] = {}
    for number, line in lines:
        name = hit[1].lower() if (hit := _DEFINED.match(line)) else ""
        if name and name in defined:
            message = f"'[{name}]:' stands on line {defined[name]} already, and only one of the two counts."
            yield Fault(path, number, 1, "KB410", message, "Give one of them another name.")
        elif name:
            defined[name] = number
    named = set()
    for number, line in lines:
        for hit in _NAMED.finditer(line):
            name = (hit[2] or hit[3] or hit[1]).lower()
            named.add(name)
            if name not in defined:
                message = f"There is no line that begins with '[{name}]:' on this page."
                yield Fault(path, number, hit.start() + 1, "KB401", message, "Write it, with what it should say.")
    for name, number in defined.items():
        if name.startswith("^") and name not in named:
            message = f"Nothing on this page refers to the footnote '[{name}]'."
            yield Fault(path, number, 1, "KB401", message, f"Write [{name}] where it belongs, or take it out.")


def without_code(line: str, by: str = " ") -> str:
    """A line with its code blanked out (or written over by a letter), so that columns stay."""
    return _CODE_SPAN.sub(lambda span: by * len(span.group()), line)


def _conflicts(page: Page) -> Iterator[Fault]:
    """Two versions that were not brought together, told once for each: where their first mark stands."""
    inside, above = False, ""
    for number, line in lines_outside_code(page):
        mark = _CONFLICT.match(line) or (_BETWEEN.fullmatch(line) if not above.strip() else None)
        above = line
        if mark and not inside:
            message = f"'{mark.group().strip()}' is a mark of two versions that were not brought together."
            remedy = "Keep one of them, and take out the lines that begin with <<<<<<<, ======= and >>>>>>>."
            yield Fault(f"docs/{page.path}", number, 1, "KB503", message, remedy)
        if mark:
            inside = not line.startswith(">")


def _boxes(page: Page) -> Iterator[Fault]:
    lines = list(lines_outside_code(page))
    for index, (number, line) in enumerate(lines):
        box = _BOX.fullmatch(line)
        if not box:
            continue
        indent, mark, space, voice, rest = box.groups()
        place = (f"docs/{page.path}", number, len(indent) + 1, "KB502")
        better = f"Write '!!! {voice if voice in VOICES else VOICES[0]}'."
        if not mark.startswith("!"):
            yield Fault(*place, "Boxes that fold are not used here.", better)
        elif mark != "!!!":
            yield Fault(*place, "A box begins with three exclamation marks.", better)
        elif not voice:
            remedy = f"{better[:-1]}, or '!!! {VOICES[1]}'."
            yield Fault(*place, "This box does not say whose voice it is.", remedy)
        elif not space:
            yield Fault(*place, "The box needs a space after '!!!'.", better)
        elif voice not in VOICES:
            yield Fault(*place, f"'{voice}' is not a voice of this site.", did_you_mean(voice, VOICES))
        elif rest and not re.fullmatch(r'\s+"[^"]*"\s*', rest):
            message = "The box's title is not in straight double quotes."
            yield Fault(*place, message, f"Write '!!! {voice} \"Title\"', and the text below it.")
        following = next((text for _, text in lines[index + 1 :] if text.strip()), "")
        if not following.expandtabs(4).startswith(indent.expandtabs(4) + "    "):
            message = "The text of this box is not indented, so it stands outside."
            yield Fault(*place, message, "Begin each line of it with four spaces.")
        else:
            yield from _falls_out(place[0], lines[index + 1 :], len(indent.expandtabs(4)))


def _falls_out(path: str, lines: list[tuple[int, str]], indent: int) -> Iterator[Fault]:
    """The first line after an empty one that is indented, and not enough to stand in the box above."""
    for (_, above), (number, line) in pairwise(lines):
        shown = line.expandtabs(4)
        spaces = len(shown) - len(shown.lstrip())
        if not line.strip() or above.strip() or spaces >= indent + 4:
            continue
        if indent < spaces:
            message = "This line is indented by fewer than four spaces, so it stands outside the box above."
            yield Fault(path, number, 1, "KB502", message, "Begin it with four spaces, or with none.")
        return
