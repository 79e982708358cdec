"""The series, derived tables, results and figures -> submission files."""


rule documents:
    input:
        series=SERIES,
        derived=DERIVED,
        findings=FINDINGS,
        figures=f"{BUILD}/figures",
        made=[made("analyse"), made("figures")],
    output:
        documents=directory(f"{BUILD}/documents"),
        made=made("documents"),
    log:
        f"{LOGS}/documents.log",
    conda:
        "../envs/rooms.yml"
    resources:
        mem_mb=memory("documents"),
        runtime=runtime("documents"),
    params:
        job=JOB,
        sheet=sheet("documents"),
        settings=handed("documents"),
        profile=STUDY.profile,
        results=lambda wildcards, output: os.path.dirname(output.documents),
    shell:
        "{params.job:q} {params.sheet:q} {log:q} -- documents {input.series:q} {input.derived:q}"
        " --results {params.results:q} --findings {input.findings:q} --profile {params.profile:q}"
        " --figures {input.figures:q} --settings {params.settings:q} --out {output.documents:q}"
