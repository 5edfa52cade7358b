"""What the tests share: a small fake project, and one real build of the site for the whole run."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from audit import nginx
from knowledge_base import catalogue, check
from knowledge_base.check import programs
from knowledge_base.faults import Fault
from tests.built import Built, read, stand_in

ROOT = Path(__file__).resolve().parents[1]
FAKE = Path(__file__).resolve().parent / "fake"


@pytest.fixture
def fake(tmp_path: Path) -> Path:
    """A copy of the fake project, to be changed at will. Nothing in it is about the real programme."""
    return Path(shutil.copytree(FAKE, tmp_path / "fake"))


@pytest.fixture
def faults_after(fake: Path) -> Callable[..., list[str]]:
    """Makes one edit in the fake project and answers what an author is told, one line a fault.

    The edit replaces text in a file, or writes the whole file when there is no old text.
    """

    def edit(path: str, old: str | None, new: str | bytes) -> list[str]:
        file = fake / path
        if old is None:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(new if isinstance(new, bytes) else new.encode())
        else:
            text = file.read_text(encoding="utf-8")
            assert old in text, f"{old!r} does not stand in {path}"
            file.write_text(text.replace(old, str(new), 1), encoding="utf-8")
        return [str(fault) for fault in found(fake)]

    return edit


@pytest.fixture(autouse=True)
def _without_other_programs(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Spares hundreds of small checks the start of two programs each; what these find has tests of its own."""
    if not request.node.get_closest_marker("programs"):
        monkeypatch.setattr(programs, "check", lambda whole: ())


def found(root: Path) -> list[Fault]:
    """Every fault of a project."""
    return check.check(catalogue.build(root))


@pytest.fixture(scope="session")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site as MkDocs makes it, built strictly once for the whole run: with the theme's own search."""
    from knowledge_base.publish import build

    target = tmp_path_factory.mktemp("built") / "site"
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("SITE_URL", raising=False)
        patch.delenv("EDIT_URI", raising=False)
        said = build.mkdocs(ROOT, target, target.parent / "mkdocs.log")
    assert not said, "\n".join(said)
    return target


@pytest.fixture(scope="session")
def site(preview: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site as it is served; in place of handouts, empty files."""
    from knowledge_base.publish import exports, full_text

    target = Path(shutil.copytree(preview, tmp_path_factory.mktemp("served") / "site"))
    exports.write(catalogue.load(ROOT), target, "")
    stand_in(target, catalogue.load(ROOT))
    said = full_text.write(catalogue.load(ROOT), target)
    assert not said, "\n".join(said)
    return target


@pytest.fixture(scope="session")
def served(site: Path) -> Path:
    """The real site as a server gets it."""
    from knowledge_base.publish import assets, package, record

    target = Path(shutil.copytree(site, site.parent / "served"))
    assert assets.gather(target) == []
    package.seal(target, catalogue.load(ROOT), ROOT, record.read(ROOT))
    return target


@pytest.fixture(scope="session")
def nginx_here() -> None:
    """That nginx is on this machine: without it a test is skipped, and fails where everything has to be tested."""
    lacking = nginx.missing()
    if lacking and os.environ.get("CI") == "true":
        pytest.fail(lacking)
    if lacking:
        pytest.skip(lacking)


@pytest.fixture(scope="session")
def built(site: Path) -> Built:
    """The pages of the real site, read once for the whole run."""
    return read(site)


@pytest.fixture(scope="session")
def sources() -> catalogue.Catalogue:
    """The data and pages from which the real site is made."""
    return catalogue.load(ROOT)
