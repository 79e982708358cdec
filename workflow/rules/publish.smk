"""What was built -> results/<series>, as a whole. Not an output: Snakemake would remove it before the job."""


rule publish:
    input:
        made=[made("report"), made("documents")],
    output:
        made=made("publish"),
    log:
        f"{LOGS}/publish.log",
    conda:
        "../envs/rooms.yml"
    resources:
        mem_mb=memory("publish"),
        runtime=runtime("publish"),
    params:
        job=JOB,
        sheet=sheet("publish"),
        room=room("publish"),
    shell:
        "{params.job:q} {params.sheet:q} {log:q} -- {params.room:q}"
