"""Kept conversions: a build that uses them gives the same bytes as one that does not, whatever was edited between."""

from __future__ import annotations

import datetime
import json
import os
import random
import shutil
import subprocess
import sys

import pytest

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
    return {path: path.stat().st_mtime_ns for path in (root / ".cache/pages/folders").rglob("*.json")}


def test_only_changed_pages_and_those_that_show_them_are_converted_again(project):
    build(project)
    before = kept(project)
    assert len(before) == len(list((project / "docs").rglob("*.md")))
    edit(project, NOTES, "title: Notes of ALS 1", "title: Notes of the first")
    build(project)
    again = {path.name for path, when in kept(project).items() if before.get(path) != when}
    assert "als-1-north.md.json" in again
    assert "als-1.md.json" in again  # its facts strip names the notes
    assert "axe.md.json" not in again
    warm = digest(project / "site")
    assert "Notes of the first" in (project / "site/sessions/als-1/index.html").read_text(encoding="utf-8")
    build(project, keep=False)
    assert digest(project / "site") == warm


@pytest.mark.slow
def test_what_is_damaged_is_made_again(project):
    build(project)
    whole = digest(project / "site")
    for number, path in enumerate(sorted(kept(project))):
        content = path.read_bytes()
        damaged = (b"", b"[]", content[:200], content.replace(b"<p>", b"<q>", 1), b"\xff" + content)
        path.write_bytes(damaged[number % 5])
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
    build(project)
    (project / "docs/about/map.md").unlink()
    said = build(project, strict=False)
    assert "about/map.md" in said
    assert not (project / ".cache/pages/folders/about/map.md.json").exists()


def test_nothing_of_a_withdrawn_page_is_kept(project):
    edit(project, NOTES, "Mud.", "A word that must go: xylophone.")
    build(project)
    holding = [path for path in kept(project) if b"xylophone" in path.read_bytes()]
    assert holding
    withdraw.withdraw(project, "notes/2020-21/als-1-north.md", datetime.date(2021, 6, 1))
    assert [
        path for path in (project / ".cache").rglob("*") if path.is_file() and b"xylophone" in path.read_bytes()
    ] == []


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
