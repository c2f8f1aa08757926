"""Public views → what readers see: the public database, the site, feeds and calendars. Knows columns, knows no table of the store."""
