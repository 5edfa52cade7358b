"""The navigation, drawn once for each section: each page has the same as the theme draws for it."""

from __future__ import annotations

import datetime
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import html

from benchmarks import programme
from knowledge_base.authoring import withdraw
from tests.conftest import ROOT

pytestmark = pytest.mark.slow


def build(root, addresses):
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", "site"]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "KEEP_PAGES": "false"}
    config = (root / "mkdocs.yml").read_text(encoding="utf-8")
    (root / "mkdocs.yml").write_text(f"{config}\nuse_directory_urls: {addresses}\n", encoding="utf-8")
    ran = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    pages = (root / "site").rglob("*.html")
    return {path.relative_to(root / "site"): path.read_text(encoding="utf-8") for path in pages}


def without_the_hook(root):
    text = (root / "mkdocs.yml").read_text(encoding="utf-8")
    assert "  - navigation.py\n" in text
    (root / "mkdocs.yml").write_text(text.replace("  - navigation.py\n", ""), encoding="utf-8")


def words(page):
    """A page without the difference that the hook means to make: empty lines."""
    return re.sub(r"\s*\n\s*", "\n", page)


def same(first, second):
    assert first.keys() == second.keys()
    assert [str(path) for path in first if words(first[path]) != words(second[path])] == []


@pytest.mark.parametrize("addresses", ["true", "false"])
def test_pages_of_a_programme_are_as_the_theme_makes_them(tmp_path, addresses):
    programme.make(tmp_path / "ours", 40)
    shutil.copytree(tmp_path / "ours", tmp_path / "theirs")
    without_the_hook(tmp_path / "theirs")
    ours = build(tmp_path / "ours", addresses)
    same(ours, build(tmp_path / "theirs", addresses))
    # It did its work: the theme's empty lines are gone.
    page = next(text for path, text in ours.items() if "als-2" in str(path))
    menu = page[page.index('<nav class="md-nav md-nav--primary') : page.index("</nav>")]
    assert not re.search(r"\n\s*\n", menu)


def test_long_section_of_notes_is_divided_by_session(tmp_path):
    programme.make(tmp_path / "ours", 200)
    withdraw.withdraw(tmp_path / "ours", "notes/2020-21/als-2-set-2.md", datetime.date(2026, 1, 5))
    page = build(tmp_path / "ours", "true")[Path("notes/2020-21/als-2-set-3/index.html")]
    sections = html.fromstring(page).xpath("//nav[@data-md-level='2']/ul/li")
    addresses = [[link.get("href") for link in section.findall(".//a")] for section in sections]
    links = [[address for address in of_section if "#" not in address] for of_section in addresses]
    # Of the other sessions there is the way to one page; of its own all, and the order is that of before.
    assert links[:3] == [["../als-1-set-1/"], ["../als-2-set-1/", "../als-2-set-2/", "./"], ["../als-3-set-1/"]]
    assert len(links) == 9
    assert re.findall(r'<link rel="(?:prev|next)" href="(.*?)">', page) == ["../als-2-set-2/", "../als-3-set-1/"]


@pytest.mark.slow
def test_pages_of_the_real_site_are_as_the_theme_makes_them(tmp_path):
    for name in ("ours", "theirs"):
        (tmp_path / name).mkdir()
        for part in (*programme.CODE, "docs", "data"):
            source = ROOT / part
            copy = shutil.copytree if source.is_dir() else shutil.copy
            copy(source, tmp_path / name / part)
    without_the_hook(tmp_path / "theirs")
    same(build(tmp_path / "ours", "true"), build(tmp_path / "theirs", "true"))
