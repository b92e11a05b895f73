"""What many articles tell of one topic: which are about it, the stories they form, its state and its events.

It may import ``bot.answer``, ``index`` and, of its parent, what tells of single articles.
"""
