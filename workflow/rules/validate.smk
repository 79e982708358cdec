"""Reported tables -> findings. The rule always succeeds, so that findings survive; `assemble` stops at them."""

FINDINGS = f"{PROCESSED}/findings.csv"


rule validate:
    input:
        reported=REPORTED,
        made=[made(f"ingest.{name}") for name in SOURCES],
    output:
        findings=FINDINGS,
        pairs=f"{PROCESSED}/candidate_pairs.csv",
        made=made("validate"),
    log:
        f"{LOGS}/validate.log",
    conda:
        "../envs/rooms.yml"
    resources:
        mem_mb=memory("validate"),
        runtime=runtime("validate"),
    params:
        job=JOB,
        sheet=sheet("validate"),
        settings=handed("validate"),
        profile=STUDY.profile,
    shell:
        "{params.job:q} {params.sheet:q} {log:q} -- validate {input.reported:q} --profile {params.profile:q}"
        " --settings {params.settings:q} --out {output.findings:q}"
