from __future__ import annotations

import dataclasses
import datetime
import hashlib
import os
import shutil
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from knowledge_base import catalogue
from knowledge_base.publish import offline
from knowledge_base.publish.record import Record
from tests.conftest import ROOT

RECORD = Record("1.2.3", "c" * 40, datetime.datetime(2026, 3, 29, 1, 30, 7, tzinfo=datetime.UTC))
FILES = {"index.html": "home", "0-open-me-first.html": "first", "sessions/als-1.html": "one", "b c/ä.pdf": "two"}
MOST = 25_000_000
"""How many bytes the zip may have: what still goes by e-mail in most places."""


@pytest.fixture
def site(tmp_path):
    return written(tmp_path / "site", FILES)


def written(folder, files):
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


# --- the zip --------------------------------------------------------------------------------------------


def test_zip_has_one_folder_with_the_first_page_first(site, tmp_path):
    with zipfile.ZipFile(offline.pack(site, tmp_path / "dist", RECORD)) as packed:
        assert packed.testzip() is None
        assert packed.namelist() == [
            "apir-knowledge-base-1.2.3/0-open-me-first.html",
            "apir-knowledge-base-1.2.3/b c/ä.pdf",
            "apir-knowledge-base-1.2.3/index.html",
            "apir-knowledge-base-1.2.3/sessions/als-1.html",
        ]
        assert packed.read("apir-knowledge-base-1.2.3/index.html") == b"home"
        for entry in packed.infolist():
            assert entry.date_time == (2026, 3, 29, 1, 30, 6)  # a zip counts in twos
            assert (entry.external_attr >> 16, entry.create_system, entry.extra) == (0o100644, 3, b"")


def test_same_files_give_the_same_bytes_wherever_and_whenever_they_were_made(site, tmp_path, monkeypatch):
    one = offline.pack(site, tmp_path / "dist", RECORD)
    old = os.umask(0o077)
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    try:
        other = written(tmp_path / "far" / "away", dict(reversed(FILES.items())))
        for file in other.rglob("*.*"):
            os.utime(file, (0, 0))
        two = offline.pack(other, tmp_path / "far" / "dist", RECORD)
    finally:
        os.umask(old)
        monkeypatch.undo()
        time.tzset()
    assert one.read_bytes() == two.read_bytes()


def test_checksum_is_one_that_sha256sum_reads(site, tmp_path):
    path = offline.pack(site, tmp_path / "dist", RECORD)
    command = ["sha256sum", "--check", "--strict", f"{path.name}.sha256"]
    said = subprocess.run(command, cwd=path.parent, capture_output=True, text=True, check=False)
    assert said.stdout == "apir-knowledge-base-1.2.3.zip: OK\n"


def test_packing_again_replaces_what_is_there_and_leaves_nothing_else(site, tmp_path):
    offline.pack(site, tmp_path / "dist", RECORD)
    (site / "index.html").write_text("anew", encoding="utf-8")
    path = offline.pack(site, tmp_path / "dist", RECORD)
    assert sorted(file.name for file in path.parent.iterdir()) == [path.name, f"{path.name}.sha256"]
    assert path.with_name(f"{path.name}.sha256").read_text().split()[0] == (
        hashlib.sha256(path.read_bytes()).hexdigest()
    )


# --- what is put in and left out ------------------------------------------------------------------------


@pytest.fixture
def first(fake, site):
    """The page to open first, of the fake project."""

    def read(record):
        offline.prepare(catalogue.load(fake), site, record)
        return (site / offline.FIRST).read_text(encoding="utf-8")

    return read


def test_page_to_open_first_tells_version_day_and_host(fake, first):
    (fake / "data/local.yml").write_text("local: {council: Ash & Elm Council}\n", encoding="utf-8")
    said = first(RECORD)
    assert "<dd>1.2.3</dd>" in said
    assert "<dd>29 March 2026</dd>" in said
    assert f"<code>{'c' * 40}</code></dd>" in said
    assert "sha256sum -c apir-knowledge-base-1.2.3.zip.sha256" in said
    assert "A copy for use without a network, from Ash &#38; Elm Council" in said


def test_page_to_open_first_says_no_more_than_is_known(first):
    said = first(Record("1.2.3"))
    assert "<dd>1.2.3</dd>" in said
    assert "Notes and corrections that came later are not in it" in said
    assert [word for word in ("As of", "Made from", "None") if word in said] == []


def test_page_to_open_first_tells_of_changes_that_its_commit_does_not_have(first):
    assert "</code>, with changes made since</dd>" in first(dataclasses.replace(RECORD, modified=True))


def test_what_only_a_server_shows_is_left_out(first, site):
    written(site, dict.fromkeys(offline.SERVED_ONLY, "x"))
    first(RECORD)
    assert [name for name in offline.SERVED_ONLY if (site / name).exists()] == []


@pytest.mark.parametrize(
    "record", [Record("1"), Record("1", date=datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC))]
)
def test_zip_of_no_known_day_has_the_first_that_a_zip_can_hold(site, tmp_path, record):
    with zipfile.ZipFile(offline.pack(site, tmp_path, record)) as packed:
        assert {entry.date_time for entry in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}


# --- the whole of it ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def zips(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The real project, packed with its handouts from two clones: in other folders, and under other circumstances."""
    origin = tmp_path_factory.mktemp("origin") / "project"
    made = (".git", ".venv", ".cache", "site", "dist", ".*_cache", ".hypothesis", "__pycache__")
    shutil.copytree(ROOT, origin, ignore=shutil.ignore_patterns(*made))
    git(origin, "init", "--quiet")
    git(origin, "add", "--all")
    git(origin, "commit", "--quiet", "--message=Begin")
    found = []
    for name, zone, seed, mask in (("one", "UTC", "0", 0o022), ("Für Zoë #2/deeper", "Asia/Tokyo", "77", 0o077)):
        clone = origin.parent / name
        git(origin, "clone", "--quiet", str(origin), str(clone))
        settings = {"TZ": zone, "PYTHONHASHSEED": seed, "PYTHONPATH": str(clone), "PYTHONDONTWRITEBYTECODE": "1"}
        old = os.umask(mask)
        try:
            subprocess.run(
                [sys.executable, "-m", "knowledge_base", "offline"], cwd=clone, env=os.environ | settings, check=True
            )
        finally:
            os.umask(old)
        found += (clone / "dist").glob("*.zip")
    return found


def git(root: Path, *words: str) -> None:
    who = {f"GIT_{role}_{what}": "x" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    subprocess.run(["git", *words], cwd=root, check=True, capture_output=True, env={**os.environ, **who})


@pytest.mark.slow
def test_same_commit_gives_the_same_zip_and_it_is_small_enough(zips):
    one, two = (path.read_bytes() for path in zips)
    assert hashlib.sha256(one).hexdigest() == hashlib.sha256(two).hexdigest()
    assert len(one) <= MOST


@pytest.mark.slow
def test_zip_holds_each_handout_and_what_other_programs_read(zips, sources):
    from knowledge_base.publish import exports, handouts

    with zipfile.ZipFile(zips[0]) as packed:
        (top,) = {name.split("/")[0] for name in packed.namelist()}
        for path in [*handouts.paths(sources), *exports.files(sources, "")]:
            content = packed.read(f"{top}/{path}")
            if path.endswith(".pdf"):
                assert content.startswith(b"%PDF-"), path
            assert len(content) > 100, path
