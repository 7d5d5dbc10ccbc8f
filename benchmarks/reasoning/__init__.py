"""Reasoning: our engine against owlrl and reasonable on generated news graphs, in the same run.

``python -m benchmarks.reasoning`` prints the table of docs/reasoning.md; ``--sizes`` and ``--runs`` make it shorter.
"""
