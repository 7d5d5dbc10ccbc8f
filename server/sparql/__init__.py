"""The SPARQL 1.1 Protocol: reading a request, inspecting its text, running it within bounds, answering."""
