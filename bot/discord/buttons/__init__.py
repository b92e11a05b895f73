"""Buttons and menus that work after a restart, and what they do."""
