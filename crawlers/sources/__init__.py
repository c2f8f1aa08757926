"""One file a source; the file name is the source's id. What a source may say stands in `crawlers.kinds`."""
