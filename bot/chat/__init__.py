"""The chat model: built from the settings, limited, remembered, paid for.

May import index and bot.settings.
"""
