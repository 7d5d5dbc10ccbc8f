"""Queries in processes of their own, since the engine cannot be stopped: a process can.

A *zygote* holds a copy of the graph in memory, follows every change, and is forked into *workers* that share its pages.
A worker evaluates one query at a time; a deadline, a cancellation or a client that left ends it, and the zygote is
forked again, which takes milliseconds. The zygote has one thread, so forking it is safe.
"""
