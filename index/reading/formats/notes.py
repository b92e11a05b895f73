"""What Obsidian, Logseq, Jekyll and Pandoc write into Markdown, as words; what is private in it is left out."""

from __future__ import annotations

import re

_FENCED_QUERY = re.compile(
    r"^```(?:dataview|dataviewjs|query|tasks|button|ad-\w+)[^\n]*\n.*?^```[ \t]*$", re.MULTILINE | re.DOTALL
)
_EMBED = re.compile(r"!\[\[[^\[\]\n]{1,500}\]\]")
_LINK = re.compile(r"\[\[([^\[\]\n|]{0,400})(?:\|([^\[\]\n]{0,400}))?\]\]")
_BLOCK_ID = re.compile(r"(?m)[ \t]+\^[A-Za-z0-9-]{1,60}[ \t]*$|^\^[A-Za-z0-9-]{1,60}[ \t]*$")
_CALLOUT = re.compile(r"(?m)^([ \t]*(?:>[ \t]*)+)\[![\w|-]{1,40}\][+-]?[ \t]*")
_HIGHLIGHT = re.compile(r"==([^=\n]{1,1000})==")
_PROPERTY = re.compile(r"(?m)^[ \t]*(?:[-*][ \t]+)?[\w-]{1,40}::(?:[ \t][^\n]*)?$\n?")
_BLOCK_REFERENCE = re.compile(r"\(\([0-9a-f][0-9a-f-]{7,40}\)\)")
_MACRO = re.compile(r"\{\{[^{}\n]{1,500}\}\}")
_LIQUID_COMMENT = re.compile(r"\{%-? *comment *-?%\}.*?\{%-? *endcomment *-?%\}", re.DOTALL)
_LIQUID = re.compile(r"\{%[^{}\n]{1,500}%\}")
_FOOTNOTE = re.compile(r"\[\^[^\[\]\n]{1,60}\](?!:)")
_FENCED_DIV = re.compile(r"(?m)^:{3,}[^\n]{0,300}$\n?")
_HEADING = re.compile(r"(?m)^(#{1,6} [^\n{}]{1,500})\{[#.][^{}\n]{1,300}\}[ \t]*$")
_BRACES = r"\{(?:[.#][^{}\n]{0,300}|[\w-]{1,40}=[^{}\n]{0,300})\}"
_SPAN = re.compile(r"(?<![!\]])\[([^\[\]\n]{1,500})\]" + _BRACES)
_ATTRIBUTES = re.compile(r"(?<=[)`])" + _BRACES)
_TAGS = re.compile(r"(?m)^[ \t]*(?:#[^\s#]{1,80}[ \t]*)+$\n?")


def as_markdown(source: str) -> str:
    """``source`` as CommonMark: links as their words; comments, embeds, properties and the like gone."""
    text = _LIQUID.sub("", _LIQUID_COMMENT.sub("", source))
    text = _without(_without(text, "%%", "%%"), "<!--", "-->")
    text = _FENCED_QUERY.sub("", text)
    text = _LINK.sub(_words, _EMBED.sub("", text))
    text = _HIGHLIGHT.sub(r"\1", _CALLOUT.sub(r"\1", _BLOCK_ID.sub("", text)))
    text = _MACRO.sub("", _BLOCK_REFERENCE.sub("", _PROPERTY.sub("", text)))
    text = _ATTRIBUTES.sub("", _SPAN.sub(r"\1", _HEADING.sub(r"\1", _FENCED_DIV.sub("", text))))
    return _TAGS.sub("", _FOOTNOTE.sub("", text))


def _without(text: str, opens: str, closes: str) -> str:
    """``text`` without what stands between two marks; what is never closed is private to the end of its block."""
    if opens not in text:
        return text
    kept: list[str] = []
    place = 0
    while (start := text.find(opens, place)) >= 0:
        kept.append(text[place:start])
        end = text.find(closes, start + len(opens))
        if end >= 0:
            place = end + len(closes)
            continue
        blank = text.find("\n\n", start)
        return "".join([*kept, text[blank:].replace(opens, "") if blank >= 0 else ""])
    return "".join([*kept, text[place:]])


def _words(link: re.Match[str]) -> str:
    """The name a reader sees: the alias, or the note without its folders and the heading in it."""
    target, alias = link[1], link[2]
    if alias and alias.strip():
        return alias.strip()
    name, _, heading = target.partition("#")
    return name.rsplit("/", 1)[-1].strip() or heading.strip("^# ")
