"""Queries over HTTP: Communiqué against other SPARQL servers on the same graph, in the same run."""
