"""How the bot's fixed words are said in the languages there are."""
