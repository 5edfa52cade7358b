"""Finds what could tell who a child, a family or a member of staff is; never prints it.

``normalise`` undoes the ways in which a value may be written, ``patterns`` finds values in the text (with ``numbers``
and ``people``), ``files`` answers the text inside documents and pictures.
"""

from knowledge_base.private.patterns import Hit, find
from knowledge_base.private.people import NAME

__all__ = ["NAME", "Hit", "find"]
