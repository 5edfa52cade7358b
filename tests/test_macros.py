"""The front desk inside MkDocs itself: a small site is built from the fake project with the real ``macros.py``."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from types import SimpleNamespace

import pytest

from knowledge_base import catalogue, check
from knowledge_base.faults import Fault
from tests.conftest import FAKE, ROOT

TOOL = "docs/toolkit/axe.md"
# What an attacker would do if a page could run code: leave a mark beside the pages.
RUN_CODE = "cycler.__init__.__globals__.os.system('echo owned > owned')"

CONFIG = """
theme: {name: material, font: false}
plugins:
  - macros: {module_name: macros, on_error_fail: true, on_undefined: strict}
  - search
"""


@pytest.fixture
def project(tmp_path):
    """The fake project, ready for MkDocs."""
    return made_ready(tmp_path / "fake")


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    """The fake project after one build."""
    root = made_ready(tmp_path_factory.mktemp("good") / "fake")
    code, said = build(root)
    assert code == 0, said
    return root


def made_ready(root):
    shutil.copytree(FAKE, root)
    shutil.copy(ROOT / "macros.py", root)
    with (root / "mkdocs.yml").open("a", encoding="utf-8") as config:
        config.write(CONFIG)
    return root


def build(root):
    """How a strict build ends, and all that it says."""
    ran = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict"],
        cwd=root,
        env={**os.environ, "PYTHONUTF8": "1", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return ran.returncode, ran.stdout + ran.stderr


def edit(root, path, old, new):
    text = (root / path).read_text(encoding="utf-8")
    assert old in text
    (root / path).write_text(text.replace(old, new, 1), encoding="utf-8")


def html(root, page):
    return (root / "site" / page / "index.html").read_text(encoding="utf-8")


def test_good_project_is_built_whole(good):
    pages = {path.relative_to(good / "site").parent.as_posix() for path in good.glob("site/**/index.html")}
    assert {".", "sessions/als-1", "notes/2020-21/als-1-north", "research/references"} <= pages
    assert all("{{" not in html(good, page) for page in pages)


def test_macros_are_drawn_with_links_that_fit_the_page(good):
    assert 'href="../../research/references/#ash-2001"' in html(good, "sessions/als-1")
    assert 'href="sessions/mentors-1/"' in html(good, ".")


def test_search_finds_a_page_by_its_summary_and_its_keywords(project):
    edit(project, TOOL, "added: true", "added: true\nsearch: {keywords: [felling-trees, hatchet]}")
    code, said = build(project)
    assert code == 0, said
    index = json.loads((project / "site/search/search_index.json").read_text(encoding="utf-8"))
    entries = {entry["location"]: entry for entry in index["docs"]}
    assert entries["toolkit/axe/"]["summary"] == "About The axe."
    assert entries["toolkit/axe/"]["keywords"] == "chopping down timber fell trees hatchet"
    assert "summary" in entries[""]
    assert not [at for at, entry in entries.items() if "#" in at and "summary" in entry]
    assert "hatchet" not in html(project, "toolkit/axe")


def test_front_matter_does_not_hide_the_macros_of_the_same_name(good):
    # Its front matter has `run_sheet` and `outcomes` as lists, and the page calls run_sheet().
    cells = re.findall(r"<td[^>]*>([^<]*)</td>", html(good, "sessions/mentors-1"))
    assert ["10:15", "60", "Walk"] in [cells[index : index + 3] for index in range(len(cells))]


def test_every_page_ends_with_its_review_and_the_pages_that_go_with_it(project):
    edit(project, TOOL, "added: true", "added: true\nrelated: [sessions/als-1.md]")
    code, said = build(project)
    assert code == 0, said
    for page in sorted((project / "site").glob("**/index.html")):
        assert page.read_text(encoding="utf-8").count("Last reviewed on 1 May 2021.") == 1, page
    assert 'href="../../sessions/als-1/">ALS 1: Trees' in html(project, "toolkit/axe")
    assert 'href="../../toolkit/axe/">The axe' in html(project, "sessions/als-1")
    assert "Related pages" not in html(project, "notes/2020-21/als-1-north")


@pytest.mark.parametrize(("path", "added"), [("toolkit/axe.md", True), ("sessions/als-1.md", False)])
def test_theme_is_told_whether_a_page_is_an_added_tool(monkeypatch, fake, path, added):
    monkeypatch.syspath_prepend(str(ROOT))
    import macros

    whole = catalogue.build(fake)
    body = whole.pages[path].source.body.strip()
    page = SimpleNamespace(file=SimpleNamespace(src_uri=path), url="here/", meta={"added": "false"}, title="Title")
    env = SimpleNamespace(
        page=page,
        variables={"page": SimpleNamespace()},
        conf={"mdx_configs": {}, "use_directory_urls": True},
        markdown=body,
    )
    env.knowledge_base_faults = []
    env.knowledge_base_desk, env.knowledge_base_addresses = macros._DeskOfPage(env, whole), {}
    env.knowledge_base_catalogue = whole
    macros.on_pre_page_macros(env)
    assert page.meta["added"] is added
    assert "{{" not in env.markdown  # all is drawn, and nothing left for the plugin to render
    assert "## Where this comes from" in env.markdown


def test_an_engine_that_asks_for_each_page_gets_macros_of_that_page(fake, monkeypatch):
    """Zensical does: its pages have a path and no file, and it calls no other function of macros.py."""
    monkeypatch.syspath_prepend(str(ROOT))
    import macros

    judged = []
    before = check.check_before_build
    monkeypatch.setattr(check, "check_before_build", lambda whole: judged.append(whole) or before(whole))
    drawn = {}
    for path in ("sessions/als-1.md", "toolkit/axe.md", "index.md"):
        env = SimpleNamespace(project_dir=str(fake), conf={"use_directory_urls": True, "extra": {}}, macros={})
        env.page = SimpleNamespace(path=path, meta={"added": "false", "sources": "hides the macro"})
        env.variables = {"page": SimpleNamespace(meta=env.page.meta)}
        env.macro = lambda macro, name, env=env: env.macros.update({name: macro})
        macros.define_env(env)
        drawn[path] = env.macros["sources"]()
        assert env.variables["page"].meta == {}
        assert env.page.meta["added"] is (path == "toolkit/axe.md")
        assert env.page.meta["minutes_to_read"] >= 1
        assert ("hide" in env.page.meta) is (path == "index.md")
    assert len(set(drawn.values())) > 1
    assert len(judged) == 1  # all pages are judged by the first


def test_attacks_have_no_effect_and_are_told_by_file_and_line(project):
    attacks = [
        f"{{{{ {RUN_CODE} }}}}",
        "{% for x in range(10**9) %}{{ x }}{% endfor %}",
        "{% include '../mkdocs.yml' %}",
        "{{ macros_info() }}",
        "{{ context() }}",
        "{{ lipsum() }}",
        "{{ config }}",
        "{{ '%1000000000d'|format(1) }}",
    ]
    edit(project, TOOL, "    Blunt.\n", "    Blunt.\n" + "".join(f"\n{attack}\n" for attack in attacks))
    code, said = build(project)
    assert code != 0
    for line in range(29, 29 + 2 * len(attacks), 2):
        assert f"{TOOL}:{line}:" in said
    assert_without_effect(project, said)


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("title: The axe", f'title: "{{{{ {RUN_CODE} }}}}"', 2),
        ("title: The axe", 'title: "{% set x = 1 %}"', 2),
        ("added: true", "added: true\nrender_macros: false", 12),
    ],
    ids=["code in the title", "a statement in the title", "a key of the plugin's"],
)
def test_front_matter_cannot_reach_the_plugin(project, old, new, line):
    edit(project, TOOL, old, new)
    code, said = build(project)
    assert code != 0
    assert f"{TOOL}:{line}:" in said
    assert_without_effect(project, said)


@pytest.mark.parametrize("text", [f"# {{{{ {RUN_CODE} }}}}", "{{ range(9) }}", "{{ sources() }}"])
def test_page_that_only_mkdocs_finds_is_refused_by_name(project, tmp_path, text):
    # MkDocs follows a link to a folder, and the check does not.
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/page.md").write_text(text)
    (project / "docs/linked").symlink_to(tmp_path / "outside", target_is_directory=True)
    code, said = build(project)
    assert code != 0
    assert "docs/linked:1:1: KB702" in said
    assert_without_effect(project, said)


def assert_without_effect(root, said):
    assert not list(root.parent.rglob("owned"))
    assert not (root / "site/index.html").exists()
    assert "Traceback" not in said


def test_a_preview_renders_nothing_of_the_name_of_a_page_with_a_fault(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT))
    import macros

    path = "{{ 7 * 7 }}.md"
    page = SimpleNamespace(file=SimpleNamespace(src_uri=path), meta={"title": "{{ 7 }}"}, title="{{ 7 }}")
    fault = Fault(f"docs/{path}", 1, 1, "KB203", "Wrong {{ 7 }}.", "Mend it.")
    env = SimpleNamespace(
        page=page,
        variables={"page": SimpleNamespace()},
        conf={"mdx_configs": {}, "use_directory_urls": True},
        markdown="Text {{ 7 }}",
    )
    env.knowledge_base_faults = [fault]
    known = SimpleNamespace(source=SimpleNamespace(body="Text {{ 7 }}"))
    env.knowledge_base_catalogue = SimpleNamespace(pages={path: known})
    monkeypatch.setattr(macros, "_previewing", lambda: True)
    macros.on_pre_page_macros(env)
    assert "{{" not in page.title
    assert "{{" not in env.markdown
    assert page.meta == {}


@pytest.mark.parametrize("name", ["x [1]", "a*b?", "#a", "!a", "a\\b", " a "])
def test_pages_that_cannot_be_read_are_left_out_whatever_they_are_called(monkeypatch, name):
    monkeypatch.syspath_prepend(str(ROOT))
    import macros

    left_out = macros._only([f"notes/{name}.md"])
    assert left_out.match_file(f"notes/{name}.md")
    assert not any(left_out.match_file(other) for other in ("notes/x 1.md", "notes/acbd.md", "notes/a.md", "a.md"))
