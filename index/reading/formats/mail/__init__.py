"""Mails, digests of them, and mails within mails."""
