"""The way of a question to a cited answer; knows no Discord and no terminal.

May import index, prompts and bot.chat.
"""
