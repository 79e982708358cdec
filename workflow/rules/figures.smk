"""Derived tables and results -> figures."""


rule figures:
    input:
        derived=DERIVED,
        series=SERIES,
        findings=FINDINGS,
        made=made("analyse"),
    output:
        figures=report(
            directory(f"{BUILD}/figures"),
            patterns=["{figure}.svg"],
            caption="../report/figure.rst",
            category="Figures",
            labels={"figure": "{figure}"},
        ),
        made=made("figures"),
    log:
        f"{LOGS}/figures.log",
    conda:
        "../envs/rooms.yml"
    threads: 2
    resources:
        mem_mb=memory("figures"),
        runtime=runtime("figures"),
    params:
        job=JOB,
        sheet=sheet("figures"),
        settings=handed("figures"),
        profile=STUDY.profile,
        results=lambda wildcards, output: os.path.dirname(output.figures),
    shell:
        "{params.job:q} {params.sheet:q} {log:q} -- figures {input.derived:q} --results {params.results:q}"
        " --series {input.series:q} --findings {input.findings:q} --profile {params.profile:q}"
        " --settings {params.settings:q} --rights Confidential --processes {threads} --out {output.figures:q}"
