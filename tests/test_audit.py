"""The audit finds what is planted on tiny pages, in every mode, and says nothing of a good one."""

from __future__ import annotations

import dataclasses
import json
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

import audit.__main__ as command
from audit import budget, chromium, links, nu, report
from audit.budget import Weight
from audit.finding import Finding
from audit.look import Seen, look
from audit.plan import DESK, EVERY_PAGE, KINDS, ONE_OF_A_KIND, PHONE, Mode, Visit, plan
from audit.site import WRONG, mount, pages, served
from tests.built import Built

# It has a browser and a checker look at a small site: minutes on a slow machine.
pytestmark = pytest.mark.slow

MOUNT = "/learning/apir/"
GOOD = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Axes</title><meta name="viewport" content="width=device-width"></head>
<body><main><article><h1>Axes</h1><p>How to keep an axe.</p>{}</article></main></body>
</html>
"""
WIDE = '<div style="width: 700px">Wide</div>'
PLANTED = {
    "button": ("<button></button>", {"axe: button-name"}),
    "image": ('<img src="dot.png">', {"axe: image-alt", "invalid HTML"}),
    "contrast": ('<p style="color: #aaa">Faint</p>', {"axe: color-contrast"}),
    "running": ('<p style="color: #666">Pale</p>', {"axe: color-contrast-enhanced"}),
    "best": ("<h4>Steel</h4>", {"axe: heading-order"}),
    "link": ('<p><a href="away/">Away</a></p>', {"link or file"}),
    "anchor": ('<p><a href="#away">Away</a></p>', {"link or file"}),
    "outside": ('<img src="https://elsewhere.invalid/dot.png" alt="">', {"leaves the host", "link or file"}),
    "fetched": ('<script>fetch("http://192.0.2.1/").catch(() => 0)</script>', {"leaves the host"}),
    "absent": ('<img src="away.png" alt="">', {"failed request", "link or file"}),
    "console": ('<script>console.error("Blunt")</script>', {"console error"}),
    "raised": ("<script>sharpen()</script>", {"console error"}),
    "error": ("<p align=left>Old</p>", {"invalid HTML"}),
    "warning": ("<section><p>Nameless</p></section>", {"invalid HTML"}),
    "wide": (WIDE, {"scrolls sideways"}),
    "box": (f'<div style="overflow-x: auto">{WIDE}</div>', {"box without focus"}),
    "reached": (f'<div style="overflow-x: auto" tabindex="0" role="region" aria-label="Axes">{WIDE}</div>', set()),
    "theme": (
        '<p><input class="md-toggle" type="checkbox" id="__drawer" aria-label="Menu" autocomplete="off"></p>',
        set(),
    ),
    "": ("", set()),
}

# What is true in one mode only; what no style can ask for is asked below.
ONLY_IN = {
    DESK.name: "(width: 1280px) and (forced-colors: none) and (prefers-reduced-motion: no-preference)",
    PHONE.name: "(width: 390px) and (prefers-color-scheme: dark)",
    "768 px": "(width: 768px)",
    "zoom of 400 %": "(width: 320px) and (resolution: 4dppx)",
    "forced colours": "(forced-colors: active)",
    "reduced motion": "(prefers-reduced-motion: reduce)",
    "print": "print",
}


def ready(what: str, found: object) -> None:
    """Skips what this machine cannot run; where all must run, fails."""
    if not found:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(f"No {what} here.")


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of one page for each fault; its home page is good."""
    folder = tmp_path_factory.mktemp("tiny")
    for page, (planted, _) in PLANTED.items():
        (folder / page).mkdir(exist_ok=True)
        (folder / page / "index.html").write_text(GOOD.format(planted), encoding="utf-8")
    (folder / "image" / "dot.png").write_bytes(b"")
    (folder / "search").mkdir()
    (folder / "search" / "search_index.json").write_text("{}", encoding="utf-8")
    (folder / WRONG).write_text(GOOD.format(""), encoding="utf-8")
    addresses = "".join(f"<url><loc>https://host.invalid{MOUNT}{page and page + '/'}</loc></url>" for page in PLANTED)
    sitemap = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{addresses}</urlset>'
    (folder / "sitemap.xml").write_text(sitemap, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    ready("Chromium", chromium.path())
    with chromium.browser() as running:
        yield running


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pictures")


@pytest.fixture(scope="module")
def seen(tiny: Path, browser: Browser, pictures: Path) -> Seen:
    """All that the audit finds on the tiny site."""
    ready("Java", nu.java())
    with served(tiny, mount(tiny)) as base:
        whole = look(browser, [Visit(page, DESK) for page in pages(tiny)], base, tiny, pictures)
    whole.findings += [*links.look(tiny, mount(tiny)), *nu.look(tiny)]
    return whole


def test_the_pages_are_those_of_the_sitemap_and_the_one_for_wrong_addresses(tiny: Path) -> None:
    assert sorted(pages(tiny)) == sorted([WRONG, *(page and f"{page}/" for page in PLANTED)])
    assert mount(tiny) == MOUNT


@pytest.mark.parametrize("page", PLANTED)
def test_what_is_planted_is_found_and_nothing_else(seen: Seen, page: str) -> None:
    on_page = [finding for finding in seen.findings if finding.page == (page and f"{page}/")]
    # Some are planted by a script or a style in the page, which the policy refuses besides.
    planted_by = ("which the policy refuses.", "A script stands in the page", "A style sheet stands in the page")
    found = [finding for finding in on_page if not any(words in finding.message for words in planted_by)]
    assert {finding.rule for finding in found} == PLANTED[page][1], found


def test_the_page_for_wrong_addresses_is_looked_at(seen: Seen) -> None:
    assert [finding for finding in seen.findings if finding.page == WRONG] == []
    assert WRONG in seen.weights


def test_what_can_be_seen_has_a_picture(seen: Seen, pictures: Path) -> None:
    found = {finding.page: finding for finding in seen.findings if finding.rule == "axe: color-contrast"}
    assert (pictures / found["contrast/"].picture).read_bytes().startswith(b"\x89PNG")
    wide = next(finding for finding in seen.findings if finding.rule == "scrolls sideways")
    assert (pictures / wide.picture).is_file()


@pytest.mark.parametrize("mode", [*EVERY_PAGE, *ONE_OF_A_KIND], ids=lambda mode: mode.name)
def test_each_mode_is_what_it_is_called(mode: Mode, tmp_path: Path, browser: Browser) -> None:
    # Each mode shows a button without a name; so do scripts, and their absence.
    buttons = "".join(f'<button class="only-{n}"></button>' for n in range(len(ONLY_IN)))
    buttons += '<noscript><button class="no scripts"></button></noscript>'
    buttons += """<script>document.body.insertAdjacentHTML("beforeend", '<button class="scripts">')</script>"""
    rules = "".join(
        f"@media {media} {{ .only-{n} {{ display: block }} }}" for n, media in enumerate(ONLY_IN.values())
    )
    page = GOOD.format(buttons).replace("</head>", f"<style>[class^=only] {{ display: none }} {rules}</style></head>")
    (tmp_path / "index.html").write_text(page, encoding="utf-8")
    with served(tmp_path, "/") as base:
        findings = look(browser, [Visit("", mode)], base, tmp_path, tmp_path).findings
    found = {finding.source.split('"')[1] for finding in findings if finding.rule == "axe: button-name"}
    names = {f"only-{n}": name for n, name in enumerate(ONLY_IN)}
    assert {names.get(name, name) for name in found} == (
        {mode.name, "scripts"} if mode.scripts else {DESK.name, "no scripts"}
    )


# --- the plan, the budget and the report ------------------------------------------------------------


def test_every_page_is_visited_in_two_modes_and_one_of_each_kind_in_all() -> None:
    visits = plan([*KINDS.values(), "other/"])
    assert {visit.mode for visit in visits if visit.page == "other/"} == {DESK, PHONE}
    for page in KINDS.values():
        assert {visit.mode for visit in visits if visit.page == page} == {*EVERY_PAGE, *ONE_OF_A_KIND}
    assert len(set(visits)) == len(visits)


def test_a_quick_look_is_at_one_page_of_each_kind_in_two_modes() -> None:
    assert len(plan([*KINDS.values(), "other/"], quick=True)) == 2 * len(KINDS)


def test_the_site_has_a_page_of_each_kind(built: Built) -> None:
    assert {*KINDS.values()} <= {*built.pages, WRONG}
    assert budget.LONGER.keys() <= built.pages.keys()


def test_a_first_visit_is_weighed_as_it_travels(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("axe " * 10_000, encoding="utf-8")
    (tmp_path / "index.html.br").write_bytes(bytes(100))
    (tmp_path / "axe.png").write_bytes(bytes(5_000))
    base = "http://127.0.0.1:1/learning/apir/"
    weight = budget.weigh([base, f"{base}axe.png?1", f"{base}away"], base, tmp_path)
    assert weight.requests == 3
    assert weight.size == 5_100


def test_a_first_visit_that_costs_too_much_is_a_finding() -> None:
    size, requests = budget.LIMIT, budget.REQUESTS
    assert list(budget.look({"": Weight(size, requests)})) == []
    assert len(list(budget.look({"": Weight(size + 1, requests)}))) == 1
    assert len(list(budget.look({"": Weight(size, requests + 1)}))) == 1


def test_a_next_page_costs_its_html_as_it_travels(tmp_path: Path) -> None:
    long = "sessions/launch/"
    for page, size in {"": budget.NEXT, long: budget.LONGER[long], "tools/": budget.NEXT + 1}.items():
        (tmp_path / page).mkdir(parents=True, exist_ok=True)
        (tmp_path / page / "index.html").write_text("axe " * 10_000, encoding="utf-8")
        (tmp_path / page / "index.html.br").write_bytes(bytes(size))
    (finding,) = budget.look_on(tmp_path)
    assert (finding.page, finding.source) == ("tools/", "It costs 8,001 bytes.")


def test_the_pages_that_may_cost_more_do(served: Path) -> None:
    # One that no longer does is to be taken off the list.
    sizes = {page: (served / page / "index.html.br").stat().st_size for page in budget.LONGER}
    assert {page: size for page, size in sizes.items() if size <= budget.NEXT} == {}


def test_each_page_of_the_real_site_keeps_to_its_bytes(served: Path) -> None:
    assert [(finding.page, finding.source) for finding in budget.look_on(served)] == []


FINDING = Finding("axe: image-alt", "Images must have <alt>", "#axe", "tools/", "print", "<img>", "axe.png")


def test_the_report_names_each_fault_once_with_its_picture(tmp_path: Path) -> None:
    other = dataclasses.replace(FINDING, page="notes/")
    page = report.write(tmp_path, [FINDING, FINDING, other], {"": Weight(1, 2)}, "2 pages.")
    text = page.read_text(encoding="utf-8")
    assert text.count("<h3>#axe</h3>") == 1
    assert 'src="pictures/axe.png"' in text
    assert "Images must have &lt;alt&gt;" in text
    told = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert [finding["page"] for finding in told["findings"]] == ["notes/", "tools/"]
    assert report.lines([FINDING, other]) == ["    2  on   2 pages  axe: image-alt: Images must have <alt>"]


@pytest.mark.parametrize("findings", [[], [FINDING]], ids=["clean", "fault"])
def test_the_command_ends_with_1_if_anything_is_found(findings, tiny, tmp_path, monkeypatch, capsys) -> None:
    monkeypatch.setattr(sys, "argv", ["audit"])
    monkeypatch.setattr(command, "FOLDER", tmp_path / "audit")
    monkeypatch.setattr(command, "_require", lambda: None)
    monkeypatch.setattr(command, "_build", lambda: tiny)
    monkeypatch.setattr(command, "_look", lambda *_: Seen(findings))
    monkeypatch.setattr(command, "KINDS", {"home": ""})
    assert command.main() == len(findings)
    said = capsys.readouterr().out.splitlines()
    assert len(said) == 3
    assert "report.html" in said[-1]


@pytest.mark.parametrize(("program", "package"), [("java", "default-jre-headless"), ("chromium", "chromium")])
def test_the_command_says_what_to_install(program, package, monkeypatch) -> None:
    monkeypatch.delenv("CHROMIUM", raising=False)
    lacking = {"java"} if program == "java" else set(chromium.NAMES)
    monkeypatch.setattr(shutil, "which", lambda name: None if name in lacking else f"/usr/bin/{name}")
    with pytest.raises(SystemExit, match=f"apt install {package}"):
        command._require()
