"""What the text and the marks of one place mean: a value of a scale, a number, a date, a case, an agency, a comment."""
