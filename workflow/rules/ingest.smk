"""Raw sources -> reported tables, one job per source."""


rule ingest:
    input:
        raw=raw_files,
        code=room("ingest"),
    output:
        tables=directory(f"{PROCESSED}/reported/{{source}}"),
    log:
        f"{LOGS}/ingest-{{source}}.log",
    conda:
        "../../environment.yml"
    params:
        form=lambda wildcards: SOURCES[wildcards.source].format,
        path=lambda wildcards: SOURCES[wildcards.source].path,
        options=lambda wildcards: json.dumps(SOURCES[wildcards.source].model_extra),
    shell:
        "python -m scripts.ingest {params.form:q} {params.path:q} --options {params.options:q} --out {output.tables:q}"
        " 2> >(tee {log:q} >&2)"
