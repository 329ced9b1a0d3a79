"""From a folder of returned forms to tables, and from tables to reports."""
