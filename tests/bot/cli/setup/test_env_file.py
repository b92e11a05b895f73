from pathlib import Path

import pytest

from bot.cli.setup.env_file import EnvFile
from bot.settings import load_settings
from index.errors import ConfigurationError

MODEL = "NEWSDESK_CHAT_MODEL"
KEY = "NEWSDESK_CHAT_API_KEY"


@pytest.fixture
def env(tmp_path: Path, clean_environment: None) -> EnvFile:  # noqa: ARG001
    return EnvFile(tmp_path / ".env")


def test_a_new_file_is_its_owner_s_alone(env: EnvFile) -> None:
    env.write({MODEL: "openai:gpt-5-mini", KEY: "sk-1"})
    assert env.path.read_text() == f"{MODEL}=openai:gpt-5-mini\n{KEY}=sk-1\n"
    assert env.path.stat().st_mode & 0o777 == 0o600
    assert list(env.path.parent.iterdir()) == [env.path]


def test_what_stands_there_stays(env: EnvFile) -> None:
    before = f"# mine\r\n\r\nOTHER='a\nb' # both lines\nexport {MODEL}=old  # a note\nno setting at all\nLAST=1"
    env.path.write_bytes(before.encode())
    env.path.chmod(0o644)
    env.write({MODEL: "new", KEY: "k"})
    after = before.replace(f"export {MODEL}=old  # a note", f"{MODEL}=new")
    assert env.path.read_bytes().decode() == f"{after}\n{KEY}=k\n"
    assert env.path.stat().st_mode & 0o777 == 0o600


def test_a_setting_in_a_comment_is_where_it_goes(env: EnvFile) -> None:
    env.path.write_text(f"# The model.\n\n# {MODEL}=\n\n# The key.\n# {KEY}=\n")
    env.write({MODEL: "small-1"})
    assert env.path.read_text() == f"# The model.\n\n# {MODEL}=\n{MODEL}=small-1\n\n# The key.\n# {KEY}=\n"


def test_of_several_lines_the_last_counts(env: EnvFile) -> None:
    env.path.write_text(f"{MODEL}=first\n\n{MODEL.lower()}=second\nOTHER=1\n")
    env.write({MODEL: "third"})
    assert env.values() == {MODEL: "third", "OTHER": "1"}
    env.write({MODEL: None})
    assert env.path.read_text() == "OTHER=1\n"


@pytest.mark.parametrize("value", ["a b", "it's # one", 'quo"ted', "back\\slash", "$HOME", "x=y", "Modell-ä"])
def test_values_come_back_as_they_are(env: EnvFile, value: str) -> None:
    env.write({MODEL: value})
    assert env.values() == {MODEL: value}
    assert load_settings(env.path).chat_model == value


def test_a_link_stays_a_link(env: EnvFile, tmp_path: Path) -> None:
    real = tmp_path / "real"
    real.write_text("OTHER=1\n")
    env.path.symlink_to(real)
    env.write({MODEL: "m"})
    assert env.path.is_symlink()
    assert real.read_text() == f"OTHER=1\n{MODEL}=m\n"


def test_what_cannot_be_written_is_told_and_leaves_the_file(env: EnvFile) -> None:
    env.path.write_text("OTHER=1\n")
    with pytest.raises(ConfigurationError, match="another variable"):
        env.write({MODEL: "${HOME}"})
    assert env.path.read_text() == "OTHER=1\n"
    env.path.write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigurationError, match="UTF-8"):
        env.write({MODEL: "m"})
