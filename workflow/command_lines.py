"""The command line of a step's room, its paths counted from the study's folder: for Snakemake's rules, and for runs without it."""

from importlib.metadata import version

from schemas.config import Config
from workflow.steps import BUILD, Step

RIGHTS = ("--rights", "Confidential")


def arguments(step: Step, study: Config, *, processes: int = 1) -> list[str]:
    """The room's name and its arguments. processes: drawing at once."""
    done, handed = f"data/processed/{study.series}", f"data/processed/{study.series}/handed/{step.name}"
    build, series, derived = f"{done}/{BUILD}", f"{done}/series", f"{done}/derived"
    reported = [f"{done}/reported/{source.name}" for source in study.sources]
    declared = ["--profile", study.profile, "--settings", f"{handed}/settings.yaml"]
    checked = ["--findings", f"{done}/findings.csv", *declared]
    product = [derived, "--results", build, "--series", series, *checked]
    places = {
        "validate": [*reported, *declared, "--out", f"{done}/findings.csv"],
        "assemble": [*reported, *checked, "--out", series],
        "derive": [series, *checked, "--out", derived],
        "analyse": ["series", derived, "--ledger", f"{series}/ledger.csv", *checked, "--out", build],
        "tables": [*product, *RIGHTS, "--out", f"{build}/tables"],
        "figures": [*product, *RIGHTS, "--processes", str(processes), "--out", f"{build}/figures"],
        "documents": [series, derived, "--results", build, *checked, "--figures", f"{build}/figures",
                      "--out", f"{build}/documents"],
        "report": [*product, "--tables", f"{build}/tables", "--figures", f"{build}/figures",
                   "--inputs", f"{handed}/inputs.json", "--accepted", f"data/processed/accepted/{study.series}",
                   "--snakemake", version("snakemake"), "--out", build],
        "publish": [build, f"results/{study.series}"],
    }  # fmt: skip
    if step.room == "ingest":
        source = next(source for source in study.sources if source.name == step.source)
        return ["ingest", source.format, source.path, "--options", f"{handed}/options.yaml",
                "--out", f"{done}/reported/{source.name}"]  # fmt: skip
    return [step.room, *places[step.room]]
