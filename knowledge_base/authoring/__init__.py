"""What saves an author work: a page from its template, notes out of Word, a page taken down."""
