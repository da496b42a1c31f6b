"""Replication groups at an instant, their verdict, and findings with the lines that prove them."""
