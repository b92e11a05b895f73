"""Reads articles, which may be made to do harm, in a process of its own that has little time and memory."""

from index.parser.parser import Parser, ParserLimits
from index.parser.wire import OnPage, Reading

__all__ = ["OnPage", "Parser", "ParserLimits", "Reading"]
