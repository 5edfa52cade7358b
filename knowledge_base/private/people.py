"""Names beside an age, a school, or a word for somebody of a family.

A name alone is no secret: authors have names, and so has whoever led the programme.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge_base.private.words import GIVEN, LEADS, NO_NAMES, PUBLIC


def _spread(pattern: str) -> re.Pattern[str]:
    """Compiles a pattern that is written over several lines; a line that begins with ``| `` is another choice."""
    return re.compile(re.sub(r"\s*\n\s*(\| )?", lambda end: "|" if end[1] else "", pattern.strip()), re.IGNORECASE)


NAME = "name beside an age, a school or a family"
_WORD = r"(?:Mc|Mac|O'|D'|Mc)?[A-ZÀ-Þ](?:[a-zß-ÿ]+|(?=[. ]))(?:[-'][A-ZÀ-Þ]?[a-zß-ÿ]{2,})?"
_NAME = re.compile(rf"(?<![\w@/.#-]){_WORD}(?:\.? {_WORD}|\.? [A-Z]\b\.?)*")
_INITIALS = re.compile(
    r"(?<![\w.])(?:[A-Z]\. ?){2,3}(?=\W)|(?<![\w.&])(?!(?:CP|CS|YP|UK|EU|SW|TM|AL|ID|HV"
    r"|GP)\b)[A-Z]{2}(?=,? \(?aged? )"
)
_FLAT = re.compile(r"([A-Za-z]+) [A-Za-z]+(?:['-][A-Za-z]+)?(?=\W{0,3}$)")

_COUNT = (
    r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
    r"|seventeen|eighteen)"
)
_NO_RANGE = (
    r"(?!\d| ?(?:to|-|and (?:over|under|above|below)|or (?:over|under|more|less|above|below)|\+)(?=[ \d,.;)]))"
)
_OLD = rf"{_COUNT}[ -](?:years?|yrs?|months?|mths?|weeks?|wks?|days?)[ -](?:old|of age)\b"
_IS = r"(?:is|was|turned|turns|will be|has turned|has just turned|just turned)"
_SCHOOL = (
    r"(?:primary|infants?|juniors?|secondary|high school|grammar|academy|nursery|pre-?school|school|college|reception"
    r"|year \d|y\d)\b"
)
_KIN = (
    r"(?:mother|father|mum|mam|dad|parents?|sisters?|brothers?|siblings?|gran\w*|nan|aunt|uncle|cousin"
    r"|foster \w+|carers?"
    r"|social worker|key ?worker|school|nursery|teacher|head ?teacher|placement|health visitor|baby|son"
    r"|daughter|partner"
    r"|ex-partner|step-?\w+|home life|bedroom|bruise\w*|injur\w+)\b"
)
_AGED = _spread(
    rf"""\W{{0,3}} ?(?:(?:who|she|he|now|who is|is|was) ){{0,2}}aged?:? ?{_COUNT}\b{_NO_RANGE}
    | \W{{0,3}} ?(?:(?:who|she|he|they|is|was|now|only|just|a|an|the) ){{0,4}}{_OLD}"""
)
"""After a full name, a first name, or initials."""
_AGE = re.compile(
    r"\b(?:who |she |he |now |is |was ){0,2}(?:[Aa]ged?|AGED?)\b|\b\w+[ -](?:[Yy]ears?|YEARS?)[ -](?:old|OLD)\b"
)
_BARE_AGE = _spread(
    rf"""[ ]\(\d{{1,2}}\)(?!,? ?(?:[(\d:]|pp?\.))
    | , \d{{1,2}}, (?!\d|(?-i:[A-Z])|pp)
    | (?:, who)? (?:{_IS}) {_COUNT}(?=[.,;:!?)]|\n|$| (?:and|when|last|next|now|in|on|years|months|but)\b)
    | [:,] (?:s?he) is {_COUNT}(?=\W)"""
)
"""After a full name, or a first name that is a common one."""
_AT_SCHOOL = _spread(
    rf"""(?: \([^()\n]{{1,30}}\))?(?:,? (?:who|and|now|also|has|still|only|then))*[ ,]{{1,2}}
      (?:attend(?:s|ed|ing)?|(?:goes|went|going) to|start(?:s|ed) (?:at|in)|mov(?:ed|es) to
        |(?:is|was) (?:at|in|on the roll)|in|at|of|enrolled at|excluded from|left)[ ]
      (?!the (?:school|academy|college) of)[^.;:!?\n]{{0,40}}?(?<!London )(?<!Business )\b{_SCHOOL}(?! of\b)
    | 's {_KIN}
    |  \(?(?:year|y) ?\d{{1,2}}\b"""
)
_CHILD = _spread(
    r""",? (?:who )?(?:is|was|has been|had been|were) (?:now |not |still |again |a |an |both )*
      (?:subject to|on (?:a|the) (?:child|cp|register|plan)|placed|accommodated|looked after|in care
        |in foster|in hospital|removed|remanded|excluded|missing|taken|adopted|fostered|at risk|neglected
        |known to (?:us|the|social|children)|seen (?:at home|alone)|young carer|moved|child\b
        |born (?!in 1[89])|(?:\w+'s) (?:mother|father|mum|dad|sister|brother|carer|aunt|uncle|gran\w*))
    |  (?:lives?|lived|living|stays|stayed) (?:with|at|elsewhere)\b
    |  (?:ran away|shares? a (?:bed)?room|asked to leave|left care|moved (?:out|in)\b|drinks\b
        |and (?:his|her|their) (?:\w+ ){0,2}(?:children|sons?|daughters?|baby|twins|brothers?
          |sisters?|family|kids)\b)"""
)
"""After a full name, what is said of children and their families."""
_BEFORE_AGE = re.compile(
    rf"{_COUNT}[ -](?:year|month|week|day)s?[ -]?old,? (?:(?:girl|boy|pupil|child|twin)s?,? )?$", re.IGNORECASE
)
_BEFORE_SCHOOL = re.compile(
    r"(?:(?:\bpupil|\byear \d{1,2}|\by\d{1,2})\b[^.;!?\n]{0,50}|\bpupil,? |\bschool (?:friend|refuser),? )$",
    re.IGNORECASE,
)
_BEFORE_CHILD = re.compile(
    r"\b(?:her|his|the|their|a|an|with|and|little|foster|older|younger|eldest|youngest|half|step)[ -]"
    r"(?:(?:older|younger|eldest|youngest|birth|foster|young)[ -])?"
    r"(?:mother|father|mum|dad|sons?|daughter|brother|sister|child|baby|boy|girl|pupil|toddler|infant|gran\w*"
    r"|nan|aunt"
    r"|uncle|step\w+|partner|foster carer|carer|parent|twins?|siblings?|person|teenager),? "
    r"(?:(?:called|named|is|was) )?(?:(?:Mr|Mrs|Ms|Miss|Dr)\.? )?$",
    re.IGNORECASE,
)


def find(text: str) -> Iterator[tuple[str, int, int]]:
    """Every name of a plain text that stands beside what joins it to a child: its kind, its beginning, its end."""
    for run in _NAME.finditer(text):
        for first, last in _persons(run):
            name = text[first:last]
            common = _folded(name.split(" ")[0]) in GIVEN
            full = " " in name
            if not (full or common) or _folded(name).replace(" ", "-") in PUBLIC:
                continue
            near = text[max(0, first - 80) : first].replace("\n", " ")
            if (
                _AGED.match(text, last)
                or _BARE_AGE.match(text, last)
                or _BEFORE_AGE.search(near)
                or (_AT_SCHOOL.match(text, last) and (common or full))
                or (full and (_CHILD.match(text, last) or _BEFORE_CHILD.search(near) or _BEFORE_SCHOOL.search(near)))
            ):
                yield NAME, first, last
    for initials in _INITIALS.finditer(text):
        if _AGED.match(text, initials.end()):
            yield NAME, *initials.span()
    for age in _AGE.finditer(text):
        flat = _FLAT.search(text, max(0, age.start() - 40), age.start())
        same_case = flat and (flat.group().islower() or flat.group().isupper())
        if flat and same_case and _folded(flat[1]) in GIVEN and _AGED.match(text, flat.end()):
            yield NAME, *flat.span()


def _folded(word: str) -> str:
    return word.casefold().strip(".").removesuffix("'s")


def _persons(run: re.Match[str]) -> Iterator[tuple[int, int]]:
    """The part of a run of capitals that may be a name: without what leads in; nothing if a word makes it none."""
    words = [(word.start() + run.start(), word.group()) for word in re.finditer(r"[^ ]+", run.group())]
    while words and _folded(words[0][1]) in LEADS:
        words = words[1:]
    if not words or len(words) > 4:
        return
    if any(_folded(word) in NO_NAMES for _, word in words) and not (
        len(words) > 1
        and _folded(words[0][1]) in GIVEN
        and not any(_folded(word) in NO_NAMES for _, word in words[:-1])
        and len(words) == 2
    ):
        return
    start, end = words[0][0], words[-1][0] + len(words[-1][1])
    last = words[-1][1]
    yield start, end - (2 if last.endswith("'s") else 1 if last.endswith(".") else 0)
