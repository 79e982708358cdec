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
        room=room("documents"),
    shell:
        "{params.job:q} {params.sheet:q} {log:q} -- {params.room:q}"
