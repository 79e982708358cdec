"""Reported tables and findings -> the series, its membership sets and its ledger."""

SERIES = f"{PROCESSED}/series"


rule assemble:
    input:
        reported=REPORTED,
        findings=FINDINGS,
        profile=STUDY.profile,
        code=room("assemble"),
    output:
        series=directory(SERIES),
    log:
        f"{LOGS}/assemble.log",
    conda:
        "../../environment.yml"
    params:
        data_lock=STUDY.data_lock,
        assumed="" if STUDY.use_assumed else "--without-assumed",
    shell:
        "python -m scripts.assemble {input.reported:q} --findings {input.findings:q} --profile {input.profile:q}"
        " --data-lock {params.data_lock:q} {params.assumed} --out {output.series:q} 2> >(tee {log:q} >&2)"
