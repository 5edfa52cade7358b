"""The navigation, drawn once for each section: each page has the same as the theme draws for it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys

import pytest

from benchmarks import programme
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
