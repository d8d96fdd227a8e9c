"""The files of the repository agree with each other."""

import re

import pytest

from tests.architecture.house import ROOT, project

FILES = [
    "README.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "LICENSE",
    "publiccode.yml",
    "Makefile",
    ".ci/run",
    "docs/index.md",
    "docs/glossary.md",
]
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
ADDRESS = re.compile(r"://|--(?:extra-)?index-url|--find-links|--trusted-host")
LINK = re.compile(r"!?\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")


def text(name):
    return (ROOT / name).read_text(encoding="utf-8")


def pinned(lock):
    return set(re.findall(r"^([a-z0-9-]+)==", text(f"requirements/{lock}"), re.MULTILINE))


def declared(requirements):
    """The names in a list of requirements, as the index spells them."""
    names = [re.match(r"[\w.-]+", requirement).group() for requirement in requirements]
    return {re.sub(r"[-_.]+", "-", name).lower() for name in names}


@pytest.mark.parametrize("name", FILES)
def test_repository_has(name):
    assert (ROOT / name).read_text(encoding="utf-8").strip() != ""


def test_version_is_the_same_everywhere():
    version = project()["project"]["version"]

    assert f"softwareVersion: {version}" in text("publiccode.yml")
    assert f"## {version}" in text("CHANGELOG.md")


def test_licence_is_the_same_everywhere():
    assert project()["project"]["license"] == "EUPL-1.2"
    assert text("LICENSE").startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2\n")
    assert "license: EUPL-1.2" in text("publiccode.yml")
    assert "EUPL-1.2" in text("README.md")


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_lock_names_no_address(lock):
    assert ADDRESS.findall(lock.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_lock_pins_every_package_with_its_hash(lock):
    packages = re.split(r"\n(?=\S)", lock.read_text(encoding="utf-8").strip())

    assert [entry for entry in packages if "==" not in entry or "--hash=sha256:" not in entry] == []


def test_locks_hold_what_the_project_declares():
    groups = project()["dependency-groups"]
    wanted = declared(project()["project"]["dependencies"] + groups["build"])

    assert wanted - pinned("run.txt") == set()
    assert declared(groups["dev"]) - pinned("dev.txt") == set()
    assert declared(groups["installer"]) == pinned("uv.txt")


def test_locks_of_running_and_developing_agree():
    def entries(lock):
        return set(re.findall(r"^\S+==\S+", text(f"requirements/{lock}"), re.MULTILINE))

    assert entries("run.txt") - entries("dev.txt") == set()


def test_every_dependency_says_why():
    lines = [
        line.strip()
        for block in re.findall(
            r"^(?:dependencies|dev|build|installer) = \[\n(.*?)^\]",
            text("pyproject.toml"),
            re.MULTILINE | re.DOTALL,
        )
        for line in block.splitlines()
    ]

    assert [line for line in lines if not re.search(r'",\s+# \S', line)] == []


@pytest.mark.parametrize(
    "path",
    [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))],
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_links_between_documents_lead_somewhere(path):
    targets = [
        target
        for target in LINK.findall(path.read_text(encoding="utf-8"))
        if "://" not in target and not target.startswith("mailto:")
    ]

    assert [target for target in targets if not (path.parent / target).exists()] == []
