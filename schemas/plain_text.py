"""Text as the kind of a column: what pandera calls `str`, told at one glance where every cell is text.

pandera goes through the cells of a text column in Python, lays out a table of those that fail, even where none does, and
looks for a package of maps before it knows the kind `object`: of a room on a small series that was the dearest part.
"""

from collections.abc import Iterable

import numpy as np
import pandas as pd
from pandera.dtypes import DataType, immutable
from pandera.engines.numpy_engine import Object
from pandera.engines.pandas_engine import Engine, NpString

ALL_TEXT = ("string", "empty")

Engine.register_dtype(Object, equivalents=[np.dtype(object)])


@Engine.register_dtype
@immutable
class Text(NpString):
    """Cells that are texts or missing; whether any may be missing is for `nullable` to say."""

    def check(self, pandera_dtype: DataType, data_container: pd.Series | None = None) -> bool | Iterable[bool]:
        """True, or cell by cell where one is neither."""
        if data_container is not None and pd.api.types.infer_dtype(data_container, skipna=True) in ALL_TEXT:
            return True
        return super().check(pandera_dtype, data_container)
