"""From results to what a reader sees: sentences, charts and tables. ``html`` is the one place where text becomes HTML."""
