"""Everything -> report.html, headlines, findings, ledger and manifest."""


rule report:
    input:
        derived=DERIVED,
        series=SERIES,
        findings=FINDINGS,
        pairs=rules.validate.output.pairs,
        tables=f"{BUILD}/tables",
        figures=f"{BUILD}/figures",
        made=[made("tables"), made("figures")],
    output:
        report=report(
            f"{BUILD}/report.html", caption="../report/report.rst", category="Report"
        ),
        confidential=f"{BUILD}/CONFIDENTIAL.txt",
        headlines=f"{BUILD}/headlines.csv",
        changes=f"{BUILD}/changes.csv",
        findings=f"{BUILD}/findings.csv",
        pairs=f"{BUILD}/candidate_pairs.csv",
        ledger=f"{BUILD}/ledger.csv",
        stages=f"{BUILD}/stages.csv",
        conflicts=f"{BUILD}/conflicts.csv",
        manifest=f"{BUILD}/manifest.json",
        dataset=directory(f"{BUILD}/dataset"),
        made=made("report"),
    log:
        f"{LOGS}/report.log",
    conda:
        "../envs/rooms.yml"
    resources:
        mem_mb=memory("report"),
        runtime=runtime("report"),
    params:
        job=JOB,
        sheet=sheet("report"),
        settings=handed("report"),
        inputs=handed("report", "inputs.json"),
        profile=STUDY.profile,
        accepted=ACCEPTED,
        snakemake=SNAKEMAKE,
        results=lambda wildcards, output: os.path.dirname(output.report),
    shell:
        "{params.job:q} {params.sheet:q} {log:q} -- report {input.derived:q} --results {params.results:q}"
        " --series {input.series:q} --findings {input.findings:q} --profile {params.profile:q}"
        " --tables {input.tables:q} --figures {input.figures:q} --settings {params.settings:q}"
        " --inputs {params.inputs:q} --accepted {params.accepted:q}"
        " --snakemake {params.snakemake:q} --out {params.results:q}"
