"""The face in Discord.

The only package that imports discord; imports bot.app, answer, summary, memory and index.
"""
