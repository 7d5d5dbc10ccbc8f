"""More processes that answer what needs no waiting, so that all cores do.

A *reader* is forked from the zygote, as workers are, with the default graph in its memory. The server accepts every
connection. One on which a number of queries was answered at once it passes on to a reader, socket and all; the reader
passes it back with the first request that is anything else. So nobody relays: whoever has the socket answers.
"""
