"""Public views → what readers see: the public database, the site, feeds and calendars.

Knows the columns of the public shapes, and no table of the store.
"""
