"""Reaching Discord: logging in, staying connected, the commands it offers."""
