"""Words that stand nearly everywhere, told to the indexer at fewer places.

The index has each place of each word. At thousands of pages one common word has tens of thousands, all of which a
reader who types it would fetch, to learn that it is on every page. What a page says stays whole: it is put back.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

MOST = 8_000
"""Places of a word in the whole site, above which it is told at fewer. They make 10 to 15 KB, packed."""

# Stands for a word that is not told: it keeps the places of those behind it. No font has it, and the indexer takes no
# word from it.
_GAP = "\ue000"
# Texts are HTML: tags and entities hold no words.
_WORD = re.compile(r"<[^>]*>|&#?\w+;|([^\W_]+(?:['’][^\W_]+)*)")


@dataclass(frozen=True)
class Common:
    """The words that stand at too many places.

    Attributes:
        told: each, and at how many places of a page it is told.
        everywhere: those that most pages have, the rarest first. Beside other words they tell a search nothing.
    """

    told: dict[str, int]
    everywhere: list[str]


def common(pages: Iterable[Iterable[str]]) -> Common:
    """The words that stand at too many places.

    Args:
        pages: the texts of each page.
    """
    places: Counter[str] = Counter()
    holding: Counter[str] = Counter()
    number = 0
    for texts in pages:
        number += 1
        words = Counter(word.casefold() for text in texts for word in _WORD.findall(text) if word)
        places.update(words)
        holding.update(words.keys())
    told = {word: max(1, MOST // holding[word]) for word, times in places.items() if times > MOST}
    everywhere = [word for word in told if holding[word] * 2 > number]
    return Common(told, sorted(everywhere, key=lambda word: (holding[word], word)))


class Thinned:
    """One page, whose texts are thinned in their order: each common word once in a section, and in few of them."""

    def __init__(self, common: Mapping[str, int]) -> None:
        """Takes the common words, and at how many places of a page each is told."""
        self._common = common
        self._told: Counter[str] = Counter()
        self._left_out: list[str] = []

    def text(self, text: str) -> str:
        """The next section's text, with gaps for the words that are left out."""
        here: set[str] = set()

        def place(match: re.Match[str]) -> str:
            word = (match[1] or "").casefold()
            if word not in self._common:
                return match[0]
            if word in here or self._told[word] == self._common[word]:
                self._left_out.append(match[0])
                return _GAP
            here.add(word)
            self._told[word] += 1
            return match[0]

        return _WORD.sub(place, text.replace(_GAP, ""))

    @property
    def left_out(self) -> str:
        """The words that are left out, in their order, with a space between."""
        return " ".join(self._left_out)


def whole(content: str, left_out: str) -> str:
    """A page's words as its reader knows them.

    Args:
        content: as the indexer answers it, with the gaps.
        left_out: what was left out of the page.

    Raises:
        ValueError: there are more gaps, or fewer.
    """
    words = iter(left_out.split())
    pieces = content.split(_GAP)
    return pieces[0] + "".join(word + piece for word, piece in zip(words, pieces[1:], strict=True))


def digest(left_out: str) -> str:
    """Tells two pages apart that differ only in what is left out. Pages are named by what the indexer was told."""
    return sha256(left_out.encode()).hexdigest()[:16]
