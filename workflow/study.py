"""What a study's config means for the workflow, apart from Snakemake so that tests can ask it."""

from pathlib import Path

from pydantic import ValidationError

from schemas.config import Config

SHARED = {
    "ingest": ("reading", "tablefiles", "messages"),
    "validate": ("reading", "tablefiles", "messages", "intervals", "quantities", "findings_text"),
    "assemble": ("tablefiles", "messages", "intervals", "findings_text"),
    "derive": ("tablefiles", "messages", "intervals", "quantities"),
    "analyse": ("tablefiles", "messages", "intervals"),
}
PRODUCT = ("tablefiles", "messages", "displays", "wording", "product_arguments", "intervals")


def problems(config: dict) -> list[str]:
    """What is wrong with a config, one line per fault: key, reason, value."""
    try:
        Config.model_validate(config)
    except ValidationError as faults:
        return [f"config: {'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in faults.errors()]
    return []


def room(repository: str, name: str) -> list[str]:
    """Files of a room, of the shared modules it imports, and of the contracts."""
    root = Path(repository)
    shared = [root / "scripts" / f"{module}.py" for module in SHARED.get(name, PRODUCT)]
    own = [
        file
        for file in (root / "scripts" / name).rglob("*")
        if file.is_file() and file.suffix in (".py", ".j2", ".yaml")
    ]
    contracts = [*(root / "schemas").glob("*.py"), *(root / "schemas" / "codelists").glob("*.csv")]
    return sorted(str(file) for file in [*own, *shared, *contracts])


def folder(config_path: Path, repository: Path) -> Path:
    """The folder a study's paths count from: the config's own, or the repository for its own config/."""
    home = config_path.resolve().parent
    return repository if home == (repository / "config").resolve() else home
