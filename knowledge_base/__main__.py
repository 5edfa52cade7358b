"""``python -m knowledge_base`` is ``kb``, where the command itself is not installed."""

from knowledge_base.cli import main

main(prog_name="kb")
