"""What is said about an article: the fields of records and headers, its days, its outlet and address."""
