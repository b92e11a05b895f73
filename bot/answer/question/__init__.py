"""What was asked: its kind, its parts, its filters, what it refers to. May import index and bot.chat."""
