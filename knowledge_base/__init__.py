"""The library that owns the facts of the knowledge base.

It reads ``data/`` and ``docs/`` into one checked :class:`~knowledge_base.catalogue.Catalogue`, finds every
author's fault in them, draws what pages ask for, and publishes what MkDocs has built. It imports nothing of
MkDocs, so that the engine can be replaced.
"""

__version__ = "1.0.0"
