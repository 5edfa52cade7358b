"""What the canary sees, and what it overlooks, on pages made up for it. The engines themselves it runs by hand."""

from __future__ import annotations

import subprocess

import pytest

from canary import __main__ as canary
from canary import compare, engines
from canary.compare import Known
from canary.pages import Part, of_class, target

PAGE = """<!doctype html>
<html><head>
<title>Launch - APIR</title>
<meta name="description" content="How it began.">
<link rel="prev" href="../"><link rel="next" href="../als-1/">
</head><body><nav><a href="../">Menu</a></nav>
<article>
<h1 id="launch">Launch<a class="headerlink" href="#launch">¶</a></h1>
<p>Managers met and <a href="../als-1/#agreed">agreed</a> to
go on.</p>
<p class="end">Related: <a href="../../about/">about</a></p>
</article></body></html>
"""
SHORT = "Managers met and agreed."
ADDRESS = "sessions/launch/"
END = Known("The end is missing.", "Nobody adds it.", Part(of_class("end")))
HIGHER = Known("Links lead too high.", "They are seen from elsewhere.")


def differences(old, new, *known):
    assert old in PAGE
    found = compare.pages(PAGE, PAGE.replace(old, new), ADDRESS, known)
    return [f"{difference.kind}: {difference.message}" for difference in found]


def test_a_page_is_like_itself():
    assert differences("Launch", "Launch") == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("agreed</a> to\ngo on", "agreed</a>   to go\n on"),
        ("<p>Managers", "\n\n  <p>\n Managers"),
        ('href="../als-1/#agreed"', 'href="../../sessions/als-1/#agreed"'),
        ('href="../als-1/"', 'href="./../als-1/"'),
        ('<a class="headerlink" href="#launch">¶</a>', '<a class="headerlink" href="#launch">#</a>'),
        ("<h1", '<a id="__skip"></a><a class="md-content__button" href="edit">Edit</a><h1'),
        ('<a href="../">Menu</a>', '<a href="../../">Another menu</a>'),
    ],
    ids=[
        "ends of lines",
        "spaces",
        "ways up and down",
        "this folder",
        "permalinks",
        "the theme's",
        "around the article",
    ],
)
def test_what_no_reader_notices_is_no_difference(old, new):
    assert differences(old, new) == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("<title>Launch", "<title>Lunch", ["title: only MkDocs: Launch - APIR", "title: not MkDocs: Lunch - APIR"]),
        ("How it began.", "", ["description: only MkDocs: How it began.", "description: not MkDocs: "]),
        ('rel="next" href="../als-1/"', 'rel="next"', ["page before or after: only MkDocs: sessions/als-1/"]),
        (
            'h1 id="launch"',
            'h1 id="start"',
            ["heading: only MkDocs: h1 #launch Launch", "heading: not MkDocs: h1 #start Launch"],
        ),
        (
            "#agreed",
            "",
            ["link: only MkDocs: sessions/als-1/#agreed", "link: not MkDocs: sessions/als-1/"],
        ),
        (" to\ngo on", "", ["text: only MkDocs: Managers met and agreed to go on.", f"text: not MkDocs: {SHORT}"]),
        ("</article>", "<p>{{ sources() }}</p></article>", ["text: not MkDocs: {{ sources() }}"]),
        ("</article>", '<script src="../../assets/x.js"></script></article>', ["link: not MkDocs: assets/x.js"]),
    ],
    ids=["title", "description", "order", "heading", "link", "text", "a macro that was not run", "script"],
)
def test_what_a_reader_notices_is_told(old, new, told):
    assert differences(old, new) == told


def test_a_part_that_is_known_to_be_missing_is_told_once_with_its_reason():
    without_end = '<p class="end">Related: <a href="../../about/">about</a></p>'
    assert len(differences(without_end, "")) == 2  # its text and its link
    assert differences(without_end, "", END) == ["known: The end is missing."]
    both = "</h1>", "</h1><p>More.</p>"
    assert differences(*both, END) == ["text: not MkDocs: More."]  # where both have it, it is compared


def test_links_that_are_known_to_lead_too_high_hide_no_others():
    one, other = '<a href="../als-1/#agreed">', '<a href="../../als-1/#agreed">'
    assert differences(one, other, HIGHER) == ["known: Links lead too high."]
    told = differences(one, '<a href="../../als-2/#agreed">', HIGHER)
    assert told == ["link: only MkDocs: sessions/als-1/#agreed", "link: not MkDocs: als-2/#agreed"]


@pytest.mark.parametrize(
    ("link", "address", "leads"),
    [
        ("../als-1/", "sessions/launch/", "sessions/als-1/"),
        (".", "sessions/", "sessions/"),
        ("./", "", ""),
        ("../..", "sessions/launch/", ""),
        ("../../../x.js", "sessions/launch/", "../x.js"),
        ("#top", "sessions/", "sessions/#top"),
        ("", "sessions/", "sessions/"),
        ("/sessions/", "404.html", "sessions/"),
        ("https://example.org/a", "sessions/", "https://example.org/a"),
        ("mailto:a@example.org", "", "mailto:a@example.org"),
    ],
)
def test_where_links_lead(link, address, leads):
    assert target(link, address) == leads


def written(folder, pages):
    for path, source in pages.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(source, encoding="utf-8")
    return folder


def test_pages_that_one_site_lacks_are_told(tmp_path):
    ours = written(tmp_path / "ours", {"index.html": PAGE, "a/index.html": PAGE, "404.html": PAGE})
    theirs = written(tmp_path / "theirs", {"index.html": PAGE, "404.html": PAGE, "b/index.html": PAGE})
    shared, found = compare.sites(ours, theirs)
    assert shared == 2
    told = {difference.page: difference.message for difference in found}
    assert told == {"a/": "only MkDocs makes it", "b/": "MkDocs does not make it"}


@pytest.fixture
def rehearsal(tmp_path, monkeypatch, capsys):
    """Runs the canary over sites made up, one page of each engine; an error is what the engine ends with."""

    def rehearse(properdocs, zensical):
        def make(engine, source):
            def made():
                if isinstance(source, Exception):
                    raise source
                return engines.Built(engine, written(tmp_path / engine, {"index.html": source}), 1.0, ())

            monkeypatch.setattr(engines, engine, made)

        for engine, source in (("mkdocs", PAGE), ("properdocs", properdocs), ("zensical", zensical)):
            make(engine, source)
        monkeypatch.setattr(engines, "FOLDER", tmp_path)
        monkeypatch.setattr(engines, "ROOT", tmp_path)
        monkeypatch.setattr(canary, "REPORT", tmp_path / "report.json")
        return canary.main(), capsys.readouterr().out

    return rehearse


def test_properdocs_must_agree(rehearsal):
    other = PAGE.replace("go on", "stop")
    code, said = rehearsal(PAGE, PAGE)
    assert code == 0
    assert "Titles, order, headings, links and text are the same." in said
    code, said = rehearsal(other, PAGE)
    assert code == 1
    assert "Managers met and agreed to stop." in said
    code, said = rehearsal(engines.EngineError("It fell over"), PAGE)
    assert code == 1
    assert "properdocs: no site. It fell over" in said


def test_zensical_may_differ_and_is_told(rehearsal):
    minutes = PAGE.replace("</h1>", '</h1><p class="kb-minutes">3 minutes to read</p>')
    code, said = rehearsal(PAGE, minutes)
    assert code == 0
    assert "The home page tells its minutes" in said
    code, said = rehearsal(PAGE, engines.EngineError("It fell over"))
    assert code == 0
    assert "zensical: no site. It fell over" in said


def test_the_last_report_stays_where_nothing_could_be_rehearsed(rehearsal, tmp_path):
    unreachable = engines.UnreachableError("The package index cannot be reached.")
    rehearsal(PAGE, PAGE)
    report = (tmp_path / "report.json").read_bytes()
    code, said = rehearsal(unreachable, unreachable)
    assert code == 1
    assert "properdocs: no site. The package index cannot be reached." in said
    assert "No report" in said
    assert (tmp_path / "report.json").read_bytes() == report
    rehearsal(unreachable, engines.EngineError("It fell over"))
    assert "It fell over" in (tmp_path / "report.json").read_text(encoding="utf-8")


NO_NETWORK = """WARNING: Retrying (Retry(total=0, connect=None)) after connection broken by 'ProxyError()'
ERROR: No matching distribution found for properdocs
"""


@pytest.fixture
def environment(tmp_path, monkeypatch):
    """Asks for an engine's environment, where pip fails with some words, and a version is installed or none."""
    monkeypatch.setattr(engines, "FOLDER", tmp_path)
    monkeypatch.setattr(engines, "ROOT", tmp_path)
    (tmp_path / "properdocs" / "venv").mkdir(parents=True)
    for folder in (tmp_path, tmp_path / "properdocs" / "venv"):
        (folder / "requirements.txt").write_text("", encoding="utf-8")

    def ask(stderr, installed):
        def run(command, folder):
            if "pip" in command:
                return subprocess.CompletedProcess(command, 1, "", stderr)
            return subprocess.CompletedProcess(command, 0 if installed else 1, installed, "")

        monkeypatch.setattr(engines, "_run", run)
        return engines._environment("properdocs")

    return ask


def test_without_the_network_the_installed_version_is_rehearsed(environment):
    _, said = environment(NO_NETWORK, "1.6.7\n")
    assert said == ("The package index cannot be reached: properdocs may not be the newest.",)


def test_without_the_network_and_a_version_it_is_told_what_is_wrong(environment):
    with pytest.raises(engines.UnreachableError, match=r"^The package index cannot be reached\.$"):
        environment(NO_NETWORK, "")


def test_what_else_pip_complains_of_is_told_as_it_says(environment):
    with pytest.raises(engines.EngineError, match="No space left") as caught:
        environment("ERROR: No space left\n", "1.6.7\n")
    assert not isinstance(caught.value, engines.UnreachableError)
