"""Where events are: the phrases that place them, and where the story, its speakers and its datelines stand."""
