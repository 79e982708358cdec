"""Tables in which one row tells of the patient and further rows of each exposure, as study databases export them.

The row without a number of an episode, beside rows with one, belongs to the first of these: its cells fill what is blank
there. A cell that both have and that differs is a fault, for nobody can say which of the two is meant.
"""

import numpy as np
import pandas as pd

from scripts.ingest.native_cells import fault
from scripts.ingest.table.flat import Flat

CURE = "Correct one of the two rows: what is told of the patient and of the first episode is one thing."


def joined(flat: Flat, case: str, episode: str) -> Flat:
    """The table with such rows joined to the first episode of their patient; the table itself where there are none.

    case, episode: headings.
    """
    number = pd.to_numeric(flat.cells[episode], errors="coerce")
    named = flat.cells[case]
    bare = (flat.cells[episode] == "") & (named != "") & named.isin(named[number.notna()])
    base = np.flatnonzero(bare & ~named.where(bare).duplicated())
    if not len(base):
        return flat
    order = number.sort_values(kind="stable").dropna().index
    first = pd.Series(order, index=named[order]).groupby(level=0).first()
    into = first[named.iloc[base]].to_numpy()
    cells, faults = flat.cells.copy(), list(flat.faults)
    for name in cells:
        own, told = cells[name].to_numpy(object)[into], cells[name].to_numpy(object)[base]
        cells.iloc[into, cells.columns.get_loc(name)] = np.where(own == "", told, own)
        for at in np.flatnonzero((own != "") & (told != "") & (own != told)):
            place = {"row": int(flat.at_row[base[at]]), "case_id": named.iloc[base[at]], "column": name}
            what = f"says otherwise than row {flat.at_row[into[at]]} of this patient"
            faults.append(fault("", flat.place, what, CURE, value=told[at][:60], **place))
    kept = np.ones(len(cells), bool)
    kept[base] = False
    return Flat(flat.place, cells[kept].reset_index(drop=True), flat.at_row[kept], faults)
