"""What a git host reads: forms, workflows, owners; held to the schemas that a checker ships."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import pytest
import yaml

from tests.conftest import ROOT

GITHUB = ROOT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
FORMS = sorted(path for path in (GITHUB / "ISSUE_TEMPLATE").glob("*.yml") if path.stem != "config")


def complaints(schema, *paths):
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, *map(str, paths)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    return "" if ran.returncode == 0 else ran.stdout + ran.stderr


@pytest.mark.parametrize(
    ("schema", "paths"),
    [
        ("vendor.github-workflows", WORKFLOWS),
        ("custom.github-workflows-require-timeout", WORKFLOWS),
        ("vendor.github-issue-forms", FORMS),
        ("vendor.github-issue-config", [GITHUB / "ISSUE_TEMPLATE/config.yml"]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_files_fit_their_schema(schema, paths):
    assert paths
    assert not complaints(schema, *paths)


def test_the_checker_of_schemas_finds_a_slip(tmp_path):
    wrong = tmp_path / "wrong.yml"
    wrong.write_text("on: push\njobs:\n  a:\n    runs-on: x\n    steps: nothing\n", encoding="utf-8")
    assert "wrong.yml" in complaints("vendor.github-workflows", wrong)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_may_only_read_and_knows_no_secret(path):
    text = path.read_text(encoding="utf-8")
    workflow = yaml.safe_load(text)
    assert workflow["permissions"] == {"contents": "read"}
    assert "secrets." not in text
    assert "pull_request_target" not in text
    for job in workflow["jobs"].values():
        assert "permissions" not in job
        for step in job["steps"]:
            if "checkout" in step.get("uses", ""):
                assert step["with"]["persist-credentials"] is False
            # What a stranger may choose (a title, a branch) never stands in a command.
            assert "${{" not in step.get("run", "")


def test_pages_of_a_change_are_built_with_the_code_of_the_base():
    steps = yaml.safe_load((GITHUB / "workflows/pages.yml").read_text(encoding="utf-8"))["jobs"]["pages"]["steps"]
    checkouts = [step for step in steps if "checkout" in step.get("uses", "")]
    assert [step["with"]["ref"] for step in checkouts] == ["${{ github.event.pull_request.base.sha }}"]
    building = [step["run"] for step in steps if ".ci/change" in step.get("run", "")]
    assert len(building) == 1
    assert "unshare --net" in building[0]


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_who_sends_a_form_confirms_that_nobody_can_be_known(path):
    body = yaml.safe_load(path.read_text(encoding="utf-8"))["body"]
    options = [option for part in body if part["type"] == "checkboxes" for option in part["attributes"]["options"]]
    assert options
    assert all(option["required"] for option in options)
    assert any("could be known" in option["label"] for option in options)


def test_every_path_has_an_owner_and_only_pages_and_facts_are_the_curators():
    rules = dict(
        line.split(maxsplit=1)
        for line in (GITHUB / "CODEOWNERS").read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    )
    assert next(iter(rules)) == "*"  # the last that fits counts
    assert {path for path, owner in rules.items() if owner == "@apir-curators"} == {"/docs/", "/data/"}


def test_the_editor_finds_the_faults_that_the_check_prints():
    tasks = json.loads((ROOT / ".vscode/tasks.json").read_text(encoding="utf-8"))["tasks"]
    pattern = next(task["problemMatcher"]["pattern"] for task in tasks if isinstance(task["problemMatcher"], dict))
    line = "docs/a.md:4:2: KB304 warning: Something is wrong. Mend it."
    hit = re.match(pattern["regexp"], line)
    assert hit is not None
    assert [hit[pattern[key]] for key in ("file", "line", "column", "code", "severity")] == [
        "docs/a.md",
        "4",
        "2",
        "KB304",
        "warning",
    ]
