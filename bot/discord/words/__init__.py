"""All fixed words that people read in Discord, in English, and how they are said in other languages.

``phrase`` makes them; the other modules hold them, one module a family of pages. The translations stand in
``../locales``, a catalogue a language. Imports no client.
"""
