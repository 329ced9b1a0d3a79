"""Where in one form the parts of an instrument stand: in its tables, paragraphs, lists and headings."""
