"""Hostile changes: each is refused by the check, with its file, and no build begins; none has an effect."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from knowledge_base.faults import Fault
from knowledge_base.publish import build
from tests.conftest import FAKE, ROOT, found

CORPUS = yaml.safe_load((Path(__file__).parent / "corpus.yml").read_text(encoding="utf-8"))
PAGE = "docs/about/attack.md"
SECRET = "only-the-building-machine-knows"  # noqa: S105 - made up
BEFORE = "---\ntitle: A page\ndescription: A page.\nsource: [added]\nreviewed: 2021-05-01\n---\n\nWords.\n\n"
AFTER = "\n\n## Where this comes from\n\n{{ sources() }}\n"

ATTACKS = [(kind, name) for kind, entries in CORPUS.items() for name in entries]


def lay(root: Path, kind: str, name: str) -> str:
    """Makes the change in a project, and answers the path of the file that it concerns."""
    what = CORPUS[kind][name]
    if kind == "body":
        path, text = PAGE, BEFORE + what + AFTER
    elif kind == "front":
        key = what.split(":")[0]
        lines = [line for line in BEFORE.split("\n") if not line.startswith(f"{key}:")]
        path, text = PAGE, "\n".join([lines[0], what, *lines[1:]]) + AFTER
    elif kind == "data":
        path, text = "data/outcomes.yml", what
    else:
        path, text = what["path"], what.get("text", "")
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    if kind == "link":
        file.unlink(missing_ok=True)
        file.symlink_to(what["to"])
    else:
        file.write_text(text.replace("CANARY", str(root / "canary")), encoding="utf-8")
    return path


def named(faults: list[Fault], path: str) -> list[Fault]:
    return [fault for fault in faults if fault.severity == "error" and fault.path.startswith(path)]


@pytest.mark.parametrize(("kind", "name"), ATTACKS, ids=lambda value: value.replace(" ", "-"))
def test_attack_is_refused_with_its_file(fake, kind, name):
    path = lay(fake, kind, name)
    faults = found(fake)
    told = named(faults, path)
    assert told, [str(fault) for fault in faults]
    assert all(fault.line >= 1 and fault.message and fault.remedy for fault in told)
    assert not (fake / "canary").exists()


DEEP_OR_LONG = {
    "divisions in divisions": '<div markdown="1">\n' * 900 + "x" + "\n</div>" * 900,
    "underlined headings": "a\n---\n" * 8000,
    "definitions": ":   a\n" * 10_000,
    "brackets": "[" * 50_000,
    "brackets with words": "[insert a " * 1_900,
    "stars": "*a " * 5_000,
    "footnotes": "".join(f"[^{number}]" for number in range(10_000)),
    "calls that are not closed": "{{ cite(" * 2_100,
}


@pytest.mark.parametrize("text", DEEP_OR_LONG.values(), ids=DEEP_OR_LONG)
def test_page_that_would_keep_the_machine_busy_is_not_read_through(fake, text):
    (fake / PAGE).write_text(BEFORE + text + AFTER, encoding="utf-8")
    told = named(found(fake), PAGE)
    assert {fault.code for fault in told} >= {"KB105"}


def test_no_build_begins(fake, monkeypatch):
    def never(*_):
        raise AssertionError("MkDocs was started.")

    monkeypatch.setattr(build, "mkdocs", never)
    for kind, name in [("body", "walk through cycler"), ("body", "a script"), ("link", "to a file of the machine")]:
        lay(fake, kind, name)
        outcome = build.build(fake)
        assert outcome.site is None
        assert any(fault.severity == "error" for fault in outcome.faults)


@pytest.mark.slow
@pytest.mark.parametrize("command", [["build"], ["build", "--strict"]], ids=" ".join)
def test_engine_alone_runs_nothing_of_them(tmp_path, command):
    """Even where nobody ran the check: whatever goes through Jinja has no effect, and nothing is shown."""
    root = Path(shutil.copytree(FAKE, tmp_path / "fake"))
    shutil.copy(ROOT / "macros.py", root / "macros.py")
    with (root / "mkdocs.yml").open("a", encoding="utf-8") as config:
        config.write("theme: {name: material}\nplugins:\n  - search\n  - macros: {module_name: macros}\n")
    for number, name in enumerate(CORPUS["body"]):
        path = lay(root, "body", name)
        (root / path).rename(root / "docs/about" / f"attack-{number}.md")
    ran = subprocess.run(
        [sys.executable, "-m", "mkdocs", *command, "-d", str(tmp_path / "site")],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(ROOT), "SECRET": SECRET, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode != 0
    assert not (root / "canary").exists()
    assert "Traceback" not in ran.stderr
    assert SECRET not in ran.stdout + ran.stderr
    built = [path.read_text(encoding="utf-8", errors="replace") for path in (tmp_path / "site").rglob("*.html")]
    assert not any(SECRET in text or "root:x:0" in text for text in built)
