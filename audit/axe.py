"""Accessibility by axe-core: all its rules, those of best practice and the experimental ones included."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from importlib.resources import files

from playwright.sync_api import Page

from audit.finding import Finding
from audit.plan import Visit

# On paper nobody touches anything, and lines may stand closer. Contrast of AAA is asked of running text only. A node
# is named by a selector; in a frame, by a list of them.
_RUN = """async onPaper => {
    const rules = axe.getRules().filter(rule => !rule.tags.includes("deprecated")).map(rule => rule.ruleId)
        .filter(rule => !onPaper || rule !== "target-size");
    const {violations} = await axe.run({runOnly: {type: "rule", values: rules}, resultTypes: ["violations"]});
    const running = "article :is(p, li, dd, dt, td, blockquote)";
    return violations.flatMap(({id, help, nodes}) => nodes
        .map(node => ({id, help, place: node.target.flat().join(" "), html: node.html, said: node.failureSummary}))
        .filter(({place}) => id !== "color-contrast-enhanced" || document.querySelector(place)?.closest(running)));
}"""


@functools.cache
def _script() -> str:
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


def look(page: Page, visit: Visit) -> Iterator[Finding]:
    """Everything that axe holds against the page as it stands in the browser, whatever its impact."""
    page.evaluate(_script())
    for hit in page.evaluate(_RUN, visit.mode.media == "print"):
        source = f"{hit['html']}\n{hit['said']}"
        yield Finding(f"axe: {hit['id']}", hit["help"], hit["place"], visit.page, visit.mode.name, source)
