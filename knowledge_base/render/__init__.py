"""What macros draw: citations, tables, facts strips, run sheets."""
