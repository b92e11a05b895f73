"""``newsdesk setup``: asks for models and token, tries each, writes ``.env``. May import what bot.cli may."""
