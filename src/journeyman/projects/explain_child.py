"""Runs in the project's interpreter: calls its predict entry point for each file of rows."""

from __future__ import annotations

import contextlib
import importlib
import io
import sys


def main() -> None:
    """Read paths of rows from standard input; answer ``done`` or ``failed WHY`` for each."""
    module, out = sys.argv[1:3]
    answers = sys.stdout
    try:
        entry = importlib.import_module(module).main
    except Exception as error:  # noqa: BLE001 - the learner's code raises anything
        answers.write(f"failed {type(error).__name__}: {str(error)[:200]}\n")
        answers.flush()
        return
    for line in sys.stdin:
        sys.argv = [module, "--rows", line.strip(), "--out", out]
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                entry()
            answers.write("done\n")
        except (Exception, SystemExit) as error:  # noqa: BLE001
            text = " ".join(str(error).split())[:200]
            answers.write(f"failed {type(error).__name__}: {text}\n")
        answers.flush()


if __name__ == "__main__":
    main()
