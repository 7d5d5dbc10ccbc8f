"""``python -m kg.evaluate PATH… [--errors]``: figures without a command line around them."""

from __future__ import annotations

import sys
from pathlib import Path

from kg.evaluate import evaluate, show

if __name__ == "__main__":
    score = evaluate(Path(argument) for argument in sys.argv[1:] if argument != "--errors")
    print("\n".join(show.table(score)))
    if "--errors" in sys.argv:
        print("\n".join(show.errors(score)))
