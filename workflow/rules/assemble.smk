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
        settings=handed("assemble"),
        profile=STUDY.profile,
    shell:
        "{params.job:q} {params.sheet:q} {log:q} -- assemble {input.reported:q} --findings {input.findings:q}"
        " --profile {params.profile:q} --settings {params.settings:q} --out {output.series:q}"
