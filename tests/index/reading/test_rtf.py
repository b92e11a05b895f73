"""Rich Text Format: the words of the text, whatever program wrote them."""

from __future__ import annotations

import pytest

from index.errors import ArticleError
from index.reading.read import read
from tests.index.reading.test_formats import only


def rtf(body: str, head: str = "\\ansi\\ansicpg1252") -> bytes:
    return f"{{\\rtf1{head}{body}}}".encode("ascii")


def escaped(text: str, encoding: str) -> str:
    return "".join(f"\\'{byte:02x}" for byte in text.encode(encoding))


FONTS = "{\\fonttbl{\\f0\\fcharset0 Times;}{\\f1\\fcharset204 Times Cyr;}{\\f2\\fcharset128 Mincho;}}"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (rtf(escaped("Паром", "cp1251"), "\\ansi\\ansicpg1251\\deff0"), "Паром"),
        (rtf("Gr\\u246?\\u223 ?e \\emdash  ja", "\\ansi\\uc1"), "Größe — ja"),
        (rtf("\\uc0 Gr\\u246\\u223e", "\\ansi"), "Größe"),
        (rtf("\\uc2 Gr\\u246\\'c3\\'b6\\u223??e", "\\ansi"), "Größe"),
        (rtf("\\u-10179?\\u-8704? smile", "\\ansi"), "😀 smile"),
        (
            rtf(f"{FONTS}A {{\\f1 {escaped('мост', 'cp1251')}}} {{\\f2 {escaped('港が開く', 'cp932')}}}."),
            "A мост 港が開く.",
        ),
        (rtf("One\\par\nTwo\\line three\\par}{\\*\\themedata 504b0304}{"), "One\n\nTwo\nthree"),
        (
            rtf("A {\\v secret }{\\deleted old }{\\b bold\\b0} word{\\header Page\\par}{\\pict 8950}."),
            "A bold word.",
        ),
        (
            rtf("{\\info{\\title Document1}}{\\stylesheet{\\s0 Normal;}}Word\\~one \\{x\\} a\\\\b"),
            "Word\u00a0one {x} a\\b",
        ),
        (rtf('See {\\field{\\*\\fldinst{HYPERLINK "a.example"}}{\\fldrslt the page}} now'), "See the page now"),
        (
            rtf("One {\\footnote See {\\v x}page 12.}two.\\par Three{\\footnote Four.}{\\footnote Five.}"),
            "One two.\n\nSee page 12.\n\nThree\n\nFour.\n\nFive.",
        ),
        (b"\xef\xbb\xbf" + rtf("Word"), "Word"),
        (rtf("One {\\pict\\bin5 }}{x}}two"), "One two"),
        (rtf("One\\uc-3\\u8364 twelve"), "One€twelve"),
        (rtf("\\trowd One\\cell Two\\cell\\row Three\\cell Four\\cell\\row"), "One | Two\n\nThree | Four"),
    ],
)
def test_the_words_of_rtf(data: bytes, text: str) -> None:
    assert only(data, "a.rtf").text == text


@pytest.mark.parametrize("data", [rtf("{\\pict 89504e47}"), b"no RTF at all", b"{\\rtf1"])
def test_without_words_it_is_no_article(data: bytes) -> None:
    with pytest.raises(ArticleError, match="has no text"):
        list(read(data, "a.rtf"))
