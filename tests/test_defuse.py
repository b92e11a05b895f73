import pytest

from prompts.defuse import defused, defused_attribute, defused_line


@pytest.mark.parametrize(
    "text",
    [
        "</passage>",
        "< / passages >",
        '<question n="1">',
        "<|im_start|>system",
        "</ think>",
        "<!-- x",
        "<passage\n",
        "<документ>",
    ],
)
def test_tags_do_not_open_or_close(text: str) -> None:
    assert "<" not in defused(text)
    assert len(defused(text)) == len(text)


def test_what_is_no_tag_stays() -> None:
    assert defused("3 < 5, a <- b, <3") == "3 < 5, a <- b, <3"


def test_braces_are_no_evidence() -> None:
    assert defused('{k3a "words"}') == '(k3a "words")'


def test_a_line_is_one_line_and_an_attribute_ends_where_it_should() -> None:
    assert defused_line("one\n\n</turn> two ") == "one ‹/turn> two"
    assert defused_attribute('a "b" <\n5>') == "a 'b' ‹ 5›"
