"""Names beside an age, a school, or a word for somebody of a family.

A name alone is no secret: authors have names, and so has whoever led the programme.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from knowledge_base.private.words import DOUBTFUL, GIVEN, LEADS, NO_NAMES, PUBLIC


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
    | ,? \(?(?:year|y) ?\d{{1,2}}\b(?! of)
    | , (?:now |currently )?(?:a|in) (?:year ?\d{{1,2}}\b|pupil (?:at|in)\b)"""
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
_FAMILY = (
    r"(?:(?:birth|foster|step|half|adoptive|great)[- ]?)*(?:mother|father|mum|mam|dad|sons?|daughters?|brothers?"
    r"|sisters?|siblings?|gran(?:dmother|dfather|dad|ny|ma|dson|ddaughter|d?parents?)?|nan|aunt(?:ie)?|uncle|cousin"
    r"|niece|nephew|twins?"
    r"|carers?|partner|boyfriend|girlfriend|husband|wife|mgm|pgm|mgf|pgf)"
)
_KIN_AFTER = _spread(
    rf""", (?:(?:the|his|her|their|a|whose|\w+'s) )?(?:(?:child|children|boy|girl|baby)'?s?'? )?
      (?:(?:m|p)aternal )?{_FAMILY}(?=[,;.)]|$|\n| (?:of|to|is|was|has|had|did|who|said|told)\b)
    | (?:'s)? (?:child protection|cin|lac|looked-after|core group|s\.? ?47|section 47|strategy|care|pathway)[ ]
      (?:plan|conference|meeting|review|visit|register|file|case|enquiry|discussion|proceedings|order)\b"""
)
"""After a full name, whose it is in a family, or what is held on a child."""
_KIN_BEFORE = re.compile(
    rf"\b{_FAMILY}(?: is| was|,| called| named|:)? ?\(?(?:(?:Mr|Mrs|Ms|Miss)\.? )?$", re.IGNORECASE
)
"""Before a name that begins with a common first name."""
_HELD_BEFORE = re.compile(
    r"\b(?:(?:social worker|key ?worker|care plan|chronology|genogram|cin plan|pathway plan|pep|ehcp"
    r"|child protection (?:plan|conference|case|register|visit|enquir\w+)|core group|strategy (?:meeting|discussion)"
    r"|s\.? ?47|section 47|contact|life story) (?:\w+ )?(?:for|on|about|with|re|of)"
    r"|(?:home|statutory|cp|cin|lac)? ?visit(?:ed)?(?: to)?(?! by)) $",
    re.IGNORECASE,
)
_LABEL_BEFORE = re.compile(
    r"(?:^|[\s|\"'{(-])(?:(?:the |name of (?:the )?)?"
    r"(?:child|young person|pupil|client|service user|yp|subject|sibling)"
    r"(?:'s)?(?: ?[a-d1-9])?(?:[ _](?:full )?name)?|full[ _]name of (?:the )?child)[\"']? ?[:=] [\"']?$",
    re.IGNORECASE,
)
_THE_FAMILY = re.compile(r"\bthe ((?:Mc|Mac|O')?[A-Z][a-z]{2,}(?:-[A-Z][a-z]+)?) (?=family\b|children\b|siblings\b)")
_HOUSEHOLD = re.compile(
    r"\b(?:child protection|plan|visit\w*|social worker|conference|moved|lives?|home|police|referr\w+|neglect|s47"
    r"|case|school|court|baby|siblings)\b",
    re.IGNORECASE,
)
_INITIALS_AGE = re.compile(
    r" \(1?\d\)(?= (?:at|in|who|is|was|has|had|went|lives|attends|told|said|from|and (?:his|her|their))\b|[,;] )"
    r"|, 1?\d,? (?:who|is|was|has|had|went|goes|lives|attends|told|said|missing|excluded|placed|living"
    r"|and (?:his|her|their))\b"
)
_OF_KIN = re.compile(
    r"'s (?:(?:half|step|foster)[- ])?(?:mum|mam|dad|sister|brother|stepfather|stepmother|social worker|carer)\b"
)
_THEIR_KIN = re.compile(
    r"\b(?:[Hh]is|[Hh]er|[Tt]heir|[Mm]y) (?:(?:half|step|foster|little|older|younger|baby|twin)[- ])?"
    r"(?:brother|sister|son|daughter|sibling|cousin|stepfather|stepmother|boyfriend|girlfriend|auntie?|uncle|nan) $"
)
_AGE_AT_END = re.compile(r", 1?\d(?=[\"']?(?:\n|$))")
_INITIALS_AGED = re.compile(r" \(1?\d\) [a-z]")
_PAIR = re.compile(r"(?<![\w.&/(-])(?!(?:CP|CS|YP|UK|EU|SW|TM|AL|ID|HV|GP|LA|US|TV|PE|IT|OK)\b)[A-Z]{2}\b")
_BEFORE_AGE = re.compile(
    rf"{_COUNT}[ -](?:year|month|week|day)s?[ -]?old,? (?:(?:girl|boy|pupil|child|twin)s?,? )?"
    r"(?:(?:called|named) )?$",
    re.IGNORECASE,
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
            if _folded(name).replace(" ", "-") in PUBLIC:
                continue
            if not (full or common):
                if (
                    _AGED.match(text, last)
                    or _OF_KIN.match(text, last)
                    or _THEIR_KIN.search(text, max(0, first - 40), first)
                ):
                    yield NAME, first, last
                continue
            near = text[max(0, first - 80) : first].replace("\n", " ")
            if (
                (common and _is_of_a_family(text, near, first, last, full))
                or _AGED.match(text, last)
                or _BARE_AGE.match(text, last)
                or _BEFORE_AGE.search(near)
                or (_AT_SCHOOL.match(text, last) and (common or full))
                or (full and (_CHILD.match(text, last) or _BEFORE_CHILD.search(near) or _BEFORE_SCHOOL.search(near)))
            ):
                yield NAME, first, last
    for initials in _INITIALS.finditer(text):
        end = initials.end() - initials.group().endswith(" ")
        after_surname = text[: initials.start()].endswith((", ", " and ", "& "))
        aged = _INITIALS_AGE.match(text, end) or _INITIALS_AGED.match(text, end)
        if _AGED.match(text, initials.end()) or (aged and not after_surname):
            yield NAME, *initials.span()
    for initials in _PAIR.finditer(text):
        if _INITIALS_AGE.match(text, initials.end()):
            yield NAME, *initials.span()
    for family in _THE_FAMILY.finditer(text):
        if _folded(family[1]) not in NO_NAMES and _HOUSEHOLD.search(
            text, max(0, text.rfind("\n", 0, family.start()), family.start() - 80), family.end() + 80
        ):
            yield NAME, *family.span(1)
    for age in _AGE.finditer(text):
        flat = _FLAT.search(text, max(0, age.start() - 40), age.start())
        same_case = flat and (flat.group().islower() or flat.group().isupper())
        if flat and same_case and _folded(flat[1]) in GIVEN and _AGED.match(text, flat.end()):
            yield NAME, *flat.span()


def _is_of_a_family(text: str, near: str, first: int, last: int, full: bool) -> bool:
    """Whether a name that begins with a common first name is joined to a family or to what is held on a child."""
    if full:
        return bool(
            _KIN_AFTER.match(text, last)
            or _KIN_BEFORE.search(near)
            or _HELD_BEFORE.search(near)
            or _LABEL_BEFORE.search(near)
            or _AGE_AT_END.match(text, last)
        )
    if _folded(text[first:last]) in DOUBTFUL:
        return False
    return bool(_KIN_BEFORE.search(near) or _LABEL_BEFORE.search(near))


def _folded(word: str) -> str:
    return word.casefold().strip(".").removesuffix("'s")


def _persons(run: re.Match[str]) -> Iterator[tuple[int, int]]:
    """The part of a run of capitals that may be a name: without what leads in; nothing if a word makes it none."""
    words = [(word.start() + run.start(), word.group()) for word in re.finditer(r"[^ ]+", run.group())]
    leading = itertools.takewhile(lambda word: _folded(word[1]) in LEADS, words)
    words = words[sum(1 for _ in leading) :]
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
