"""Whether the facts of a sentence stand in its passages: numbers with their units, dates, names."""
