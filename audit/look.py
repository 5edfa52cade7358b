"""Goes over pages in a browser, one visit after the other, and tells what it finds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from playwright.sync_api import Browser, Page

from audit import axe, chromium, picture, width
from audit.budget import Weight, weigh
from audit.finding import Finding
from audit.network import Watch
from audit.plan import DESK, Visit

# Until what a script draws has been drawn; then nothing is judged halfway through a fade.
_SETTLE = """async () => {
    await document.fonts.ready;
    await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
    for (const animation of document.getAnimations()) try { animation.finish(); } catch { animation.cancel(); }
}"""
_UNWRAP = """() => {
    for (const node of document.querySelectorAll("body noscript")) node.replaceWith(...node.childNodes);
}"""


@dataclass
class Seen:
    """What visits came to.

    Attributes:
        findings: what is wrong.
        weights: what a first visit costs, by page.
    """

    findings: list[Finding] = field(default_factory=list)
    weights: dict[str, Weight] = field(default_factory=dict)


def shard(visits: Iterable[Visit], base: str, site: Path, pictures: Path) -> Seen:
    """Makes visits in a browser of their own, for a process of its own.

    Args:
        visits: the pages and modes.
        base: the address at which the site is served.
        site: the folder of the site.
        pictures: the folder for pictures of faults.
    """
    with chromium.browser() as browser:
        return look(browser, visits, base, site, pictures)


def look(browser: Browser, visits: Iterable[Visit], base: str, site: Path, pictures: Path) -> Seen:
    """Makes visits; see `shard`."""
    seen = Seen()
    for visit in visits:
        page = _open(browser, visit)
        watch = Watch(page, base)
        _go(page, visit, base + visit.page)
        if visit.mode == DESK:
            seen.weights[visit.page] = weigh(watch.requested, base, site)
        seen.findings += [_pictured(page, finding, pictures) for finding in list(axe.look(page, visit))]
        if visit.mode.media == "screen":
            seen.findings += [_pictured(page, finding, pictures) for finding in list(width.look(page, visit))]
        seen.findings += watch.findings(visit)
        page.context.close()
    return seen


def _open(browser: Browser, visit: Visit) -> Page:
    mode = visit.mode
    context = browser.new_context(
        viewport={"width": mode.width, "height": mode.height},
        device_scale_factor=mode.scale,
        color_scheme=mode.colours,
        forced_colors=mode.forced,
        reduced_motion=mode.motion,
    )
    return context.new_page()


def _go(page: Page, visit: Visit, address: str) -> None:
    if visit.mode.scripts:
        page.goto(address, wait_until="load")
    else:
        # axe is a script itself. So scripts are off until all has loaded, and then on: none of the page's ever runs.
        # What <noscript> holds would hide again, and is taken out of it. A style for (scripting: none) is not seen.
        devtools = page.context.new_cdp_session(page)
        devtools.send("Emulation.setScriptExecutionDisabled", {"value": True})
        page.goto(address, wait_until="load")
        devtools.send("Emulation.setScriptExecutionDisabled", {"value": False})
        page.evaluate(_UNWRAP)
    page.emulate_media(media=visit.mode.media)
    page.evaluate(_SETTLE)


def _pictured(page: Page, finding: Finding, pictures: Path) -> Finding:
    name = finding.name_of_picture
    return replace(finding, picture=name) if picture.take(page, finding.place, pictures / name) else finding
