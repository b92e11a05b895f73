"""Articles in, passages out; knows nothing of questions, prompts or Discord."""
