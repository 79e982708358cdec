# Dahlia: raw sources -> reported -> series -> derived -> results -> tables, figures, documents, report.
# The config is read here and handed to the rooms as named arguments.
if not config:

    configfile: f"{workflow.basedir}/config/config.yaml"


include: "workflow/rules/settings.smk"
include: "workflow/rules/ingest.smk"
include: "workflow/rules/validate.smk"
include: "workflow/rules/assemble.smk"
include: "workflow/rules/derive.smk"
include: "workflow/rules/analyse.smk"
include: "workflow/rules/tables.smk"
include: "workflow/rules/figures.smk"
include: "workflow/rules/documents.smk"
include: "workflow/rules/report.smk"
include: "workflow/rules/publish.smk"


rule all:
    default_target: True
    input:
        rules.publish.output,
