"""What `make` runs: check the config, run the workflow, say what ran and why, what changed, and name the files.

A killed run is completed by the next one. A second run at the same time on the same study is refused.
Exit codes: 0 done, 1 a room failed, 2 the config or a path is wrong, 3 findings stop the run, 130 interrupted.
"""

import sys

if __name__ == "__main__":
    try:
        from scripts.commands.messages import run
        from workflow.launcher import main  # here, so that the keyboard's interruption is caught while it loads

        run(lambda: main(__doc__))
    except KeyboardInterrupt:
        print("Interrupted before the run began; earlier results are unchanged.", file=sys.stderr)
        sys.exit(130)
