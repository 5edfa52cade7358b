"""Kept conversions: a build that uses them gives the same bytes as one that does not, whatever was edited between."""

from __future__ import annotations

import datetime
import json
import os
import random
import shutil
import subprocess
import sys
import zlib

import pytest

import kept as hook
from benchmarks import programme
from knowledge_base.authoring import withdraw
from knowledge_base.publish.switch import digest
from tests.conftest import FAKE, ROOT

CONFIG = """
theme: mkdocs
extra: {keep_pages: !ENV [KEEP_PAGES, true]}
hooks: [kept.py]
plugins:
  - search
  - macros: {module_name: macros, on_error_fail: true, on_undefined: strict}
"""
MARK = "Taken from what was kept."
NOTES = "docs/notes/2020-21/als-1-north.md"


@pytest.fixture
def project(tmp_path):
    """The fake project, ready for MkDocs with kept pages."""
    root = tmp_path / "fake"
    shutil.copytree(FAKE, root)
    for name in ("macros.py", "kept.py"):
        shutil.copy(ROOT / name, root)
    with (root / "mkdocs.yml").open("a", encoding="utf-8") as config:
        config.write(CONFIG)
    return root


def build(root, keep=True, strict=True):
    """Builds, and answers what MkDocs says; the site's digest is asked for apart."""
    environment = {**os.environ, "PYTHONUTF8": "1", "NO_COLOR": "1", "KEEP_PAGES": str(keep).lower()}
    # The plain theme writes the second of the build into the home page.
    environment |= {"NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "1600000000"}
    command = [sys.executable, "-m", "mkdocs", "build", "--site-dir", "site", *(["--strict"] if strict else [])]
    ran = subprocess.run(
        command, cwd=root, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert ran.returncode == 0 or not strict, ran.stdout + ran.stderr
    return ran.stdout + ran.stderr


def edit(root, path, old, new):
    text = (root / path).read_text(encoding="utf-8")
    assert old in text
    (root / path).write_text(text.replace(old, new, 1), encoding="utf-8")


def kept(root):
    """What is kept of each page, by file."""
    return {path: list(hook._read(path).values()) for path in (root / ".cache/pages/folders").rglob("pages.kept")}


def mark(root):
    """Marks what is kept of each page, so that pages show whether they were converted again."""
    for path, conversions in kept(root).items():
        marked = []
        for one in conversions:
            content, entries = json.loads(zlib.decompress(one.body))
            body = zlib.compress(json.dumps([f"{content}<p>{MARK}</p>", entries]).encode())
            marked.append(one._replace(body=body))
        hook._write(path, marked)


def test_only_changed_pages_and_those_that_show_them_are_converted_again(project):
    build(project)
    assert sum(map(len, kept(project).values())) == len(list((project / "docs").rglob("*.md")))
    mark(project)
    edit(project, NOTES, "title: Notes of ALS 1", "title: Notes of the first")
    build(project)
    pages = {path.parent.name: path.read_text(encoding="utf-8") for path in (project / "site").rglob("*.html")}
    assert MARK in pages["axe"]
    assert MARK not in pages["als-1-north"]
    assert MARK not in pages["als-1"]  # its facts strip names the notes
    assert "Notes of the first" in pages["als-1"]


def test_what_was_kept_makes_the_same_site(project):
    build(project)
    edit(project, NOTES, "title: Notes of ALS 1", "title: Notes of the first")
    build(project)
    warm = digest(project / "site")
    build(project, keep=False)
    assert digest(project / "site") == warm


@pytest.mark.slow
def test_what_is_damaged_is_made_again(project):
    build(project)
    whole = digest(project / "site")
    for number, path in enumerate(sorted(kept(project))):
        content = path.read_bytes()
        middle = len(content) // 2
        changed = content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]
        path.write_bytes((b"", b"[]", content[:200], changed, b"\xff" + content, content[:-1])[number % 6])
    build(project)
    assert digest(project / "site") == whole


def test_one_setting_switches_it_off(project):
    build(project, keep=False)
    assert not (project / ".cache/pages").exists()


@pytest.mark.slow
def test_a_warning_comes_again_with_each_build(project):
    edit(project, NOTES, "Mud.", "Mud, and [a page](gone.md) that is not there.")
    for _ in range(2):
        assert "gone.md" in build(project, strict=False)


@pytest.mark.slow
def test_a_link_is_looked_up_again_when_its_page_has_gone(project):
    build(project)
    edit(project, "docs/index.md", "[the references](research/references.md)", "[the map](about/map.md)")
    shutil.copy(project / "docs/about/mistakes.md", project / "docs/about/map.md")
    with (project / "docs/about/map.md").open("a", encoding="utf-8") as page:
        page.write("\nThe whole map.\n")
    build(project)
    (project / "docs/about/map.md").unlink()
    said = build(project, strict=False)
    assert "about/map.md" in said
    assert not holding(project, "whole map")


def holding(root, words):
    """Files below the cache that hold some words, packed or not."""
    found = {path for path in (root / ".cache").rglob("*") if path.is_file() and words.encode() in path.read_bytes()}
    for path, conversions in kept(root).items():
        found |= {path for one in conversions if words.encode() in one.head + zlib.decompress(one.body)}
    return found


def test_nothing_of_a_withdrawn_page_is_kept(project):
    edit(project, NOTES, "Mud.", "A word that must go: xylophone.")
    build(project)
    assert holding(project, "xylophone")
    withdraw.withdraw(project, "notes/2020-21/als-1-north.md", datetime.date(2021, 6, 1))
    assert not holding(project, "xylophone")


_A_PREVIEW = """
from pathlib import Path
from mkdocs.commands.build import build
from mkdocs.config import load_config

def make():
    config = load_config("mkdocs.yml", site_dir="site")
    config.plugins.on_startup(command="build", dirty=False)
    build(config)

make()
code = Path("knowledge_base/markdown_terms.py")
text = code.read_text(encoding="utf-8")
assert "MOST = 12" in text
code.write_text(text.replace("MOST = 12", "MOST = 1"), encoding="utf-8")
page = Path("docs/notes/2020-21/als-1-set-1.md")
page.write_text(page.read_text(encoding="utf-8") + "A sentence more.\\n", encoding="utf-8")
make()
"""


@pytest.mark.slow
def test_code_that_is_changed_under_a_preview_leaves_nothing_wrong_to_a_build(tmp_path):
    root = tmp_path / "project"
    programme.make(root, 40)
    subprocess.run([sys.executable, "-c", _A_PREVIEW], cwd=root, capture_output=True, check=True)
    build(root)
    kept = digest(root / "site")
    build(root, keep=False)
    assert digest(root / "site") == kept


@pytest.mark.slow
def test_after_any_edit_the_site_is_the_same_as_built_cold(tmp_path):
    """With the real configuration and theme: texts, titles, terms, works, pages that come and go."""
    root = tmp_path / "project"
    programme.make(root, 45)
    choose = random.Random(7)  # noqa: S311
    build(root)
    for number in range(12):
        pages = sorted((root / "docs").rglob("als-*.md"))
        page = choose.choice(pages)
        text = page.read_text(encoding="utf-8")
        kind = ("text", "title", "term", "work", "gone", "new")[number % 6]
        if kind == "text":
            page.write_text(text.replace("## What was", f"Edited {number}.\n\n## What was", 1), encoding="utf-8")
        elif kind == "title":
            page.write_text(text.replace("title: ", f"title: Edited {number} ", 1), encoding="utf-8")
        elif kind in ("term", "work"):
            data, key = {"term": ("glossary.yml", "meaning: "), "work": ("references.yml", "title: ")}[kind]
            edit(root, f"data/{data}", key, f"{key}Edited {number} ")
        elif kind == "gone":
            choose.choice(sorted((root / "docs/notes").rglob("als-*.md"))).unlink()
        else:
            notes = choose.choice(sorted((root / "docs/notes").rglob("als-*-set-1.md")))
            added = notes.with_name(notes.name.replace("set-1", f"set-{number + 90}"))
            added.write_text(
                notes.read_text(encoding="utf-8").replace("set: set-1", f"set: set-{number + 90}"), "utf-8"
            )
        build(root)
        warm = digest(root / "site")
        index = json.loads((root / "site/search/search_index.json").read_text(encoding="utf-8"))
        assert index["docs"]
        build(root, keep=False)
        assert digest(root / "site") == warm, kind
