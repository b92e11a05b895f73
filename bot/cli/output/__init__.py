"""What commands print, for people and as JSON. May import bot.answer, bot.summary and index."""
