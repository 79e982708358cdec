"""Reported tables -> findings. The rule always succeeds, so that findings survive; `assemble` stops at them."""

FINDINGS = f"{PROCESSED}/findings.csv"


rule validate:
    input:
        reported=REPORTED,
        made=[made(f"ingest.{source.name}") for source in STUDY.sources],
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
        room=room("validate"),
    shell:
        "{params.job:q} {params.sheet:q} {log:q} -- {params.room:q}"
