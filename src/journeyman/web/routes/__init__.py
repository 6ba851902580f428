"""One module for each group of pages. Handlers are synchronous: the store is a file."""
