from __future__ import annotations

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from knowledge_base.faults import Fault
from knowledge_base.publish import build, inspect, package, switch
from knowledge_base.publish.switch import BusyError, alone

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def _no_address(monkeypatch):
    monkeypatch.delenv("SITE_URL", raising=False)
    monkeypatch.delenv("EDIT_URI", raising=False)


@pytest.fixture
def project(fake):
    """The fake project, with a site that was published before."""
    (fake / "site").mkdir()
    (fake / "site/index.html").write_text("before", encoding="utf-8")
    return fake


@pytest.fixture
def engine(monkeypatch):
    """Stands in for MkDocs: writes a small site, and counts its runs. Change `page` or `says` at will."""

    class Engine:
        page = "<h1>Now</h1>"
        says: tuple[str, ...] = ()
        runs = 0

        def __call__(self, root, target, log, **_):
            self.runs += 1
            for name in (*inspect.REQUIRED, inspect.SEARCH[1]):
                (target / name).parent.mkdir(parents=True, exist_ok=True)
                (target / name).write_text(self.page, encoding="utf-8")
            return list(self.says)

    engine = Engine()
    monkeypatch.setattr(build, "mkdocs", engine)
    # Its site has no pages of which handouts could be made, or in which anything could be found.
    monkeypatch.setattr(build.handouts, "write", lambda *_: [])
    monkeypatch.setattr(build.full_text, "write", lambda *_: [])
    return engine


def published(root):
    return (root / "site/index.html").read_text(encoding="utf-8")


def slip(root):
    path = root / "docs/index.md"
    path.write_text(path.read_text(encoding="utf-8").replace("references.md", "referenzes.md"), encoding="utf-8")


# --- the four steps -------------------------------------------------------------------------------------


def test_build_with_nothing_wrong_is_published(project, engine):
    outcome = build.build(project)
    assert published(project) == "<h1>Now</h1>"
    assert outcome.site == (project / "site").resolve()
    assert outcome.pages == len(list((project / "docs").rglob("*.md")))
    assert (outcome.faults, outcome.findings) == ([], [])


def test_steps_are_told_in_their_order(project, engine):
    told = []
    build.build(project, told.append)
    assert told == [
        "Checking data and pages",
        "Building 15 pages with MkDocs",
        "Writing the files for other programs",
        "Making handouts",
        "Indexing the pages for search",
        "Inspecting the built site",
        "Packing",
        "Publishing",
    ]


def test_fault_of_an_author_leaves_the_site_as_it_was(project, engine):
    slip(project)
    outcome = build.build(project)
    assert [(fault.path, fault.line, fault.code) for fault in outcome.faults] == [("docs/index.md", 8, "KB401")]
    assert (outcome.site, published(project), engine.runs) == (None, "before", 0)


def test_warning_is_told_and_holds_nothing_up(project, engine, monkeypatch):
    warning = Fault("docs/index.md", 1, 1, "KB503", "Old.", "Read it.", "warning")
    monkeypatch.setattr(build.check, "check", lambda whole: [warning])
    outcome = build.build(project)
    assert outcome.faults == [warning]
    assert published(project) == "<h1>Now</h1>"


def test_engine_that_stops_leaves_the_site_as_it_was(project, engine):
    engine.says = ("Doc file 'index.md' contains a link to a page that is gone.",)
    outcome = build.build(project)
    assert outcome.findings == ["Doc file 'index.md' contains a link to a page that is gone."]
    assert (outcome.site, published(project)) == (None, "before")


def test_finding_of_the_inspection_leaves_the_site_as_it_was(project, engine):
    engine.page = '<a href="gone/">a</a>'
    outcome = build.build(project)
    assert "index.html: 'gone/' leads to no file." in outcome.findings
    assert (outcome.site, published(project)) == (None, "before")


def test_handout_that_cannot_be_made_leaves_the_site_as_it_was(project, engine, monkeypatch):
    wrong = "downloads/a.pdf: no handout can be made of docs/a.md: the built page has no article."
    monkeypatch.setattr(build.handouts, "write", lambda *_: [wrong])
    outcome = build.build(project)
    assert outcome.findings == [wrong]
    assert (outcome.site, published(project)) == (None, "before")


def test_failed_build_leaves_nothing_behind(project, engine):
    engine.page = '<a href="gone/">a</a>'
    build.build(project)
    assert list((project / ".cache").glob("building-*")) == []
    assert not (project / ".cache/builds").exists()


def test_crash_leaves_the_site_as_it_was_and_the_way_free(project, engine, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(build.inspect, "inspect", lambda site, mount, **_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            build.build(project)
    assert published(project) == "before"
    assert build.build(project).site is not None


def test_mended_slip_is_published_at_the_next_build(project, engine):
    slip(project)
    assert build.build(project).site is None
    path = project / "docs/index.md"
    path.write_text(path.read_text(encoding="utf-8").replace("referenzes", "references"), encoding="utf-8")
    assert build.build(project).site is not None


def test_second_build_at_once_is_refused(project, engine):
    with alone(project / ".cache"), pytest.raises(BusyError):
        build.build(project)
    assert (published(project), engine.runs) == ("before", 0)


@pytest.mark.parametrize("address", ["https://host.invalid/kb/", "https://host.invalid/kb"])
def test_address_of_the_site_is_known_to_the_inspection(project, engine, monkeypatch, address):
    seen = []
    monkeypatch.setenv("SITE_URL", address)
    monkeypatch.setattr(build.inspect, "inspect", lambda site, mount, **_: seen.append(mount) or [])
    assert build.build(project).site is not None
    assert seen == ["/kb/"]


@pytest.mark.parametrize("address", [None, "", "https://host.invalid", "https://host.invalid/"])
def test_site_without_path_stands_at_the_top(project, engine, monkeypatch, address):
    seen = []
    if address is not None:
        monkeypatch.setenv("SITE_URL", address)
    monkeypatch.setattr(build.inspect, "inspect", lambda site, mount, **_: seen.append(mount) or [])
    assert build.build(project).site is not None
    assert seen == ["/"]


# --- the offline edition --------------------------------------------------------------------------------


def test_offline_edition_takes_the_same_steps_and_leaves_the_site_alone(project, engine):
    told = []
    outcome = build.pack(project, told.append)
    assert outcome.site.parent == project / "dist"
    assert told == [
        "Checking data and pages",
        "Building 15 pages with MkDocs",
        "Writing the files for other programs",
        "Making handouts",
        "Inspecting the built site",
        "Packing",
    ]
    assert published(project) == "before"
    assert list((project / ".cache").glob("building-*")) == []


def test_link_to_a_folder_is_packed_for_nobody(project, engine):
    engine.page = '<a href="search/">a</a><a href="./">b</a>'
    outcome = build.pack(project)
    assert "index.html: './' leads to a folder, and from disk its page would not open." in outcome.findings
    assert outcome.site is None
    assert not (project / "dist").exists()


# --- MkDocs itself --------------------------------------------------------------------------------------


@pytest.fixture
def whole_project(project):
    """The fake content in the real shell: settings, macros and theme are those of the site."""
    for name in ("mkdocs.yml", "macros.py", "kept.py", "navigation.py", "mends.py", "preview.py"):
        shutil.copy(ROOT / name, project / name)
    shutil.copytree(ROOT / "overrides", project / "overrides")
    (project / "knowledge_base/templates").mkdir(parents=True)  # watched by the preview
    (project / "knowledge_base/templates/.keep").touch()
    return project


def test_fake_project_is_built_by_mkdocs_and_published(whole_project):
    outcome = build.build(whole_project)
    assert (outcome.faults, outcome.findings) == ([], [])
    session = (whole_project / "site/sessions/als-1/index.html").read_text(encoding="utf-8")
    assert 'href="../../research/references/#ash-2001">Ash, 2001</a>' in session


@pytest.mark.slow
def test_fake_project_is_built_by_mkdocs_and_packed_with_files_for_pages(whole_project):
    outcome = build.pack(whole_project)
    assert (outcome.faults, outcome.findings) == ([], [])
    with zipfile.ZipFile(outcome.site) as packed:
        pages = {name.partition("/")[2]: name for name in packed.namelist()}
        session = packed.read(pages["sessions/als-1.html"]).decode()
        assert 'href="../research/references.html#ash-2001">Ash, 2001</a>' in session
        assert packed.read(pages["downloads/sessions/als-1.pdf"]).startswith(b"%PDF-")
        index = packed.read(pages["search/search_index.js"]).decode()
        assert "sessions/als-1.html" in index
    assert outcome.site.stat().st_size < 3_000_000


@pytest.mark.slow
def test_edition_of_a_host_is_sound_and_shows_its_dates_and_whom_to_tell(whole_project):
    (whole_project / "data/local.yml").write_text(
        "local:\n  council: Example Council\n"
        "  contacts: [{role: Desk, email: desk@council.example}]\n"
        "  meetings:\n"
        "    - {session: als-1, set: North, date: 2030-01-15, starts: '09:45', ends: '15:00', venue: Example Hall}\n"
        "    - {session: als-1, set: 'South, evening', date: 2030-01-17}\n",
        encoding="utf-8",
    )
    lists = {
        "index.md": "{{ dates() }}",
        "sessions/index.md": '{{ dates("all") }}\n\n## Dates in your calendar\n\n{{ calendar() }}',
        "notes/index.md": '{{ notes("session") }}\n\n{{ feed() }}',
    }
    for path, drawn in lists.items():
        file = whole_project / "docs" / path
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("{{ sessions() }}", drawn).replace("{{ notes() }}", drawn), encoding="utf-8")
    outcome = build.build(whole_project)
    assert outcome.findings == []  # each link leads to a file, calendars and feed too
    assert {fault.code for fault in outcome.faults} == {"KB116"}  # its statements are not finished, and it is told so
    site = whole_project / "site"
    assert sorted(path.name for path in site.glob("*.ics")) == [
        "calendar-north.ics",
        "calendar-south-evening.ics",
        "calendar.ics",
        "reviews.ics",
    ]
    home, session = (
        (site / path).read_text(encoding="utf-8") for path in ("index.html", "sessions/als-1/index.html")
    )
    assert '<time datetime="2030-01-15">Tuesday 15 January 2030, 09:45 to 15:00</time>' in home
    assert re.search(r'<script src="assets/dates\.[0-9a-f]{8}\.js" defer>', home)
    assert "Example Hall" in session
    assert "assets/dates" not in session
    assert 'href="mailto:desk@council.example?subject=Mistake%20on%20the%20page' in session
    assert "whom to tell</a>" not in session


def test_what_mkdocs_says_comes_out_as_lines_and_stands_in_its_log(tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/index.md").write_text("[a](gone.md) [b](lost.md)\n", encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text("site_name: T\ntheme: {name: null, custom_dir: theme}\n", encoding="utf-8")
    (tmp_path / "theme").mkdir()
    (tmp_path / "theme/main.html").write_text("{{ page.content }}", encoding="utf-8")
    lines = build.mkdocs(tmp_path, tmp_path / "built", tmp_path / "mkdocs.log")
    assert "Doc file 'index.md' contains a link 'gone.md', but the target is not found" in lines[0]
    assert "Doc file 'index.md' contains a link 'lost.md', but the target is not found" in lines[1]
    assert lines[-1] == "All that MkDocs said is in mkdocs.log."
    assert "gone.md" in (tmp_path / "mkdocs.log").read_text(encoding="utf-8")


def ran(monkeypatch, tmp_path, code, said):
    """What becomes of an end of MkDocs, and how it was called."""
    calls = []

    def run(command, **options):
        calls.append((command, options))
        return build.subprocess.CompletedProcess(command, code, stdout="", stderr=said)

    monkeypatch.setattr(build.subprocess, "run", run)
    return build.mkdocs(tmp_path, tmp_path / "built", tmp_path / "log"), calls[0]


def test_mkdocs_is_always_strict_and_never_quiet_or_verbose(monkeypatch, tmp_path):
    said, (command, options) = ran(monkeypatch, tmp_path, 0, "INFO -  Documentation built\n")
    assert said == []
    assert "--strict" in command
    assert not {"-q", "--quiet", "-v", "--verbose"} & set(command)
    assert options["cwd"] == tmp_path


def test_marks_of_the_log_are_taken_off(monkeypatch, tmp_path):
    text = "INFO    -  Building\nWARNING -  One thing\nERROR   -  docs/a.md:1:1: KB401 Gone.\n\nAborted\n"
    said, _ = ran(monkeypatch, tmp_path, 1, text)
    assert said == ["One thing", "docs/a.md:1:1: KB401 Gone.", "All that MkDocs said is in log."]


def test_unforeseen_end_of_mkdocs_is_told_by_its_last_line(monkeypatch, tmp_path):
    said, _ = ran(monkeypatch, tmp_path, 1, "Traceback (most recent call last):\n  x\nOSError: disk full\n")
    assert said == ["MkDocs stopped: OSError: disk full", "All that MkDocs said is in log."]


def test_silent_end_of_mkdocs_is_a_failure_all_the_same(monkeypatch, tmp_path):
    said, _ = ran(monkeypatch, tmp_path, 100, "")
    assert said == ["All that MkDocs said is in log."]


def whole(site):
    """The words of a site's first page, if every file of it is as it was made."""
    folder = site.resolve()  # a switch may come at any time
    assert package.sums(folder) == (folder / package.SUMS).read_text(encoding="utf-8")
    return (folder / "index.html").read_text(encoding="utf-8")


@pytest.mark.slow
def test_site_is_whole_whenever_a_build_is_killed(whole_project):
    home = whole_project / "docs/index.md"
    text = home.read_text(encoding="utf-8")
    assert build.build(whole_project).site is not None
    home.write_text(f"{text}\n\nOnce more.\n", encoding="utf-8")
    started = time.monotonic()  # the first takes much longer: it keeps what it makes of each page
    assert build.build(whole_project).site is not None
    took = time.monotonic() - started
    site, moments, killed, seen = whole_project / "site", random.Random(50), 0, set()  # noqa: S311 - no secret
    for number in range(50):
        home.write_text(f"{text}\n\nEdition {number}.\n", encoding="utf-8")
        command = [sys.executable, "-m", "knowledge_base", "build"]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        # With its own children, as when a machine loses its power.
        process = subprocess.Popen(command, cwd=whole_project, start_new_session=True, **quiet)
        try:
            process.wait(moments.uniform(0, took))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            killed += 1
        seen |= set(re.findall(r"Edition \d+", whole(site)))
    assert killed > 25
    outcome = build.build(whole_project)
    assert outcome.site is not None
    assert "Edition 49." in whole(site)
    assert len(list((whole_project / ".cache/builds").iterdir())) <= switch.KEPT
    assert list((whole_project / ".cache").glob("building-*")) == []
    assert [path.name for path in whole_project.glob("site*")] == ["site"]


@pytest.mark.slow
def test_same_commit_gives_the_same_bytes_in_another_clone(whole_project, tmp_path):
    for words in (
        ["init", "-q"],
        ["add", "-A"],
        ["-c", "user.name=A", "-c", "user.email=a@b.invalid", "commit", "-qm1"],
    ):
        subprocess.run(["git", *words], cwd=whole_project, check=True, capture_output=True)
    made = set()
    for name, changes in {
        "one": {"TZ": "Pacific/Auckland", "PYTHONHASHSEED": "1", "LC_ALL": "C"},
        "a longer way/to the other": {"TZ": "America/Los_Angeles", "PYTHONHASHSEED": "2", "LC_ALL": "C.UTF-8"},
    }.items():
        clone = tmp_path / name
        subprocess.run(["git", "clone", "-q", whole_project, clone], check=True)
        command = [sys.executable, "-m", "knowledge_base", "build"]
        ran = subprocess.run(command, cwd=clone, env={**os.environ, **changes}, capture_output=True, text=True)
        assert ran.returncode == 0, ran.stdout + ran.stderr
        made.add((clone / "site" / package.SUMS).read_text(encoding="utf-8"))
    assert len(made) == 1
