"""The bench: made-up programmes are good ones, and the arithmetic is right. What builds take is not asserted here."""

from __future__ import annotations

import math
import sys

import pytest
from lxml import etree

from audit import chromium
from benchmarks import __main__ as bench
from benchmarks import contenders, measure, programme, report, weight
from knowledge_base import catalogue
from knowledge_base.publish import build
from knowledge_base.publish.switch import digest
from tests.conftest import found
from tests.test_audit import ready


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made") / "project"
    programme.make(folder, 50)
    return folder


def test_a_programme_has_as_many_pages_as_asked_for_of_every_kind(made):
    whole = catalogue.build(made)
    kinds = [page.source.kind for page in whole.pages.values()]
    assert len(kinds) == 50
    assert {"page", "session", "notes", "tool"} == set(kinds)
    called = {call.name for page in whole.pages.values() for call in page.calls}
    assert {"cite", "cited_here", "run_sheet", "notes", "references", "catch_up", "form"} <= called


def test_a_programme_grows_by_cohorts_and_sets_and_works(made, tmp_path):
    programme.make(tmp_path / "larger", 300)
    larger, smaller = catalogue.build(tmp_path / "larger"), catalogue.build(made)
    assert len(larger.pages) == 300
    assert len(larger.references) > len(smaller.references)
    for key in ("cohort", "set"):
        assert len({getattr(page.notes, key) for page in larger.notes}) > 1


def test_the_check_finds_nothing_in_a_programme(made):
    assert [str(fault) for fault in found(made)] == []


@pytest.mark.programs
def test_nor_do_other_programs(made):
    assert [str(fault) for fault in found(made)] == []


def test_the_same_size_gives_the_same_bytes(made, tmp_path):
    programme.make(tmp_path / "again", 50)
    for name in ("docs", "data"):
        assert digest(tmp_path / "again" / name) == digest(made / name)


def test_expanded_pages_hold_no_calls_and_say_the_same(made, tmp_path):
    whole = catalogue.build(made)
    contenders.make_ready(tmp_path / "ready", 50, tmp_path / "no-tools")
    after = catalogue.build(tmp_path / "ready" / "expanded")
    assert after.pages.keys() == whole.pages.keys()
    assert not any(page.calls for page in after.pages.values())
    assert "mkdocs.yml" in {path.name for path in (tmp_path / "ready" / "plain").iterdir()}
    assert "macros" not in (tmp_path / "ready" / "plain" / "mkdocs.yml").read_text(encoding="utf-8")
    session = (tmp_path / "ready" / "expanded" / "docs" / "sessions" / "als-1.md").read_text(encoding="utf-8")
    assert "kb-cite" in session
    assert "Last reviewed on 6 January 2020" in session


@pytest.mark.slow
def test_plain_material_says_the_same_as_expanded_pages(tmp_path):
    ready, _ = contenders.make_ready(tmp_path, 40, tmp_path / "no-tools")
    expanded, plain = (one for one in ready if one.name in {contenders.EXPANDED, contenders.PLAIN})
    for one in (expanded, plain):
        measure.run(one.command, one.project, one.environment)
    pages = sorted(path.relative_to(plain.project) for path in (plain.project / "site").rglob("index.html"))
    assert len(pages) == 40
    marked = 0
    for page in pages:
        article = (expanded.project / page).read_text(encoding="utf-8")
        _, _, content = article.partition('<div class="kb-page')
        content = content[content.index(">") + 1 : content.rindex("</div>", 0, content.index("</article>"))]
        assert content.strip() in (plain.project / page).read_text(encoding="utf-8"), page
        marked += content.count('class="kb-term"')
    assert marked


@pytest.mark.slow
def test_one_page_changes_and_no_other(made, tmp_path):
    programme.make(tmp_path / "p", 50)
    before = {path: path.read_bytes() for path in (tmp_path / "p" / "docs").rglob("*.md")}
    contenders.change(tmp_path / "p", 1)
    assert sum(path.read_bytes() != text for path, text in before.items()) == 1
    contenders.change(tmp_path / "p", 2)
    assert sum(path.read_bytes() != text for path, text in before.items()) == 1
    assert [str(fault) for fault in found(tmp_path / "p")] == []


@pytest.mark.slow
def test_a_reader_fetches_of_the_search_only_what_its_words_need(made, tmp_path):
    ready("Chromium", chromium.path())
    assert build.mkdocs(made, made / "site", tmp_path / "mkdocs.log") == []
    weight.publish(made, tmp_path / "served", ["sessions/als-1/", "sessions/als-2/"])
    weighed = weight.weigh(tmp_path / "served", "sessions/als-1/", "sessions/als-2/", programme.WORD)
    (first, _), (following, pages) = weighed.first, weighed.following
    assert first > following
    assert pages == 1  # all else is in the browser by then
    assert following == (tmp_path / "served/sessions/als-2/index.html.br").stat().st_size
    (cold, requests, _), (warm, _, _) = weighed.cold, weighed.warm
    assert requests > 1
    assert 0 < cold < sum(path.stat().st_size for path in (tmp_path / "served/search").rglob("*"))
    assert warm < cold


def test_processor_time_and_memory_of_a_child_are_its_own():
    idle = measure.run([sys.executable, "-c", "import time; time.sleep(0.5)"], programme.ROOT)
    busy = measure.run(
        [sys.executable, "-c", "x = bytearray(60_000_000)\nfor i in range(15_000_000): pass"], programme.ROOT
    )
    assert busy.seconds > idle.seconds
    assert busy.largest > idle.largest + 50


def test_a_program_that_fails_is_no_figure():
    with pytest.raises(measure.FailedError, match="ended with 3"):
        measure.run([sys.executable, "-c", "print('no'); raise SystemExit(3)"], programme.ROOT)


def test_who_else_stops_is_told_and_the_others_go_on(tmp_path):
    def contender(name, code):
        said = f"print('too large'); raise SystemExit({code})"
        return contenders.Contender(name, tmp_path, (sys.executable, "-c", said), lambda *_: None)

    wanted = [contender(contenders.HUGO, 1), contender(contenders.OURS, 0)]
    costs, _, _, stopped = bench._rounds(wanted, 2, math.inf)
    assert {name: len(found) for name, found in costs.items()} == {contenders.OURS: 2}
    assert stopped == ["Hugo: it stopped. too large"]
    with pytest.raises(measure.FailedError):
        bench._rounds([contender(contenders.OURS, 1)], 1, math.inf)


@pytest.mark.parametrize(("power", "factor"), [(1, 0.02), (1.65, 3), (2, 1)])
def test_the_exponent_is_that_of_the_growth(power, factor):
    points = {pages: factor * pages**power for pages in (500, 2000, 5000)}
    assert measure.exponent(points) == pytest.approx(power)


def test_one_size_has_no_exponent():
    assert measure.exponent({500: 3.0}) is None


def test_a_ratio_is_the_median_of_pairs():
    # The machine was slow while the second pair ran: the ratio does not know of it.
    assert measure.ratio([2, 20, 3], [1, 10, 1]) == 2


def test_the_plot_has_a_line_for_each():
    row = {"median": 2.0}
    drawn = report.plot({"50": {"ours": row, "<other>": {"median": 9.0}}, "500": {"ours": {"median": 30.0}}})
    tree = etree.fromstring(drawn.encode())
    lines = tree.findall("{http://www.w3.org/2000/svg}polyline")
    assert len(lines) == 2
    assert "&lt;other&gt;" in drawn


@pytest.mark.parametrize(
    ("medians", "steps"),
    [([3.1, 4.9], ["2", "5"]), ([2.0], ["2", "5"]), ([0.3, 9.0], ["0.2", "0.5", "1", "2", "5", "10"])],
    ids=["close together", "a step itself", "far apart"],
)
def test_the_plot_has_numbers_at_its_side_around_all_that_was_measured(medians, steps):
    drawn = report.plot({"50": {str(number): {"median": median} for number, median in enumerate(medians)}})
    tree = etree.fromstring(drawn.encode())
    assert [text.text for text in tree.iterfind("{*}text[@text-anchor='end']")] == steps
    places = [float(line.get("y1")) for line in tree.iterfind("{*}line")]
    assert len(places) == len(steps)
    for circle in tree.iterfind("{*}circle"):
        assert min(places) <= float(circle.get("cy")) <= max(places)
