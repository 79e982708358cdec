"""Reported tables -> findings. The rule always succeeds, so that findings survive; `assemble` stops at them."""

FINDINGS = f"{PROCESSED}/findings.csv"


rule validate:
    input:
        reported=REPORTED,
        profile=STUDY.profile,
        code=room("validate"),
    output:
        findings=FINDINGS,
        pairs=f"{PROCESSED}/candidate_pairs.csv",
    log:
        f"{LOGS}/validate.log",
    conda:
        "../../environment.yml"
    params:
        policy=STUDY.policy.model_dump_json(),
    shell:
        "python -m scripts.validate {input.reported:q} --profile {input.profile:q} --policy {params.policy:q}"
        " --out {output.findings:q} 2> >(tee {log:q} >&2)"
