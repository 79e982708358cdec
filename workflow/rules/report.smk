"""Everything -> report.html, headlines, findings, ledger and manifest."""


rule report:
    input:
        derived=DERIVED,
        series=SERIES,
        results=rules.analyse.output,
        tables=rules.tables.output,
        figures=rules.figures.output,
        findings=FINDINGS,
        pairs=rules.validate.output.pairs,
        profile=STUDY.profile,
        code=room("report"),
    output:
        report=report(
            f"{RESULTS}/report.html", caption="../report/report.rst", category="Report"
        ),
        headlines=f"{RESULTS}/headlines.csv",
        findings=f"{RESULTS}/findings.csv",
        pairs=f"{RESULTS}/candidate_pairs.csv",
        ledger=f"{RESULTS}/ledger.csv",
        stages=f"{RESULTS}/stages.csv",
        conflicts=f"{RESULTS}/conflicts.csv",
        manifest=f"{RESULTS}/manifest.json",
    log:
        f"{LOGS}/report.log",
    conda:
        "../../environment.yml"
    params:
        out=lambda wildcards, output: os.path.dirname(output.report),
        results=lambda wildcards, input: os.path.dirname(input.results[0]),
        data_lock=STUDY.data_lock,
        config=STUDY.model_dump_json(),
        inputs=[source.path for source in STUDY.sources],
    shell:
        "python -m scripts.report {input.derived:q} --results {params.results:q} --series {input.series:q}"
        " --findings {input.findings:q} --profile {input.profile:q} --data-lock {params.data_lock:q}"
        " --tables {input.tables:q} --figures {input.figures:q} --config {params.config:q}"
        " --inputs {params.inputs:q} --out {params.out:q} 2> >(tee {log:q} >&2)"
