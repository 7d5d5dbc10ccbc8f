"""The W3C's own test suites for SPARQL 1.1, run through the HTTP endpoints."""
