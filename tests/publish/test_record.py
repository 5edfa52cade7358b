from __future__ import annotations

import datetime
import json
import subprocess

import pytest

from knowledge_base import __version__
from knowledge_base.publish import record

DAY = datetime.datetime(2030, 1, 15, 9, 45, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def _no_epoch(monkeypatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """A repository with one commit, made on a known day in another time zone."""
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "Somebody")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "somebody@host.invalid")
        monkeypatch.setenv(f"GIT_{role}_DATE", "2030-01-15T11:45:00+02:00")
    (tmp_path / "page.md").write_text("words", encoding="utf-8")
    for words in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "First"]):
        subprocess.run(["git", "-C", tmp_path, *words], check=True)
    return tmp_path


def test_checkout_tells_commit_and_day(checkout):
    read = record.read(checkout)
    assert (read.version, read.date, read.modified) == (__version__, DAY, False)
    assert read.commit is not None
    assert len(read.commit) == 40
    assert (read.epoch, read.day) == ("1894700700", "2030-01-15T09:45:00Z")


def test_what_differs_from_the_commit_is_told(checkout):
    (checkout / "page.md").write_text("other words", encoding="utf-8")
    assert record.read(checkout).modified is True


def test_release_carries_its_record(checkout, tmp_path_factory):
    unpacked = tmp_path_factory.mktemp("release")
    (unpacked / record.FILE).write_text(record.read(checkout).json(), encoding="utf-8")
    read, made = record.read(unpacked), record.read(checkout)
    assert (read.version, read.commit, read.date) == (made.version, made.commit, made.date)
    assert read.modified is None


def test_release_that_lies_in_the_repository_of_somebody_else_keeps_its_own(checkout):
    inside = checkout / "vendor/kb"
    inside.mkdir(parents=True)
    kept = {"version": "9.9.9", "commit": "c" * 40, "date": "2029-01-01T00:00:00Z"}
    (inside / record.FILE).write_text(json.dumps(kept), encoding="utf-8")
    assert record.read(inside).version == "9.9.9"


@pytest.mark.parametrize(
    "kept", ["", "{", "[]", '{"version": "1"}', '{"version": "1", "commit": "c", "date": "soon"}']
)
def test_what_nothing_tells_is_unknown(tmp_path, kept):
    (tmp_path / record.FILE).write_text(kept, encoding="utf-8")
    read = record.read(tmp_path)
    assert (read.version, read.commit, read.date, read.day) == (__version__, None, None, None)
    assert read.epoch == "315532800"


def test_repository_without_a_commit_is_unknown(tmp_path):
    subprocess.run(["git", "-C", tmp_path, "init", "-q"], check=True)
    assert record.read(tmp_path).commit is None


def test_day_that_the_machine_is_told_is_obeyed(checkout, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    assert record.read(checkout).day == "2001-09-09T01:46:40Z"
