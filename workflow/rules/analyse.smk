"""Derived tables -> one long results table and curve points."""


rule analyse:
    input:
        derived=DERIVED,
        series=SERIES,
        findings=FINDINGS,
        profile=STUDY.profile,
        code=room("analyse"),
    output:
        results=f"{RESULTS}/results.csv",
        populations=f"{RESULTS}/populations.csv",
        curves=f"{RESULTS}/curves.csv",
    log:
        f"{LOGS}/analyse.log",
    conda:
        "../../environment.yml"
    params:
        analysis=STUDY.analysis,
        data_lock=STUDY.data_lock,
        out=lambda wildcards, output: os.path.dirname(output.results),
    shell:
        "python -m scripts.analyse series {input.derived:q} --ledger {input.series:q}/ledger.csv --findings {input.findings:q}"
        " --profile {input.profile:q} --onset {params.analysis.onset} --clock {params.analysis.clock}"
        " --onset-days {params.analysis.onset_days} --resolution-days {params.analysis.resolution_days}"
        " --level {params.analysis.level} --quantile-type {params.analysis.quantile_type}"
        " --day-origin {params.analysis.day_origin} --same-day {params.analysis.same_day}"
        " --several-rows {params.analysis.several_rows}"
        " --recurrence-threshold {params.analysis.recurrence_threshold} --data-lock {params.data_lock:q} --out {params.out:q} 2> >(tee {log:q} >&2)"
