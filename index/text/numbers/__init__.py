"""The numbers of a text in any language: in digits of any script, in words, with their scale and their unit.

Imports nothing of Newsdesk but ``index.text``.
"""

from index.text.numbers.reading import Number, numbers, same_number
from index.text.numbers.words import SPELLED

__all__ = ["SPELLED", "Number", "numbers", "same_number"]
