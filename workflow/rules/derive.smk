"""The series -> derived tables."""

DERIVED = f"{PROCESSED}/derived"


rule derive:
    input:
        series=SERIES,
        findings=FINDINGS,
        profile=STUDY.profile,
        code=room("derive"),
    output:
        derived=directory(DERIVED),
    log:
        f"{LOGS}/derive.log",
    conda:
        "../../environment.yml"
    params:
        onset=STUDY.analysis.onset,
    shell:
        "python -m scripts.derive {input.series:q} --findings {input.findings:q} --profile {input.profile:q}"
        " --onset {params.onset:q} --out {output.derived:q} 2> >(tee {log:q} >&2)"
