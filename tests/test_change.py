"""A stranger's change, checked and built as in a pull request: with the code of the base, and nothing of it runs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT

# It is the real project, with a build of all of it.
pytestmark = pytest.mark.slow

PAGE = "docs/about/index.md"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project as a repository of its own, as it stands here."""
    root = tmp_path_factory.mktemp("base") / "project"
    made = (".git", ".venv", ".cache", "site", "dist", ".*_cache", ".hypothesis")
    shutil.copytree(ROOT, root, ignore=shutil.ignore_patterns(*made))
    (root / ".venv").symlink_to(sys.prefix)
    git(root, "init", "--quiet", "--initial-branch=main")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message=Begin")
    return root


def git(root: Path, *words: str) -> None:
    who = {f"GIT_{role}_{what}": "x" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    subprocess.run(["git", *words], cwd=root, check=True, capture_output=True, env={**os.environ, **who})


@pytest.fixture
def change(base: Path):
    """Makes a branch with some files, checks it as a pull request, and answers how that ended."""

    def propose(files: dict[str, str | Path], message: str = "Change a page") -> subprocess.CompletedProcess[str]:
        git(base, "checkout", "--quiet", "-B", "change", "main")
        for path, content in files.items():
            (base / path).unlink(missing_ok=True)
            if isinstance(content, Path):
                (base / path).symlink_to(content)
            else:
                (base / path).write_text(content, encoding="utf-8")
        git(base, "add", "--all")
        git(base, "commit", "--quiet", f"--message={message}")
        git(base, "checkout", "--quiet", "main")
        command = ["bash", ".ci/change", "change"]
        return subprocess.run(command, cwd=base, capture_output=True, text=True, check=False)

    return propose


def page(base: Path, words: str) -> str:
    return (base / PAGE).read_text(encoding="utf-8").replace("## ", f"{words}\n\n## ", 1)


def test_pages_of_the_change_are_built_with_the_code_of_the_base(base, change):
    canary = base.parent / "canary"
    evil = f"open({str(canary)!r}, 'w')\n" + (base / "macros.py").read_text(encoding="utf-8")
    ran = change(
        {PAGE: page(base, "A sentence of the change."), "macros.py": evil, "mkdocs.yml": "site_name: Evil\n"}
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert not canary.exists()
    with zipfile.ZipFile(base / ".cache/change/preview.zip") as preview:
        (top,) = {name.split("/")[0] for name in preview.namelist()}
        assert "A sentence of the change." in preview.read(f"{top}/about/index.html").decode()
        assert f"{top}/downloads/sessions/als-1.pdf" in preview.namelist()
        # It opens from disk, and says of which change it is.
        assert 'src="../assets/hash-iframe-worker' in preview.read(f"{top}/about/index.html").decode()
        commit = subprocess.run(["git", "rev-parse", "change"], cwd=base, capture_output=True, text=True, check=True)
        assert f"<code>{commit.stdout.strip()}</code>" in preview.read(f"{top}/0-open-me-first.html").decode()


@pytest.mark.parametrize(
    ("files", "message", "said"),
    [
        ({PAGE: Path("/etc/passwd")}, "Change a page", "may hold no links"),
        ({PAGE: "No front matter."}, "Change a page", f"::error file={PAGE},line=1,col=1,title=KB201::"),
        ({"docs/about/evil.html": "<script>alert(1)</script>"}, "Change a page", "title=KB701::"),
        ({"docs/about/new.txt": "x", PAGE: "x"}, "Change a page", "::error "),
        ({"README.md": "Changed"}, "Ring 07700 900123 about it", "title=KB601::"),
    ],
    ids=["link", "fault", "script", "several", "message"],
)
def test_what_has_to_be_mended_is_told_on_its_line(change, files, message, said):
    ran = change(files, message)
    assert ran.returncode != 0
    assert said in ran.stdout, ran.stdout + ran.stderr
    assert "Traceback" not in ran.stdout + ran.stderr
