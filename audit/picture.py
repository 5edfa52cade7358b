"""A picture of a fault: what is at fault, outlined, with a little of what stands around it."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

_MARGIN = 48
# Answers the part of the window to be taken; nothing, if there is nothing to be seen.
_SHOW = """([place, margin]) => {
    let node = null;
    try { node = document.querySelector(place); } catch { return null; }
    if (!node || !node.checkVisibility()) return null;
    node.scrollIntoView({block: "center", inline: "nearest", behavior: "instant"});
    node.style.setProperty("outline", "3px solid #d0006f", "important");
    node.style.setProperty("outline-offset", "2px", "important");
    const box = node.getBoundingClientRect();
    const x = Math.max(0, box.left - margin), y = Math.max(0, box.top - margin);
    const width = Math.min(innerWidth, box.right + margin) - x;
    const height = Math.min(innerHeight, box.bottom + margin) - y;
    return box.width && box.height && width > 0 && height > 0 ? {x, y, width, height} : null;
}"""
_HIDE = """place => {
    const {style} = document.querySelector(place);
    style.removeProperty("outline");
    style.removeProperty("outline-offset");
}"""


def take(page: Page, place: str, file: Path) -> bool:
    """Takes a picture of what a selector names, unless there is one; answers whether there is one now."""
    if file.exists():
        return True
    clip = page.evaluate(_SHOW, [place, _MARGIN])
    if clip is None:
        return False
    page.screenshot(path=file, clip=clip, scale="css", animations="disabled")
    page.evaluate(_HIDE, place)
    return True
