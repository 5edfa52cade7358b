"""Builds the sources with MkDocs, ProperDocs and Zensical, and tells how the sites differ.

Usage: python -m canary. It installs the other engines, and so needs the network. Ends with 1 if ProperDocs makes
anything else than MkDocs, or no site; what Zensical makes differently is listed with the reason. Where the
package index does not answer, it rehearses what is installed; where nothing is, the last report stays.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from canary import compare, engines
from canary.compare import Known
from canary.pages import Part, of_class

REPORT = engines.FOLDER / "report.json"
LISTED = 20
"""Kinds of differences that are printed; the report has all."""

_BEFORE_THE_END = "[following-sibling::*[1][@id='related-pages' or contains(@class, 'kb-mistake')]]"
ZENSICAL = (
    Known(
        "The end of the page is missing: related pages, whom to tell of a mistake, review dates, files of notes.",
        "macros.py adds it in on_pre_page_macros. Of macros.py Zensical calls define_env and nothing else.",
        Part(
            " | ".join(
                (
                    "descendant::h2[@id='related-pages']",
                    of_class("kb-related"),
                    of_class("kb-mistake"),
                    of_class("kb-review"),
                    of_class("kb-downloads") + _BEFORE_THE_END,
                )
            )
        ),
    ),
    Known(
        "Terms of the glossary are not explained where they are used.",
        "macros.py hands the terms to the Markdown extension in on_pre_page_macros. Zensical makes the converter, "
        "and tells the extensions all, before it calls define_env.",
        Part(of_class("kb-term__full"), unwrap=f"{of_class('kb-term')} | {of_class('kb-term')}/a"),
    ),
    Known(
        "Links that macros write as HTML, to files and scripts and with a mark, lead one folder too high.",
        "Zensical takes links in HTML as seen from the source's folder, and rewrites them. MkDocs leaves them alone, "
        "and so macros write them as seen from the published page.",
    ),
    Known(
        "The home page tells its minutes, and has not the look of a home page.",
        "Zensical's templates know no page.is_homepage, for which overrides/partials/content.html asks.",
        Part(of_class("kb-minutes")),
    ),
)
"""What Zensical is known to do differently."""

NOT_COMPARED = (
    "What stands around the article, since each theme draws its own: menus, header, footer. Zensical runs no hooks, "
    "so that what mends.py mends in Material's HTML is not mended there.",
    "Search. Zensical makes its own index, without fields and weights; our summaries and keywords are not in it.",
    "Handouts and the files for other programs: `kb build` makes them of the pages, whichever engine made those.",
)


def main() -> int:
    """Builds, compares and tells; see the top of the file."""
    engines.FOLDER.mkdir(parents=True, exist_ok=True)
    try:
        ours = engines.mkdocs()
    except engines.EngineError as error:
        sys.exit(str(error))
    print(f"{ours.engine}: built in {ours.seconds:.0f} s", flush=True)
    told: dict[str, Any] = {"day": date.today().isoformat(), "compared with": ours.engine, "engines": {}}
    agrees = _rehearse(engines.properdocs, "properdocs", ours, (), told)
    _rehearse(engines.zensical, "zensical", ours, ZENSICAL, told)
    print("\nNot compared:")
    for line in NOT_COMPARED:
        print(f"  {line}")
    if told["engines"]:
        REPORT.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        print(f"\nThe report: {REPORT.relative_to(engines.ROOT)}")
    else:
        print("\nNo report is written, since nothing was rehearsed.")
    return 0 if agrees else 1


def _rehearse(
    make: Callable[[], engines.Built],
    name: str,
    ours: engines.Built,
    known: Sequence[Known],
    told: dict[str, Any],
) -> bool:
    """Builds with one engine, prints how its site differs, and says whether it agrees."""
    try:
        theirs = make()
    except engines.EngineError as error:
        print(f"\n{name}: no site. {error}")
        if not isinstance(error, engines.UnreachableError):  # which says nothing of the engine
            told["engines"][name] = {"failed": str(error)}
        return False
    pages, found = compare.sites(ours.site, theirs.site, known)
    told["engines"][name] = {
        "engine": theirs.engine,
        "seconds": round(theirs.seconds, 1),
        "said": theirs.said,
        "pages": pages,
        "differences": [asdict(difference) for difference in found],
    }
    print(f"\n{theirs.engine}: built in {theirs.seconds:.0f} s, {pages} pages compared")
    for line in theirs.said:
        print(f"  It said: {line}")
    grouped = compare.groups(found)
    explained = {group: on for group, on in grouped.items() if group[2]}
    for (_, message, why), on in explained.items():
        print(f"  {len(on)} pages: {message}\n    Why: {why}")
    for difference in known:
        if difference.what not in {message for _, message, _ in explained}:
            print(f"  No page any more, so that canary/__main__.py need not know it: {difference.what}")
    others = [(group, on) for group, on in grouped.items() if not group[2]]
    for (kind, message, _), on in others[:LISTED]:
        print(f"  {len(on)} pages, as {on[0] or 'the home page'}: {kind}, {message}")
    if len(others) > LISTED:
        print(f"  ... and {len(others) - LISTED} more")
    if not others:
        print(f"  Titles, order, headings, links and text are the same{' but for that' if explained else ''}.")
    return not found


if __name__ == "__main__":
    sys.exit(main())
