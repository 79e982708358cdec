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
        onset=STUDY.analysis.onset,
        clock=STUDY.analysis.clock,
        also=" ".join(["--also", *STUDY.tables_also]) if STUDY.tables_also else "",
    shell:
        "python -m scripts.tables {input.derived:q} --results {params.results:q} --series {input.series:q}"
        " --findings {input.findings:q} --profile {input.profile:q} --data-lock {params.data_lock:q}"
        " --onset {params.onset} --clock {params.clock} {params.also} --out {output.tables:q} 2> >(tee {log:q} >&2)"
