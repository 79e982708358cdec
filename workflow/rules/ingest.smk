"""Raw sources -> reported tables, one job per source."""

for SOURCE in SOURCES.values():

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
            form=SOURCE.format,
            path=SOURCE.path,
            options=handed(f"ingest.{SOURCE.name}", "options.yaml"),
        shell:
            "{params.job:q} {params.sheet:q} {log:q} -- ingest {params.form:q} {params.path:q}"
            " --options {params.options:q} --out {output.tables:q}"
