"""Everything that is looked for in a text, by kind; each pattern is as narrow as the words around it allow."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge_base.private import numbers, people
from knowledge_base.private.normalise import normalise
from knowledge_base.private.words import GIVEN, ROLES


@dataclass(frozen=True, order=True)
class Hit:
    """Something private.

    Attributes:
        start: where it begins in the source.
        end: where it ends there.
        kind: one of :data:`knowledge_base.model.PrivateKind`.
    """

    start: int
    end: int
    kind: str


_MAIL = re.compile(
    r"(?<![\w.+'-])([\w.+'-]{1,64}) ?@ ?((?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,24})(?![\w-])", re.IGNORECASE
)
_AT = r"(?: ?[\[({] ?at ?[\])}] ?| at )"
_DOT = r"(?: ?[\[({] ?dot ?[\])}] ?| dot |\.)"
_SPOKEN_MAIL = re.compile(
    rf"(?<![\w.+'-])([\w+'-]{{1,64}}(?:{_DOT}[\w+'-]{{1,64}}){{0,3}}){_AT}"
    rf"([a-z0-9-]{{1,63}}(?:{_DOT}[a-z0-9-]{{1,63}}){{1,4}})(?![\w-])",
    re.IGNORECASE,
)

_AREAS = (
    "AB|AL|B|BA|BB|BD|BH|BL|BN|BR|BS|BT|CA|CB|CF|CH|CM|CO|CR|CT|CV|CW|DA|DD|DE|DG|DH|DL|DN|DT|DY|E|EC|EH|EN|EX|FK|FY|G"
    "|GL|GU|GY|HA|HD|HG|HP|HR|HS|HU|HX|IG|IM|IP|IV|JE|KA|KT|KW|KY|L|LA|LD|LE|LL|LN|LS|LU|M|ME|MK|ML|N|NE|NG|NN|NP|NR|NW"
    "|OL|OX|PA|PE|PH|PL|PO|PR|RG|RH|RM|S|SA|SE|SG|SK|SL|SM|SN|SO|SP|SR|SS|ST|SW|SY|TA|TD|TF|TN|TQ|TR|TS|TW|UB|W|WA|WC|WD"
    "|WF|WN|WR|WS|WV|YO|ZE"
)
_POSTCODE = re.compile(rf"(?<![A-Za-z0-9-])(?:{_AREAS})\d[\dA-Z]? ?\d[ABD-HJLNP-UW-Z]{{2}}(?![A-Za-z0-9-])")
_SMALL_POSTCODE = re.compile(
    rf"(?<![A-Za-z0-9/#=.-])(?:{_AREAS.lower()})\d[\da-z]? ?\d(?!nd|rd|th|st)[abd-hjlnp-uw-z]{{2}}(?![A-Za-z0-9-])"
)
_VENUE = re.compile(
    r"\bvenue|conference|\bcent(?:re|er)\b|\bhall\b|\bhotel\b|holiday inn|\boffices?\b|headquarters|\blibrary\b"
    r"|universit|college\b"
    r"|campus|theatre|museum|meeting room|training room|\broom \d|civic|publish|publications|\bpress\b"
    r"|\bpo box\b|\bltd\b"
    r"|\bdepartment (?:for|of)\b|\bministry\b|county council|city council|borough council|\bHMSO\b|\bTSO\b"
    r"|registered (?:office|in)"
    r"|\bmeets? (?:at|in)\b|\bheld (?:at|in)\b"
    r"|charity|institute|\bclub\b|\bmanor\b|stadium|racecourse|\bsuite\b|\binn\b|launch|workshop|seminar|training",
    re.IGNORECASE,
)
_HOME = re.compile(
    r"\b(?:lives?|lived|living|stays?|staying|sleeps|moved|mother|father|mum|dad|aunt|uncle|gran\w*|nan"
    r"|placement|refuge|foster"
    r"|carers?|home address|the family|child lives|family home|his|her|their)\b",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"\bpost ?code|\b(?:lives?|lived|living|moved|moving|stay(?:s|ed|ing)|address|placed|placement"
    r"|flat|house|home)\b",
    re.IGNORECASE,
)
_SURE = r"Street|Road|Avenue|Lane|Close|Drive|Crescent|Terrace|Gardens|Grove|Mews|Cottages?|Villas|St|Rd|Ave"
_UNSURE = r"Way|Court|Place|Rise|Walk|Hill|Square|Green|Row|View|Park|Parade|House|Buildings|Fields?|Mount|Vale|Wharf"
_NUMBER = r"(?!(?:19|20)\d\d\b)\d{1,4}[a-zA-Z]?,?"
_CAPITAL = r"[A-Z][\w'-]+ "
_STREET = re.compile(
    rf"(?<![\w/.-]){_NUMBER} (?:{_CAPITAL}){{1,3}}(?:{_SURE})\b(?! [A-Z][a-z]+ services?)(?!\.[a-z])"
    rf"|\b(?:[Aa]t|[Tt]o|[Ff]rom|[Oo]f|[Oo]utside|[Nn]ear|[Vv]isit(?:ed)?|[Aa]ddress(?: is)?|[Hh]ome"
    rf"|[Ll]ives?(?: at)?|[Aa]ttended"
    rf"|[Ll]eft|[Ss]earched|[Hh]ouse"
    rf"|[Nn]o\.)[:,]? (?P<home>{_NUMBER} (?:[Tt]he )?(?:{_CAPITAL}){{0,3}}(?:{_SURE}|{_UNSURE})\b)"
    rf"|\b(?:[Ll]iv(?:es?|ed|ing)|[Ss]tay(?:s|ed|ing)|[Mm]oved|[Aa]ddress is|[Rr]ehoused) (?:on|in|at|to) "
    rf"(?P<lives>(?:{_CAPITAL}){{1,3}}(?:{_SURE}|{_UNSURE})\b)"
    rf"|\b[Aa]ddress:? (?P<told>{_NUMBER} (?:The )?[A-Z][\w'-]+(?:,? [A-Z][\w'-]+){{0,4}})"
    rf"|\b[Ff]lat \d{{1,3}}[a-zA-Z]?,? (?:{_NUMBER} )?(?:{_CAPITAL}){{1,3}}(?:{_SURE}|{_UNSURE})\b"
)

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_DATE = (
    rf"(?:\d{{4}}[-/.]\d\d[-/.]\d\d|\d{{1,2}} ?[./-] ?(?:\d{{1,2}}|[ivx]{{1,4}}) ?[./-] ?(?:\d{{4}}|\d\d)"
    rf"|\d\d \d\d \d{{4}}|\d{{8}}"
    rf"|\d{{1,2}} ?(?:st|nd|rd|th)?[ -](?:of )?{_MONTH}\b(?:[ ,-]{{1,2}}(?:last year, )?\d{{2,4}})?"
    rf"|{_MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?\b|{_MONTH},? \d{{4}})"
)
_GAP = r"(?:(?!before|after|since|between|from|until|publi)[^.\d\n]|\n){0,24}?"
_BORN = (
    r"(?:(?<![a-z0-9])d[ ./-]{0,2}o[ ./-]{0,2}b(?![a-z0-9])\.?|(?<![a-z0-9])dates?[ \n_-]of[ \n_-]birth"
    r"|(?<![a-z])birth[ _]?dates?|\bbirthdays?|\bborn\b|(?<![\w.])b\.(?= ?\d)|\(b\.|\bEDD\b"
    r"|\bbaby (?:is )?due|\bunborn[^.\n]{0,20} due)"
)
_BIRTH = re.compile(
    rf"{_BORN}{_GAP}(?<![\w/-])(?P<on>{_DATE})(?![\d/])"
    rf"|(?<![\w/-])(?P<told>{_DATE})\W{{1,3}}(?:\bd\.?o\.?b\b|date of birth|birthday|EDD\b)"
    rf"|\b(?:turn(?:s|ed)?|s?he will be|s?he is|s?he was) (?:\d{{1,2}}"
    rf"|[a-z]{{3,9}}) (?:years old )?on (?:the )?(?P<turned>{_DATE})",
    re.IGNORECASE,
)
# Told in a moment, so that the dates of a whole bibliography need not be looked at.
_BIRTH_WORD = re.compile(
    r"[Bb]orn|BORN|[Bb]irth|BIRTH|[Dd][ ./-]{0,2}[Oo][ ./-]{0,2}[Bb]\b|EDD|[Bb]aby|[Uu]nborn|\bturn"
    r"|\b[Ss]?[Hh]e (?:is|was|will)|\bb\."
)

_OF = (
    r"case|file|referral|client|service user|child|young person|family|person|household|mosaic|liquid ?logic"
    r"|lcs|ics|ehm"
    r"|care ?first|framework-?i|swift|paris|rio|systmone|emis|lac|cla|cin|cp|cpp|ehcp|ehc plan|mash|marac|mappa"
    r"|crime|police"
    r"|incident|occurrence|court|hospital|patient|nass|home office|passport|licence|tenancy|housing|benefit"
    r"|claim|custody|azeus|eclipse|care ?director|capita one|charms|case file|pnc|uln|mrn|unique learner"
    r"|adoption|fostering|placement|proceedings|social care|our|your|unique"
)
_IS_ID = (
    r"(?:no\b\.?|nos\b\.?|num(?:ber)?\b\.?|ref(?:erence)?\b\.?|id\b|identifier|#|record\b"
    r"|(?<=adoption )file|(?<=care )file)"
)
_ID = r"(?:[A-Z]{1,4}[-/ ]?){0,3}\d[\dA-Z]*(?:[-/][\dA-Z]+)*"
_SYSTEM = (
    r"mosaic|liquid ?logic|care ?first|framework-?i|systmone|uprn|lcs|azeus|care ?director|uln|mrn|case file|pnc"
)
_CASES = (
    re.compile(
        rf"\b(?i:{_OF})\b(?:'s)?(?: (?!study|example)[a-z]+){{0,2}}?[ ,-]{{0,2}}(?i:{_IS_ID})(?: number| no\.?)?"
        rf"(?: is| was|:|=|-|\(|#|,| ){{0,4}}(?P<id>{_ID})(?![\w])"
    ),
    re.compile(
        rf"\b(?i:{_SYSTEM})[ :#-]{{1,3}}(?:(?i:id|no|number)\b[.:]? ?)?"
        rf"(?P<id>[A-Z]{{0,2}}\d{{2,}}[-/]?\d{{2,}}[A-Z]?)(?!\w)"
    ),
    re.compile(rf"(?<![\w.])(?P<id>\d{{4,}}) (?:(?i:on|in|from) (?:the )?|\()(?i:{_SYSTEM})\b"),
    re.compile(r"\b(?i:passport)\W{1,3}(?P<id>[0-9]{9})(?!\w)"),
    # A driving licence is told by its shape; a social worker's registration by the words before it.
    re.compile(r"(?<![A-Za-z0-9])(?P<id>[A-Z][A-Z9]{4}\d{6}[A-Z9]{2}\d[A-Z]{2})(?![A-Za-z0-9])"),
    re.compile(
        r"\b(?i:swe|social work england|registration|registered)\b[^.;\n]{0,24}?(?P<id>(?:SW|sw) ?\d{5,6})(?!\w)"
    ),
    re.compile(
        r"\b(?:LAC|CLA|CIN|CPP|EHCP|FAM|CHI)(?:-| )(?P<id>(?!(?:19|20)\d\d\b)\d{4,})\b|\b(?:LAC|CIN"
        r"|FAM)-(?P<id2>\d{4,})\b"
    ),
    re.compile(r"(?<![A-Za-z0-9])(?P<id>[A-Z]{2}\d\d[CPFZD]\d{5})(?![A-Za-z0-9])"),
    re.compile(
        r"\b(?i:ref(?:erence)?)\b\.?(?: no\.?)?[: ]{1,3}(?P<id>(?:CP|CH|LAC|CIN|FAM|CLA|SW|CS|HB|SEN"
        r"|CPP)[/-][\w/-]*\d{2,})"
    ),
    re.compile(
        rf"\b(?i:police|social (?:services|care|work(?:er)?)|family|families|child(?:ren)?(?:'s)?|court"
        rf"|hospital|housing|camhs|school)\b"
        rf"[^.;\n]{{0,30}}?\b(?i:ref(?:erence)?|log|number|no|file|id)\b(?: (?i:was|is|no"
        rf"|number))?[.:=# ]{{1,3}}(?P<id>{_ID})(?![\w])"
    ),
    re.compile(
        rf"\b(?i:ref(?:erence)?|number|no|file|id|record)\b[^;\d\n]{{0,12}} (?i:for|of) (?i:the|this|his|her|their) "
        rf"(?i:family|child|boy|girl|mother|father|case|young person|parents?|siblings?)\b[^\w\n]{{1,4}}(?:is "
        rf"|was )?(?P<id>{_ID})(?![\w])"
    ),
    re.compile(r"\b[Rr]eferral (?P<id>\d{6,}(?:-\d+)?)\b"),
)
_DIGITS = re.compile(r"^[^0-9\n]*[0-9].*$", re.MULTILINE)
_YEARS = re.compile(r"(?:19|20)\d\d(?:[-/](?:\d\d|(?:19|20)\d\d))?")

_HANDLE = re.compile(
    r"\b(?:instagram|insta|snapchat|snap|facebook|fb|tiktok|twitter|xbox|psn|discord|gamer ?tag|user ?name)\b"
    r"(?: (?:is|as|account|name|handle|profile|under))*\W{1,3}(?:as )?(@?[\w.]*[\d_][\w.]*|@[\w.]{3,})",
    re.IGNORECASE,
)
_PROFILE = re.compile(
    r"\b(?:facebook|instagram|tiktok|snapchat)\.com/(?:add/|@)?((?:[a-z]+[._]){1,3}\w*\d\w*|@\w+)", re.IGNORECASE
)
_PLAYED = re.compile(
    r"\b(?:snapchat|snap|xbox|psn|discord|gamer ?tag)(?: name)?: ?(@?[a-z][\w.]*[\d_][\w.]*)", re.IGNORECASE
)
# Four decimals are within ten metres: a house. The British Isles lie within these degrees.
_ON_MAP = re.compile(
    r"(?<![\d.])(?:49|5\d|60)\.\d{4,}(?:°|º)? ?N?,? {0,2}-?[0-8]\.\d{4,}(?![\d.])"
    r"|(?<![/:\w])///[a-z]{3,}\.[a-z]{3,}\.[a-z]{3,}\b"
)
_IBAN = re.compile(r"(?<![A-Za-z0-9])GB\d\d ?[A-Z]{4}(?: ?\d){14}(?!\w)")
_CARD = re.compile(r"\bcard\b[^.\n\d]{0,30}(\d{4}(?:[ -]?\d{4}){3})(?!\d)", re.IGNORECASE)
_PERSON = re.compile(
    r"\b(?:his|her|their|he|she|mother|father|mum|dad|child|girl|boy|friends?|partner|young person|teenager)\b",
    re.IGNORECASE,
)
_VEHICLE = re.compile(
    r"\b(?:reg|registration|number plate|plate|car|van|vehicle|drives?"
    r"|parked)\b\.?[^.\n]{0,30}?\b([A-Z]{2}\d\d ?[A-Z]{3}|[A-Z]\d{1,3} ?[A-Z]{3})\b"
)
_BANK = re.compile(
    r"\bsort code\W{0,6}(\d\d[- ]?\d\d[- ]?\d\d)|\baccount(?: (?:no\b\.?|number|num))?\W{0,4}(\d{8})\b", re.IGNORECASE
)


# A word is looked for faster than a pattern, and on most pages none of these stands.
_RARE = (
    ((".com/",), _PROFILE, "user name"),
    (("snap", "xbox", "psn", "discord", "gamer"), _PLAYED, "user name"),
    (("reg", "plate", "car", "van", "vehicle", "drive", "parked"), _VEHICLE, "vehicle registration"),
    (("sort code", "account"), _BANK, "bank account"),
    (("gb",), _IBAN, "bank account"),
    (("card",), _CARD, "bank account"),
    (("///", ".", "°"), _ON_MAP, "place on a map"),
)


def find(source: str) -> list[Hit]:
    """Everything private in a text, in its order; where two kinds are seen in one place, the first of them.

    Args:
        source: as it stands in the file.
    """
    plain = normalise(source)
    found = sorted((start, -end, kind) for kind, start, end in _find(plain.text))
    hits: list[Hit] = []
    reached = -1
    for start, end, kind in found:
        if start >= reached:
            reached = -end
            hits.append(Hit(*plain.span(start, -end), kind))
    return hits


def _find(text: str) -> Iterator[tuple[str, int, int]]:
    yield from numbers.find(text)
    yield from people.find(text)
    yield from _mail(text)
    for hit in _STREET.finditer(text):
        if not _is_venue(text, hit):
            yield "street address", *hit.span(hit.lastgroup or 0)
    for first, last in _with_digits(text):
        yield from _of_digits(text, first, last)
    for hit in _HANDLE.finditer(text):
        if _PERSON.search(_line(text, hit)):
            yield "user name", *hit.span(1)


def _with_digits(text: str) -> Iterator[tuple[int, int]]:
    """The parts of a text, in whole lines, that hold digits, each with the line before: most of a page holds none."""
    first = last = -1
    for line in _DIGITS.finditer(text):
        start = text.rfind("\n", 0, max(0, line.start() - 1)) + 1
        if start <= last:
            last = line.end()
            continue
        if last >= 0:
            yield first, last
        first, last = start, line.end()
    if last >= 0:
        yield first, last


def _of_digits(text: str, first: int, last: int) -> Iterator[tuple[str, int, int]]:
    """What has digits in it."""
    for pattern in (_POSTCODE, _SMALL_POSTCODE):
        for hit in pattern.finditer(text, first, last):
            # Small letters without a space are parts of digests and names of styles, too.
            close = hit.group().islower() and " " not in hit.group()
            if not (close and not _ASKED.search(_line(text, hit))) and not _is_venue(text, hit):
                yield "postcode", *hit.span()
    for hit in _BIRTH.finditer(text, first, last) if _BIRTH_WORD.search(text, first, last) else ():
        yield "date of birth", *hit.span(hit.lastgroup or 0)
    for pattern in _CASES:
        for hit in pattern.finditer(text, first, last):
            value = hit[hit.lastgroup or 0]
            if sum(sign.isdigit() for sign in value) >= 3 and not _YEARS.fullmatch(value):
                yield "case number", *hit.span(hit.lastgroup or 0)
    small = text[first:last].lower()
    for words, pattern, kind in _RARE:
        if any(word in small for word in words):
            for hit in pattern.finditer(text, first, last):
                yield kind, *hit.span(hit.lastindex or 0)


def _mail(text: str) -> Iterator[tuple[str, int, int]]:
    for hit in _MAIL.finditer(text):
        if not is_role(hit[1]):
            yield "e-mail address", *hit.span()
    for hit in _SPOKEN_MAIL.finditer(text):
        local = re.sub(" dot ", ".", hit[1], flags=re.IGNORECASE)
        # "A copy at example.org" is none: without brackets and "dot" only what looks like a person's name is one.
        plain = not re.search(r"[\[({]|\bdot\b", hit.group(), re.IGNORECASE)
        if not (plain and local.casefold() not in GIVEN and "." not in local.strip(".")) and not is_role(local):
            yield "e-mail address", *hit.span()


def is_role(local: str) -> bool:
    """Whether the part of an e-mail address before its @ names a role or a team, and nobody."""
    parts = [part for part in re.split(r"[^a-z]+", local.casefold().split("+")[0]) if part]
    if any(part in GIVEN for part in parts):
        return False
    return any(part in ROLES or _is_compound(part) for part in parts)


def _is_compound(part: str) -> bool:
    """Whether a word is two or three of the words of roles written together: ``workforcedevelopment``."""
    return any(part[:cut] in ROLES and _is_end(part[cut:]) for cut in range(2, len(part) - 1))


def _is_end(part: str) -> bool:
    return part in ROLES or any(part[:cut] in ROLES and part[cut:] in ROLES for cut in range(4, len(part) - 3))


def _line(text: str, hit: re.Match[str]) -> str:
    start = text.rfind("\n", 0, hit.start()) + 1
    end = text.find("\n", hit.end())
    return text[start : end if end >= 0 else len(text)][:2000]


def _is_venue(text: str, hit: re.Match[str]) -> bool:
    """Whether an address is that of a place where people meet or work, and not somebody's home."""
    line = _line(text, hit)
    if not line.lstrip().startswith(("-", "|")):
        # The lines of an address: the venue has its name on the first.
        above = text.rfind("\n", 0, hit.start())
        line = f"{text[text.rfind(chr(10), 0, max(0, above)) + 1 : max(0, above)][-200:]} {line}"
    return bool(_VENUE.search(line)) and not _HOME.search(line)
