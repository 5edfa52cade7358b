"""The engines: each with an environment of its own, and the site that it makes of our sources."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
import venv
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / ".cache" / "canary"
# Of what a build reads, that which is a folder; the rest is mkdocs.yml, macros.py and the hooks.
_FOLDERS = ("docs", "data", "overrides", "knowledge_base")
_SITE = Path(".cache", "mkdocs")
"""Where `mkdocs.yml` has a site built, below the folder of the sources."""
# How pip tells that it got no answer, among complaints that there is no such package.
_NO_ANSWER = re.compile("after connection broken by|Max retries exceeded|Could not fetch URL")


class EngineError(Exception):
    """An engine could not be installed, or made no site; with what it said."""


class UnreachableError(EngineError):
    """The package index did not answer, so that nothing is known of an engine."""


@dataclass(frozen=True)
class Built:
    """A site that an engine made.

    Attributes:
        engine: the engine's name and version.
        site: the folder of the site.
        seconds: of the build, by the clock.
        said: warnings and errors of the build, and what kept a newer version from being installed; as lines.
    """

    engine: str
    site: Path
    seconds: float
    said: tuple[str, ...]


def mkdocs() -> Built:
    """The site as MkDocs makes it, in the environment of the locks."""
    return _built("mkdocs", Path(sys.executable), ["build", "--strict"], ())


def properdocs() -> Built:
    """The site as the newest ProperDocs that installs makes it: a fork of MkDocs that runs its plugins and themes."""
    python, said = _environment("properdocs")
    return _built("properdocs", python, ["build", "--strict"], said)


def zensical() -> Built:
    """The site as the newest Zensical that installs makes it: another engine, which reads `mkdocs.yml`."""
    python, said = _environment("zensical")
    return _built("zensical", python, ["build", "--clean", "--strict"], said)


def _environment(engine: str) -> tuple[Path, tuple[str, ...]]:
    """The Python of an engine's environment, and why it is not the newest, if it is not.

    It holds what the lock holds, with the engine on top: the library needs most of that, and ProperDocs runs our
    plugins.
    """
    folder = FOLDER / engine / "venv"
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    lock, installed = ROOT / "requirements.txt", folder / "requirements.txt"
    if not installed.is_file() or installed.read_bytes() != lock.read_bytes():
        venv.create(folder, clear=True, with_pip=True)
        _pip(python, "install", "--require-hashes", "--requirement", str(lock))
        _pip(python, "install", "--no-deps", "--no-build-isolation", "--no-index", "--editable", str(ROOT))
        shutil.copy(lock, installed)
    try:
        return python, _renewed(python, engine)
    except UnreachableError:
        if not _version(python, engine):
            raise
        return python, (f"The package index cannot be reached: {engine} may not be the newest.",)


def _renewed(python: Path, engine: str) -> tuple[str, ...]:
    """Installs the newest version of an engine that can be, and says why that is not the newest, if it is not."""
    newest = re.search(r"^Available versions: ([^,\s]+)", _pip(python, "index", "versions", engine), re.MULTILINE)
    if newest is None:
        raise EngineError(f"The package index tells no version of {engine}.")
    try:
        _pip(python, "install", f"{engine}=={newest[1]}")
    except UnreachableError:
        raise
    except EngineError as error:
        # By itself pip goes back, version by version, to the newest that can be installed.
        _pip(python, "install", "--upgrade", engine)
        return (f"{engine} {newest[1]} is the newest, and could not be installed: {error}",)
    return ()


def _version(python: Path, engine: str) -> str:
    """The version of an engine that is installed; empty where none is."""
    told = _run([str(python), "-c", f"from importlib.metadata import version; print(version('{engine}'))"], ROOT)
    return told.stdout.strip()


def _pip(python: Path, *arguments: str) -> str:
    ran = _run([str(python), "-m", "pip", *arguments], ROOT)
    if ran.returncode:
        if _NO_ANSWER.search(ran.stderr):
            raise UnreachableError("The package index cannot be reached.")
        errors = re.findall(r"^ERROR: (.*)", ran.stderr, re.MULTILINE)
        raise EngineError(errors[0] if errors else ran.stderr.strip())
    return ran.stdout


def _built(engine: str, python: Path, arguments: list[str], said: tuple[str, ...]) -> Built:
    """Builds a copy of the sources: Zensical keeps a cache beside them, and no engine is to touch ours."""
    project = FOLDER / engine / "project"
    shutil.rmtree(project, ignore_errors=True)
    project.mkdir(parents=True)
    for name in _FOLDERS:
        shutil.copytree(ROOT / name, project / name, ignore=shutil.ignore_patterns("__pycache__"))
    for file in (ROOT / "mkdocs.yml", *ROOT.glob("*.py")):
        shutil.copy(file, project)
    named = f"{engine} {_version(python, engine)}"
    started = time.monotonic()
    ran = _run([str(python), "-m", engine, *arguments], project)
    seconds = time.monotonic() - started
    log = FOLDER / engine / "log.txt"
    log.write_text(ran.stdout + ran.stderr, encoding="utf-8")
    if ran.returncode:
        lines = (ran.stdout + ran.stderr).strip().splitlines() or ["nothing"]
        raise EngineError(
            f"{named} made no site. It said last: {lines[-1]} (all of it: {os.path.relpath(log, ROOT)})"
        )
    warnings = re.findall(
        r"^(?:WARNING|ERROR)\s+-\s+.*|^.*will eventually be removed.*", ran.stdout + ran.stderr, re.M
    )
    return Built(named, project / _SITE, seconds, (*said, *warnings))


def _run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    quiet = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    # Both may lead links and the page for wrong addresses elsewhere; a rehearsal is of the plain edition.
    environment = {name: value for name, value in os.environ.items() if name not in {"SITE_URL", "EDIT_URI"}}
    return subprocess.run(  # noqa: S603 - programs of our own, no word of them from outside
        command,
        cwd=folder,
        env={**environment, **quiet, "PYTHONUTF8": "1", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
