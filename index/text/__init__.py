"""What can be said of words in any script: language, sentences, names, dates. Imports nothing of Newsdesk."""
