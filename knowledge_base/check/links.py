"""Links between pages: the page, the heading and the file must exist, and the address must work on every host."""

from __future__ import annotations

import os.path
import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from knowledge_base.catalogue import Catalogue, Page
from knowledge_base.check.outline import Link, links_written, outline
from knowledge_base.faults import Fault, did_you_mean, nearest, one_of
from knowledge_base.model import FILES

_SCHEMES = {"http", "https", "mailto", "tel"}


def check(catalogue: Catalogue, undrawn: set[str]) -> Iterator[Fault]:
    """Every link that leads nowhere.

    Args:
        catalogue: the whole.
        undrawn: the files of pages whose macros have a fault, so that their ids are not known.
    """
    links: dict[str, tuple[Link, ...]] = {}
    ids: dict[str, frozenset[str]] = {}
    # The links of a page that has to move are right, or wrong, where it will stand.
    misplaced = {fault.path for fault in catalogue.faults if fault.code == "KB203"}
    for page in catalogue.pages.values():
        if f"docs/{page.path}" in misplaced:
            continue
        if f"docs/{page.path}" in undrawn or page.source.matter is None:
            links[page.path] = links_written(catalogue, page)
            continue
        found = outline(catalogue, page)
        links[page.path] = found.links
        # Entries of a data file that has a fault are not drawn, and no link to them is to blame.
        if not any(call.name in FILES and call.name not in catalogue.data.files for call in page.calls):
            ids[page.path] = found.ids
    for path, written in links.items():
        for link in written:
            yield from _check(catalogue, ids, catalogue.pages[path], link)


def _check(catalogue: Catalogue, ids: dict[str, frozenset[str]], page: Page, link: Link) -> Iterator[Fault]:
    fault = _fault(catalogue, ids, page, link)
    if fault is None:
        return
    if not link.drawn:
        yield Fault(f"docs/{page.path}", link.line, link.column, *fault)
        return
    # The author of this page did not write the link: the page that it leads to is told, once.
    target = _target(page, link.address.strip())
    if fault[0] == "KB401" and not target.endswith(".md"):
        return  # a file that is made after the pages: the inspection of the built site looks after it
    if fault[0] == "KB401":
        message, remedy = "This page is missing, and macros link to it.", "Put it back."
        yield Fault(f"docs/{target}", 1, 1, "KB401", message, remedy)
    elif target != page.path:
        message = "Macros on other pages link to entries that this page does not have."
        yield Fault(f"docs/{target}", 1, 1, "KB402", message, "Put the macro that draws them back.")


def _target(page: Page, address: str) -> str:
    """The file below ``docs/`` to which an address leads."""
    path = unquote(urlsplit(address).path)
    return posixpath.normpath(posixpath.join(posixpath.dirname(page.path), path)) if path else page.path


def _fault(
    catalogue: Catalogue, ids: dict[str, frozenset[str]], page: Page, link: Link
) -> tuple[str, str, str] | None:
    address = link.address.strip()
    try:
        parts = urlsplit(address)
    except ValueError:
        return "KB401", f"'{address}' is no address.", "Copy it again."
    if not address:
        return "KB401", "This link leads nowhere.", "Write the address into the round brackets."
    if parts.scheme or parts.netloc:
        return _elsewhere(address, parts.scheme.lower(), parts.netloc, link)
    if address.startswith("/"):
        remedy = f"Write it from this page. {_suggest(catalogue, page, address)}"
        return "KB403", f"'{address}' works at one address of the site only.", remedy
    path = unquote(parts.path)
    if link.drawn and path and not path.endswith(".md"):
        return None  # HTML of a macro's, to something as it is published: the built site is looked through for these
    target = _target(page, address)
    if link.raw and path:
        remedy = (
            f"Write it as Markdown: [text]({path})." if link.tag == "a" else f"Write it as Markdown: ![text]({path})."
        )
        return "KB403", "A link or picture written as HTML is not checked or adapted.", remedy
    if target not in catalogue.pages:
        inside = not any(part.startswith(".") for part in target.split("/"))
        if path and inside and os.path.isfile(catalogue.root / "docs" / target):
            return None
        return "KB401", f"'{address}' leads to no page or file.", _remedy(catalogue, page, link)
    known = ids.get(target)
    anchor = unquote(parts.fragment)
    # A mark that a script reads (#missed=als-3) is no heading; a footnote's way back is judged with the footnote.
    if not anchor or known is None or anchor in known or "=" in anchor or anchor.startswith("fnref"):
        return None
    here = "this page" if target == page.path else f"'docs/{target}'"
    return "KB402", f"There is no heading or entry '#{anchor}' on {here}.", did_you_mean(anchor, known)


def _elsewhere(address: str, scheme: str, host: str, link: Link) -> tuple[str, str, str] | None:
    """What is wrong with an address that does not lead into the site."""
    if link.tag != "a" and scheme in {"http", "https", ""}:
        message = f"'{address}' would be fetched from another host."
        return "KB403", message, "Put the file into docs/, and link to it there."
    if re.fullmatch(r"(?:localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1\])(?::\d+)?", host, re.IGNORECASE):
        remedy = "That is your own preview: link to the page by its file in docs/."
        return "KB403", f"'{address}' leads to the reader's own machine.", remedy
    if scheme in _SCHEMES and (host or scheme in {"mailto", "tel"}):
        return None
    if scheme in {"http", "https", ""}:
        remedy = f"Write it out: https://{re.sub('^(https?:)?/*', '', address)}"
    elif scheme == "file" or len(scheme) == 1:
        remedy = "Nobody else has your disk: put the file into docs/, and link to it there."
    else:
        remedy = "Only https:, mailto: and tel: may be linked to, and files in docs/."
    return "KB403", f"'{address}' is not an address that a page may link to.", remedy


def _remedy(catalogue: Catalogue, page: Page, link: Link) -> str:
    """What the author of a link that leads nowhere probably meant."""
    address = link.address.strip()
    if address.startswith("www."):
        return f"Write it out: https://{address}"
    if "@" in address and "/" not in address:
        return f"Write it out: mailto:{address}"
    if link.tag != "a":
        return "Put the file into docs/, and write its path from this page."
    return _suggest(catalogue, page, address)


def _suggest(catalogue: Catalogue, page: Page, address: str) -> str:
    """The pages that an address probably means, as this page would link to them."""
    folder = posixpath.dirname(page.path) or "."
    path = unquote(urlsplit(address).path).replace("\\", "/").strip("/")
    stem = re.sub(r"\.(md|html?)$", "", posixpath.basename(path) or path)
    by_link = {posixpath.relpath(other, folder): other for other in catalogue.pages}
    same_name = [link for link in by_link if posixpath.basename(link) == f"{stem}.md"]
    same_folder = [link for link, other in by_link.items() if other == f"{path.removeprefix('../')}/index.md"]
    found = same_name or same_folder or nearest(path if path.endswith(".md") else f"{path}.md", by_link)
    if not found:
        names = {posixpath.basename(link): link for link in by_link}
        found = [names[name] for name in nearest(f"{stem}.md", names)]
    return f"Did you mean {one_of(found[:3])}?" if found else "Link to a page by its file in docs/, ending in .md."
