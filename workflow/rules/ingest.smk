"""Raw sources -> reported tables, one job per source."""

for SOURCE in STUDY.sources:

    rule:
        name:
            f"ingest_{SOURCE.name}"
        output:
            tables=directory(f"{PROCESSED}/reported/{SOURCE.name}"),
            made=made(f"ingest.{SOURCE.name}"),
        log:
            f"{LOGS}/ingest.{SOURCE.name}.log",
        conda:
            "../envs/rooms.yml"
        resources:
            mem_mb=memory(f"ingest.{SOURCE.name}"),
            runtime=runtime(f"ingest.{SOURCE.name}"),
        params:
            job=JOB,
            sheet=sheet(f"ingest.{SOURCE.name}"),
            room=room(f"ingest.{SOURCE.name}"),
        shell:
            "{params.job:q} {params.sheet:q} {log:q} -- {params.room:q}"
