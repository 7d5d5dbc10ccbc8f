"""Communiqué: news on world politics as a knowledge graph that reasons and explains itself."""

__version__ = "0.1.0"
