"""The spine: nouns, store, stages, publishing. Start reading in `pipeline.stages`."""

__version__ = "0.1.0"
