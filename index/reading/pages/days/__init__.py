"""The day of a page: what is marked, what stands beside the headline, what its scripts state."""
