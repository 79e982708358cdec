"""Derived tables and results -> tables."""


rule tables:
    input:
        derived=DERIVED,
        series=SERIES,
        findings=FINDINGS,
        made=made("analyse"),
    output:
        tables=report(
            directory(f"{BUILD}/tables"),
            patterns=["{table}.csv"],
            caption="../report/table.rst",
            category="Tables",
            labels={"table": "{table}"},
        ),
        made=made("tables"),
    log:
        f"{LOGS}/tables.log",
    conda:
        "../envs/rooms.yml"
    resources:
        mem_mb=memory("tables"),
        runtime=runtime("tables"),
    params:
        job=JOB,
        sheet=sheet("tables"),
        room=room("tables"),
    shell:
        "{params.job:q} {params.sheet:q} {log:q} -- {params.room:q}"
