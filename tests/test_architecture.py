"""Who may import whom: cli, cogs -> app -> answer, summary -> index, prompts."""

from __future__ import annotations

import ast
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted(
    path.relative_to(ROOT).as_posix()
    for name in ("bot", "index", "prompts")
    for path in (ROOT / name).rglob("*.py")
)

FACES = ("bot.discord", "bot.cli", "bot.demo", "bot.evaluation")

# What is imported, and by whom alone; a path ending in "/" stands for all below it.
ONLY = {
    "chromadb": ("index/store/vectors/",),
    "tantivy": ("index/store/lexical.py", "index/store/stems.py"),
    "onnx": ("index/embedding/e5/",),
    "onnxruntime": ("index/embedding/e5/",),
    "discord": ("bot/discord/",),
    "simcord": ("bot/discord/preview.py",),
    "typer": ("bot/cli/",),
    "bot.app": ("bot/cli/", "bot/demo/", "bot/discord/", "bot/evaluation/", "bot/operator/"),
    "langchain_core.prompts": ("prompts/",),
    "langchain_community": (),
    "langchain_classic": (),
}

# Who imports, and what it may not.
NEVER = {
    "index/": ("bot", "prompts"),
    "prompts/": ("bot", "index"),
    "bot/answer/": ("bot.app", "bot.summary", *FACES),
    "bot/summary/": ("bot.app", *FACES),
    "bot/memory/": ("bot.app", *FACES),
    "bot/chat/": ("bot.app", "bot.answer", "bot.summary", "bot.memory", *FACES),
    "bot/operator/": FACES,
    "bot/settings.py": ("bot.app", "bot.answer", *FACES),
    "bot/discord/": ("bot.cli", "bot.demo", "bot.evaluation"),
    "bot/discord/pages/": ("bot.app", "bot.discord.client", "bot.discord.buttons", "bot.discord.cogs"),
    "index/text/": ("index.reading", "index.store", "index.sources", "index.sync", "index.library"),
    "index/reading/": ("index.store", "index.sync", "index.library", "index.embedding"),
    "index/embedding/": ("index.store", "index.sources", "index.sync", "index.library", "index.search"),
    "index/store/": (
        "index.sync",
        "index.library",
        "index.listing",
        "index.catalogue",
        "index.sources",
        "index.fetch",
    ),
    "index/sources/": ("index.store", "index.sync", "index.library"),
    "index/fetch/": ("index.store", "index.sources", "index.sync", "index.library"),
}


def imports(module: str) -> Iterator[str]:
    """The full names of what a module imports, wherever in it, for types alone included."""
    for node in ast.walk(ast.parse((ROOT / module).read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} imports relatively; name the whole path"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def is_in(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


def belongs(module: str, place: str) -> bool:
    return module.startswith(place) if place.endswith("/") else module == place


def tracked() -> list[str]:
    """The files that belong to the project."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout, so there is no list of the project's files")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True)
    return [name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_the_modules_are_found() -> None:
    assert {"index/store/vectors/chroma.py", "bot/discord/client.py", "prompts/__init__.py"} <= set(MODULES)
    assert "chromadb" in {name.split(".")[0] for name in imports("index/store/vectors/chroma.py")}


@pytest.mark.parametrize("package", ONLY)
def test_what_is_imported_in_its_place_only(package: str) -> None:
    users = {module for module in MODULES for name in imports(module) if is_in(name, package)}
    assert [module for module in sorted(users) if not any(belongs(module, place) for place in ONLY[package])] == []
    assert users or not ONLY[package], f"nothing imports {package} any more: the rule can go"


@pytest.mark.parametrize("place", NEVER)
def test_arrows_run_one_way(place: str) -> None:
    modules = [module for module in MODULES if belongs(module, place)]
    assert modules, f"{place} is not there any more: the rule can go"
    assert [
        f"{module} imports {name}"
        for module in modules
        for name in imports(module)
        if any(is_in(name, forbidden) for forbidden in NEVER[place])
    ] == []


def test_no_circles() -> None:
    names = {dotted(module): module for module in MODULES}
    graph = {
        name: {found for imported in imports(module) if (found := _module(imported, names)) and found != name}
        for name, module in names.items()
    }
    TopologicalSorter(graph).prepare()  # raises CycleError, which names the modules of the circle


def dotted(module: str) -> str:
    return module.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _module(imported: str, names: Mapping[str, str]) -> str | None:
    """The module that an import reads: the name itself, or what it is taken from."""
    return next((name for name in (imported, imported.rpartition(".")[0]) if name in names), None)


def test_messages_to_a_model_are_written_in_prompts() -> None:
    told = {"SystemMessage", "ChatPromptTemplate", "PromptTemplate"}
    assert [
        f"{module}: {node.id}"
        for module in MODULES
        if not module.startswith("prompts/")
        for node in ast.walk(ast.parse((ROOT / module).read_text("utf-8")))
        if isinstance(node, ast.Name) and node.id in told
    ] == []


def test_no_file_names_where_packages_come_from() -> None:
    hosts = [
        ".".join(parts).encode()
        for parts in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com"))
    ]
    assert [name for name in tracked() for host in hosts if host in (ROOT / name).read_bytes()] == []


def test_there_is_one_lock_file() -> None:
    locks = (
        "uv.lock",
        "poetry.lock",
        "Pipfile.lock",
        "pdm.lock",
        "package-lock.json",
        "yarn.lock",
        "pnpm-lock.yaml",
    )
    names = [Path(name).name for name in tracked()]
    assert [name for name in names if name in locks] == []
    assert "requirements.lock" in names
