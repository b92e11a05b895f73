"""What a message shows: pure functions from answers to pages. Imports no client."""
