"""The theme's faults that are mended: each is still there to be mended, and gone from the built site."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import html

import mends
from tests.built import Built
from tests.conftest import ROOT

# A page of the theme as it comes, with what the mends look for.
THEMES = """<div class="md-search" data-md-component="search" role="dialog"><input autocorrect="off">
<div class="md-search__scrollwrap" tabindex="0" data-md-scrollfix>
<div class="md-search-result__meta"></div></div></div>
<nav class="md-path" aria-label="Navigation"></nav>
<nav class="md-nav" data-md-level="1" aria-labelledby="__nav_2_label" aria-expanded="true">
<label class="md-nav__title" for="__nav_2" tabindex="">
 <span class="md-nav__icon md-icon"></span>
 Sessions
</label></nav><label class="md-nav__title" for="__toc">Contents</label>
<script src="assets/javascripts/bundle.a5f9d56c.min.js"></script>"""


@pytest.mark.parametrize("reason", mends.MENDS)
def test_each_mend_finds_what_it_is_for(reason: str) -> None:
    wrong, mended = mends.MENDS[reason]
    assert wrong in THEMES
    assert wrong not in THEMES.replace(wrong, mended)


def test_a_mended_page_has_names_and_no_loose_label() -> None:
    tree = html.fromstring(mends.on_post_page(THEMES))
    assert tree.xpath("//@aria-label") == ["Search this site", "You are here", "Sessions"]
    assert tree.xpath("//label/@for") == ["__nav_2"]


def test_other_files_than_pages_are_left_alone() -> None:
    assert mends.on_post_template(THEMES, template_name="sitemap.xml") == THEMES


@pytest.mark.parametrize(
    "path", ["index.html", "sessions/als-3/index.html", "research/evidence/climate/index.html", "404.html"]
)
def test_nothing_is_left_to_mend_on_the_site(site: Path, path: str) -> None:
    page = (site / path).read_text(encoding="utf-8")
    assert not [wrong for wrong, _ in mends.MENDS.values() if wrong in page]
    assert not mends.MENU.search(page)


@pytest.fixture(scope="module")
def unmended(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Pages in sections, as the theme makes them by the site's own settings for it."""
    root = tmp_path_factory.mktemp("theme")
    for page in ("index.md", "a/index.md", "a/b/index.md", "a/b/c.md"):
        (root / "docs" / page).parent.mkdir(parents=True, exist_ok=True)
        (root / "docs" / page).write_text(f"# {page}\n\n## Part\n\nWords.\n", encoding="utf-8")
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    features = re.search(r"  features:\n(?:    .*\n)+", settings)
    assert features
    config = f"site_name: T\ntheme:\n  name: material\n  font: false\n{features[0]}plugins: [search]\n"
    (root / "mkdocs.yml").write_text(config, encoding="utf-8")
    subprocess.run([sys.executable, "-m", "mkdocs", "build", "-q"], cwd=root, check=True, capture_output=True)
    return "".join(path.read_text(encoding="utf-8") for path in sorted((root / "site").rglob("*.html")))


@pytest.mark.parametrize("reason", mends.MENDS)
def test_the_theme_still_needs_each_mend(unmended: str, reason: str) -> None:
    """A new version of the theme may have mended it itself: then the mend can go."""
    assert mends.MENDS[reason][0] in unmended


def test_the_theme_still_names_its_menus_by_an_icon(unmended: str) -> None:
    assert mends.MENU.search(unmended)


def test_names_are_there_on_the_site(built: Built) -> None:
    mended = html.tostring(built["research/evidence/climate/"].tree, encoding="unicode")
    assert 'aria-label="Search this site"' in mended
    assert 'aria-label="You are here"' in mended
    assert 'data-md-level="2" aria-label="Evidence base"' in mended
