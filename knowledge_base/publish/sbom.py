"""The bill of materials: what the site was made with, and what of it is in the site, in CycloneDX 1.6."""

from __future__ import annotations

import importlib.metadata
import re
import uuid
from collections.abc import Iterator
from pathlib import Path

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL
from packaging.requirements import Requirement

from knowledge_base.publish.record import Record

LOCK = "requirements.txt"
IN_THE_SITE = {"mkdocs-material", "pagefind-bin"}
"""Packages of which a part is published: scripts, and the theme's style sheets. The others only make the site."""
_SPACE = uuid.UUID("5c0c4f0e-6f0f-5f43-9d29-5a0f6c3a2a11")


def bill(root: Path, record: Record) -> bytes:
    """The bill of materials of a build, as JSON; the same for the same record on the same kind of machine.

    Args:
        root: the project's folder, with its lock.
        record: what the build is made from.
    """
    bom = Bom()
    licences = LicenseFactory()
    site = bom.metadata.component = Component(
        name="apir-knowledge-base",
        version=record.version,
        type=ComponentType.APPLICATION,
        licenses=[licences.make_from_string("MIT")],
        bom_ref="apir-knowledge-base",
    )
    parts = [*_packages(root, licences), _font(licences)]
    bom.components.update(parts)
    bom.register_dependency(site, parts)
    # A number of its own for each build would make two builds of one commit differ.
    bom.serial_number = uuid.uuid5(_SPACE, f"{record.version} {record.commit}")
    if record.date:
        bom.metadata.timestamp = record.date
    return f"{JsonV1Dot6(bom).output_as_string(indent=1)}\n".encode()


def _packages(root: Path, licences: LicenseFactory) -> Iterator[Component]:
    """The packages of the lock that this machine needs, in its order."""
    for line in re.findall(r"^\w[^\\\n]*", (root / LOCK).read_text(encoding="utf-8"), re.MULTILINE):
        wanted = Requirement(line.strip())
        if wanted.marker and not wanted.marker.evaluate():
            continue
        version = str(wanted.specifier).removeprefix("==")
        licence = _licence(wanted.name)
        yield Component(
            name=wanted.name,
            version=version,
            type=ComponentType.LIBRARY,
            scope=ComponentScope.REQUIRED if wanted.name in IN_THE_SITE else ComponentScope.EXCLUDED,
            purl=PackageURL("pypi", name=wanted.name, version=version),
            licenses=[licences.make_from_string(licence)] if licence else None,
            bom_ref=f"pypi-{wanted.name}",
        )


def _licence(name: str) -> str | None:
    """What a package says of its licence; None where it says nothing, or has a whole text there."""
    try:
        said = importlib.metadata.metadata(name)
    except importlib.metadata.PackageNotFoundError:
        return None
    kinds = [kind.rpartition(" :: ")[2] for kind in said.get_all("Classifier") or [] if kind.startswith("License")]
    for text in (*(said.get_all("License-Expression") or []), *(said.get_all("License") or []), *kinds):
        if text.strip() and "\n" not in text.strip() and len(text) < 80:
            return str(text).strip()
    return None


def _font(licences: LicenseFactory) -> Component:
    """The letters of the handouts, a part of each PDF."""
    return Component(
        name="Atkinson Hyperlegible",
        type=ComponentType.DATA,
        scope=ComponentScope.REQUIRED,
        licenses=[licences.make_from_string("OFL-1.1")],
        bom_ref="font-atkinson-hyperlegible",
    )
