"""What pages load: scripts and style sheets in files of their own, as few as their order allows, named by content.

The policy under which the site is served allows no script in a page, so those that the theme writes there move into
files. What stands side by side and loads alike is joined, the style sheet loses what no page can match, and pages
lose their indents. A digest in each name lets a browser keep a file for ever. Addresses stay relative, so that the
site works under any path.

The style of what few pages have is a sheet of its own, called as the class of that: `kb-form.css` is loaded by pages
with an element of the class `kb-form`, and by no others. That of what is found lies with the index of the search, and
is fetched when a reader turns to it.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rjsmin import jsmin

from knowledge_base.publish import stylesheet
from knowledge_base.publish.full_text import RESULTS
from knowledge_base.publish.inspect import Finding

KNOWN = {
    "7b1a915eb5bfd256a22260ab4c4f1aef4bf1cb2635d05255229a72b4b7ff75b6": ("scope", True),
    "d74bb3b582599bb38b62d1eb15a60a0af4ce0147e3335efe0a811693984b71ce": ("tabs", True),
    "ffcc0f7735fdab434d257c80e65cec2e88d716991e69757185b7e450e41a5b2f": ("hash", True),
}
"""The scripts that Material 9.8.1 writes into pages, by the SHA-256 of their text.

Each has a name, and whether it may wait for the script after it. An unknown one fails the build: somebody has to read
what a new version of the theme does before it is published.
"""

UNUSED = ("assets/javascripts/lunr", "**/*.map")
"""What the theme brings and no page asks for: stemmers of other languages, and maps for those who develop it."""

_TAG = re.compile(
    r"<script(?P<script>[^>]*)>(?P<text>.*?)</script>|<link(?P<link>\s[^>]*\brel=[\"']?stylesheet\b[^>]*)>", re.DOTALL
)
_ATTRIBUTE = re.compile(r"([\w-]+)(?:=(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
_MAP = re.compile(r"\s*(?://[#@] sourceMappingURL=\S+|/\*[#@] sourceMappingURL=[^*]*\*/)\s*$")
_AS_WRITTEN = re.compile(r"(<pre\b.*?</pre>|<textarea\b.*?</textarea>)", re.DOTALL)
_LINE_END = re.compile(r"\s*\n\s*", re.ASCII)
_LONG = 50_000
"""Characters of a script that ends its group: what is one file runs in one go, and holds a phone up as long."""
_TAGS = {
    "css": '<link rel="stylesheet" href="{}">',
    "part": '<link rel="stylesheet" href="{}">',
    "js": '<script src="{}"></script>',
    "defer": '<script src="{}" defer></script>',
}
"""By how a file loads: a style sheet, one of what few pages have, a script at once, one when the page is there."""
_OF_PART = "kb-"
"""How the names of such sheets begin."""
_OF_RESULTS = re.compile(r"\.md-search-result(?!__meta)|\.kb-narrow")
"""Rules for what a search has found. Pages keep those for the line that stands above it before that."""


@dataclass(frozen=True)
class _Part:
    """A script or a style sheet of a page: what it is called, how it loads, its text, and its tag's place."""

    name: str
    kind: str
    content: str
    start: int
    end: int
    waits: bool = False


def gather(site: Path, mount: str = "/") -> list[Finding]:
    """Moves what pages load into files named by content, and takes out what no page asks for.

    Args:
        site: the folder of the built site; its pages are written again.
        mount: the path under which it will be served; only the 404 page knows it.

    Returns:
        Scripts in pages that nobody has looked at yet, and style sheets that cannot be joined.
    """
    for pattern in UNUSED:
        for unused in list(site.glob(pattern)):
            shutil.rmtree(unused) if unused.is_dir() else unused.unlink()
    gathering = _Gathering(site, mount)
    for path in sorted(site.rglob("*.html")):
        gathering.page(path)
    for gathered in gathering.contents:
        gathered.unlink()
    return gathering.found


class _Gathering:
    """What is kept from page to page.

    Attributes:
        contents: of each file that pages load.
        found: what is wrong.
    """

    def __init__(self, site: Path, mount: str) -> None:
        self._site, self._mount = site, mount
        self._used = stylesheet.used(site)
        self._of_parts = "".join(_content(sheet) for sheet in sorted(site.glob(f"assets/{_OF_PART}*.css")))
        self._written: dict[tuple[str, ...], str] = {}
        self.contents: dict[Path, str] = {}
        self.found: list[Finding] = []

    def page(self, path: Path) -> None:
        """Writes a page again, with what it loads in files."""
        where = path.relative_to(self._site).as_posix()
        text = path.read_text(encoding="utf-8")
        parts = list(self._parts(where, text))
        wanted = [part for part in parts if part.kind != "part" or _has(text, part.name)]
        groups = list(_groups(text, wanted))
        to, pieces = 0, [(part.start, part.end, "") for part in parts if part not in wanted]
        if sum(group[0].kind == "css" for group in groups) > 1:
            # Each is pruned as if it were all that a page loads, and one may ask for variables of the other.
            self.found.append(
                Finding(where, "Something stands between two style sheets, so that they cannot be one.")
            )
        for group in groups:
            tag = _TAGS[group[-1].kind].format(self._address(where, self._file_of(group)))
            for part in group:
                pieces += [(part.start, part.end, tag if part is group[-1] else "")]
        written = []
        for start, end, tag in sorted(pieces):
            written += [text[to:start], tag]
            to = end
        path.write_text(_squeezed("".join([*written, text[to:]])), encoding="utf-8", newline="\n")

    def _parts(self, where: str, text: str) -> Iterator[_Part]:
        for tag in _TAG.finditer(text):
            attributes = {name: "".join(values) for name, *values in _ATTRIBUTE.findall(tag["link"] or tag["script"])}
            address = attributes.get("href" if tag["link"] else "src")
            if attributes.get("type") == "application/json" or "media" in attributes:
                continue  # data, which nothing runs; and what loads only at times
            if address is None:
                name, waits = self._known(where, tag["text"])
                yield _Part(name, "js", tag["text"], *tag.span(), waits)
            elif file := self._file(where, address):
                sheet = "part" if file.name.startswith(_OF_PART) else "css"
                kind = sheet if tag["link"] else "defer" if "defer" in attributes else "js"
                if file not in self.contents:
                    self.contents[file] = _content(file)
                # Without the theme's own digest: main.57a0d79d.min.css is main.
                yield _Part(file.name.partition(".")[0], kind, self.contents[file], *tag.span())

    def _known(self, where: str, script: str) -> tuple[str, bool]:
        digest = hashlib.sha256(script.encode()).hexdigest()
        if digest not in KNOWN:
            message = f"Nobody has looked at this script of the theme yet: '{script.strip()[:60]}'."
            self.found.append(Finding(where, message))
        return KNOWN.get(digest, ("unknown", False))

    def _file(self, where: str, address: str) -> Path | None:
        """The file at an address; None where there is none, of which `inspect` tells."""
        inside = posixpath.normpath(posixpath.join(posixpath.dirname(where), address))
        file = self._site / (address.removeprefix(self._mount) if address.startswith("/") else inside)
        return file if file.is_file() else None

    def _file_of(self, group: list[_Part]) -> str:
        """The published path of what a group was joined to."""
        parts = tuple(part.content for part in group)
        if parts not in self._written:
            kind = "css" if group[-1].kind in {"css", "part"} else "js"
            if group[-1].kind == "part":
                joined = stylesheet.pruned("\n".join(parts), self._used)
            else:
                joined = self._sheet("\n".join(parts)) if kind == "css" else "\n;".join(parts)
            name = "-".join(part.name for part in group)
            self._written[parts] = f"assets/{name}.{hashlib.sha256(joined.encode()).hexdigest()[:8]}.{kind}"
            (self._site / "assets").mkdir(exist_ok=True)
            (self._site / self._written[parts]).write_text(joined, encoding="utf-8", newline="\n")
        return self._written[parts]

    def _sheet(self, text: str) -> str:
        """What all pages load of their style sheet; what is for results goes where the search fetches it."""
        apart = self._site / RESULTS
        if not apart.is_file():
            return stylesheet.pruned(text, self._used, self._of_parts)
        results = stylesheet.pruned(text, self._used, wanted=lambda selector: bool(_OF_RESULTS.search(selector)))
        if results:
            apart.write_text(results, encoding="utf-8", newline="\n")
        rest = self._of_parts + results
        return stylesheet.pruned(text, self._used, rest, wanted=lambda selector: not _OF_RESULTS.search(selector))

    def _address(self, where: str, file: str) -> str:
        # The server answers any wrong address with this page, so nothing can be relative to where it stands.
        if where == "404.html":
            return f"{self._mount}{file}"
        return posixpath.relpath(file, posixpath.dirname(where) or ".")


def _has(page: str, name: str) -> bool:
    """Whether a page has an element of a class."""
    return re.search(rf'\sclass="(?:[^"]* )?{re.escape(name)}[" ]', page) is not None


def _content(file: Path) -> str:
    """What a file says to a browser: ours without the words for those who change it, a third of it as it travels."""
    content = _MAP.sub("", file.read_text(encoding="utf-8"))
    return str(jsmin(content)) if file.suffix == ".js" and ".min." not in file.name else content


def _squeezed(page: str) -> str:
    """A page without the indents and empty lines that templates leave: 600 bytes of it as it travels.

    A browser draws the same, since each line end stays as the one space that it is; and in what is drawn as it is
    written, everything stays. A space stays as well: axe takes a line end alone for no space between two words.
    """
    parts = _AS_WRITTEN.split(page)
    parts[::2] = [_LINE_END.sub("\n ", part) for part in parts[::2]]
    return "".join(parts)


def _groups(text: str, parts: list[_Part]) -> Iterator[list[_Part]]:
    """What becomes one file each: neighbours that load alike, and before them the scripts that could wait."""
    waiting: list[_Part] = []
    group: list[_Part] = []
    for part in parts:
        if part.waits:
            waiting.append(part)
            continue
        beside = (
            group
            and group[-1].kind == part.kind != "part"
            and not (part.kind == "defer" and len(group[-1].content) > _LONG)
            and not text[group[-1].end : part.start].strip()
        )
        if group and not beside:
            yield group
            group = []
        if part.kind != "css":
            group += waiting
            waiting = []
        group.append(part)
    yield from (left for left in (group, waiting) if left)
