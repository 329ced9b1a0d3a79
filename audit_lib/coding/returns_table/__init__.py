"""Tables in which each row is a return, and sheets with a column of answers for each."""
