"""YAML as authors write it, read so that nothing is guessed.

Every scalar stays text (YAML itself would turn ``no`` into False, ``1.10`` into 1.1 and ``10.30`` into 10.3);
a key twice, an alias, an anchor, a tag or a second document is a fault; depth and size are bounded. Faults are
collected, so that an author sees all of them at once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from knowledge_base.faults import Fault

MAX_BYTES = 4 * 1024 * 1024
"""Size of the largest file that is read: about ten times what 5,000 references take."""

MAX_DEPTH = 12
"""How deep lists and mappings may be nested; the models need six."""

Place = tuple[int, int]
"""Line and column, both counted from 1."""

Path = tuple[str | int, ...]
"""Where a value sits: ``("references", 3, "title")``."""

# PyYAML's wheels carry libyaml for every platform in the lock; the pure parser is the same, only slower.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULLS = {"", "~", "null", "Null", "NULL"}
# Word and web pages bring these along. No eye sees them, they keep words from being found, and YAML counts some as
# line ends where editors do not.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff"
    "\ue000-\uf8ff\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)
_CURLY = re.compile("[“„‘][^“”„‘]*[”’“]")
# Bullets of Word's symbol fonts, and what stands where another program could not read a letter.
_UNSHOWN = {"\ufffd", *map(chr, range(0xE000, 0xF900))}


@dataclass
class Document:
    """What was read, and where each part of it stands.

    Attributes:
        data: mappings, lists, text and None, nothing else.
        values: the place at which each value begins.
        keys: the place of each mapping's key.
    """

    data: Any = None
    values: dict[Path, Place] = field(default_factory=dict)
    keys: dict[Path, Place] = field(default_factory=dict)

    def place(self, path: Path, *, key: bool = False) -> Place:
        """The place of a value (or of its key), or of the nearest thing that holds it."""
        if key and path in self.keys:
            return self.keys[path]
        while path not in self.values and path:
            path = path[:-1]
        return self.values.get(path, (1, 1))


def decode(source: bytes, path: str) -> tuple[str | None, list[Fault]]:
    """The text of a file, or the faults that keep it from being read.

    Line ends come out as single line feeds and a byte order mark is dropped, as MkDocs does.
    """
    if len(source) > MAX_BYTES:
        message = f"The file has {len(source):,} bytes; at most {MAX_BYTES:,} are read."
        return None, [Fault(path, 1, 1, "KB105", message, "Split it.")]
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # What the error counts in begins after the byte order mark.
        before = error.object[: error.start].decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
        line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
        message = "The file is not UTF-8 text from here on."
        remedy = "Save it again as UTF-8 (in Word or Notepad: 'Save as', encoding UTF-8)."
        return None, [Fault(path, line, column, "KB101", message, remedy)]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:  # it is no text at all, and each further sign would only say so again
        line, column = (
            text.count("\n", 0, text.index("\0")) + 1,
            text.index("\0") - text.rfind("\n", 0, text.index("\0")),
        )
        remedy = "Delete it; or, if the file comes out of another program, save it again as UTF-8 text."
        return None, [Fault(path, line, column, "KB101", "There is a sign here that no text has (U+0000).", remedy)]
    faults = []
    for hit in _INVISIBLE.finditer(text):
        line, column = text.count("\n", 0, hit.start()) + 1, hit.start() - (text.rfind("\n", 0, hit.start()))
        kind = "a sign that no screen can show" if hit.group() in _UNSHOWN else "an invisible control character"
        message = f"There is {kind} here (U+{ord(hit.group()):04X})."
        faults.append(Fault(path, line, column, "KB101", message, "Delete it, and type the text around it again."))
        if len(faults) == 20:
            break
    return (None, faults) if faults else (text, [])


def read(text: str, path: str, first_line: int = 1) -> tuple[Document | None, list[Fault]]:
    """Reads one YAML document.

    Args:
        text: the document, already decoded.
        path: the file's name, for faults.
        first_line: the line of the file on which the text begins (front matter begins on line 2).

    Returns:
        The document, or None when it cannot be read to its end; and every fault found on the way.
    """
    builder = _Builder(path, first_line)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
            if builder.stopped:
                return None, builder.faults
    except yaml.YAMLError as error:
        builder.faults.append(syntax_fault(error, path, first_line, text, builder.quoted))
        return None, builder.faults
    return builder.document, builder.faults


class _Builder:
    """Puts a document together from the parser's events, and keeps the place of each part."""

    def __init__(self, path: str, first_line: int) -> None:
        self.path = path
        self.first_line = first_line
        self.faults: list[Fault] = []
        self.document = Document()
        self.stopped = False
        # The last event, if it was text in quotation marks: its place, and the line on which it ends.
        self.quoted: tuple[Place, int] | None = None
        self._documents = 0
        # What is open: the container, its path, and for a mapping the key whose value comes next.
        self._open: list[tuple[dict[str, Any] | list[Any], Path]] = []
        self._key: list[tuple[str, Place, bool] | None] = []
        self._begun_anew: set[int] = set()

    def take(self, event: yaml.Event) -> None:
        self.quoted = None
        if isinstance(event, yaml.ScalarEvent):  # first, since nearly all are
            self._take_scalar(event)
        elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            self._refuse_anchor_and_tag(event)
            container: dict[str, Any] | list[Any] = {} if isinstance(event, yaml.MappingStartEvent) else []
            path = self._value(container, event)
            self._open.append((container, path))
            self._key.append(None)
            if len(self._open) > MAX_DEPTH:
                message = f"Lists and mappings are nested more than {MAX_DEPTH} deep here."
                self._fault(event, "KB105", message, "Check the indentation and the brackets.")
                self.stopped = True
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            self._open.pop()
            self._key.pop()
        elif isinstance(event, yaml.AliasEvent):
            message = f"'*{event.anchor}' refers to another part of the file."
            remedy = "Write the value out; or, if it is text that begins with *, put it in quotes."
            self._fault(event, "KB104", message, remedy)
            self._value(None, event)
        elif isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                self._fault(event, "KB104", "A second document begins here.", "Take the line '---' out.")
                self.stopped = True

    def _take_scalar(self, event: yaml.ScalarEvent) -> None:
        self._refuse_anchor_and_tag(event)
        if event.style in ("'", '"') and event.end_mark is not None:
            self.quoted = self._place(event), event.end_mark.line + self.first_line
        hidden = _INVISIBLE.search(event.value) if event.style == '"' else None
        if hidden:
            message = f"A backslash makes an invisible control character here (U+{ord(hidden.group()):04X})."
            self._fault(event, "KB101", message, "Use single quotes.")
        if event.style in (None, "") and _CURLY.fullmatch(event.value):
            message = "The quotation marks around this are curly, so that they would show."
            self._fault(event, "KB113", message, "Type straight ones, or none.")
        plain_null = event.style in (None, "") and event.value in _NULLS
        self._value(None if plain_null else event.value, event)

    def _value(self, value: Any, event: yaml.Event) -> Path:
        """Puts a value (or a key) where it belongs, and answers its path."""
        place = self._place(event)
        if not self._open:
            self.document.data = value
            self.document.values[()] = place
            return ()
        container, path = self._open[-1]
        if isinstance(container, list):
            path = (*path, len(container))
            container.append(value)
        elif self._key[-1] is None:
            return self._take_key(value, event, container, path)
        else:
            key, key_place, wanted = self._key[-1]
            self._key[-1] = None
            path = (*path, key)
            if not wanted:
                return path
            container[key] = value
            self.document.keys[path] = key_place
        self.document.values[path] = place
        return path

    def _take_key(self, value: Any, event: yaml.Event, container: dict[str, Any], path: Path) -> Path:
        if isinstance(value, (dict, list)):
            self._fault(event, "KB102", "A key has to be a word.", "Put quotes around text in brackets or braces.")
            self.stopped = True
            return path
        key = "" if value is None else str(value)
        if key in container and id(container) not in self._begun_anew:
            first = self.document.keys[(*path, key)][0]
            message = f"The key '{key}' stands here a second time (first on line {first})."
            remedy = "Keep one of the two."
            if path and isinstance(path[-1], int) and key == next(iter(container)):
                # All the keys that follow would stand twice as well, and be told one by one.
                self._begun_anew.add(id(container))
                remedy = "Keep one of the two; or, if a new item begins here, write '- ' before it."
            self._fault(event, "KB103", message, remedy)
        self._key[-1] = (key, self._place(event), key not in container)
        return path

    def _refuse_anchor_and_tag(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.anchor:
            message = f"'&{event.anchor}' names this value for use elsewhere."
            remedy = "Take it out; or, if it is text that begins with &, put it in quotes."
            self._fault(event, "KB104", message, remedy)
        if event.tag is not None and event.tag != "!":
            written = event.tag.replace("tag:yaml.org,2002:", "!!", 1)
            message = f"'{written}' gives this value a type of its own."
            remedy = "Take it out; or, if it is text that begins with !, put it in quotes."
            self._fault(event, "KB104", message, remedy)

    def _place(self, event: yaml.Event) -> Place:
        mark = event.start_mark
        return (mark.line + self.first_line, mark.column + 1) if mark is not None else (self.first_line, 1)

    def _fault(self, event: yaml.Event, code: str, message: str, remedy: str) -> None:
        self.faults.append(Fault(self.path, *self._place(event), code, message, remedy))


# What libyaml says, and what an author should read instead. The first that is found in its words counts.
_ESCAPE = ("A backslash in double quotes means something else here.", "Use single quotes.")
_PLAIN_WORDS = [
    ("escape character", *_ESCAPE),
    ("escape code", *_ESCAPE),
    ("hexdecimal number", *_ESCAPE),
    (
        "quoted scalar",
        "A quotation mark is opened here and not closed.",
        "Close it; write an apostrophe inside single quotes twice ('it''s').",
    ),
    (
        "mapping values are not allowed",
        "There is a colon here where a value already stands.",
        "Put text that holds ': ' in quotes; or check the indentation of this line and the one above.",
    ),
    (
        "found character that cannot start any token",
        "A value cannot begin with this character, or the line is indented with a tab.",
        "Indent with spaces; put text that begins with @, %, ` or a tab in quotes.",
    ),
    (
        "could not find expected ':'",
        "A key without its colon, or text that is not indented, stands here.",
        "Write 'key: value', with a space after the colon.",
    ),
    (
        "scanning an alias",
        "A value cannot begin with *.",
        "Put the text in quotes.",
    ),
    ("scanning an anchor", "A value cannot begin with &.", "Put the text in quotes."),
    (
        "flow sequence",
        "A square bracket is opened and not closed.",
        "Close it with ]; put commas between the values.",
    ),
    ("flow mapping", "A brace is opened and not closed.", "Close it with }; put commas between the values."),
    (
        "did not find expected '-' indicator",
        "This line is not indented like the list that it belongs to.",
        "Begin each item of the list with '- ' in the same column, and line up the keys of an item.",
    ),
    (
        "did not find expected key",
        "This line is not indented like its neighbours, or a quotation mark above it ends too early.",
        "Line it up with the keys above; put the value above in quotes if it holds quotation marks.",
    ),
    (
        "block scalar",
        "The text after | or > is not indented as it should be.",
        "Indent every line of it by two spaces more than its key.",
    ),
]


_CONFLICT = re.compile(r"^(?:<{7}|>{7})(?: .*)?$", re.MULTILINE)


def syntax_fault(
    error: yaml.YAMLError,
    path: str,
    first_line: int,
    text: str,
    quoted: tuple[Place, int] | None = None,
) -> Fault:
    """What the parser stumbled over, in plain words and at its place."""
    conflict = _CONFLICT.search(text)
    if conflict:
        message = f"'{conflict.group()[:7]}' is a mark of two versions that were not brought together."
        remedy = "Keep one of them, and take out the lines that begin with <<<<<<<, ======= and >>>>>>>."
        return Fault(path, text.count("\n", 0, conflict.start()) + first_line, 1, "KB102", message, remedy)
    said = f"{getattr(error, 'context', '') or ''}; {getattr(error, 'problem', '') or error}"
    opened_before = any(word in said for word in ("quoted scalar", "flow sequence", "flow mapping", "scanning an a"))
    opened_before = opened_before and not any(word in said for word in ("escape", "hexdecimal"))
    opened_before = opened_before or "could not find expected ':'" in said
    mark = getattr(error, "problem_mark", None)
    if quoted is not None and mark is not None and "did not find expected" in said:
        place, end = quoted
        if end == mark.line + first_line:
            message = f"The text in quotation marks that begins here ends on line {end}, and something follows it."
            remedy = "Close it where it should end; write an apostrophe inside single quotes twice ('it''s')."
            return Fault(path, *place, "KB102", message, remedy)
    if opened_before and getattr(error, "context_mark", None) is not None:
        mark = error.context_mark  # type: ignore[attr-defined]
    line, column = (mark.line, mark.column + 1) if mark is not None else (0, 1)
    # At the end of the text the parser points behind the last line.
    line = min(line, max(0, text.count("\n") - text.endswith("\n")))
    for words, message, remedy in _PLAIN_WORDS:
        if words in said:
            return Fault(path, line + first_line, column, "KB102", message, remedy)
    message = "The YAML cannot be read from here on."
    remedy = "Compare this line and the one above it with a good neighbour: indentation, colon, quotes."
    return Fault(path, line + first_line, column, "KB102", message, remedy)
