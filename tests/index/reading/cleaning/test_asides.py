from index.reading.cleaning.asides import asides

_TEXT = """The mill at Tarnside closes in March, its owner said.
A long decline
Two of the four stones were sold a year ago.
1. The upper mill
Editor's note: A version of this was first published in May.
The council wants to keep the building."""


def test_headings_and_notes_stand_beside_the_text_and_items_do_not() -> None:
    assert asides(_TEXT) == {1, 4}
