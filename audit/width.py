"""Nothing but a box of its own scrolls sideways, and the keyboard reaches each such box."""

from __future__ import annotations

from collections.abc import Iterator

from playwright.sync_api import Page

from audit.finding import Finding
from audit.plan import Visit

NARROWEST = 320
"""The width, in CSS pixels, at which a page has to do with scrolling down alone."""

_MEASURE = """() => {
    const root = document.documentElement;
    const scrolls = node => node !== document.body && getComputedStyle(node).overflowX !== "visible";
    const inABox = node => {
        for (let up = node.parentElement; up && up !== root; up = up.parentElement) if (scrolls(up)) return true;
        return false;
    };
    const place = node => {
        const path = [];
        for (let at = node; at && at !== document.body; at = at.parentElement) {
            if (at.id) { path.unshift("#" + CSS.escape(at.id)); break; }
            const alike = [...at.parentElement.children].filter(other => other.tagName === at.tagName);
            path.unshift(at.localName + (alike.length > 1 ? `:nth-of-type(${alike.indexOf(at) + 1})` : ""));
        }
        return path.join(" > ") || "body";
    };
    const tell = node => ({place: place(node), html: node.outerHTML.slice(0, 200)});
    const all = [...document.body.querySelectorAll("*")].filter(node => node.checkVisibility());
    const wide = root.scrollWidth <= root.clientWidth ? [] : all.filter(node =>
        node.getBoundingClientRect().right > root.clientWidth + 1 && !inABox(node));
    const innermost = wide.filter(node => !wide.some(other => other !== node && node.contains(other)));
    const boxes = all.filter(node => ["auto", "scroll"].includes(getComputedStyle(node).overflowX)
        && node.scrollWidth > node.clientWidth + 1 && node.tabIndex < 0 && !node.closest("nav"));
    return {
        scroll: root.scrollWidth - root.clientWidth,
        wide: (innermost.length ? innermost : [document.body]).slice(0, 3).map(tell),
        boxes: boxes.map(tell),
    };
}"""


def look(page: Page, visit: Visit) -> Iterator[Finding]:
    """What makes the page scroll sideways in the narrowest window, and the boxes that the keyboard cannot scroll."""
    page.set_viewport_size({"width": NARROWEST, "height": visit.mode.height})
    measured = page.evaluate(_MEASURE)
    if measured["scroll"] > 0:
        message = f"At {NARROWEST} px the page scrolls sideways."
        for hit in measured["wide"]:
            source = f"{hit['html']}\nThe page is {measured['scroll']} px too wide."
            yield Finding("scrolls sideways", message, hit["place"], visit.page, visit.mode.name, source)
    for hit in measured["boxes"]:
        message = f"At {NARROWEST} px the box scrolls sideways, and takes no focus, so that keys cannot scroll it."
        yield Finding("box without focus", message, hit["place"], visit.page, visit.mode.name, hit["html"])
