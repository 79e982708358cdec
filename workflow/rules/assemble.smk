"""Reported tables and findings -> the series, its membership sets and its ledger."""

SERIES = f"{PROCESSED}/series"


rule assemble:
    input:
        reported=REPORTED,
        findings=FINDINGS,
        made=made("validate"),
    output:
        series=directory(SERIES),
        made=made("assemble"),
    log:
        f"{LOGS}/assemble.log",
    conda:
        "../envs/rooms.yml"
    resources:
        mem_mb=memory("assemble"),
        runtime=runtime("assemble"),
    params:
        job=JOB,
        sheet=sheet("assemble"),
        room=room("assemble"),
    shell:
        "{params.job:q} {params.sheet:q} {log:q} -- {params.room:q}"
