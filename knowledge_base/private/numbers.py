"""Numbers that belong to one person: NHS, telephone, pupil and National Insurance numbers.

Digits are looked at in runs: groups of digits with little between them, so that any way of spacing is seen. Where a
number could be another one (an ISBN of ten digits always passes the NHS number's check) the words before it decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stdnum.gb import nhs, upn

_RUN = re.compile(r"(?<![A-Za-z0-9])(?:\+ ?|\( ?\+?)?[0-9OoIl]+(?:[ \t\n().\-/_]{1,3}[0-9OoIl]+)*(?![A-Za-z0-9])")
_GROUP = re.compile(r"[0-9OoIl]+")
_LETTERS = str.maketrans("OoIl", "0011")
_MOST = 15  # digits of the longest telephone number
_DATED = re.compile(r"\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d\d)\b|\d{4}-\d\d-\d\d")

_WORK = r"isbn|issn|doi|orcid|\b10\.\d{4,}/|charity|company|\bvat\b|grant|scribd|utr\b"
_HEALTH = (
    r"\bnhs|health (?:no|number|record)|\bhospital|\bpatient|\bwrist|red book|discharge|\bgp\b|paediatric|\bsurgery"
)
_TELEPHONE = (
    r"\btel\b|tele?phone|\bphone|\bmob(?:ile)?\b|\bring\b|\brang\b|\bcall(?:s|ed)?\b|\btext\b|\bfax|\bcontact"
    r"|\bnumber"
    r"|whatsapp|landline|\bsms\b|\bdial|\breach\b|\bline\b"
)
_HINT = re.compile(rf"(?P<work>{_WORK})|(?P<health>{_HEALTH})|(?P<telephone>{_TELEPHONE})", re.IGNORECASE)
_PHONED = re.compile(r"\W{0,4}(?:is |was )?(?:\w+ ){0,4}(?:tele)?(?:phone|mobile|number)\b", re.IGNORECASE)
_NHS_AFTER = re.compile(r"[)\]\"',]{0,2} (?:is|was|as) (?:the |her |his |their |an )?nhs (?:no\b|num)", re.IGNORECASE)

# Numbers that Ofcom keeps for drama; nobody has them, but whoever writes one has made a person up beside it.
_DRAMA = re.compile(
    r"0(?:2079460|11[3-8]4960|1[24]14960|1514960|1614960|1914980|1632960|2890180|2920180|7700900|8081570"
    r"|9098790|3069990)\d{3}"
)
# Free and national rates are those of helplines and switchboards.
_SERVICE = re.compile(r"0(?:80[08]|3\d\d|84[345]|87[0123])\d+")
_ANY = r"[ \-./_]?"
_UPN = re.compile(rf"(?<![A-Za-z0-9])[A-Za-z]{_ANY}\d{{3}}{_ANY}\d{{4}}{_ANY}\d\d{_ANY}\d\d[\dA-Za-z](?![A-Za-z0-9])")
_NINO = re.compile(
    r"(?<![A-Za-z0-9])(?:[A-Z]{2}|[a-z]{2})[ \-./_]?\d\d[ \-./_]?\d\d[ \-./_]?\d\d[ \-./_]?[A-Da-d](?![A-Za-z0-9])"
)
_NINO_TOLD = re.compile(
    r"\b(?:ni|nino|nat(?:ional|\.)? ins(?:urance|\.)?)(?: ?(?:no|number|num)\b\.?)?\W{0,4}(?:is |was )?"
    r"([A-Za-z]{2}[ \-./]?(?:\d\d[ \-./]?){3}[A-Za-z]?)(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_SHORT = re.compile(
    r"\b(?:tel|phone|ring|rang|call|dial|mobile|mob|telephone|landline|ext(?:ension)?)\b\.?:?(?: [a-z]+){0,2}? "
    r"(?!116)(\d{3}[ -]?\d{3,4})(?![\w-]| \d)",
    re.IGNORECASE,
)
_SPOKEN = re.compile(
    r"\b(?:(?:zero|nought|oh|o|one|two|three|four|five|six|seven|eight|nine|double|treble|triple)\b[ ,.\-]{0,3}){8,}",
    re.IGNORECASE,
)


def find(text: str) -> Iterator[tuple[str, int, int]]:
    """Every number of a person in a plain text: its kind, where it begins and where it ends."""
    for run in _RUN.finditer(text):
        groups = [(group.start() + run.start(), group.group()) for group in _GROUP.finditer(run.group())]
        if sum(len(group) for _, group in groups) >= 10:
            yield from _in_run(text, groups)
    for hit in _UPN.finditer(text):
        if upn.is_valid(re.sub(r"[^A-Za-z0-9]", "", hit.group())) or re.search(
            r"upn|pupil num|pupil's (?:unique )?num", text[max(0, hit.start() - 40) : hit.start()], re.IGNORECASE
        ):
            yield "pupil number", *hit.span()
    for hit in _NINO.finditer(text):
        yield "National Insurance number", *hit.span()
    for hit in _NINO_TOLD.finditer(text):
        yield "National Insurance number", *hit.span(1)
    for hit in _SHORT.finditer(text):
        yield "telephone number", *hit.span(1)
    for hit in _SPOKEN.finditer(text):
        yield "telephone number", *hit.span()


def _in_run(text: str, groups: list[tuple[int, str]]) -> Iterator[tuple[str, int, int]]:
    """The numbers in one run of groups; each window of whole groups may be one."""
    first = 0
    while first < len(groups):
        digits, last = "", first
        found = None
        while last < len(groups) and len(digits) + len(groups[last][1]) <= _MOST:
            digits += groups[last][1]
            last += 1
            if len(digits) >= 10:
                kind = _kind(text, groups, first, last, digits)
                found = (kind, last) if kind else found
        if found:
            kind, last = found
            yield kind, groups[first][0], groups[last - 1][0] + len(groups[last - 1][1])
            first = last
        else:
            first += 1


def _kind(text: str, groups: list[tuple[int, str]], first: int, last: int, digits: str) -> str:
    """What a window is: ``NHS number``, ``telephone number`` or, where it is neither, nothing."""
    sizes = [len(group) for _, group in groups[first:last]]
    whole = first == 0 and last == len(groups)
    start, end = groups[first][0], groups[last - 1][0] + len(groups[last - 1][1])
    plus = text[max(0, start - 2) : start].strip(" (").endswith("+")
    # A mobile telephone's number, digit by digit or in twos, and nothing else in its run.
    spread = whole and len(digits) == 11 and max(sizes) <= 2 and digits.translate(_LETTERS).startswith("07")
    compact = spread or (max(sizes) >= 3 and len(sizes) <= 5)
    # First what costs nothing: most rows of figures are told apart by their shape.
    if not (
        whole
        or plus
        or sizes in ([10], [3, 3, 4])
        or (compact and digits[0] in "0O" and (first == 0 or sizes[0] >= 3))
    ):
        return ""
    if sum(sign.isdigit() for sign in digits) < 6:
        return ""
    digits = digits.translate(_LETTERS)
    hint = ""
    for hit in _HINT.finditer(text, max(0, start - 90), start):
        # The nearest word counts, but for "number", which says nothing after "NHS".
        hint = hint if hint == "health" and hit.group().lower() == "number" else hit.lastgroup or ""
    if _NHS_AFTER.match(text, end):
        hint = "health"
    word = re.split(r"[\s\"'(<]", text[max(0, start - 300) : start])[-1]
    if ("://" in word or word.startswith(("www.", "10."))) and hint != "health":
        return ""
    if hint == "work" or _DATED.match(text, start):
        return ""
    if len(digits) == 10 and not plus:
        if hint == "health" and whole:
            return "NHS number"
        if sizes in ([10], [3, 3, 4]) and nhs.is_valid(digits) and not _is_telephone(digits):
            return "NHS number"
    told = hint == "telephone" or bool(_PHONED.match(text, end))
    if plus or digits.startswith("00"):
        number = digits.removeprefix("00")
        if number.startswith("44"):
            return "telephone number" if _is_private("0" + number[2:].removeprefix("0"), told) else ""
        return "telephone number" if _is_abroad(number) else ""
    if digits[0] == "0" and len(digits) in (10, 11) and (compact or told):
        return "telephone number" if _is_private(digits, told) else ""
    return ""


def _is_private(digits: str, told: bool) -> bool:
    """Whether a British number with its nought is somebody's, and not a helpline or switchboard."""
    if _DRAMA.fullmatch(digits):
        return True
    if _SERVICE.fullmatch(digits) or len(digits) not in (10, 11):
        return False
    return told or _is_telephone(digits)


def _is_telephone(digits: str) -> bool:
    import phonenumbers  # takes a tenth of a second, and most runs of the check need it not

    try:
        return digits[0] == "0" and phonenumbers.is_valid_number(phonenumbers.parse(digits, "GB"))
    except phonenumbers.NumberParseException:
        return False


def _is_abroad(digits: str) -> bool:
    import phonenumbers

    try:
        return phonenumbers.is_possible_number(phonenumbers.parse(f"+{digits}", None))
    except phonenumbers.NumberParseException:
        return False
