"""Derived tables and results -> tables."""


rule tables:
    input:
        derived=DERIVED,
        series=SERIES,
        findings=FINDINGS,
        made=made("analyse"),
    output:
        tables=report(
            directory(f"{BUILD}/tables"),
            patterns=["{table}.csv"],
            caption="../report/table.rst",
            category="Tables",
            labels={"table": "{table}"},
        ),
        made=made("tables"),
    log:
        f"{LOGS}/tables.log",
    conda:
        "../envs/rooms.yml"
    resources:
        mem_mb=memory("tables"),
        runtime=runtime("tables"),
    params:
        job=JOB,
        sheet=sheet("tables"),
        settings=handed("tables"),
        profile=STUDY.profile,
        results=lambda wildcards, output: os.path.dirname(output.tables),
    shell:
        "{params.job:q} {params.sheet:q} {log:q} -- tables {input.derived:q} --results {params.results:q}"
        " --series {input.series:q} --findings {input.findings:q} --profile {params.profile:q}"
        " --settings {params.settings:q} --rights Confidential --out {output.tables:q}"
