"""When events are: the dates of the text under the words that they date, and the day that the story is at."""
