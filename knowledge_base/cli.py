"""The ``kb`` command: what authors and hosts type."""

from __future__ import annotations

import datetime
import io
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import click
from pydantic_core import PydanticCustomError
from rich.console import Console

from knowledge_base import __version__, catalogue, check, checklist, model, schemas
from knowledge_base.authoring import new
from knowledge_base.check import report
from knowledge_base.faults import AuthorError, Fault

if TYPE_CHECKING:  # publishing takes longer to import than a check to run
    from knowledge_base.publish.build import Outcome

# Lines are never wrapped or coloured where a program may read them; and line 100 (":100:") is no emoji.
out = Console(soft_wrap=True, highlight=False, markup=False, emoji=False)
err = Console(stderr=True, soft_wrap=True, highlight=False, markup=False, emoji=False)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kb")
def main() -> None:
    """The APIR knowledge base: check what was written, and publish it."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that knows ASCII only is told \u2026 for an ellipsis, and not a traceback.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


@main.command("check")
@click.argument("paths", nargs=-1, type=click.Path(exists=True))
@click.option(
    "--format",
    "form",
    type=click.Choice(sorted(report.FORMATS)),
    default="text",
    help="For people (text), for the lines of a pull request (github), or for programs (json).",
)
@click.option(
    "--commits", metavar="BASE", help="Look for private data in the messages of the commits since BASE, too."
)
def check_command(paths: tuple[str, ...], form: str, commits: str | None) -> None:
    """Find what should be mended in data/ and docs/, or in some files or folders of them.

    Nothing is built. Ends with 0 when there is no error (there may be warnings), and with 1 otherwise.
    """
    root = _project()
    with err.status("Checking …"):
        whole = catalogue.load(root)
        wanted = [os.path.relpath(Path(path).resolve(), root).replace(os.sep, "/") for path in paths]
        faults = check.only(check.check(whole), wanted)
        if commits is not None:
            faults += _check_commits(root, commits)
    for path in wanted:
        if path.split("/")[0] not in {".", "data", "docs"}:
            err.print(f"'{path}' is not checked: only data/ and docs/ are.", style="yellow")
    errors = _show(root, faults, form)
    if not faults:
        err.print(
            "Nothing to mend there."
            if paths
            else f"Nothing to mend in {len(whole.pages)} pages and {len(whole.data.files)} data files.",
            style="green",
        )
    sys.exit(1 if errors else 0)


@main.command("build")
def build_command() -> None:
    """Check, build, inspect and publish the site into site/.

    If anything is wrong, site/ stays as it was, and the command ends with 1.
    """
    from knowledge_base.publish import build, feed

    outcome = _made(build.build, "Not published. site/ is as it was.")
    if not build.site_url():
        err.print(
            f"SITE_URL is not set: the feed of notes leads to {feed.PREVIEW}, and the calendars give no addresses.",
            style="yellow",
        )
    err.print(f"Published {outcome.pages} pages into site/.", style="green")


@main.command("offline")
def offline_command() -> None:
    """Check, build and inspect the site as a zip that opens from disk, into dist/.

    If anything is wrong, dist/ stays as it was, and the command ends with 1.
    """
    from knowledge_base.publish import build

    outcome = _made(build.pack, "Not packed. dist/ is as it was.")
    assert outcome.site is not None
    size = outcome.site.stat().st_size / 1_000_000
    err.print(f"Packed {outcome.pages} pages into dist/{outcome.site.name}: {size:.1f} MB.", style="green")


@main.command("release")
def release_command() -> None:
    """Make everything that a host takes, out of the commit that is checked out, into dist/.

    If anything is wrong, dist/ stays as it was, and the command ends with 1.
    """
    from knowledge_base.publish import release

    outcome = _made(release.release, "Not released. dist/ is as it was.")
    assert outcome.site is not None
    for path in sorted(outcome.site.iterdir()):
        err.print(f"dist/{path.name}: {path.stat().st_size / 1_000_000:.1f} MB")


def _made(make: Callable[[Path, Callable[[str], None]], Outcome], kept: str) -> Outcome:
    """Runs a build and tells how it goes; a failed one ends the command and says what is as it was."""
    from knowledge_base.publish import switch

    root = _project()
    try:
        with err.status("Building …") as status:

            def say(step: str) -> None:
                status.update(f"{step} …")
                if not err.is_terminal:
                    err.print(f"{step} …")

            outcome = make(root, say)
    except switch.BusyError:
        err.print("Another build of this project is running. Try again when it has ended.", style="red")
        sys.exit(1)
    except AuthorError as error:
        err.print(f"{error}\n{kept}", style="red")
        sys.exit(1)
    except OSError as error:
        err.print(f"The machine said no: {error}. {kept.partition('. ')[2]}", style="red")
        sys.exit(1)
    _show(root, outcome.faults)
    for line in outcome.findings:
        out.print(line)
    if outcome.site is None:
        err.print(kept, style="red")
        sys.exit(1)
    return outcome


@main.group("new")
def new_group() -> None:
    """Write a page from its template: each key explained, and text to replace."""


_NEXT = "Replace each 'replace-me', then run 'make check': it names those that are left."
_SESSION = click.option("--session", required=True, help="The id of the session: als-3.")
_COHORT = click.option("--cohort", required=True, help="The years of the programme: 2026-27.")
_SET = click.option("--set", "of_set", default="", help="The set that met: north. Left out where all sets are meant.")
_DATE = click.option("--date", "when", required=True, help="The day of the meeting: 2027-01-15.")


@new_group.command("session")
@click.argument("name")
@click.option("--title", default="", help="As it will stand above the page.")
@click.option("--date", "when", required=True, help="The day or the month: 2027-01-15 or 2027-01.")
def new_session(name: str, title: str, when: str) -> None:
    """Write docs/sessions/NAME.md."""
    root = _project()
    _written(root, lambda: new.session(root, name, title, model.part_of_a_date(when), _today()))
    err.print(_NEXT)


@new_group.command("notes")
@_SESSION
@_COHORT
@_SET
@_DATE
def new_notes(session: str, cohort: str, of_set: str, when: str) -> None:
    """Write a page for the notes of a meeting."""
    root = _project()
    _written(root, lambda: new.notes(root, _notes_matter(root, session, cohort, of_set, when), _today()))
    err.print(_NEXT)


@new_group.command("cohort")
@click.argument("years")
def new_cohort(years: str) -> None:
    """Write docs/notes/YEARS/index.md, which lists a cohort's notes when the list of all has grown long."""
    root = _project()
    _written(root, lambda: new.cohort(root, years, _today()))


@new_group.command("tool")
@click.argument("name")
@click.option("--title", default="", help="As it will stand above the page.")
def new_tool(name: str, title: str) -> None:
    """Write docs/toolkit/NAME.md."""
    root = _project()
    _written(root, lambda: new.tool(root, name, title, _today()))
    err.print(_NEXT)


@main.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_SESSION
@_COHORT
@_SET
@_DATE
def import_command(file: Path, session: str, cohort: str, of_set: str, when: str) -> None:
    """Turn a Word file into a page of notes, and check it.

    Comments, tracked changes, hidden text, headers, footers and properties are left behind; pictures are drawn anew.
    """
    from knowledge_base.authoring import word

    root = _project()
    said: list[str] = []

    def write() -> Path:
        matter = _notes_matter(root, session, cohort, of_set, when)
        path = new.notes_path(session, cohort, of_set)
        found = word.read(file, PurePosixPath(path).name)
        page = new.notes(root, matter, _today(), found.body)
        for name, picture in found.pictures.items():
            (page.parent / name).write_bytes(picture)
        said.extend(found.left_out)
        return page

    path = _written(root, write, said).relative_to(root).as_posix()
    if _show(root, check.only(check.check(catalogue.load(root)), [path])):
        err.print(f"Open {path}, mend these, and run 'make check' again.")
        sys.exit(1)
    err.print("Nothing to mend. Read it once more: no child, family or colleague may be known from it.")


def _notes_matter(root: Path, session: str, cohort: str, of_set: str, when: str) -> dict[str, str]:
    page = next((page for page in catalogue.load(root).sessions if page.session and page.session.id == session), None)
    day = model.part_of_a_date(when)
    return new.notes_matter(page.title if page else session, session, cohort, of_set, day, _today())


def _written(root: Path, write: Callable[[], Path], left_out: Sequence[str] = ()) -> Path:
    """Writes a page, and says where it is."""
    try:
        page = write()
    except AuthorError as error:
        err.print(str(error), style="red")
        sys.exit(1)
    except PydanticCustomError as error:  # from model.problem
        err.print(f"{error} {(error.context or {})['remedy']}", style="red")
        sys.exit(1)
    err.print(f"Written: {page.relative_to(root).as_posix()}", style="green")
    if left_out:
        err.print(f"Left behind in the Word file: {', '.join(dict.fromkeys(left_out))}.")
    return page


def _today() -> datetime.date:
    """The day on which an author writes; no build asks for it."""
    return datetime.datetime.now(tz=datetime.UTC).astimezone().date()


@main.command("withdraw")
@click.argument("page")
def withdraw_command(page: str) -> None:
    """Take a page down at once: from the sources, the published site, the kept builds and the caches.

    PAGE is its file, its path or its address. The address stays, and says that the page was withdrawn.
    """
    from knowledge_base.authoring import withdraw
    from knowledge_base.publish import build, switch

    root = _project()
    try:
        path = withdraw.find(root, page)
        done = withdraw.withdraw(root, path, _today())
        err.print(f"Withdrawn: docs/{path}. Gone from site/ as well: {len(done.removed)} files.", style="green")
        for name in done.named_on:
            err.print(f"{name} still names it. Look whether its words say too much.")
        with err.status("Building …"):
            outcome = build.build(root)
    except AuthorError as error:
        err.print(str(error), style="red")
        sys.exit(1)
    except switch.BusyError:
        err.print("A build is running. The page is gone from docs/: run this again when it has ended.", style="red")
        sys.exit(1)
    _show(root, outcome.faults)
    for line in outcome.findings:
        out.print(line)
    if outcome.site is None:
        err.print(
            "The site could not be built anew. The page is gone from site/; mend these, and build.", style="red"
        )
        sys.exit(1)
    err.print("The site is built anew. What this cannot reach: docs/about/contribute/withdraw.md.")


@main.command("generate")
def generate_command() -> None:
    """Write again what is made from something else: data/schemas/, and the checklist of a pull request."""
    root = _project()
    changed = [*schemas.write(root), *checklist.write(root)]
    err.print(f"Written: {', '.join(changed)}." if changed else "All is as it should be.")


def _check_commits(root: Path, base: str) -> list[Fault]:
    from knowledge_base.check import private

    try:
        return private.check_commits(root, base)
    except OSError as error:
        err.print(str(error), style="red")
        sys.exit(1)


def _show(root: Path, faults: Iterable[Fault], form: str = "text") -> int:
    """Prints faults, and answers how many are errors."""
    faults = list(faults)
    for line in report.FORMATS[form](root, faults):
        out.print(line)
    errors = sum(fault.severity == "error" for fault in faults)
    warnings = len(faults) - errors
    if faults:
        files = len({fault.path for fault in faults})
        counts = [
            f"{count} {word}{'s' if count > 1 else ''}"
            for count, word in ((errors, "error"), (warnings, "warning"))
            if count
        ]
        err.print(
            f"{' and '.join(counts)} in {files} file{'s' if files > 1 else ''}.",
            style="red" if errors else "yellow",
        )
    return errors


def _project() -> Path:
    """The project's folder: this one, or the nearest above it that has an mkdocs.yml."""
    here = Path.cwd().resolve()
    for folder in (here, *here.parents):
        if (folder / "mkdocs.yml").is_file():
            return folder
    err.print("This is not the project's folder: there is no mkdocs.yml here or above.", style="red")
    sys.exit(1)
