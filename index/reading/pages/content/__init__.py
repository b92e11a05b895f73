"""What of a page is the text of its article."""
