"""The tables and the report of an audit in the files of other programs, one module a format. The same tables give the same bytes."""
