"""The graph: mapping facts to RDF, keeping, inferring, querying and exporting it."""
