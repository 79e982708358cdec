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
        room=room("report"),
    shell:
        "{params.job:q} {params.sheet:q} {log:q} -- {params.room:q}"
