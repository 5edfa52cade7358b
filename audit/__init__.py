"""What every page of the built site is held to, in a reader's browser and as a file: `python -m audit`."""
