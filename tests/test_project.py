"""The project as a whole: its style, its types, its locks, and the direction of its imports."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from knowledge_base.rules import RULES
from tests.conftest import ROOT

LOCKS = ("requirements.txt", "requirements-dev.txt")


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("command", [("ruff", "check"), ("ruff", "format", "--check"), ("mypy",)], ids=" ".join)
def test_style_and_types(command):
    ran = run(*command)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_the_library_imports_nothing_of_mkdocs():
    for path in sorted((ROOT / "knowledge_base").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            engines = [name for name in names if re.match(r"(mkdocs(_macros)?|material|properdocs|zensical)\b", name)]
            assert not engines, f"{path.name} imports {engines}"


WITHOUT_ENGINES = """
import importlib, pathlib, pkgutil, sys

ENGINES = {"mkdocs", "mkdocs_macros", "material", "properdocs", "zensical"}


class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ENGINES:
            raise ImportError(f"{name} is an engine")


sys.meta_path.insert(0, Refuse())
import knowledge_base

names = [module.name for module in pkgutil.walk_packages(knowledge_base.__path__, "knowledge_base.")]
for name in names:
    if not name.endswith(".__main__"):  # which is a command, and would run
        importlib.import_module(name)

from knowledge_base import catalogue, check
from knowledge_base.render import drawing
from knowledge_base.render.text import Desk

whole = catalogue.build(pathlib.Path(sys.argv[1]))
assert not [fault for fault in check.check(whole) if fault.severity == "error"]
drawn = [drawing.body(Desk(whole, page)) for page in whole.pages.values()]
print(len(names), len(drawn))
"""


def test_the_library_loads_checks_and_draws_where_no_engine_can_be_imported(fake):
    command = [sys.executable, "-W", "error", "-c", WITHOUT_ENGINES, str(fake)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    modules, pages = map(int, ran.stdout.split())
    assert modules >= len([path for path in (ROOT / "knowledge_base").rglob("*.py") if path.name != "__init__.py"])
    assert pages == len(list((fake / "docs").rglob("*.md")))


def test_no_script_of_ours_holds_a_template_in_a_template():
    """Making scripts small takes the inner one for code, and the spaces out of its words."""
    scripts = [*(ROOT / "overrides/assets").glob("*.js"), *(ROOT / "deploy/region").glob("*.js")]
    inner = re.compile(r"\$\{[^}`]*`")
    assert scripts
    assert [path.name for path in scripts if inner.search(path.read_text(encoding="utf-8"))] == []


def pins(lock: str) -> dict[str, str]:
    """Name and version of every requirement of a lock."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    return {name.lower(): version for name, version in re.findall(r"^([\w.-]+)==([^\s;\\]+)", text, re.MULTILINE)}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_requirement_of_a_lock_is_pinned_with_hashes_and_no_address(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "://" not in text
    assert "index" not in text
    for requirement in re.split(r"\n(?=\S)", text.strip()):
        assert re.match(r"[\w.-]+==\S+", requirement), requirement
        assert "--hash=sha256:" in requirement, requirement


def test_the_locks_hold_what_pyproject_asks_for():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {"requirements.txt": project["dependencies"]}
    wanted["requirements-dev.txt"] = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    for lock, dependencies in wanted.items():
        for dependency in dependencies:
            name, _, version = dependency.partition("==")
            assert version, f"{dependency} is not pinned"
            assert pins(lock).get(name.lower().replace("_", "-")) == version, f"{dependency} is not in {lock}"
    assert pins("requirements.txt").items() <= pins("requirements-dev.txt").items()


def test_every_code_that_a_fault_may_carry_is_listed_and_used():
    library = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "knowledge_base").rglob("*.py"))
    used = set(re.findall(r'"(KB\d{3})"', library.replace((ROOT / "knowledge_base/rules.py").read_text(), "")))
    assert used == set(RULES)


def test_the_architecture_names_every_module_of_the_library():
    page = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    top = [path.name for path in (ROOT / "knowledge_base").glob("*.py") if path.name != "__init__.py"]
    assert [name for name in top if name not in page] == []


def test_commands_that_the_readme_names_exist():
    text = (ROOT / "README.md").read_text(encoding="utf-8") + (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z]+)\b", text)) - {"and"} <= targets
    for name in re.findall(r"\]\(([^):]+)\)", text):
        assert (ROOT / name).exists(), name
    assert Path(ROOT / "pictures" / "home.png").stat().st_size < 200_000
