"""The bench: made-up programmes are good ones, and the arithmetic is right. What builds take is not asserted here."""

from __future__ import annotations

import json
import math
import sys
import urllib.request

import pytest
from click.testing import CliRunner
from lxml import etree

from audit import chromium
from benchmarks import __main__ as bench
from benchmarks import contenders, measure, programme, report, weight
from knowledge_base import catalogue
from knowledge_base.publish import build
from knowledge_base.publish.switch import digest
from tests.conftest import found
from tests.test_audit import ready

WEIGH = weight.weigh  # which tests of the command replace


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
    weighings = [
        weight.weigh(tmp_path / "served", "sessions/als-1/", "sessions/als-2/", programme.WORD) for _ in range(3)
    ]
    weighed = weighings[0]
    for other in weighings[1:]:
        assert (other.first, other.following) == (weighed.first, weighed.following)
        assert (other.cold[:2], other.warm[:2]) == (weighed.cold[:2], weighed.warm[:2])
    (first, _), (following, pages) = weighed.first, weighed.following
    assert first > following
    assert pages == 1  # all else is in the browser by then
    assert following == (tmp_path / "served/sessions/als-2/index.html.br").stat().st_size
    (cold, requests, _), (warm, _, _) = weighed.cold, weighed.warm
    assert requests > 1
    assert 0 < cold < sum(path.stat().st_size for path in (tmp_path / "served/search").rglob("*"))
    assert warm < cold


def test_the_icon_of_a_page_is_not_counted(tmp_path):
    for name in ("index.html", "favicon.svg"):
        (tmp_path / name).write_text("12345", encoding="utf-8")
    with weight._served(tmp_path) as (address, sent):
        for name in ("favicon.svg", ""):
            with urllib.request.urlopen(address + name) as answer:  # noqa: S310 - a server of ours
                assert answer.read() == b"12345"
    assert sent == [5]


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


def contender(folder, name, code=0, after=""):
    said = f"print('too large'); raise SystemExit({code})"
    (folder / "site").mkdir(exist_ok=True)
    return contenders.Contender(name, folder, (sys.executable, "-c", said), lambda *_: None, after=after)


@pytest.mark.parametrize("name", [contenders.HUGO, contenders.PLAIN])
def test_who_stops_is_told_and_the_others_go_on(tmp_path, name):
    wanted = [contender(tmp_path, name, 1), contender(tmp_path, contenders.OURS)]
    costs, _, _, told = bench._rounds(wanted, 2, math.inf)
    assert {name: len(found) for name, found in costs.items()} == {contenders.OURS: 2}
    assert told == [f"{name}: it stopped. too large"]


def test_where_a_cold_build_stops_the_changed_one_is_not_measured(tmp_path):
    cold = contender(tmp_path, contenders.OURS, 1)
    costs, _, _, told = bench._rounds([cold, contender(tmp_path, contenders.CHANGED, 0, cold.name)], 2, math.inf)
    assert costs == {}
    assert told == ["ours: it stopped. too large", "ours, one page changed: not measured, since ours stopped."]


def test_rounds_for_which_there_is_no_time_are_told(tmp_path):
    costs, _, _, told = bench._rounds([contender(tmp_path, contenders.OURS)], 3, 0)
    assert len(costs[contenders.OURS]) == 1
    assert told == ["rounds: 1 of 3, since there was not enough time."]


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Runs the bench with contenders made up; answers its code, what it printed, and what it wrote, if anything."""
    monkeypatch.setattr(bench, "ROOT", tmp_path)
    monkeypatch.setattr(bench.weight, "publish", lambda *_: None)
    monkeypatch.setattr(bench.weight, "weigh", lambda *_: weight.Weight((1, 1), (1, 1), (1, 1, 1.0), (1, 1, 1.0)))
    failing = set()

    def ready(folder, pages, tools):
        names = [contenders.OURS, contenders.CHANGED, contenders.PLAIN]
        after = {contenders.CHANGED: contenders.OURS}
        folder.mkdir(parents=True, exist_ok=True)
        found = [contender(folder, name, name in failing, after.get(name, "")) for name in names]
        return found, ["Hugo: not installed here."]

    monkeypatch.setattr(contenders, "make_ready", ready)

    def run(*options, fails=()):
        failing.update(fails)
        result = CliRunner().invoke(bench.main, options)
        assert result.exception is None or isinstance(result.exception, SystemExit)
        written = tmp_path / ".cache" / "bench" / "bench.json"
        figures = json.loads(written.read_text(encoding="utf-8")) if written.is_file() else None
        return result.exit_code, " ".join(result.output.split()), figures

    return run


@pytest.mark.parametrize(
    "options",
    [
        *(("--sizes", sizes) for sizes in ("abc", "", "50,", "50;60", "0", "-1", "39", "50,39")),
        ("--only", "nobody"),
        ("--runs", "0"),
        ("--runs", "-1"),
        ("--minutes", "0"),
    ],
    ids=" ".join,
)
def test_what_cannot_be_measured_is_refused_before_anything_is_built(run, options):
    code, said, figures = run(*options)
    assert code == 2
    assert f"Invalid value for '{options[0]}'" in said
    assert figures is None


def test_a_size_is_measured_once(run):
    code, said, figures = run("--sizes", "50, 60,50", "--runs", "1")
    assert code == 0
    assert list(figures["sizes"]) == ["50", "60"]
    assert said.count("Writing 50 pages") == 1
    assert "Growth exponents from 500 pages on: none, for nobody built two sizes from there on." in said
    assert "not compared, for it takes two rounds of “ours” and “ours, one page changed”." in said


def test_where_nothing_was_measured_nothing_is_written(run):
    code, said, figures = run("--sizes", "50", "--only", "Hugo")
    assert code == 1
    assert said.endswith("Nothing was measured. Hugo: not installed here.")
    assert figures is None


def test_a_build_after_a_change_has_its_cold_build_before_it(run):
    _, _, figures = run("--sizes", "50", "--runs", "1", "--only", contenders.CHANGED)
    assert list(figures["sizes"]["50"]) == [contenders.OURS, contenders.CHANGED]


def test_without_time_one_round_of_the_first_size_is_run_and_the_rest_is_told(run):
    code, _, figures = run("--sizes", "50,60", "--minutes", "0.000001")
    assert code == 0
    assert [len(row["seconds"]) for row in figures["sizes"]["50"].values()] == [1, 1, 1]
    assert figures["missing"] == [
        "Hugo: not installed here.",
        "50 pages, rounds: 1 of 2, since there was not enough time.",
        "50 pages, a reader: not measured, since there was not enough time.",
        "60 pages: not measured, since there was not enough time.",
    ]


def test_what_was_measured_is_written_though_a_build_of_ours_stops(run):
    code, said, figures = run("--sizes", "50", "--runs", "1", fails=[contenders.OURS])
    assert code == 1
    assert list(figures["sizes"]["50"]) == [contenders.PLAIN]
    assert "50 pages, ours: it stopped. too large" in said


def test_what_was_measured_is_written_though_no_site_can_be_published(run, monkeypatch):
    def publish(*_):
        raise ValueError("nobody has read this script\nnor that")

    monkeypatch.setattr(bench.weight, "publish", publish)
    code, said, figures = run("--sizes", "50", "--runs", "1")
    assert (code, figures["weights"]) == (0, {})
    assert "50 pages, a reader: not measured. nobody has read this script" in said


def test_what_was_measured_is_written_though_no_browser_starts(run, monkeypatch, tmp_path):
    monkeypatch.setenv("CHROMIUM", str(tmp_path / "none"))
    monkeypatch.setattr(bench.weight, "weigh", WEIGH)
    code, said, figures = run("--sizes", "50", "--runs", "1")
    assert (code, figures["weights"]) == (0, {})
    assert "50 pages, a reader: not measured. BrowserType.launch: " in said


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
