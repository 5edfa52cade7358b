from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys

import pytest
from click.testing import CliRunner

from knowledge_base import __version__, check, schemas
from knowledge_base.cli import main
from knowledge_base.faults import Fault
from knowledge_base.publish import build, inspect
from knowledge_base.publish.switch import alone
from tests.conftest import ROOT

FAULT = "docs/toolkit/axe.md:5:11: KB113 'once' is not a date. Write year, month and day: 2026-11-23."


@pytest.fixture
def kb(fake, monkeypatch):
    """Types `kb` in the fake project (or in a folder of it)."""

    def run(*words, folder="."):
        monkeypatch.chdir(fake / folder)
        return CliRunner().invoke(main, list(words))

    return run


@pytest.fixture
def slip(fake):
    """A slip in one page and another in the data."""
    for path, old, new in (
        ("docs/toolkit/axe.md", "reviewed: 2021-05-01", "reviewed: once"),
        ("data/outcomes.yml", "number: 2", "number: two"),
    ):
        text = (fake / path).read_text(encoding="utf-8")
        assert old in text
        (fake / path).write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def engine(monkeypatch):
    """Stands in for MkDocs; answers whatever its list holds."""
    says = []

    def mkdocs(root, target, log, **_):
        for name in (*inspect.REQUIRED, inspect.SEARCH[1]):
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            (target / name).write_text("<h1>Now</h1>", encoding="utf-8")
        return says

    monkeypatch.delenv("SITE_URL", raising=False)
    monkeypatch.setattr(build, "mkdocs", mkdocs)
    # Its site has no pages of which handouts could be made, or in which anything could be found.
    monkeypatch.setattr(build.handouts, "write", lambda *_: [])
    monkeypatch.setattr(build.full_text, "write", lambda *_: [])
    return says


def told(result):
    """The lines that tell a fault; below each stands the line that it is about."""
    return [line for line in result.stdout.splitlines() if not line.startswith("    ")]


# --- kb check -------------------------------------------------------------------------------------------


def test_project_with_nothing_to_mend_passes(kb):
    result = kb("check")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "Nothing to mend in 15 pages and 13 data files.\n"


def test_every_fault_is_a_line_and_ends_with_one(kb, slip):
    result = kb("check")
    assert result.exit_code == 1
    assert told(result) == [
        "data/outcomes.yml:3:74: KB113 'two' is not a number. Write digits only.",
        FAULT,
    ]
    assert result.stderr == "2 errors in 2 files.\n"


def test_line_that_is_meant_is_shown(kb, slip):
    assert kb("check", "docs").stdout.splitlines() == [FAULT, "    5 | reviewed: once", "      |           ^"]


def test_formats_for_programs_tell_the_same(kb, slip):
    result = kb("check", "--format", "github", "docs")
    assert result.exit_code == 1
    assert result.stdout.startswith(
        "::error file=docs/toolkit/axe.md,line=5,col=11,title=KB113::'once' is not a date."
    )
    (fault,) = json.loads(kb("check", "--format", "json", "docs").stdout)
    assert (fault["path"], fault["line"], fault["severity"]) == ("docs/toolkit/axe.md", 5, "error")


@pytest.mark.parametrize("path", ["docs", "docs/", "./docs/toolkit", "docs/toolkit/axe.md"])
def test_only_what_is_named_is_told(kb, slip, path):
    result = kb("check", path)
    assert (result.exit_code, told(result)) == (1, [FAULT])
    assert result.stderr == "1 error in 1 file.\n"


def test_what_is_named_may_be_good_while_the_rest_is_not(kb, slip):
    result = kb("check", "docs/index.md", "data/glossary.yml")
    assert (result.exit_code, result.stdout) == (0, "")


@pytest.mark.parametrize("paths", [["."], ["data", "docs"], ["docs/toolkit/axe.md", "data/outcomes.yml"]])
def test_several_paths_are_told_together(kb, slip, paths):
    assert len(told(kb("check", *paths))) == 2


def test_file_whose_name_begins_alike_is_not_meant(kb, fake, slip):
    (fake / "docs/tool").mkdir()
    assert kb("check", "docs/tool").exit_code == 0


def test_project_is_found_from_any_folder_of_it(kb, slip):
    assert len(told(kb("check", folder="docs/toolkit"))) == 2
    assert told(kb("check", "axe.md", folder="docs/toolkit")) == [FAULT]
    assert told(kb("check", "../toolkit", folder="docs/toolkit")) == [FAULT]
    assert told(kb("check", "..", folder="docs/toolkit")) == [FAULT]


def test_absolute_path_is_understood(kb, fake, slip):
    assert told(kb("check", str(fake / "docs/toolkit/axe.md"))) == [FAULT]


def test_path_that_does_not_exist_is_told(kb):
    result = kb("check", "docs/saw.md")
    assert result.exit_code == 2
    assert "'docs/saw.md' does not exist" in result.stderr


def test_path_that_is_never_checked_is_told(kb):
    result = kb("check", "mkdocs.yml", "docs")
    assert result.exit_code == 0
    assert "'mkdocs.yml' is not checked: only data/ and docs/ are." in result.stderr
    assert "'docs' is not checked" not in result.stderr


def test_line_of_a_fault_is_printed_as_it_is(kb, fake):
    """The terminal library would print line 100 as a picture, and words in square brackets not at all."""
    page = fake / "docs/toolkit/axe.md"
    text = page.read_text(encoding="utf-8")
    blank = "\n" * (99 - text.count("\n"))
    page.write_text(f"{text}{blank}[b](bold{'-very' * 60}.md)\n", encoding="utf-8")
    (line,) = told(kb("check"))
    assert line.startswith("docs/toolkit/axe.md:100:")
    assert f"bold{'-very' * 60}.md" in line


def test_warning_is_told_and_is_no_error(kb, monkeypatch):
    old = Fault("docs/index.md", 1, 1, "KB503", "Old.", "Read it.", "warning")
    monkeypatch.setattr(check, "check", lambda whole: [old])
    result = kb("check")
    assert (result.exit_code, told(result)) == (0, ["docs/index.md:1:1: KB503 warning: Old. Read it."])
    assert result.stderr.startswith("1 warning in 1 file.\n")


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe", b"---\n: [\n", b"{{ cite(", b"---\n---\n{% for %}", b"\x00" * 100]
)
def test_no_file_brings_a_traceback(kb, fake, content):
    (fake / "docs/toolkit/axe.md").write_bytes(content)
    (fake / "data/local.yml").write_bytes(content + b"[")
    result = kb("check")
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    assert {line.split(":")[0] for line in told(result)} == {"docs/toolkit/axe.md", "data/local.yml"}


def test_terminal_that_knows_ascii_only_is_told_all_the_same(fake, slip):
    (fake / "docs/toolkit/résumé.md").write_text("No front matter.", encoding="utf-8")
    said = subprocess.run(
        [sys.executable, "-c", "from knowledge_base.cli import main; main()", "check"],
        cwd=fake,
        env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    assert said.returncode == 1
    assert "Traceback" not in said.stderr
    assert FAULT in said.stdout.splitlines()
    assert "r\\xe9sum\\xe9" in said.stdout


# --- kb build -------------------------------------------------------------------------------------------


def test_build_publishes_and_says_so(kb, fake, engine):
    result = kb("build")
    assert result.exit_code == 0
    assert (fake / "site/index.html").read_text(encoding="utf-8") == "<h1>Now</h1>"
    assert result.stderr.splitlines()[-1] == "Published 15 pages into site/."
    assert result.stderr.splitlines()[0] == "Checking data and pages …"


def test_build_says_in_a_line_what_leads_nowhere_without_an_address(kb, engine, monkeypatch):
    (line,) = [line for line in kb("build").stderr.splitlines() if "SITE_URL" in line]
    assert line == (
        "SITE_URL is not set: the feed of notes leads to http://127.0.0.1:8000/, and the calendars give no addresses."
    )
    monkeypatch.setenv("SITE_URL", "https://council.example/apir")
    assert "SITE_URL" not in kb("build").stderr


def test_build_with_a_fault_tells_it_and_publishes_nothing(kb, fake, engine, slip):
    result = kb("build")
    assert result.exit_code == 1
    assert FAULT in result.stdout.splitlines()
    assert result.stderr.splitlines()[-2:] == ["2 errors in 2 files.", "Not published. site/ is as it was."]
    assert not (fake / "site").exists()


def test_build_tells_what_the_engine_found(kb, fake, engine):
    engine.append("Doc file 'index.md' contains a link [a](b) to nowhere.")
    result = kb("build")
    assert result.exit_code == 1
    assert result.stdout == "Doc file 'index.md' contains a link [a](b) to nowhere.\n"
    assert result.stderr.splitlines()[-1] == "Not published. site/ is as it was."
    assert not (fake / "site").exists()


def test_second_build_at_once_is_told_to_wait(kb, fake, engine):
    with alone(fake / ".cache"):
        result = kb("build")
    assert result.exit_code == 1
    assert "Another build of this project is running. Try again when it has ended." in result.stderr
    assert isinstance(result.exception, SystemExit)


def test_what_the_machine_refuses_is_told_in_a_sentence(kb, fake, engine):
    shutil.rmtree(fake / ".cache", ignore_errors=True)
    (fake / ".cache").write_text("A file where a folder should be.", encoding="utf-8")
    result = kb("build")
    assert result.exit_code == 1
    assert "The machine said no: " in result.stderr
    assert isinstance(result.exception, SystemExit)


# --- kb offline -----------------------------------------------------------------------------------------


def test_offline_packs_and_says_where(kb, fake, engine):
    result = kb("offline")
    assert result.exit_code == 0, result.stderr
    packed = fake / f"dist/apir-knowledge-base-{__version__}.zip"
    assert result.stderr.splitlines()[-1] == f"Packed 15 pages into dist/{packed.name}: 0.0 MB."
    assert packed.with_name(f"{packed.name}.sha256").is_file()
    assert not (fake / "site").exists()


def test_offline_with_a_fault_tells_it_and_packs_nothing(kb, fake, engine, slip):
    result = kb("offline")
    assert result.exit_code == 1
    assert FAULT in result.stdout.splitlines()
    assert result.stderr.splitlines()[-2:] == ["2 errors in 2 files.", "Not packed. dist/ is as it was."]
    assert not (fake / "dist").exists()


# --- kb generate, kb ------------------------------------------------------------------------------------


def test_schemas_are_written_once(kb, fake):
    assert "Written: " in kb("generate").stderr
    assert {path.name for path in (fake / "data/schemas").iterdir()} == schemas.schemas().keys()
    assert kb("generate").stderr == "All is as it should be.\n"
    assert kb("check").exit_code == 0


@pytest.mark.parametrize("command", ["check", "build", "offline", "generate"])
def test_elsewhere_than_in_a_project_that_is_said(tmp_path, monkeypatch, command):
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, [command])
    assert result.exit_code == 1
    assert result.stderr == "This is not the project's folder: there is no mkdocs.yml here or above.\n"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_help_lists_the_commands(kb, flag):
    result = kb(flag)
    assert result.exit_code == 0
    for command in main.commands:
        assert command in result.stdout


def test_version_is_told(kb):
    assert kb("--version").stdout == f"kb, version {__version__}\n"


def test_every_command_says_what_it_does():
    assert main.commands.keys() >= {"check", "build", "generate"}
    assert all(command.help for command in main.commands.values())


def test_release_says_what_it_cannot_release(kb):
    result = kb("release")
    assert result.exit_code == 1
    assert result.stderr.splitlines()[-2:] == [
        "A release is made of a commit, and this is no checkout of git. Clone the repository.",
        "Not released. dist/ is as it was.",
    ]
