"""What hosts deploy with, judged by the tools that read it: the container, compose, Kubernetes, and the sign-in."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from audit.nginx import Served
from tests.conftest import ROOT

DEPLOY = ROOT / "deploy"
MANIFESTS = sorted(path for path in DEPLOY.rglob("*.yaml") if path.name != "kustomization.yaml")
KUSTOMIZATIONS = sorted(DEPLOY.rglob("kustomization.yaml"))


def ran(tool: str, *arguments: str | Path) -> tuple[int, str]:
    """What a tool of the tests' environment said."""
    command = [Path(sys.executable).with_name(tool), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def documents(*paths: Path) -> list[dict]:
    return [one for path in paths for one in yaml.safe_load_all(path.read_text(encoding="utf-8"))]


def named(kind: str, name: str) -> dict:
    """A Kubernetes object."""
    (found,) = (one for one in documents(*MANIFESTS) if (one["kind"], one["metadata"]["name"]) == (kind, name))
    return found


# --- container ---------------------------------------------------------------------------------------------


def test_the_containerfile_is_good_by_hadolint() -> None:
    code, said = ran("hadolint", DEPLOY / "Containerfile")
    assert (code, said) == (0, "")


def test_hadolint_finds_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "Containerfile").write_text("FROM debian\nRUN cd /tmp && sudo make | tee log\n")
    assert ran("hadolint", tmp_path / "Containerfile")[0] != 0


def test_the_image_runs_as_a_number_and_holds_what_nginx_is_started_with() -> None:
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    last = text[text.rindex("\nFROM ") :]
    assert re.search(r"^USER 10001:10001$", last, re.MULTILINE)
    assert "ADD " not in text
    for copied in re.findall(r"^COPY (?!--from)(.+) \S+$", text, re.MULTILINE):
        for name in copied.split():
            assert (ROOT / name).exists(), name


@pytest.mark.parametrize(
    ("address", "mount"),
    [
        ("", ""),
        ("https://apir.example.gov.uk", ""),
        ("https://apir.example.gov.uk/", ""),
        ("https://example.gov.uk/learning/apir/", "/learning/apir"),
        ("http://example.gov.uk:8443/apir", "/apir"),
    ],
)
def test_the_path_of_the_address_is_the_one_below_which_the_image_serves(
    address: str, mount: str, tmp_path: Path
) -> None:
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    (command,) = re.findall(r"&& (mount=.+?) \\\n    && chmod", text, re.DOTALL)
    where = shutil.copy(DEPLOY / "nginx" / "where.conf", tmp_path)
    command = command.replace("/srv/apir/nginx/where.conf", str(where))
    subprocess.run(["bash", "-c", command], env={"SITE_URL": address}, check=True)
    assert f'\nset $mount "{mount}";\n' in Path(where).read_text(encoding="utf-8")


def test_compose_is_good_by_its_schema() -> None:
    code, said = ran("check-jsonschema", "--builtin-schema", "vendor.compose-spec", DEPLOY / "compose.yml")
    assert code == 0, said


def test_compose_gives_its_containers_no_rights_and_this_machine_alone() -> None:
    (whole,) = documents(DEPLOY / "compose.yml")
    assert set(whole["services"]) == {"web", "sign-in"}
    for service in whole["services"].values():
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert not service["user"].startswith("0")
        assert all(port.startswith("127.0.0.1:") for port in service["ports"])
        assert re.search(r":[\w.${}:-]+$", service["image"])
        assert not service["image"].endswith(":latest")
    assert whole["services"]["sign-in"]["profiles"] == ["sign-in"]


def test_what_compose_asks_of_the_site_is_answered(server: Served) -> None:
    (whole,) = documents(DEPLOY / "compose.yml")
    kind, *command = whole["services"]["web"]["healthcheck"]["test"]
    assert kind == "CMD"
    for path, code in (("/healthz", 0), ("/nowhere", 1)):
        asked = [word.replace("8080", str(server.port)).replace("/healthz", path) for word in command]
        assert subprocess.run(asked, timeout=20, check=False).returncode == code


# --- Kubernetes -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", MANIFESTS, ids=lambda path: path.relative_to(DEPLOY).as_posix())
def test_each_manifest_is_good_by_the_schemas_of_kubernetes(path: Path) -> None:
    code, said = ran("kubernetes-validate", "--strict", path)
    assert code == 0, said
    assert said.count(" passed ") == len(documents(path))


def test_the_schemas_find_what_is_wrong(tmp_path: Path) -> None:
    text = (DEPLOY / "kubernetes" / "base" / "deployment.yaml").read_text(encoding="utf-8")
    (tmp_path / "deployment.yaml").write_text(text.replace("runAsNonRoot", "runAsNotRoot"), encoding="utf-8")
    assert ran("kubernetes-validate", "--strict", tmp_path / "deployment.yaml")[0] != 0


@pytest.mark.parametrize("path", KUSTOMIZATIONS, ids=lambda path: path.parent.relative_to(DEPLOY).as_posix())
def test_each_kustomization_names_what_is_there_and_leaves_nothing_out(path: Path) -> None:
    (whole,) = documents(path)
    files = [name for one in whole.get("configMapGenerator", ()) for name in one["files"]]
    for name in [*whole.get("resources", ()), *files]:
        target = (path.parent / name).resolve()
        assert target.is_file() or (target / "kustomization.yaml").is_file(), name
    beside = {one.name for one in path.parent.iterdir()} - {"kustomization.yaml"}
    assert beside == {*files, *(name for name in whole.get("resources", ()) if "/" not in name)}


@pytest.mark.parametrize("name", ["web", "sign-in"])
def test_pods_are_what_a_restricted_namespace_admits(name: str) -> None:
    spaces = named("Namespace", "apir")["metadata"]["labels"]
    assert spaces["pod-security.kubernetes.io/enforce"] == "restricted"
    deployment = named("Deployment", name)["spec"]
    pod = deployment["template"]["spec"]
    assert deployment["replicas"] == 2
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert pod["automountServiceAccountToken"] is False
    assert pod["topologySpreadConstraints"][0]["topologyKey"] == "kubernetes.io/hostname"
    for container in pod["containers"]:
        assert container["securityContext"] == {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        }
        assert {"readinessProbe", "livenessProbe"} <= set(container)
    budget = named("PodDisruptionBudget", name)["spec"]
    assert budget["minAvailable"] == 1
    service = named("Service", name)["spec"]["selector"]
    for labels in (deployment["selector"]["matchLabels"], budget["selector"]["matchLabels"], service):
        assert labels.items() <= deployment["template"]["metadata"]["labels"].items()


def test_the_user_and_the_folder_are_those_of_the_image() -> None:
    pod = named("Deployment", "web")["spec"]["template"]["spec"]
    assert pod["securityContext"]["runAsUser"] == 10001
    assert pod["volumes"] == [{"name": "tmp", "emptyDir": {"medium": "Memory", "sizeLimit": "8Mi"}}]
    assert pod["containers"][0]["volumeMounts"] == [{"name": "tmp", "mountPath": "/srv/apir/tmp"}]


def test_only_the_sign_in_reaches_the_site_and_nothing_gets_out_of_it() -> None:
    closed = named("NetworkPolicy", "deny-all")["spec"]
    assert closed == {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}
    allowed = documents(DEPLOY / "kubernetes" / "sign-in" / "network-policy.yaml")
    web = [one["spec"] for one in allowed if one["spec"]["podSelector"]["matchLabels"].popitem()[1] == "web"]
    (only,) = web
    assert only["policyTypes"] == ["Ingress"]
    (rule,) = only["ingress"]
    assert rule["from"] == [{"podSelector": {"matchLabels": {"app.kubernetes.io/component": "sign-in"}}}]
    for way, behind in (("open", "web"), ("sign-in", "sign-in")):
        (ingress,) = documents(DEPLOY / "kubernetes" / way / "ingress.yaml")
        (path,) = ingress["spec"]["rules"][0]["http"]["paths"]
        assert path["backend"]["service"] == {"name": behind, "port": {"name": "http"}}


# --- sign-in -------------------------------------------------------------------------------------------------------


def test_the_sign_in_is_set_to_keep_people_out_and_to_pass_nothing_on() -> None:
    set_to = tomllib.loads((DEPLOY / "oauth2-proxy" / "oauth2-proxy.cfg").read_text(encoding="utf-8"))
    assert set_to["code_challenge_method"] == "S256"
    assert set_to["cookie_name"].startswith("__Host-")
    assert (set_to["cookie_secure"], set_to["cookie_httponly"], set_to["cookie_samesite"]) == (True, True, "lax")
    assert "cookie_domains" not in set_to  # nor is a path: the browser would refuse the name
    assert "cookie_path" not in set_to
    assert "*" not in set_to["email_domains"]
    assert set_to["allowed_groups"]
    assert set_to["reverse_proxy"] is True
    assert set_to["trusted_proxy_ips"]
    passing = {key: value for key, value in set_to.items() if key.startswith(("pass_", "set_"))}
    assert len(passing) == 6
    assert not any(passing.values())
    assert not [key for key in set_to if key.startswith(("skip_auth", "insecure", "ssl_insecure"))]
    assert not {"client_secret", "cookie_secret"} & set(set_to)
    assert set_to["upstreams"] == ["http://web:8080/"]


def test_secrets_are_where_both_ways_put_them() -> None:
    set_to = tomllib.loads((DEPLOY / "oauth2-proxy" / "oauth2-proxy.cfg").read_text(encoding="utf-8"))
    (whole,) = documents(DEPLOY / "compose.yml")
    asked = {set_to["client_secret_file"], set_to["cookie_secret_file"]}
    assert {f"/run/secrets/{name}" for name in whole["services"]["sign-in"]["secrets"]} == asked
    pod = named("Deployment", "sign-in")["spec"]["template"]["spec"]
    assert {"name": "secrets", "mountPath": "/run/secrets", "readOnly": True} in pod["containers"][0]["volumeMounts"]
    images = {pod["containers"][0]["image"], whole["services"]["sign-in"]["image"]}
    assert len(images) == 1
