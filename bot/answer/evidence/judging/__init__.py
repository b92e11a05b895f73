"""Whether a sentence means what its passages say: a chat model judges, again where rules are against it."""
