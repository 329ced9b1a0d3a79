"""PDF: printed forms and forms to fill in."""
