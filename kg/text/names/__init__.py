"""Names in a text: what reference data knows, titles, and proper names that nothing knows yet."""
