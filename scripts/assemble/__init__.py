"""From reported tables to the series: corrections, versions, links, case definition, sets, ledger."""
