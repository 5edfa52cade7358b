"""What the guide for authors shows of the rules."""

from __future__ import annotations

from knowledge_base.render.text import Desk
from knowledge_base.rules import FAMILIES, RULES


def rules(desk: Desk) -> str:
    """Every rule by family, each with its anchor, its reason, its remedy and its two examples."""
    families = [
        (title, [rule for rule in RULES.values() if rule.code.startswith(prefix)])
        for prefix, title in FAMILIES.items()
    ]
    return desk.draw("rules.html", families=[(title, found) for title, found in families if found])
