"""Reads HTML and PDF, which may be made to do harm, in a process of its own that has little time and memory."""

from index.parser.parser import Parser, ParserLimits

__all__ = ["Parser", "ParserLimits"]
