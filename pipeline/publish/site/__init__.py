"""The reading room: Datasette 0.65 over the public database, with our own pages, looks and manners."""
