"""Files inside archives and messages."""
