"""The panel of /settings and /preferences: one message, whose menus and buttons change what is set.

``views`` shows what is set, ``controls`` are its menus and buttons, which work after a restart.
"""
