"""The series, derived tables, results and figures -> submission files."""


rule documents:
    input:
        series=SERIES,
        derived=DERIVED,
        results=rules.analyse.output,
        figures=rules.figures.output,
        findings=FINDINGS,
        profile=STUDY.profile,
        codes=STUDY.documents.meddra_codes or [],
        code=room("documents"),
    output:
        documents=directory(f"{RESULTS}/documents"),
    log:
        f"{LOGS}/documents.log",
    conda:
        "../../environment.yml"
    params:
        results=lambda wildcards, input: os.path.dirname(input.results[0]),
        data_lock=STUDY.data_lock,
        onset=STUDY.analysis.onset,
        clock=STUDY.analysis.clock,
        options=lambda wildcards, input: STUDY.documents.model_copy(
            update={"figures": STUDY.documents.figures or str(input.figures)}
        ).model_dump_json(),
    shell:
        "python -m scripts.documents {input.series:q} {input.derived:q} --results {params.results:q}"
        " --findings {input.findings:q} --profile {input.profile:q} --data-lock {params.data_lock:q}"
        " --onset {params.onset} --clock {params.clock} --options {params.options:q} --out {output.documents:q}"
        " 2> >(tee {log:q} >&2)"
