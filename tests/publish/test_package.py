from __future__ import annotations

import datetime
import gzip
import json
import os
import subprocess
import warnings

import brotli
import pytest

from knowledge_base import catalogue
from knowledge_base.publish import package
from knowledge_base.publish.record import Record
from tests.conftest import ROOT

RECORD = Record("1.2.3", "c" * 40, datetime.datetime(2030, 1, 15, 9, 45, tzinfo=datetime.UTC), modified=False)
UNPACK = {".gz": gzip.decompress, ".br": brotli.decompress}


@pytest.fixture
def made(tmp_path):
    """A built site of a page, a picture and a handout."""
    folder = tmp_path / "site"
    (folder / "downloads").mkdir(parents=True)
    (folder / "index.html").write_text("<h1>Words</h1>" * 100, encoding="utf-8")
    (folder / "a picture.png").write_bytes(b"\x89PNG")
    (folder / "downloads/a.pdf").write_bytes(b"%PDF")
    return folder


@pytest.fixture
def seal(fake):
    def now(made, record=RECORD, before=None):
        package.seal(made, catalogue.load(fake), fake, record, before)
        return {path.relative_to(made).as_posix(): path.read_bytes() for path in made.rglob("*") if path.is_file()}

    return now


@pytest.mark.parametrize("ending", UNPACK)
def test_text_has_compressed_copies_that_say_the_same(made, seal, ending):
    files = seal(made)
    packed = {name.removesuffix(ending) for name in files if name.endswith(ending)}
    assert packed == {"index.html", package.BUILD, package.BILL}
    for name in packed:
        assert UNPACK[ending](files[name + ending]) == files[name]
    assert len(files["index.html" + ending]) < 100


def test_checksums_are_those_of_every_other_file_as_a_stranger_reads_them(made, seal):
    files = seal(made)
    named = [line.split("  ", 1)[1] for line in files[package.SUMS].decode().splitlines()]
    assert named == sorted(files.keys() - {package.SUMS})
    ran = subprocess.run(["sha256sum", "--check", "--strict", "--quiet", package.SUMS], cwd=made, capture_output=True)
    assert (ran.returncode, ran.stdout) == (0, b"")
    (made / "index.html").write_text("others", encoding="utf-8")
    ran = subprocess.run(["sha256sum", "--check", "--strict", "--quiet", package.SUMS], cwd=made, capture_output=True)
    assert ran.returncode == 1


def test_record_says_what_the_site_was_made_from(made, seal):
    said = json.loads(seal(made)[package.BUILD])
    assert (said["version"], said["commit"], said["date"]) == ("1.2.3", "c" * 40, "2030-01-15T09:45:00Z")
    assert "changed since that commit" not in said
    assert said["made with"]["mkdocs"] == "1.6.1"
    assert (said["counts"]["pages"], said["counts"]["downloads"]) == (15, 1)


def test_unknown_is_said_to_be_unknown(made, seal):
    said = json.loads(seal(made, Record("1.2.3"))[package.BUILD])
    assert (said["commit"], said["date"]) == (None, None)


def test_edition_that_differs_from_its_commit_says_so(made, seal):
    record = Record("1.2.3", "c" * 40, RECORD.date, modified=True)
    assert json.loads(seal(made, record)[package.BUILD])["changed since that commit"] is True


def test_same_record_gives_the_same_bytes_in_another_folder_on_another_day(made, seal, tmp_path):
    other = tmp_path / "elsewhere" / "site"
    other.parent.mkdir()
    subprocess.run(["cp", "-r", made, other], check=True)
    os.utime(other / "index.html", (0, 0))
    assert seal(made) == seal(other)


def test_what_was_compressed_before_is_lent(made, seal, tmp_path, monkeypatch):
    first = seal(made)
    again = tmp_path / "again"
    subprocess.run(["cp", "-r", made, again], check=True)
    for packed in [*again.rglob("*.br"), *again.rglob("*.gz")]:
        packed.unlink()
    refused = {ending: (lambda content: pytest.fail("packed again"), unpack) for ending, unpack in UNPACK.items()}
    monkeypatch.setattr(package, "_PACKERS", refused)
    assert seal(again, before=made) == first


def test_what_other_programs_packed_is_not_lent(made, seal, tmp_path):
    first = seal(made)
    again = tmp_path / "again"
    subprocess.run(["cp", "-r", made, again], check=True)
    # The same words, packed less well; and it is known that something else did it.
    (made / "index.html.gz").write_bytes(gzip.compress((made / "index.html").read_bytes(), 1, mtime=0))
    record = (made / "build.json").read_text(encoding="utf-8")
    (made / "build.json").write_text(record.replace('"python": "', '"python": "2.'), encoding="utf-8")
    assert seal(again, before=made) == first
    (made / "build.json").write_text("[]", encoding="utf-8")
    assert seal(again, before=made) == first


@pytest.mark.parametrize(
    "damaged", [b"", b"\x1f\x8b\x08", gzip.compress(b"other words", mtime=0), brotli.compress(b"other")]
)
def test_what_was_damaged_is_not_lent(made, seal, tmp_path, damaged):
    first = seal(made)
    again = tmp_path / "again"
    subprocess.run(["cp", "-r", made, again], check=True)
    for ending in UNPACK:
        (made / f"index.html{ending}").write_bytes(damaged)
    assert seal(again, before=made) == first


# --- the bill of materials ------------------------------------------------------------------------------


@pytest.mark.slow
def test_bill_is_valid_and_names_every_package_of_the_lock(served):
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    text = (served / package.BILL).read_text(encoding="utf-8")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of the library that it validates with
        assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    parts = {part["name"]: part for part in json.loads(text)["components"]}
    lock = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    unconditional = {line.partition("==")[0] for line in lock.splitlines() if "==" in line and ";" not in line}
    assert unconditional <= parts.keys()
    assert parts["mkdocs-material"]["scope"] == "required"
    assert parts["mkdocs"]["scope"] == "excluded"
    assert parts["mkdocs"]["licenses"] == [{"license": {"id": "BSD-2-Clause"}}]
    assert parts["mkdocs"]["purl"] == "pkg:pypi/mkdocs@1.6.1"


def test_bill_tells_the_day_of_the_record_and_never_the_clock(made, seal):
    said = json.loads(seal(made)[package.BILL])
    assert said["metadata"]["timestamp"] == "2030-01-15T09:45:00+00:00"
    assert said["metadata"]["component"]["version"] == "1.2.3"
