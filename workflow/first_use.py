"""What libraries load only when they are first used, loaded beforehand: importing this uses each of them once.

A forked job that used one first would load it for itself, and every job after it again.
"""

import matplotlib.backends.backend_pdf
import matplotlib.backends.backend_svg  # noqa: F401
import pandas as pd
import pandera.pandas as pa

from scripts.words.quantities import factor

pa.DataFrameSchema({"cell": pa.Column(str)}).validate(pd.DataFrame({"cell": ["a"]}))
factor("mg/L", "ng/L")
