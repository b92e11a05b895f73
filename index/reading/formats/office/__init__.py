"""Documents of office programs and books."""
