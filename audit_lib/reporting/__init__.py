"""From notebooks to pages: running, rendering, checking and publishing them, whole or not at all."""
