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
        room=lambda wildcards, threads: room("figures", threads),
    shell:
        "{params.job:q} {params.sheet:q} {log:q} -- {params.room:q}"
