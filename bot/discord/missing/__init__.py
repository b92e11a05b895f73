"""What can be done where the articles don't hold an answer: wait for it, suggest an article, say where it is."""
