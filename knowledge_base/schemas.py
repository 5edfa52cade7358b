"""JSON Schemas for editors, generated from the models: completion and descriptions while typing."""

from __future__ import annotations

import json
from pathlib import Path

from knowledge_base.model import FILES, FRONT_MATTER


def schemas() -> dict[str, str]:
    """The text of each file of ``data/schemas/``, by its name."""
    models = {**FILES, **{f"page-{kind}": model for kind, model in FRONT_MATTER.items()}}
    return {
        f"{name}.schema.json": json.dumps(
            {
                "$schema": "https://json-schema.org/draft/2020-12/schema",
                "$comment": "Generated from knowledge_base/model.py by 'make generated'. Do not edit.",
                **model.model_json_schema(by_alias=True),
            },
            indent=2,
            ensure_ascii=False,
        )
        + "\n"
        for name, model in models.items()
    }


def write(root: Path) -> list[str]:
    """Writes the schemas that are not as they should be, removes those of no model, and names both."""
    folder = root / "data" / "schemas"
    folder.mkdir(parents=True, exist_ok=True)
    wanted = schemas()
    changed = []
    for path in folder.glob("*.json"):
        if path.name not in wanted:
            path.unlink()
            changed.append(path.name)
    for name, text in wanted.items():
        path = folder / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            changed.append(name)
    return changed
