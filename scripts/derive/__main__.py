"""Derive exposures, episodes, times, rechallenges, causes, judgements and one row per patient from the series."""

from schemas.findings import FINDINGS
from scripts.commands import room_arguments
from scripts.commands.messages import run, say
from scripts.commands.progress import counted
from scripts.derive.derived import derive
from scripts.files.tablefiles import read_book, read_contract, read_reported, write


def main() -> None:
    parser = room_arguments.parser("derive", __doc__, "findings", "profile", "settings", "out", place=("series",))
    given = parser.parse_args()
    derived = derive(
        read_reported(given.series),
        read_book("membership", given.series),
        read_contract(given.findings, FINDINGS),
        given.profile,
        given.settings.analysis,
        use_assumed=given.settings.use_assumed,
    )
    for table_name, table in counted(derived.items(), "derive: tables written"):
        write(table, given.out / f"{table_name}.csv")
    say("derive: " + ", ".join(f"{table_name} {len(table)}" for table_name, table in derived.items()))


if __name__ == "__main__":
    run(main)
