"""What Snakemake calls for every job: `python workflow/start_job.py SHEET LOG -- ROOM ARGUMENTS` (workflow.job).

The work is done by the launcher's warm process, or else here. What the room prints goes to standard output, which `make`
shows; Snakemake speaks on standard error.
"""

import os
import sys
from pathlib import Path

sys.path[0] = str(Path(__file__).resolve().parents[1])

from workflow import warm  # noqa: E402  # the path above must come first

if __name__ == "__main__":
    os.dup2(1, 2)
    code = warm.asked(sys.argv[1:])
    if code is None:
        from workflow.job import work  # here: it loads pandas and more

        code = work(sys.argv[1:])
    sys.exit(code)
