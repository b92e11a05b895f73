"""What the bot does by itself, and reading, which takes its time."""
