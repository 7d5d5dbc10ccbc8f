"""What stands between strangers and the server: tokens, rates, headers, and where it may reach out to."""
