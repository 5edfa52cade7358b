from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile

import pytest

from knowledge_base.faults import AuthorError
from knowledge_base.publish import build, offline, package, record, release
from tests.publish.test_build import _no_address, engine, project, whole_project  # noqa: F401 - fixtures

CHANGES = f"# Changes\n\n## {record.__version__} – 15 January 2030\n\nThe first.\n"


def commit(root):
    who = ["-c", "user.name=Somebody", "-c", "user.email=somebody@host.invalid", "-c", "commit.gpgsign=false"]
    for words in (["init", "-q"], ["add", "-A"], [*who, "commit", "-q", "--allow-empty", "-m", "Now"]):
        subprocess.run(["git", *words], cwd=root, check=True, capture_output=True)


@pytest.fixture
def checkout(fake):
    """The fake project as a commit."""
    (fake / "CHANGELOG.md").write_text(CHANGES, encoding="utf-8")
    (fake / ".gitignore").write_text(".cache/\n/site\n/dist/\n", encoding="utf-8")
    commit(fake)
    return fake


# --- what is refused ------------------------------------------------------------------------------------


def refused(root):
    with pytest.raises(AuthorError) as told:
        release.release(root)
    assert not (root / "dist").exists()
    return told.value.message


def test_what_differs_from_the_commit_is_not_released(checkout):
    (checkout / "docs/index.md").write_text("---\ntitle: Other\n---\n", encoding="utf-8")
    assert refused(checkout) == "Files differ from the commit."


def test_folder_without_git_is_not_released(fake):
    assert refused(fake) == "A release is made of a commit, and this is no checkout of git."


def test_edition_of_a_host_is_not_released(checkout):
    (checkout / "data/local.yml").write_text("local:\n  council: Example Council\n", encoding="utf-8")
    commit(checkout)
    assert refused(checkout) == "data/local.yml is filled in; a release is the plain edition."


def test_release_knows_no_address(checkout, monkeypatch):
    monkeypatch.setenv("SITE_URL", "https://host.invalid/")
    assert refused(checkout) == "SITE_URL is set; a release knows no address."


@pytest.mark.parametrize("text", [None, "# Changes\n\n## 0.0.1 – 15 January 2030\n"])
def test_version_that_the_list_of_changes_does_not_tell_of_is_not_released(checkout, text):
    (checkout / "CHANGELOG.md").unlink()
    if text:
        (checkout / "CHANGELOG.md").write_text(text, encoding="utf-8")
    commit(checkout)
    assert refused(checkout) == f"CHANGELOG.md does not tell of version {record.__version__}."


def test_fault_of_an_author_leaves_dist_as_it_was(checkout):
    (checkout / "dist").mkdir()
    (checkout / "dist/earlier.zip").touch()
    page = checkout / "docs/index.md"
    page.write_text(page.read_text(encoding="utf-8").replace("references.md", "referenzes.md"), encoding="utf-8")
    commit(checkout)
    outcome = release.release(checkout)
    assert outcome.site is None
    assert [fault.code for fault in outcome.faults] == ["KB401"]
    assert [path.name for path in (checkout / "dist").iterdir()] == ["earlier.zip"]


# --- what a host gets -----------------------------------------------------------------------------------


@pytest.mark.slow
def test_release_is_the_same_twice_and_its_source_builds_its_site(whole_project, tmp_path):  # noqa: F811
    subprocess.run(["rm", "-r", whole_project / "site"], check=True)
    (whole_project / "CHANGELOG.md").write_text(CHANGES, encoding="utf-8")
    (whole_project / ".gitignore").write_text(".cache/\n/site\n/dist/\n", encoding="utf-8")
    commit(whole_project)
    made = []
    for name in ("one", "the other"):
        clone = tmp_path / name
        subprocess.run(["git", "clone", "-q", whole_project, clone], check=True)
        outcome = release.release(clone)
        assert (outcome.faults, outcome.findings) == ([], [])
        dist = clone / "dist"
        assert outcome.site == dist
        check = ["sha256sum", "--check", "--strict", "--quiet", package.SUMS]
        assert subprocess.run(check, cwd=dist, check=False).returncode == 0
        made.append((dist / package.SUMS).read_text(encoding="utf-8"))
        assert not (clone / "site").exists()  # what is served from a checkout is left alone
    assert made[0] == made[1]
    name = f"{offline.NAME}-{record.__version__}"
    assert sorted(path.name for path in dist.iterdir()) == sorted(
        [
            "CHANGELOG.md",
            "SHA256SUMS",
            f"{name}-site.tar.gz",
            f"{name}-source.tar.gz",
            f"{name}.cdx.json",
            f"{name}.zip",
            f"{name}.zip.sha256",
        ]
    )
    assert zipfile.ZipFile(dist / f"{name}.zip").testzip() is None
    for part in ("site", "source"):
        with tarfile.open(dist / f"{name}-{part}.tar.gz") as archive:
            assert {(entry.uname, entry.uid) for entry in archive} == {("", 0)}
            archive.extractall(tmp_path, filter="data")
    site, source = tmp_path / f"{name}-site", tmp_path / f"{name}-source"
    assert subprocess.run(check, cwd=site, check=False).returncode == 0
    assert record.read(source).commit == record.read(whole_project).commit
    command = [sys.executable, "-m", "knowledge_base", "build"]
    ran = subprocess.run(command, cwd=source, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert (source / "site" / package.SUMS).read_bytes() == (site / package.SUMS).read_bytes()
    assert build.record.read(source).modified is None
