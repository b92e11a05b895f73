"""``python -m bot.cli``, where the ``newsdesk`` command is not on the path."""

from bot.cli import main

main()
