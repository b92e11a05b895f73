"""Whether a sentence means what its passages say: a chat model judges, rules say where it is asked again."""
