"""Pages as a reader gets them: their macros drawn, and converted by Markdown as MkDocs does it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import markdown
import pytest
import yaml
from lxml import html

from knowledge_base import catalogue
from knowledge_base.render import drawing
from knowledge_base.render.text import Desk


class Shown:
    """A converted piece of a page: its tree, its words, its tables."""

    def __init__(self, source: str, root: Path) -> None:
        names, configs = _extensions(root)
        self.html = markdown.markdown(source, extensions=names, extension_configs=configs)
        self.tree = html.fragment_fromstring(self.html, create_parent="div")
        for mark in self.tree.find_class("headerlink"):
            mark.drop_tree()

    @property
    def text(self) -> str:
        """What stands there, tooltips of citations left out."""
        copy = html.fromstring(html.tostring(self.tree))
        for tip in copy.find_class("kb-cite__full"):
            tip.drop_tree()
        return words(copy)

    @property
    def tags(self) -> list[str]:
        return [node.tag for node in self.tree.iter()]

    @property
    def links(self) -> list[tuple[str, str]]:
        """Every link: its words and where it leads."""
        return [(words(node), node.get("href")) for node in self.tree.iter("a")]

    @property
    def tables(self) -> dict[str, list[list[str]]]:
        """By caption, the rows of each table's body."""
        return {
            words(table.find("caption")): [[words(cell) for cell in row] for row in table.iterfind("tbody/tr")]
            for table in self.tree.iter("table")
        }

    def of_class(self, name: str) -> list[str]:
        return [words(node) for node in self.tree.find_class(name)]


def words(node: html.HtmlElement) -> str:
    return " ".join(node.text_content().split())


def _extensions(root: Path) -> tuple[list[str], dict[str, dict[str, object]]]:
    listed = yaml.safe_load((root / "mkdocs.yml").read_text(encoding="utf-8"))["markdown_extensions"]
    configs = {name: options for entry in listed if isinstance(entry, dict) for name, options in entry.items()}
    return [next(iter(entry)) if isinstance(entry, dict) else entry for entry in listed], configs


@pytest.fixture
def shown(fake: Path) -> Callable[[str], Shown]:
    """A page of the fake project, by its path below docs/."""

    def convert(path: str) -> Shown:
        whole = catalogue.build(fake)
        return Shown(drawing.body(Desk(whole, whole.pages[path])), fake)

    return convert


@pytest.fixture
def desk(fake: Path) -> Callable[..., Desk]:
    """The desk of a page of the fake project."""

    def sit_down(path: str = "index.md") -> Desk:
        whole = catalogue.build(fake)
        return Desk(whole, whole.pages[path])

    return sit_down


@pytest.fixture
def change(fake: Path) -> Callable[[str, str, str], None]:
    """Replaces text in a file of the fake project."""

    def replace(path: str, old: str, new: str) -> None:
        text = (fake / path).read_text(encoding="utf-8")
        assert old in text, f"{old!r} does not stand in {path}"
        (fake / path).write_text(text.replace(old, new), encoding="utf-8")

    return replace


@pytest.fixture
def another(fake):
    """Adds notes beside those there: their path, what differs in their front matter, what more they say."""
    text = (fake / "docs/notes/2020-21/als-1-north.md").read_text(encoding="utf-8")

    def add(path, more="", **changes):
        notes = text + more
        for key, value in changes.items():
            before = next((line for line in text.split("\n") if line.startswith(f"{key}:")), None)
            assert before is not None
            notes = notes.replace(f"{before}\n", f"{key}: {value}\n" if value else "")
        file = fake / "docs/notes" / path
        file.parent.mkdir(exist_ok=True)
        file.write_text(notes, encoding="utf-8")

    return add
