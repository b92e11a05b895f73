"""How ``--help`` looks: words for what an option takes, whole lines, examples."""

from __future__ import annotations

import inspect
import re
from typing import Any

from typer.core import TyperCommand

SETTINGS = {"help_option_names": ["-h", "--help"]}

_TYPE = re.compile(r" <[^>]*>$")
_SPAN = re.compile(r"(\S+)<=x<=([^\]\s]+)")
_LEAST = re.compile(r"x>=([^\]\s]+)")

_EXAMPLES = {
    "setup": ("newsdesk setup",),
    "index": ("newsdesk index ~/articles", "newsdesk index https://example.org/feed.xml 'news/**/*.md'"),
    "ask": (
        'newsdesk ask "Who opened the gates?"',
        'newsdesk ask "What did the ministry say?" --since "last week" --source Reuters',
    ),
    "search": ('newsdesk search "dam gates" -k 5', "newsdesk search strike --until 2026-01-31 --json"),
    "summary": ("newsdesk summary seldrin.md", 'newsdesk summary --topic "the dock strike" --style brief'),
    "timeline": ('newsdesk timeline "the dock strike" --length 10',),
    "digest": ('newsdesk digest --since "last week"', "newsdesk digest --since 2026-01-01 --topic harbour"),
    "articles": ("newsdesk articles", "newsdesk articles harbour --limit 10"),
    "remove": ("newsdesk remove seldrin.md", "newsdesk remove https://example.org/2026/01/16/seldrin"),
    "history": ("newsdesk history --limit 5", "newsdesk history ~/articles"),
    "export": ("newsdesk export library.jsonl", "newsdesk export | gzip > library.jsonl.gz"),
    "import": ("newsdesk import library.jsonl",),
    "eval": ("newsdesk eval questions.jsonl", "newsdesk eval questions.jsonl --compare before.json --json"),
    "forget": ("newsdesk forget harbour", "newsdesk forget --all"),
    "usage": ("newsdesk usage", "newsdesk usage --days 7 --json"),
    "feedback": ("newsdesk feedback",),
    "rebuild": ("newsdesk rebuild",),
    "doctor": ("newsdesk doctor", "newsdesk doctor --models", "newsdesk doctor --repair"),
    "run": ("newsdesk run",),
    "preview": ("newsdesk preview", "newsdesk preview --port 8080"),
    "demo": ("newsdesk demo",),
    "sources add": ("newsdesk sources add https://example.org/feed.xml --every 6",),
    "sources list": ("newsdesk sources list",),
    "sources remove": ("newsdesk sources remove https://example.org/feed.xml --articles",),
    "sources poll": ("newsdesk sources poll", "newsdesk sources poll ~/articles"),
}


class Command(TyperCommand):
    """A command whose arguments and options are shown with words for what they take, not with types."""

    def get_short_help_str(self, limit: int = 45) -> str:  # noqa: ARG002  # a line that is too long is wrapped
        """Its first line in the list of commands, whole."""
        return " ".join(inspect.cleandoc(self.help or "").partition("\n\n")[0].split())

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """What stands after its name: options, then the arguments, in brackets what may be left out."""
        pieces = [self.options_metavar or ""]
        for one in self.get_params(ctx):
            if one.param_type_name == "argument":
                name = one.metavar or (one.name or "").upper()
                pieces.append(name if one.required else f"[{name}]")
        return pieces

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """The arguments, then the options."""
        for heading, kind in (("Arguments", "argument"), ("Options", "option")):
            records = [one.get_help_record(ctx) for one in self.get_params(ctx) if one.param_type_name == kind]
            told = [(_TYPE.sub("", record[0]), _in_words(record[1])) for record in records if record]
            if told:
                with formatter.section(heading):
                    formatter.write_dl(told)


def _in_words(told: str) -> str:
    """What is told of an option, its bounds in words."""
    return _LEAST.sub(r"at least \1", _SPAN.sub(r"\1 to \2", told))


def options_of(name: str) -> dict[str, Any]:
    """What every command is made with; ``name`` as it is typed after ``newsdesk``."""
    examples = "".join(f"\n  {line}" for line in _EXAMPLES[name])
    return {"cls": Command, "epilog": f"\b\nExamples:{examples}", "context_settings": SETTINGS}
