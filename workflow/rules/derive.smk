"""The series -> derived tables."""

DERIVED = f"{PROCESSED}/derived"


rule derive:
    input:
        series=SERIES,
        findings=FINDINGS,
        made=made("assemble"),
    output:
        derived=directory(DERIVED),
        made=made("derive"),
    log:
        f"{LOGS}/derive.log",
    conda:
        "../envs/rooms.yml"
    resources:
        mem_mb=memory("derive"),
        runtime=runtime("derive"),
    params:
        job=JOB,
        sheet=sheet("derive"),
        room=room("derive"),
    shell:
        "{params.job:q} {params.sheet:q} {log:q} -- {params.room:q}"
