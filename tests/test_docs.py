"""README, .env.example and docs/ say what the code does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer.main
from typer.testing import CliRunner

from bot.cli import cli
from bot.demo.show import QUESTIONS
from bot.discord.client import PERMISSIONS, invite_url
from bot.settings import PREFIX, Settings, load_settings

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
ENV_EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8")
COMMAND_LINE = (ROOT / "docs/command-line.md").read_text(encoding="utf-8")
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])

_EXAMPLE_LINE = re.compile(r"^# (NEWSDESK_[A-Z_]+)=(.*)$", re.MULTILINE)
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ +(.*)$", re.MULTILINE)
_OPTION = re.compile(r"^\| `(-[^`]+)` \|", re.MULTILINE)


def defaults() -> dict[str, str]:
    return {
        (PREFIX + name).upper(): "" if field.default is None else str(field.default)
        for name, field in Settings.model_fields.items()
    }


def listed_commands() -> set[str]:
    """The commands that ``newsdesk --help`` lists."""
    listing = CliRunner().invoke(cli, ["--help"]).output.partition("Commands:")[2]
    return set(re.findall(r"^  ([a-z]+)  ", listing, re.MULTILINE))


def sections() -> dict[str, str]:
    """What docs/command-line.md says of each command."""
    parts = re.split(r"^## newsdesk ([a-z]+)$", COMMAND_LINE, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def anchor_of(heading: str) -> str:
    """What GitHub calls a heading in links."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def test_env_example_has_every_setting_with_its_default() -> None:
    found = _EXAMPLE_LINE.findall(ENV_EXAMPLE)
    assert len(found) == len(dict(found)), "a setting stands in .env.example twice"
    assert dict(found) == defaults()


def test_env_example_can_be_used_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in defaults():
        monkeypatch.delenv(name, raising=False)
    copy = tmp_path / ".env"
    copy.write_text(ENV_EXAMPLE, encoding="utf-8")
    assert load_settings(copy) == load_settings(None)


def test_env_example_lines_can_be_uncommented(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in defaults():
        monkeypatch.delenv(name, raising=False)
    lines = [f"{name}={value}" for name, value in _EXAMPLE_LINE.findall(ENV_EXAMPLE) if value]
    copy = tmp_path / ".env"
    copy.write_text("\n".join(lines), encoding="utf-8")
    assert load_settings(copy) == load_settings(None)


def test_readme_has_every_setting_with_its_default_and_description() -> None:
    for name, field in Settings.model_fields.items():
        default = f"`{field.default}`" if field.default not in (None, "") else ""
        assert field.description, f"{name} has no description"
        row = f"| `{(PREFIX + name).upper()}` | {default} | {field.description} |".replace("|  |", "| |")
        assert row in README


def test_readme_names_no_setting_that_there_is_not() -> None:
    for page in PAGES:
        named = set(re.findall(r"NEWSDESK_[A-Z_]*[A-Z]", page.read_text(encoding="utf-8")))
        assert named <= {*defaults()}, page.name


def test_readme_names_every_command() -> None:
    commands = listed_commands()
    assert {"index", "ask", "run"} <= commands
    for command in commands:
        assert f"`newsdesk {command}`" in README


def test_documented_commands_are_those_there_are() -> None:
    assert set(sections()) == listed_commands()
    for page in PAGES:
        named = set(re.findall(r"`(?:\.venv/bin/)?newsdesk ([a-z]+)", page.read_text(encoding="utf-8")))
        assert named <= listed_commands(), page.name


@pytest.mark.parametrize("name", sorted(sections()))
def test_documented_options_are_those_of_the_command(name: str) -> None:
    command = typer.main.get_command(cli).commands[name]  # type: ignore[attr-defined]  # it is a group
    options = {
        flag
        for parameter in command.params
        for flag in (*parameter.opts, *parameter.secondary_opts)
        if flag.startswith("-") and flag != "--help"
    }
    assert sorted(_OPTION.findall(sections()[name])) == sorted(options)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_relative_links_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for link in _LINK.findall(text):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), f"{page.name} links to {link}, which is not there"
        if anchor:
            headings = _HEADING.findall(target.read_text(encoding="utf-8"))
            assert anchor in {anchor_of(heading) for heading in headings}, f"{page.name}: no heading for {link}"


@pytest.mark.parametrize("page", [ROOT / "README.md", ROOT / "docs/discord.md"], ids=lambda page: page.name)
def test_the_invitation_asks_for_the_permissions_that_the_bot_needs(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    links = re.findall(r"https://discord\.com/oauth2/authorize\S+", text)
    expected = invite_url(1)
    for part in ("scope", "permissions"):
        pattern = re.compile(rf"[?&]{part}=([^&]+)")
        assert [pattern.findall(link) for link in links] == [pattern.findall(expected)]
    assert f"permissions={PERMISSIONS.value}" in text


def test_the_transcript_in_the_readme_is_of_the_demo_there_is() -> None:
    for question in QUESTIONS:
        assert f"\n{question} ─" in README


def test_make_targets_that_are_named_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for page in PAGES:
        assert set(re.findall(r"`make ([a-z]+)", page.read_text(encoding="utf-8"))) <= targets, page.name
