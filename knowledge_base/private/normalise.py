"""Text as a reader sees it, so that no way of writing hides a value: entities, wide digits, dashes, emphasis.

A hit in the plain text has to be shown at its place in the file, so each plain text knows where its pieces came from.
"""

from __future__ import annotations

import bisect
import html
import re
import unicodedata
from dataclasses import dataclass, field

# What may stand between or inside the signs of a value and is not seen, or is seen as something else.
_ODD = re.compile(
    r"""&(?:\#[0-9]{1,7}|\#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});
    | </?[a-zA-Z][a-zA-Z0-9]{0,10}(?:[ ](?:class|id|lang)="[^"<>\n]{0,80}"){0,3}[ ]?/?>
    | <!--|-->
    | %[2-7][0-9a-fA-F]
    | \\(?:u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|[^\w\s])
    | [*`~\r]+
    | (?<![A-Za-z0-9])_+ | _+(?![A-Za-z0-9])
    | \n[ \t>]+
    | [^\x00-\x7f]+
    """,
    re.VERBOSE,
)
# A tag that ends a word in a browser; others, such as <b>, do not.
_PARTS = re.compile(r"</?(?:br|p|li|td|th|tr|div|ul|ol|h[1-6])\b", re.IGNORECASE)
_SIGNS = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "−": "-", "⁄": "/", "․": "."})


@dataclass
class Plain:
    """A text as it is seen, and where each piece of it stands in the source.

    Attributes:
        text: the plain text.
        starts: offsets in the plain text at which its pieces begin.
        pieces: for each piece, where its source begins and ends, and whether it is the source letter by letter.
    """

    text: str
    starts: list[int] = field(default_factory=list)
    pieces: list[tuple[int, int, bool]] = field(default_factory=list)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a part of the plain text stands in the source."""
        return self._place(start)[0], self._place(max(start, end - 1))[1]

    def _place(self, offset: int) -> tuple[int, int]:
        index = bisect.bisect_right(self.starts, offset) - 1
        first, last, same = self.pieces[index]
        if not same:
            return first, last
        here = first + offset - self.starts[index]
        return here, here + 1


def normalise(source: str) -> Plain:
    """The plain text of a source; line ends stay, indents and marks of quotation do not."""
    plain = Plain("")
    parts: list[str] = []
    length = done = 0

    def add(text: str, first: int, last: int, same: bool) -> None:
        nonlocal length
        if text:
            plain.starts.append(length)
            plain.pieces.append((first, last, same))
            parts.append(text)
            length += len(text)

    for odd in _ODD.finditer(source):
        add(source[done : odd.start()], done, odd.start(), True)
        if odd.group()[0] > "\x7f":
            # One by one: a long run of them is still shown at the right column.
            for offset, sign in enumerate(odd.group(), odd.start()):
                add(_seen(sign), offset, offset + 1, False)
        else:
            add(_meant(odd.group()), *odd.span(), False)
        done = odd.end()
    add(source[done:], done, len(source), True)
    plain.text = "".join(parts)
    return plain


def _meant(odd: str) -> str:
    first = odd[0]
    if first == "&":
        return "".join(map(_seen, html.unescape(odd)))
    if first == "%":
        return chr(int(odd[1:], 16))
    if first == "\\":
        return _seen(chr(int(odd[2:], 16))) if len(odd) > 2 else odd[1]
    if first == "\n":
        return "\n"
    return " " if odd in {"<!--", "-->"} or _PARTS.match(odd) else ""


def _seen(sign: str) -> str:
    """One sign as it is read: a digit for each digit of the world, nothing for what has no width."""
    if sign < "\x80":
        return sign
    kind = unicodedata.category(sign)
    if kind == "Cf":
        return ""
    if kind == "Pd":
        return "-"
    if kind == "Zs":
        return " "
    if kind == "Nd":
        return str(unicodedata.decimal(sign))
    return unicodedata.normalize("NFKC", sign.translate(_SIGNS)).translate(_SIGNS)
