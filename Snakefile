# The workflow itself is workflow/Snakefile; this file is for who types `snakemake` in the repository.
include: "workflow/Snakefile"


rule default:
    default_target: True
    input:
        rules.all.input,
