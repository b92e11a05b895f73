"""Which sentences of an article are points: by what they say, where they stand and what they lean on.

It may import ``bot.answer`` and ``index``, and of its parent what it is given.
"""
