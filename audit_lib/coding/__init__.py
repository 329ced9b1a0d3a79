"""What a raw form means, in the codes of an instrument. Knows no files."""
