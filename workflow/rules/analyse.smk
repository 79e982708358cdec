"""Derived tables -> one long results table and curve points."""


rule analyse:
    input:
        derived=DERIVED,
        series=SERIES,
        findings=FINDINGS,
        made=made("derive"),
    output:
        results=f"{BUILD}/results.csv",
        populations=f"{BUILD}/populations.csv",
        curves=f"{BUILD}/curves.csv",
        made=made("analyse"),
    log:
        f"{LOGS}/analyse.log",
    conda:
        "../envs/rooms.yml"
    resources:
        mem_mb=memory("analyse"),
        runtime=runtime("analyse"),
    params:
        job=JOB,
        sheet=sheet("analyse"),
        room=room("analyse"),
    shell:
        "{params.job:q} {params.sheet:q} {log:q} -- {params.room:q}"
