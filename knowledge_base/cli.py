"""The ``kb`` command: what authors and hosts type."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable
from pathlib import Path

import click
from rich.console import Console

from knowledge_base import __version__, catalogue, check, checklist, schemas
from knowledge_base.faults import Fault

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
def check_command(paths: tuple[str, ...]) -> None:
    """Find what should be mended in data/ and docs/, or in some files or folders of them.

    Nothing is built. Ends with 0 when there is no error, and with 1 otherwise.
    """
    root = _project()
    with err.status("Checking …"):
        whole = catalogue.load(root)
        wanted = [os.path.relpath(Path(path).resolve(), root).replace(os.sep, "/") for path in paths]
        faults = check.only(check.check(whole), wanted)
    for path in wanted:
        if path.split("/")[0] not in {".", "data", "docs"}:
            err.print(f"'{path}' is not checked: only data/ and docs/ are.", style="yellow")
    errors = _show(faults)
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
    from knowledge_base.publish import build, switch

    root = _project()
    try:
        with err.status("Building …") as status:

            def say(step: str) -> None:
                status.update(f"{step} …")
                if not err.is_terminal:
                    err.print(f"{step} …")

            outcome = build.build(root, say)
    except switch.BusyError:
        err.print("Another build of this project is running. Try again when it has ended.", style="red")
        sys.exit(1)
    except OSError as error:
        err.print(f"The machine said no: {error}. site/ is as it was.", style="red")
        sys.exit(1)
    _show(outcome.faults)
    for line in outcome.findings:
        out.print(line)
    if outcome.site is None:
        err.print("Not published. site/ is as it was.", style="red")
        sys.exit(1)
    err.print(f"Published {outcome.pages} pages into site/.", style="green")


@main.command("generate")
def generate_command() -> None:
    """Write again what is made from something else: data/schemas/, and the checklist of a pull request."""
    root = _project()
    changed = [*schemas.write(root), *checklist.write(root)]
    err.print(f"Written: {', '.join(changed)}." if changed else "All is as it should be.")


def _show(faults: Iterable[Fault]) -> int:
    """Prints faults, and answers how many are errors."""
    faults = list(faults)
    for fault in faults:
        out.print(str(fault))
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
