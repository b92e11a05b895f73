"""All fixed words that people read in Discord, in English: one module a family of pages.

``../speech`` says them in other languages, whose catalogues stand in ``../locales``. Imports no client.
"""
