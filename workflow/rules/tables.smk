"""Derived tables and results -> tables."""


rule tables:
    input:
        derived=DERIVED,
        series=SERIES,
        results=rules.analyse.output,
        findings=FINDINGS,
        profile=STUDY.profile,
        code=room("tables"),
    output:
        tables=directory(f"{RESULTS}/tables"),
    log:
        f"{LOGS}/tables.log",
    conda:
        "../../environment.yml"
    params:
        results=lambda wildcards, input: os.path.dirname(input.results[0]),
        data_lock=STUDY.data_lock,
    shell:
        "python -m scripts.tables {input.derived:q} --results {params.results:q} --series {input.series:q}"
        " --findings {input.findings:q} --profile {input.profile:q} --data-lock {params.data_lock:q}"
        " --out {output.tables:q} 2> >(tee {log:q} >&2)"
