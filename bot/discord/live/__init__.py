"""Bringing answers to where they were asked for: streaming, delivery."""
