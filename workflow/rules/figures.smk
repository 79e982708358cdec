"""Derived tables and results -> figures."""


rule figures:
    input:
        derived=DERIVED,
        series=SERIES,
        results=rules.analyse.output,
        findings=FINDINGS,
        profile=STUDY.profile,
        code=room("figures"),
    output:
        figures=directory(f"{RESULTS}/figures"),
    log:
        f"{LOGS}/figures.log",
    conda:
        "../../environment.yml"
    params:
        results=lambda wildcards, input: os.path.dirname(input.results[0]),
        data_lock=STUDY.data_lock,
        onset=STUDY.analysis.onset,
        clock=STUDY.analysis.clock,
        font=["--font", STUDY.figure_font] if STUDY.figure_font else [],
    shell:
        "python -m scripts.figures {input.derived:q} --results {params.results:q} --series {input.series:q}"
        " --findings {input.findings:q} --profile {input.profile:q} --data-lock {params.data_lock:q}"
        " --onset {params.onset} --clock {params.clock} {params.font:q} --out {output.figures:q} 2> >(tee {log:q} >&2)"
